// What the person does in the views, passed on to the document and the controllers.
#include "common/theme.h"
#include "controllers/picturechecker.h"
#include "data/datasetview.h"
#include "data/evaluationview.h"
#include "data/predictionview.h"
#include "graph/graphview.h"
#include "graph/layertable.h"
#include "graph/outlineview.h"
#include "gui/actions.h"
#include "gui/appearance.h"
#include "gui/docks.h"
#include "gui/exportpage.h"
#include "gui/historyview.h"
#include "gui/logview.h"
#include "gui/mainwindow.h"
#include "gui/messagebar.h"
#include "gui/problemsview.h"
#include "gui/startpage.h"
#include "gui/stepbar.h"
#include "plots/curvesview.h"
#include "plots/runpanel.h"
#include "properties/augmentationpanel.h"
#include "properties/headpanel.h"
#include "properties/layerpanel.h"
#include "properties/preprocessingpanel.h"
#include "properties/trainingpanel.h"

#include <QFileInfo>

namespace graft {

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto what) { connect(action, &QAction::triggered, this, what); };
    on(m_actions->openModel, [this] { askForModel(); });
    on(m_actions->openGallery, [this] { showGallery(); });
    on(m_actions->openData, [this] { askForData(); });
    on(m_actions->predictPicture, [this] { askForPicture(); });
    on(m_actions->openDemo, [this] { openDemo(); });
    on(m_actions->exportModel, [this] { goTo(Step::Export); });
    on(m_actions->exportGraph, [this] { askForGraphFile(); });
    on(m_actions->quit, [this] { close(); });
    on(m_actions->freeze, [this] { freeze(m_document.selection(), true); });
    on(m_actions->thaw, [this] { freeze(m_document.selection(), false); });
    on(m_actions->freezeBefore, [this] {
        if (!m_document.selection().empty() && mayEdit())
            m_workbench.freezeBefore(m_document.selection().front());
    });
    on(m_actions->freezeTrunk, [this] {
        if (mayEdit())
            m_workbench.applyFreezeSetting(QStringLiteral("all-but-head"));
    });
    on(m_actions->freezeNothing, [this] {
        if (mayEdit())
            m_workbench.applyFreezeSetting(QStringLiteral("none"));
    });
    on(m_actions->replaceHead, [this] { replaceHead(); });
    on(m_actions->findLayer, [this] {
        goTo(Step::Model);
        m_graph->focusSearch();
    });
    for (const Step step : allSteps)
        on(m_actions->steps[static_cast<std::size_t>(step)], [this, step] { goTo(step); });
    on(m_actions->train, [this] { train(); });
    on(m_actions->pause, [this] {
        TrainingController &training = m_runs.training();
        training.state() == TrainingController::State::Paused ? training.resume() : training.pause();
    });
    on(m_actions->stop, [this] { m_runs.training().stop(); });
    on(m_actions->resumeLast, [this] { m_runs.resumeLastRun(); });
    on(m_actions->judge, [this] {
        goTo(Step::Judge);
        Q_EMIT m_evaluation->evaluateRequested();
    });
    on(m_actions->zoomIn, [this] { m_graph->zoomIn(); });
    on(m_actions->zoomOut, [this] { m_graph->zoomOut(); });
    on(m_actions->fit, [this] { m_graph->fit(); });
    on(m_actions->unfoldAll, [this] { m_graph->unfoldAll(); });
    on(m_actions->foldAll, [this] { m_graph->foldAll(); });
    on(m_actions->resetLayout, [this] { m_docks->arrange(); });
    connect(m_actions->fullScreen, &QAction::toggled, this, [this](bool full) { full ? showFullScreen() : showNormal(); });
    on(m_actions->about, [this] { showAbout(); });
    connect(m_actions->themes, &QActionGroup::triggered, this, [this](const QAction *action) {
        Theme theme = Theme::System;
        if (Appearance::parseTheme(action->data().toString(), theme))
            m_appearance.setTheme(theme);
    });
    connect(m_actions->languages, &QActionGroup::triggered, this,
        [this](const QAction *action) { m_appearance.setLanguage(action->data().toString()); });
}

