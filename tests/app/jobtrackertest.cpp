#include "controllers/jobtracker.h"

#include <QSignalSpy>
#include <QTest>
#include <atomic>
#include <thread>

using namespace graft;

class JobTrackerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersComeOnTheCallersThread()
    {
        JobTracker jobs;
        QThread *answerThread = nullptr;
        QThread *workThread = nullptr;
        jobs.start(
            QStringLiteral("a"), QStringLiteral("A"),
            [&](const JobContext &) {
                workThread = QThread::currentThread();
                return 7;
            },
            [&](int answer) {
                QCOMPARE(answer, 7);
                answerThread = QThread::currentThread();
            });
        QTRY_VERIFY(answerThread);
        QCOMPARE(answerThread, thread());
        QVERIFY(workThread != thread());
    }

    void aNewerJobInTheSameLaneDropsTheOldersAnswer()
    {
        JobTracker jobs;
        std::vector<int> answers;
        std::atomic<bool> olderRuns = false, olderMayEnd = false, olderEnded = false;
        jobs.start(
            QStringLiteral("lane"), {},
            [&](const JobContext &) {
                olderRuns = true;
                while (!olderMayEnd)
                    std::this_thread::yield();
                olderEnded = true;
                return 1;
            },
            [&](int answer) { answers.push_back(answer); });
        while (!olderRuns)
            std::this_thread::yield();
        jobs.start(
            QStringLiteral("lane"), {}, [](const JobContext &) { return 2; }, [&](int answer) { answers.push_back(answer); });
        olderMayEnd = true;
        QTRY_VERIFY(olderEnded && !answers.empty());
        QTest::qWait(50);
        QCOMPARE(answers, std::vector<int>{2});
    }

    void anAnswerOnItsWayIsDroppedByCancel()
    {
        JobTracker jobs;
        bool answered = false;
        std::atomic<bool> done = false;
        jobs.start(
            QStringLiteral("lane"), {},
            [&](const JobContext &) {
                done = true;
                return 0;
            },
            [&](int) { answered = true; });
        while (!done)
            std::this_thread::yield();
        QTest::qSleep(20); // no event loop: the answer waits in the queue
        jobs.cancel(QStringLiteral("lane"));
        QTest::qWait(50);
        QVERIFY(!answered);
    }

    void cancellingRaisesTheJobsFlag()
    {
        JobTracker jobs;
        std::atomic<bool> sawIt = false;
        jobs.start(
            QStringLiteral("lane"), {},
            [&](const JobContext &context) {
                while (!context.cancellation.requested())
                    std::this_thread::yield();
                sawIt = true;
                return 0;
            },
            [](int) {});
        jobs.cancel(QStringLiteral("lane"));
        QTRY_VERIFY(sawIt || !jobs.isRunning(QStringLiteral("lane")));
    }

    void lanesDoNotDisturbEachOther()
    {
        JobTracker jobs;
        int sum = 0;
        for (int i = 1; i <= 10; ++i)
            jobs.start(
                QString::number(i), {}, [i](const JobContext &) { return i; }, [&](int answer) { sum += answer; });
        QTRY_COMPARE(sum, 55);
    }

    void progressIsThrottled()
    {
        JobTracker jobs;
        QSignalSpy progress(&jobs, &JobTracker::progressed);
        bool done = false;
        jobs.start(
            QStringLiteral("lane"), {},
            [](const JobContext &context) {
                for (int i = 1; i <= 100'000; ++i)
                    context.report({i, 100'000});
                return 0;
            },
            [&](int) { done = true; });
        QTRY_VERIFY(done);
        QVERIFY(progress.count() >= 1);
        QVERIFY2(progress.count() < 200, qPrintable(QString::number(progress.count())));
    }

    void theTrackerCanGoWhileJobsRun()
    {
        std::atomic<bool> ended = false;
        {
            JobTracker jobs;
            std::atomic<bool> running = false;
            jobs.start(
                QStringLiteral("lane"), {},
                [&](const JobContext &context) {
                    running = true;
                    while (!context.cancellation.requested())
                        std::this_thread::yield();
                    ended = true;
                    return 0;
                },
                [](int) { QFAIL("answered after its tracker had gone"); });
            while (!running)
                std::this_thread::yield();
        }
        QVERIFY(ended);
        QTest::qWait(20);
    }
};

QTEST_GUILESS_MAIN(JobTrackerTest)
#include "jobtrackertest.moc"
