#include "data/classtable.h"
#include "data/evaluationview.h"
#include "data/predictionview.h"
#include "data/probabilitybars.h"
#include "graph/edits.h"
#include "gui/appearance.h"
#include "gui/mainwindow.h"
#include "gui/stepbar.h"
#include "properties/headpanel.h"
#include "support/labelledpictures.h"
#include "ui/hands.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace graft;

/// Pictures with two labels each, from the folder to the answer, in the real window; a picture of each step is kept.
class LabelSetsWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QDir(pictureFolder()).removeRecursively();
        QVERIFY(QDir().mkpath(pictureFolder()));
        QVERIFY(labelledpictures::write(path(QStringLiteral("leaves")).toStdString(), 8));
        m_appearance.restore();
        m_window = std::make_unique<MainWindow>(
            m_workbench, m_appearance, Places{path(QStringLiteral("runs")).toStdString(), path(QStringLiteral("drawn pictures"))});
        m_window->resize(1440, 900);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
        hands::click(m_window->findChild<QAbstractButton *>(QStringLiteral("startDemo")));
        QTRY_VERIFY_WITH_TIMEOUT(m_document.hasModel() && m_document.hasData(), 60'000);
    }

    void theDataPageShowsBothSets()
    {
        clickStep(Step::Data);
        hands::drop(m_window.get(), path(QStringLiteral("leaves")));
        QTRY_COMPARE_WITH_TIMEOUT(m_document.dataset().labelSets.size(), std::size_t{2}, 60'000);
        const QTableView *table = nullptr;
        for (const QTableView *view : m_window->findChildren<QTableView *>())
            if (view->isVisible() && view->model()->columnCount() == ClassTableModel::ColumnCount)
                table = view;
        QVERIFY(table && !table->isColumnHidden(ClassTableModel::Set));
        QCOMPARE(table->model()->rowCount(), 5);
        QCOMPARE(table->model()->index(0, ClassTableModel::Set).data().toString(), QStringLiteral("shape"));
        QCOMPARE(table->model()->index(4, ClassTableModel::Set).data().toString(), QStringLiteral("colour"));
        QCOMPARE(table->model()->index(4, ClassTableModel::Name).data().toString(), QStringLiteral("warm"));
        QTest::qWait(800); // thumbnails
        take(QStringLiteral("data"));
    }

    void theHeadGetsTwoBranches()
    {
        clickStep(Step::Adapt);
        QTest::qWait(200);
        take(QStringLiteral("adapt-before"));
        auto *head = m_window->findChild<HeadPanel *>();
        auto *replace = hands::buttonNamed(head, HeadPanel::tr("Replace the head: one for each of %n label sets", nullptr, 2));
        QVERIFY(replace);
        hands::click(replace);
        QTRY_VERIFY_WITH_TIMEOUT(m_document.headFitsData(), 20'000);
        const Network &network = m_document.model().network;
        QCOMPARE(outputClassifiers(network).size(), std::size_t{2});
        QVERIFY(!layersInBlock(network, "head.shape").empty() && !layersInBlock(network, "head.colour").empty());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!m_document.headFitsData() && m_document.model().labelSets.empty());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_document.headFitsData());
        QTest::qWait(600); // the graph's transition
        take(QStringLiteral("adapt"));
    }

    void trainingLearnsBoth()
    {
        clickStep(Step::Train);
        TrainingConfig config = m_document.trainingConfig();
        config.epochs = 3;
        config.batchSize = 8;
        config.learningRate = 0.02;
        m_document.setTrainingConfig(config);
        hands::click(m_window->findChild<QAbstractButton *>(QStringLiteral("trainButton")));
        TrainingController &training = m_window->runs().training();
        QTRY_VERIFY_WITH_TIMEOUT(!m_document.history().samples.empty(), 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!training.isBusy(), 200'000);
        QCOMPARE(*m_document.history().ended, StopReason::Completed);
        QCOMPARE(m_document.history().epochs.back().validation->labelSets.size(), std::size_t{2});
        QTest::qWait(200);
        take(QStringLiteral("train"));
    }

    void judgeShowsEachSet()
    {
        clickStep(Step::Judge);
        QTest::keyClick(m_window.get(), Qt::Key_J, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_document.judgement().has_value(), 120'000);
        auto *view = m_window->findChild<EvaluationView *>();
        auto *sets = view->findChild<QComboBox *>();
        auto *table = view->findChild<QTableWidget *>();
        QTRY_VERIFY(sets->isVisible());
        QCOMPARE(sets->count(), 2);
        QCOMPARE(table->rowCount(), 3);
        take(QStringLiteral("judge-shape"));
        sets->setFocus();
        QTest::keyClick(sets, Qt::Key_Down);
        QCOMPARE(sets->currentText(), QStringLiteral("colour"));
        QCOMPARE(table->rowCount(), 2);
        take(QStringLiteral("judge-colour"));
    }

    void aPictureGetsAnAnswerToEach()
    {
        hands::drop(m_window.get(), path(QStringLiteral("leaves/pictures/0.png")));
        QTRY_VERIFY_WITH_TIMEOUT(m_document.prediction().has_value(), 30'000);
        const Prediction &prediction = m_document.prediction()->prediction;
        QCOMPARE(prediction.sets.size(), std::size_t{2});
        auto *view = m_window->findChild<PredictionView *>();
        QTest::qWait(100);
        int bars = 0;
        for (const ProbabilityBars *bar : view->findChildren<ProbabilityBars *>())
            bars += bar->isVisible() ? 1 : 0;
        QCOMPARE(bars, 2);
        take(QStringLiteral("prediction"));
    }

    void aProjectKeepsTheSets()
    {
        const QString file = path(QStringLiteral("leaves.graft"));
        QVERIFY(writeProject(file.toStdString(), m_document.project()));
        const auto project = readProject(file.toStdString());
        QVERIFY2(project, project ? "" : project.error().message.c_str());
        QVERIFY(project->package.labelSets == m_document.dataset().labelSets);
    }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] static QString pictureFolder() { return QStringLiteral(GRAFT_TOUR_FOLDER); }

    void take(const QString &what)
    {
        QTest::qWait(120); // what is queued gets drawn
        const QString file = QStringLiteral("%1/%2-%3.png").arg(pictureFolder()).arg(++m_number, 2, 10, QLatin1Char('0')).arg(what);
        QVERIFY2(m_window->grab().save(file), qPrintable(file));
    }

    void clickStep(Step step)
    {
        hands::click(m_window->findChild<StepBar *>()->button(step));
        QCOMPARE(m_window->step(), step);
    }

    QTemporaryDir m_folder;
    int m_number = 0;
    Appearance m_appearance;
    Workbench m_workbench;
    Document &m_document = m_workbench.document();
    std::unique_ptr<MainWindow> m_window;
};

int main(int argc, char **argv)
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Graft"));
    QCoreApplication::setApplicationName(QStringLiteral("labelsets"));
    LabelSetsWindowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "labelsetswindowtest.moc"