void MainWindow::connectGraph()
{
    const auto connectView = [this](auto *view) {
        using View = std::remove_pointer_t<decltype(view)>;
        connect(view, &View::selectionChanged, this, [this](const std::vector<LayerId> &layers) { m_document.select(layers); });
        connect(view, &View::freezeRequested, this, &MainWindow::freeze);
    };
    connectView(m_graph);
    connectView(m_docks->outline);
    connectView(m_docks->table);
    connect(m_graph, &GraphView::replaceHeadRequested, this, &MainWindow::replaceHead);
    connect(m_docks->layer, &LayerPanel::freezeRequested, this, &MainWindow::freeze);
    connect(m_docks->layer, &LayerPanel::freezeBeforeRequested, this, [this](LayerId layer) {
        if (mayEdit())
            m_workbench.freezeBefore(layer);
    });
    connect(m_docks->layer, &LayerPanel::learningRateFactorRequested, this, [this](const std::vector<LayerId> &layers, double factor) {
        if (mayEdit())
            m_document.setLearningRateFactor(layers, factor);
    });
}

void MainWindow::connectPanels()
{
    m_docks->history->setStack(&m_document.undoStack());
    connect(m_stepBar, &StepBar::stepChosen, this, &MainWindow::goTo);
    connect(m_docks->head, &HeadPanel::freezeSettingRequested, this, [this](const QString &setting) {
        if (mayEdit())
            m_workbench.applyFreezeSetting(setting);
    });
    connect(m_docks->training, &TrainingPanel::configChanged, this, [this] { m_document.setTrainingConfig(m_docks->training->config()); });
    connect(
        m_docks->training, &TrainingPanel::validationShareChanged, this, [this](double share) { m_document.setValidationShare(share); });
    connect(m_augmentation, &AugmentationPanel::augmentationChanged, this, [this] {
        m_document.setAugmentation(m_augmentation->augmentation());
        m_workbench.requestAugmentationPreview();
    });
    connect(m_preprocessing, &PreprocessingPanel::preprocessingChanged, this, [this] {
        if (!mayEdit())
            return refreshPreprocessing();
        m_document.setPreprocessing(m_preprocessing->preprocessing());
        m_workbench.requestAugmentationPreview();
    });
    connect(m_augmentation, &AugmentationPanel::previewRequested, &m_workbench, &Workbench::requestAugmentationPreview);
}

void MainWindow::connectPages()
{
    connect(m_startPage, &StartPage::openRequested, this, &MainWindow::askForModel);
    connect(m_startPage, &StartPage::galleryRequested, this, &MainWindow::showGallery);
    connect(m_startPage, &StartPage::demoRequested, this, &MainWindow::openDemo);
    connect(m_startPage, &StartPage::resumeRequested, &m_runs, &RunController::resumeLastRun);
    connect(m_startPage, &StartPage::fileChosen, this, &MainWindow::openPath);
    connect(m_dataset, &DatasetView::folderChosen, this, &MainWindow::openData);
    connect(m_dataset, &DatasetView::chooseFolderRequested, this, &MainWindow::askForData);
    connect(m_dataset, &DatasetView::thumbnailRequested, &m_workbench, &Workbench::requestThumbnail);
    connect(m_dataset, &DatasetView::validationShareChanged, this, [this](double share) { m_document.setValidationShare(share); });
    connect(m_dataset, &DatasetView::cancelRequested, this, [this] { m_workbench.jobs().cancel(Workbench::dataLane); });
    m_checker = new PictureChecker(m_workbench, m_runs, this);
    connect(m_checker, &PictureChecker::progressed, m_dataset, &DatasetView::setChecking);
    connect(m_dataset, &DatasetView::stopCheckingRequested, m_checker, &PictureChecker::stop);
    connect(m_evaluation, &EvaluationView::evaluateRequested, this, [this] {
        if (m_document.hasModel() && m_document.hasData())
            m_workbench.evaluateModel();
    });
    connect(m_prediction, &PredictionView::pictureDropped, this, &MainWindow::predict);
    connect(m_prediction, &PredictionView::choosePictureRequested, this, &MainWindow::askForPicture);
    connect(m_export, &ExportPage::exportRequested, this,
        [this](const QString &path, const QString &format, const Attributes &options, bool mergesAdapters) {
            m_message->hide();
            m_workbench.exportModel(path, format, options, mergesAdapters);
        });
}

