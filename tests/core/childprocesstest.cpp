#include "core/childprocess.h"
#include "core/files.h"

#include <QTemporaryDir>
#include <QTest>
#include <csignal>

using namespace graft;

class ChildProcessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_words = m_folder.filePath(QStringLiteral("words")).toStdString(); }

    void itsStatusAndWordsComeBack()
    {
        const auto end = run("echo said; echo complained >&2; exit 3");
        QVERIFY(end);
        QCOMPARE(end->status.value_or(-1), 3);
        QCOMPARE(readText(m_words).value_or(""), std::string("said\ncomplained\n"));
    }

    void itReadsNothing()
    {
        const auto end = run("cat");
        QVERIFY(end && end->status == 0);
    }

    void itsEnvironmentIsOursAndMore()
    {
        qputenv("GRAFT_TEST_OWN", "own");
        const auto end
            = runChild({.arguments = {"sh", "-c", "echo $GRAFT_TEST_OWN $HOME"}, .environment = {"HOME=/elsewhere"}, .words = m_words});
        QVERIFY(end);
        QCOMPARE(readText(m_words).value_or(""), std::string("own /elsewhere\n"));
    }

    void aSignalIsNoStatus()
    {
        const auto end = run("kill -ILL $$");
        QVERIFY(end);
        QVERIFY(!end->status);
        QCOMPARE(end->signal, SIGILL);
    }

    void itIsEndedWhenPatienceIsOut()
    {
        const auto end
            = runChild({.arguments = {"sleep", "60"}, .environment = {}, .words = m_words, .patience = std::chrono::milliseconds(100)});
        QVERIFY(end && !end->status);
        QCOMPARE(end->signal, SIGKILL);
        QVERIFY(end->seconds >= 0.1 && end->seconds < 30);
    }

    void itIsEndedWhenCancelled()
    {
        const Cancellation cancellation;
        cancellation.request();
        const auto end = runChild({.arguments = {"sleep", "60"}, .environment = {}, .words = m_words}, cancellation);
        QVERIFY(end && end->signal == SIGKILL);
    }

    void itsMemoryIsMeasured()
    {
        const auto small = run("sleep 0.1"), large = run("x=$(head -c 50000000 /dev/zero | tr '\\0' x); : $x; sleep 0.1");
        QVERIFY(small && large);
        QVERIFY(small->peakBytes > 0 && small->peakBytes < 50'000'000);
        QVERIFY(large->peakBytes > 50'000'000);
    }

    void noSuchProgramIsSaid()
    {
        const auto end = runChild({.arguments = {"no-such-program-here"}, .environment = {}, .words = m_words});
        QVERIFY(!end);
        QCOMPARE(end.error().code, ErrorCode::FileNotFound);
    }

private:
    Result<ChildEnd> run(const std::string &script)
    {
        return runChild({.arguments = {"sh", "-c", script}, .environment = {}, .words = m_words});
    }

    QTemporaryDir m_folder;
    std::filesystem::path m_words;
};

QTEST_GUILESS_MAIN(ChildProcessTest)
#include "childprocesstest.moc"
