#include "data/classtable.h"
#include "data/evaluationview.h"
#include "data/predictionview.h"
#include "data/probabilitybars.h"
#include "graph/edits.h"
#include "properties/headpanel.h"
#include "support/labelledpictures.h"
#include "support/tourwindow.h"

#include <QComboBox>
#include <QLabel>
#include <QTableView>
#include <QTableWidget>

using namespace graft;

/// Pictures with two labels each, from the folder to the answer, in the real window; a picture of each step is kept.
class LabelSetsWindowTest : public QObject, private TourWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(labelledpictures::write(path(QStringLiteral("leaves")).toStdString(), 8));
        openWindow(QStringLiteral("labelsets"));
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
};

int main(int argc, char **argv)
{
    return runTour<LabelSetsWindowTest>(argc, argv, "labelsets");
}

#include "labelsetswindowtest.moc"