void MainWindow::connectWorkbench()
{
    connect(&m_document, &Document::changed, this, &MainWindow::documentChanged);
    connect(&m_document.undoStack(), &QUndoStack::indexChanged, this, &MainWindow::refreshEditable);
    connect(&m_document.undoStack(), &QUndoStack::indexChanged, this, &MainWindow::refreshOpenInputs);
    connect(&m_workbench, &Workbench::failed, this, &MainWindow::showError);
    connect(&m_workbench, &Workbench::noted, this, [this](const Wording &text) { showNote(text); });
    connect(&m_workbench, &Workbench::modelOpened, this, [this](const QString &reference, const QStringList &remarks) {
        if (QFileInfo::exists(reference))
            remember(reference);
        m_docks->log->add(tr("Opened %1.").arg(m_document.modelTitle()));
        goTo(Step::Model);
        for (const QString &remark : remarks)
            m_docks->log->add(remark);
        if (!remarks.isEmpty())
            m_message->showNote(remarks.join(QLatin1Char('\n')));
    });
    connect(&m_workbench, &Workbench::dataOpened, this, [this](const QString &folder) {
        m_docks->log->add(tr("Opened the pictures in %1.").arg(folder));
        m_workbench.requestAugmentationPreview();
    });
    connect(&m_workbench, &Workbench::exported, this, [this](const QString &path) { m_docks->log->add(tr("Wrote %1.").arg(path)); });
    connect(&m_workbench, &Workbench::statisticsReady, m_docks->layer, &LayerPanel::setStatistics);
    connect(&m_workbench, &Workbench::thumbnailReady, m_dataset, &DatasetView::setThumbnail);
    connect(&m_workbench, &Workbench::augmentationPreviewReady, m_augmentation, &AugmentationPanel::setPreview);
    connect(&m_workbench, &Workbench::machineReady, this, [this](const std::vector<DeviceDescription> &devices, const QString &warning) {
        fillChoices(devices);
        m_docks->problems->setMachineWarning(warning);
        m_docks->problems->setDocument(m_document);
    });
    connect(&m_workbench, &Workbench::predictionStarted, this, [this] { m_prediction->setBusy(true); });
    connect(&m_workbench, &Workbench::predictionFailed, this, [this](const QString &, const Error &error) {
        m_prediction->setBusy(false);
        m_prediction->setMessage(QString::fromStdString(error.message));
    });
    JobTracker &jobs = m_workbench.jobs();
    connect(&jobs, &JobTracker::progressed, this, [this](const QString &lane, qint64 done, qint64 total) {
        if (lane == Workbench::dataLane)
            m_dataset->setBusy({done, total});
        else if (lane == Workbench::evaluationLane)
            m_evaluation->setBusy(done, total);
    });
    connect(&jobs, &JobTracker::started, this, [this](const QString &lane) {
        if (lane == Workbench::exportLane)
            m_export->setBusy(true);
        else if (lane == RunController::lane)
            refreshEditable();
    });
    connect(&jobs, &JobTracker::ended, this, [this](const QString &lane) {
        if (lane == Workbench::dataLane)
            refreshData();
        else if (lane == Workbench::evaluationLane)
            m_evaluation->setBusy(0, 0);
        else if (lane == Workbench::exportLane)
            m_export->setBusy(false);
        else if (lane == RunController::lane || lane == Workbench::headLane)
            refreshEditable();
    });
}

void MainWindow::connectRun()
{
    connect(m_docks->run, &RunPanel::startRequested, this, &MainWindow::train);
    connect(m_docks->run, &RunPanel::pauseRequested, &m_runs.training(), &TrainingController::pause);
    connect(m_docks->run, &RunPanel::resumeRequested, &m_runs.training(), &TrainingController::resume);
    connect(m_docks->run, &RunPanel::stopRequested, &m_runs.training(), &TrainingController::stop);
    connect(&m_runs.training(), &TrainingController::stateChanged, this, [this] {
        refreshRun();
        refreshEditable();
    });
    connect(&m_runs, &RunController::started, this, [this] {
        m_lastRunFailed = false;
        m_docks->log->add(
            tr("Training begins; the run is kept in %1.").arg(QString::fromStdString(m_document.history().runFolder.string())));
        goTo(Step::Train);
        m_docks->curves->reset(m_runs.epochs());
        for (const EpochResult &epoch : m_document.history().epochs)
            m_docks->curves->addEpoch(epoch);
        refreshRun();
    });
    connect(&m_runs, &RunController::newsArrived, this, [this](const TrainingNews &news) {
        m_docks->curves->addSamples(news.samples, m_runs.stepsPerEpoch());
        for (const EpochResult &epoch : news.epochs)
            m_docks->curves->addEpoch(epoch);
        for (const std::string &note : news.notes)
            m_docks->log->add(QString::fromStdString(note));
        refreshRun();
    });
    connect(&m_runs, &RunController::ended, this, &MainWindow::runEnded);
}

} // namespace graft
