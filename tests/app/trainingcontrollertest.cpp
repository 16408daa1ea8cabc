#include "controllers/autosave.h"
#include "controllers/projectcontroller.h"
#include "controllers/runcontroller.h"
#include "controllers/workbench.h"
#include "data/drawnpictures.h"
#include "demo/demo.h"
#include "support/smallpackage.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

using namespace graft;
using State = TrainingController::State;

/// The document's training from end to end, on the built-in network and drawn pictures, without a window.
class TrainingControllerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY(writeDrawnDataset(path("pictures"), DrawnSet::Demo, 6, 4, 32, {}).has_value());
    }

    void theMailboxKeepsOrderAndForgetsWhatWasTaken()
    {
        TrainingMailbox mailbox;
        std::thread engine([&] {
            for (int i = 0; i < 10'000; ++i)
                mailbox.stepDone({1, i, 0, 0, 0});
        });
        std::vector<MetricSample> all;
        while (all.size() < 10'000) {
            const TrainingNews news = mailbox.take();
            all.insert(all.end(), news.samples.begin(), news.samples.end());
        }
        engine.join();
        for (int i = 0; i < 10'000; ++i)
            QCOMPARE(all[static_cast<std::size_t>(i)].step, i);
        QVERIFY(mailbox.take().empty());
    }

    void aRunTrainsTheDocument()
    {
        Workbench workbench;
        RunController runs(workbench, path("runs"));
        prepare(workbench, 2);
        QSignalSpy ended(&runs, &RunController::ended);
        QSignalSpy news(&runs, &RunController::newsArrived);
        runs.start();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 60'000);
        const Document &document = workbench.document();
        QCOMPARE(document.history().epochs.size(), 2u);
        QVERIFY(document.headFitsData());
        QVERIFY(document.model().training.has_value());
        QVERIFY(news.count() > 0);
        QVERIFY(std::filesystem::exists(document.history().runFolder / "model.safetensors"));
        workbench.document().undoStack().undo();
        QVERIFY(!document.model().training.has_value());
        QCOMPARE(runs.training().state(), State::Idle);
    }

    void aStoppedRunGoesOn()
    {
        std::vector<EpochResult> before;
        {
            Workbench workbench;
            RunController runs(workbench, path("stopped"));
            prepare(workbench, 40);
            connect(&runs, &RunController::newsArrived, &runs, [&](const TrainingNews &) {
                if (!workbench.document().history().epochs.empty())
                    runs.training().stop();
            });
            QSignalSpy ended(&runs, &RunController::ended);
            runs.start();
            QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 60'000);
            before = workbench.document().history().epochs;
            QVERIFY(before.size() < 40);
        }
        Workbench workbench;
        RunController runs(workbench, path("stopped"));
        QSignalSpy failed(&workbench, &Workbench::failed);
        QSignalSpy ended(&runs, &RunController::ended);
        QVERIFY(runs.canResumeLastRun());
        runs.resumeLastRun();
        QTRY_VERIFY_WITH_TIMEOUT(ended.count() == 1 || failed.count() == 1, 60'000);
        QCOMPARE(failed.count(), 0);
        const auto &epochs = workbench.document().history().epochs;
        QCOMPARE(epochs.size(), 40u);
        QVERIFY(std::equal(before.begin(), before.end(), epochs.begin(),
            [](const EpochResult &a, const EpochResult &b) { return a.train.loss == b.train.loss; }));
    }

    void aRunIsNotStartedOnAModelThatCameMeanwhile()
    {
        Workbench workbench;
        RunController runs(workbench, path("mixed"));
        prepare(workbench, 1);
        Project other;
        other.package = smallPackage(2);
        connect(&workbench.jobs(), &JobTracker::ended, this, [&](const QString &lane) {
            if (lane == RunController::lane)
                QVERIFY(workbench.document().openProject(other).has_value());
        });
        QSignalSpy noted(&workbench, &Workbench::noted), started(&runs, &RunController::started);
        runs.start();
        QTRY_VERIFY_WITH_TIMEOUT(noted.count() + started.count() > 0, 30'000);
        QCOMPARE(started.count(), 0);
        QVERIFY(!runs.isBusy());
        QVERIFY(workbench.document().model().network == other.package.network);
    }

    void whatIsStillOpeningDoesNotComeIntoARun()
    {
        Workbench workbench;
        RunController runs(workbench, path("opening"));
        ProjectController projects(workbench);
        Autosave autosave(workbench, path("autosave"));
        Project other;
        other.package = smallPackage(2);
        const auto file = path("other.graft");
        QVERIFY(writeProject(file, other));
        UnsavedWork left;
        {
            auto folder = AutosaveFolder::create(path("autosave"));
            QVERIFY(folder && folder->write(other, {.title = "other"}));
            left.folder = folder->path();
        }
        for (const bool restores : {false, true}) {
            prepare(workbench, 1);
            QObject context;
            connect(&workbench.jobs(), &JobTracker::ended, &context, [&](const QString &lane) {
                if (lane == RunController::lane)
                    restores ? autosave.restore(left) : projects.open(QString::fromStdString(file.string()));
            });
            QSignalSpy ended(&runs, &RunController::ended);
            runs.start();
            QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 60'000);
            QVERIFY(workbench.document().model().network != other.package.network);
            QVERIFY(workbench.document().model().training.has_value());
        }
    }

    void aRunThatIsBeingPreparedIsBusy()
    {
        Workbench workbench;
        RunController runs(workbench, path("preparing"));
        prepare(workbench, 1);
        QVERIFY(!runs.isBusy());
        runs.start();
        QVERIFY2(runs.isBusy(), "the head is being replaced");
        QVERIFY(!runs.canStart());
        workbench.jobs().cancel(Workbench::headLane);
        QVERIFY2(!runs.isBusy(), "called off with its head");
        QVERIFY(runs.canStart());
    }

    void pausingHoldsTheRun()
    {
        Workbench workbench;
        RunController runs(workbench, path("paused"));
        prepare(workbench, 40);
        QSignalSpy ended(&runs, &RunController::ended);
        runs.start();
        QTRY_COMPARE_WITH_TIMEOUT(runs.training().state(), State::Running, 30'000);
        runs.training().pause();
        QCOMPARE(runs.training().state(), State::Paused);
        const auto samples = [&] { return workbench.document().history().samples.size(); };
        const auto restsFor = [&](int milliseconds) {
            const std::size_t before = samples();
            QTest::qWait(milliseconds);
            return samples() == before;
        };
        QTRY_VERIFY_WITH_TIMEOUT(restsFor(500), 30'000); // the running batch ends
        QVERIFY(restsFor(1000));
        QCOMPARE(ended.count(), 0);
        runs.training().resume();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 60'000);
    }

    void aRunThatCannotStartSaysWhy()
    {
        Workbench workbench;
        RunController runs(workbench, path("refused"));
        prepare(workbench, 1);
        TrainingConfig config = workbench.document().trainingConfig();
        config.learningRate = -1;
        workbench.document().setTrainingConfig(config);
        TrainingOutcome outcome;
        connect(&runs, &RunController::ended, this, [&](const TrainingOutcome &how) { outcome = how; });
        QSignalSpy ended(&runs, &RunController::ended);
        runs.start();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 30'000);
        QCOMPARE(outcome.reason, StopReason::Failed);
        QCOMPARE(outcome.error.code, ErrorCode::SettingInvalid);
        QVERIFY(!workbench.document().model().training);
    }

private:
    [[nodiscard]] std::filesystem::path path(const char *name) const { return std::filesystem::path(m_folder.path().toStdString()) / name; }

    void prepare(Workbench &workbench, int epochs)
    {
        QSignalSpy model(&workbench, &Workbench::modelOpened);
        QSignalSpy data(&workbench, &Workbench::dataOpened);
        workbench.openModel(QStringLiteral("graft_resnet8")); // fresh weights do
        workbench.openData(QString::fromStdString(path("pictures").string()));
        QTRY_VERIFY_WITH_TIMEOUT(model.count() == 1 && data.count() == 1, 20'000);
        TrainingConfig config;
        config.epochs = epochs;
        config.batchSize = 8;
        workbench.document().setTrainingConfig(config);
        // Fresh pictures every epoch: epochs that are trained from kept features are over before a test can stop them.
        Augmentation fresh = noAugmentation();
        fresh.horizontalFlip = 0.5;
        fresh.variants = 0;
        workbench.document().setAugmentation(fresh);
        workbench.applyFreezeSetting(QStringLiteral("all-but-head"));
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TrainingControllerTest)
#include "trainingcontrollertest.moc"
