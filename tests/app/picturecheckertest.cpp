#include "controllers/picturechecker.h"
#include "core/files.h"
#include "demo/demo.h"

#include <QDir>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <random>

using namespace graft;
namespace fs = std::filesystem;

/// Pictures that look whole by their first and last bytes and are not.
class PictureCheckerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        std::mt19937 random(3);
        for (int i = 0; i < 24; ++i) {
            QImage picture(96, 96, QImage::Format_RGB32);
            for (int y = 0; y < 96; ++y)
                for (int x = 0; x < 96; ++x)
                    picture.setPixel(x, y, random());
            const QString name = m_folder.filePath(QStringLiteral("%1/%2.jpg").arg(i % 2 ? "odd" : "even").arg(i, 2, 10, QLatin1Char('0')));
            QVERIFY(QDir().mkpath(QFileInfo(name).path()) && picture.save(name));
        }
        // The end of the picture comes early; the file's own end is as it should be.
        std::string bytes = readText(fs::path(m_damaged.toStdString())).value();
        bytes.replace(bytes.size() / 3, 2, "\xFF\xD9");
        QVERIFY(writeText(fs::path(m_damaged.toStdString()), bytes).has_value());
    }

    void aDamagedPictureIsListedAMomentAfterTheFolderIsOpen()
    {
        Workbench workbench;
        RunController runs(workbench, m_folder.filePath(QStringLiteral(".runs")).toStdString());
        const PictureChecker checker(workbench, runs);
        Document &document = workbench.document();
        prepareModel(workbench);
        QSignalSpy opened(&workbench, &Workbench::dataOpened), noted(&workbench, &Workbench::noted);
        QSignalSpy progressed(&checker, &PictureChecker::progressed);
        workbench.openData(m_folder.path());
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30'000);
        QCOMPARE(document.dataset().samples.size(), std::size_t{24});
        QVERIFY(document.dataset().broken.empty());
        const LayerId layer = document.model().network.layers().front().id;
        document.select({layer});
        document.setFrozen({layer}, true, [] { return QStringLiteral("Freeze"); });
        const Network network = document.model().network;
        const Split before = document.split();

        QTRY_COMPARE_WITH_TIMEOUT(document.dataset().broken.size(), std::size_t{1}, 30'000);
        QCOMPARE(document.dataset().broken.front().path.string(), m_damaged.toStdString());
        QVERIFY(!document.dataset().broken.front().reason.empty());
        QCOMPARE(document.dataset().samples.size(), std::size_t{23});
        QCOMPARE(document.split().train.size() + document.split().validation.size(), std::size_t{23});
        // At most one picture takes the damaged one's place in the other part.
        const auto moved = std::ranges::count_if(
            document.split().train, [&](const Sample &sample) { return std::ranges::count(before.train, sample) == 0; });
        QVERIFY(moved <= 1);
        QVERIFY(document.model().network == network && document.selection() == std::vector<LayerId>{layer});
        QVERIFY(document.undoStack().canUndo());
        QVERIFY(progressed.count() > 0);
        QCOMPARE(progressed.last().front().value<ScanProgress>().total, 0);
        QTest::qWait(1000);
        QCOMPARE(noted.count(), 1);
        QVERIFY(!workbench.jobs().isRunning(PictureChecker::lane));
    }

    void aRunIsNotDisturbed()
    {
        Workbench workbench;
        RunController runs(workbench, m_folder.filePath(QStringLiteral(".runs")).toStdString());
        const PictureChecker checker(workbench, runs);
        prepareModel(workbench);
        TrainingConfig config = workbench.document().trainingConfig();
        config.epochs = 3;
        workbench.document().setTrainingConfig(config);
        bool checkedMeanwhile = false;
        const auto look = [&] { checkedMeanwhile = checkedMeanwhile || workbench.jobs().isRunning(PictureChecker::lane); };
        connect(&runs, &RunController::newsArrived, this, look);
        connect(&runs.training(), &TrainingController::stateChanged, this, [&](TrainingController::State state) {
            if (state == TrainingController::State::Running)
                look();
        });
        QSignalSpy ended(&runs, &RunController::ended);
        connect(&workbench, &Workbench::dataOpened, &runs, &RunController::start);
        workbench.openData(m_folder.path());
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 60'000);
        QCOMPARE(ended.front().front().value<TrainingOutcome>().reason, StopReason::Completed);
        QVERIFY(!checkedMeanwhile);
        QVERIFY(workbench.document().dataset().broken.empty());
        QTRY_COMPARE_WITH_TIMEOUT(workbench.document().dataset().broken.size(), std::size_t{1}, 30'000);
        QVERIFY(workbench.document().model().training.has_value());
    }

    void whatIsStoppedIsCheckedAgainWhenTheFolderIsOpenedAgain()
    {
        Workbench workbench;
        RunController runs(workbench, m_folder.filePath(QStringLiteral(".runs")).toStdString());
        PictureChecker checker(workbench, runs);
        QSignalSpy opened(&workbench, &Workbench::dataOpened);
        connect(&workbench, &Workbench::dataOpened, &checker, [&] {
            if (opened.count() <= 1)
                checker.stop();
        });
        workbench.openData(m_folder.path());
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30'000);
        QTest::qWait(1000);
        QVERIFY(workbench.document().dataset().broken.empty() && !workbench.jobs().isRunning(PictureChecker::lane));
        workbench.openData(m_folder.path());
        QTRY_COMPARE_WITH_TIMEOUT(workbench.document().dataset().broken.size(), std::size_t{1}, 30'000);
    }

private:
    static void prepareModel(Workbench &workbench)
    {
        auto package = demoModel();
        QVERIFY(package && workbench.document().openModel(std::move(*package), {}));
    }

    QTemporaryDir m_folder;
    const QString m_damaged = m_folder.filePath(QStringLiteral("odd/07.jpg"));
};

QTEST_GUILESS_MAIN(PictureCheckerTest)
#include "picturecheckertest.moc"
