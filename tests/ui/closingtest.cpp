#include "data/drawnpictures.h"
#include "demo/demo.h"
#include "gui/appearance.h"
#include "gui/mainwindow.h"

#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace graft;

/// Closing the window while it trains.
class ClosingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void closingSavesACheckpointFromWhichTheRunGoesOn();

private:
    void prepare(Workbench &workbench) const;

    QTemporaryDir m_folder;
};

void ClosingTest::prepare(Workbench &workbench) const
{
    QSignalSpy model(&workbench, &Workbench::modelOpened);
    QSignalSpy data(&workbench, &Workbench::dataOpened);
    workbench.openModel(QStringLiteral("demo"));
    workbench.openData(m_folder.filePath(QStringLiteral("pictures")));
    QTRY_VERIFY_WITH_TIMEOUT(model.count() == 1 && data.count() == 1, 30'000);
    TrainingConfig config;
    config.epochs = 40;
    config.batchSize = 4;
    workbench.document().setTrainingConfig(config);
}

void ClosingTest::closingSavesACheckpointFromWhichTheRunGoesOn()
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    QVERIFY(writeDrawnDataset(m_folder.filePath(QStringLiteral("pictures")).toStdString(), DrawnSet::Demo, 6, 2, 32, {}).has_value());
    const Places places{m_folder.filePath(QStringLiteral("runs")).toStdString(), m_folder.filePath(QStringLiteral("drawn"))};
    Appearance appearance;
    std::size_t epochsBefore = 0;
    {
        Workbench workbench;
        MainWindow window(workbench, appearance, places);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        prepare(workbench);
        window.runs().start();
        QTRY_VERIFY_WITH_TIMEOUT(!workbench.document().history().epochs.empty(), 60'000);
        window.close();
        QVERIFY2(window.isVisible(), "the window stays until the checkpoint is written");
        QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), 60'000);
        epochsBefore = workbench.document().history().epochs.size();
        QVERIFY2(epochsBefore < 40, "the run was over before the window was closed");
        QVERIFY(std::filesystem::exists(workbench.document().history().runFolder / "checkpoint.safetensors"));
    }
    Workbench workbench;
    MainWindow window(workbench, appearance, places);
    window.show();
    QVERIFY(window.runs().canResumeLastRun());
    window.runs().resumeLastRun();
    QTRY_VERIFY_WITH_TIMEOUT(workbench.document().history().epochs.size() > epochsBefore, 60'000);
    window.close();
    QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), 60'000);
}

QTEST_MAIN(ClosingTest)
#include "closingtest.moc"
