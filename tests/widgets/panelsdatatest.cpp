#include "data/datasetview.h"
#include "data/evaluationview.h"
#include "data/predictionview.h"
#include "panelfinders.h"
#include "panelsamples.h"
#include "plots/curvesview.h"
#include "plots/runpanel.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

using namespace panelfinders;

class PanelsDataTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runPanelOffersWhatTheStateAllows();
    void runPanelSaysWhyItCannotStart();
    void curvesTakeAHundredThousandSamplesCheaply();
    void curvesDrawNothingWhileHidden();
    void curvesAreGivenAsCsv();
    void datasetViewAsksForVisibleThumbnailsOnly();
    void theCheckOfPicturesIsShownAndCanBeStopped();
    void droppedFolderIsChosen();
    void droppedPictureIsPredicted();
    void confusionMatrixIsReadWithTheArrowKeys();
    void evaluationIsAskedForWithTheKeyboard();
};

namespace {

template <typename View>
bool drop(View &view, const QString &path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(view.rect().center(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&view, &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent dropped(view.rect().center(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&view, &dropped);
    return true;
}

} // namespace

void PanelsDataTest::runPanelOffersWhatTheStateAllows()
{
    using graft::RunState;
    graft::RunPanel panel;
    panel.show();
    QSignalSpy start(&panel, &graft::RunPanel::startRequested);
    QSignalSpy pause(&panel, &graft::RunPanel::pauseRequested);
    QSignalSpy resume(&panel, &graft::RunPanel::resumeRequested);
    QSignalSpy stop(&panel, &graft::RunPanel::stopRequested);
    panel.setState(RunState::Ready);
    QTest::mouseClick(button(panel, "Train"), Qt::LeftButton);
    panel.setState(RunState::Running);
    QVERIFY(!button(panel, "Train")->isEnabled());
    QTest::mouseClick(button(panel, "Pause"), Qt::LeftButton);
    panel.setState(RunState::Paused);
    QTest::keyClick(button(panel, "Go on"), Qt::Key_Space);
    QTest::mouseClick(button(panel, "Stop"), Qt::LeftButton);
    panel.setState(RunState::Stopping);
    QVERIFY(!button(panel, "Stop")->isEnabled());
    panel.setState(RunState::Done);
    QTest::mouseClick(button(panel, "Train again"), Qt::LeftButton);
    QCOMPARE(start.count(), 2);
    QCOMPARE(pause.count(), 1);
    QCOMPARE(resume.count(), 1);
    QCOMPARE(stop.count(), 1);
}

void PanelsDataTest::runPanelSaysWhyItCannotStart()
{
    graft::RunPanel panel;
    panel.show();
    panel.setHint("Choose a folder of pictures first.");
    QVERIFY(shows(panel, "Choose a folder"));
    QVERIFY(!button(panel, "Train")->isEnabled());
    panel.setState(graft::RunState::Ready);
    QVERIFY(!shows(panel, "Choose a folder"));
}

void PanelsDataTest::curvesTakeAHundredThousandSamplesCheaply()
{
    constexpr int count = 100'000;
    const auto samples = panelsamples::metricSamples(count, 10'000);
    graft::CurvesView view;
    view.resize(1000, 320);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.reset(10);
    QElapsedTimer clock;
    clock.start();
    qint64 adding = 0;
    for (int start = 0; start < count; start += 200) {
        const std::vector<graft::MetricSample> few(samples.begin() + start, samples.begin() + start + 200);
        QElapsedTimer one;
        one.start();
        view.addSamples(few, 10'000);
        adding += one.nsecsElapsed();
        if (start % 2000 == 0)
            QApplication::processEvents();
    }
    QVERIFY2(adding < 1'000'000'000, qPrintable(QStringLiteral("Adding took %1 ms").arg(adding / 1'000'000)));
    QTRY_VERIFY(view.drawCount() > 0);
    QVERIFY2(view.drawCount() <= clock.elapsed() / 33 + 3,
        qPrintable(QStringLiteral("%1 draws in %2 ms").arg(view.drawCount()).arg(clock.elapsed())));
    QCOMPARE(view.samplesAsCsv().count(QLatin1Char('\n')), count + 1);
}

void PanelsDataTest::curvesDrawNothingWhileHidden()
{
    graft::CurvesView view;
    view.addSamples(panelsamples::metricSamples(100, 10), 10);
    QTest::qWait(80);
    QCOMPARE(view.drawCount(), 0);
    view.show();
    QTRY_VERIFY(view.drawCount() > 0);
    QVERIFY(!view.grabCurves().isNull());
}

void PanelsDataTest::curvesAreGivenAsCsv()
{
    graft::CurvesView view;
    graft::EpochResult epoch;
    epoch.epoch = 1;
    epoch.train = {0.5, 0.75};
    epoch.seconds = 2;
    view.addEpoch(epoch);
    QCOMPARE(view.epochsAsCsv(),
        QStringLiteral("epoch,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds\n1,0.5,0.75,,,2\n"));
    view.reset(3);
    QCOMPARE(view.epochsAsCsv().count(QLatin1Char('\n')), 1);
}

void PanelsDataTest::datasetViewAsksForVisibleThumbnailsOnly()
{
    graft::DatasetView view;
    graft::Dataset data;
    data.folder = "/pictures";
    data.classNames = {"a", "b"};
    for (int index = 0; index < 2000; ++index)
        data.samples.push_back({data.folder / (std::to_string(index) + ".jpg"), {0}});
    data.samples.push_back({data.folder / "other.jpg", {1}});
    QSignalSpy spy(&view, &graft::DatasetView::thumbnailRequested);
    view.resize(900, 600);
    view.show();
    view.setDataset(data, {data.samples, {}});
    QTRY_VERIFY(spy.count() > 0);
    QTest::qWait(100);
    QVERIFY2(spy.count() < 200, qPrintable(QString::number(spy.count())));
    spy.clear();
    auto *classes = view.findChild<QTableView *>();
    classes->setFocus();
    QTest::keyClick(classes, Qt::Key_Down);
    QTRY_COMPARE(spy.count(), 1);
    QCOMPARE(spy.at(0).at(0).toString(), QStringLiteral("/pictures/other.jpg"));
    spy.clear();
    QTest::keyClick(classes, Qt::Key_Up);
    QTRY_VERIFY2(spy.count() > 0, "Answers that never came are not asked for again.");
}

void PanelsDataTest::theCheckOfPicturesIsShownAndCanBeStopped()
{
    graft::DatasetView view;
    graft::Dataset data;
    data.folder = "/pictures";
    data.classNames = {"a", "b"};
    data.samples = {{data.folder / "1.jpg", {0}}, {data.folder / "2.jpg", {1}}};
    view.resize(900, 600);
    view.show();
    view.setDataset(data, {data.samples, {}});
    const auto shown = [&](const QString &text) {
        const auto labels = view.findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](const QLabel *label) { return label->isVisible() && label->text() == text; });
    };
    view.setChecking({1200, 5000});
    const QString text = QStringLiteral("Checking pictures: %L1 of %L2").arg(1200).arg(5000);
    QVERIFY(shown(text));
    QSignalSpy stopped(&view, &graft::DatasetView::stopCheckingRequested);
    for (QPushButton *button : view.findChildren<QPushButton *>())
        if (button->isVisible() && button->text() == QStringLiteral("Stop"))
            button->click();
    QCOMPARE(stopped.count(), 1);
    view.setChecking({});
    QVERIFY(!shown(text) && view.isVisible());
}

void PanelsDataTest::droppedFolderIsChosen()
{
    QTemporaryDir folder;
    QFile file(folder.filePath("note.txt"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    graft::DatasetView view;
    view.show();
    QSignalSpy spy(&view, &graft::DatasetView::folderChosen);
    QVERIFY(drop(view, folder.path()));
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy.at(0).at(0).toString(), folder.path());
    QVERIFY2(!drop(view, file.fileName()), "A file is no data set.");
    view.setEditable(false);
    QVERIFY2(!drop(view, folder.path()), "Not during training.");
}

void PanelsDataTest::droppedPictureIsPredicted()
{
    QTemporaryDir folder;
    graft::PredictionView view;
    view.show();
    QSignalSpy spy(&view, &graft::PredictionView::pictureDropped);
    QVERIFY(drop(view, "/somewhere/rose.jpg"));
    QCOMPARE(spy.at(0).at(0).toString(), QStringLiteral("/somewhere/rose.jpg"));
    QVERIFY2(!drop(view, folder.path()), "A folder is no picture.");
    view.setPicture("rose.jpg", panelsamples::picture(1));
    view.setPrediction(panelsamples::prediction());
    QVERIFY(shows(view, QString::fromUtf8("向日葵")));
    view.setPicture("tulip.jpg", panelsamples::picture(2));
    QVERIFY2(!shows(view, QString::fromUtf8("向日葵")), "The old answer stands beside a new picture.");
}

void PanelsDataTest::confusionMatrixIsReadWithTheArrowKeys()
{
    graft::EvaluationView view;
    graft::SetEvaluation evaluation;
    evaluation.samples = 10;
    evaluation.perClass = {{"ants", 5, 1, 1, 1}, {"bees", 5, 1, 1, 1}};
    evaluation.confusion = {{4, 1}, {0, 5}};
    view.setEvaluation({10, 0.9, 0.1, {evaluation}});
    view.resize(900, 500);
    view.show();
    auto *matrix = field<QWidget>(view, "Confusion matrix");
    QTest::keyClick(matrix, Qt::Key_Down);
    QVERIFY(shows(view, "of ants recognised (80.0 %"));
    QTest::keyClick(matrix, Qt::Key_Right);
    QVERIFY(shows(view, "of ants taken for bees (20.0 %"));
    QTest::keySequence(matrix, QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("really / taken for\tants\tbees\nants\t4\t1\nbees\t0\t5"));
}

void PanelsDataTest::evaluationIsAskedForWithTheKeyboard()
{
    graft::EvaluationView view;
    view.show();
    QSignalSpy spy(&view, &graft::EvaluationView::evaluateRequested);
    QTest::keyClick(button(view, "Evaluate"), Qt::Key_Space);
    QCOMPARE(spy.count(), 1);
    view.setHint("Train a model first.");
    QVERIFY(!button(view, "Evaluate")->isEnabled());
}

QTEST_MAIN(PanelsDataTest)
#include "panelsdatatest.moc"
