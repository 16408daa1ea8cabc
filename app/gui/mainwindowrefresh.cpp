// What the document holds, shown in the views.
#include "common/text.h"
#include "controllers/pictureimage.h"
#include "controllers/projectcontroller.h"
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
#include "gui/problemsview.h"
#include "gui/startpage.h"
#include "gui/stepbar.h"
#include "library/libraryview.h"
#include "plots/runpanel.h"
#include "properties/augmentationpanel.h"
#include "properties/forecastpanel.h"
#include "properties/headpanel.h"
#include "properties/layerpanel.h"
#include "properties/preprocessingpanel.h"
#include "properties/trainingpanel.h"
#include "training/optimizer.h"
#include "training/schedule.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QLabel>
#include <QStandardPaths>

namespace graft {
namespace {

/// The engine's titles in the person's language; a type that was added since then keeps its own.
QString title(const std::string &name, const std::string &engineTitle)
{
    static const QHash<QString, const char *> titles = {
        {QStringLiteral("sgd"), QT_TRANSLATE_NOOP("graft::Setting", "SGD with momentum")},
        {QStringLiteral("adam"), QT_TRANSLATE_NOOP("graft::Setting", "Adam")},
        {QStringLiteral("adamw"), QT_TRANSLATE_NOOP("graft::Setting", "AdamW")},
        {QStringLiteral("constant"), QT_TRANSLATE_NOOP("graft::Setting", "Constant")},
        {QStringLiteral("step"), QT_TRANSLATE_NOOP("graft::Setting", "In steps")},
        {QStringLiteral("cosine"), QT_TRANSLATE_NOOP("graft::Setting", "Cosine")},
        {QStringLiteral("onecycle"), QT_TRANSLATE_NOOP("graft::Setting", "One cycle")},
    };
    const char *known = titles.value(fromEngine(name), nullptr);
    return known ? QCoreApplication::translate("graft::Setting", known) : fromEngine(engineTitle);
}

template <typename Registry>
TrainingPanel::Choices choices(const Registry &registry)
{
    TrainingPanel::Choices all;
    for (const auto &type : registry.all())
        all.emplace_back(fromEngine(type.name), title(type.name, type.title));
    return all;
}

} // namespace

void MainWindow::documentChanged(Changes changes)
{
    if (changes & (Changes(Change::Model) | Change::Network))
        refreshNetwork();
    if (changes & (Changes(Change::Selection) | Change::Network | Change::Weights))
        refreshSelection();
    if (changes & (Changes(Change::Network) | Change::Data))
        refreshHead();
    refreshInsight(changes);
    if (changes & (Changes(Change::Data) | Change::LeftOut))
        refreshData();
    if (changes & (Changes(Change::Model) | Change::Weights))
        refreshPreprocessing();
    if (changes & Change::Settings) {
        m_docks->training->setConfig(m_document.trainingConfig());
        if (m_augmentation->augmentation() != m_document.augmentation())
            m_augmentation->setAugmentation(m_document.augmentation());
    }
    if (changes & (Changes(Change::Model) | Change::Weights | Change::Data | Change::Evaluation))
        refreshJudge();
    if (changes & (Changes(Change::Model) | Change::Weights | Change::Prediction))
        refreshPrediction();
    if (changes & (Changes(Change::Model) | Change::Weights | Change::Data | Change::Export))
        refreshExport();
    if (changes & (Changes(Change::Model) | Change::Data))
        suggestExportFile();
    if (changes & (Changes(Change::Model) | Change::Network | Change::Weights | Change::Data | Change::LeftOut))
        m_docks->problems->setDocument(m_document);
    if (changes & (Changes(Change::Model) | Change::Network))
        m_docks->layer->setProblems(m_document.problems());
    if (changes != Changes(Change::Training)) {
        refreshSteps();
        refreshRun();
        refreshEditable();
        refreshTitle();
    }
}

void MainWindow::refreshNetwork()
{
    m_graph->setNetwork(m_document.model().network, m_document.analysis());
    m_docks->outline->setNetwork(m_document.model().network, m_document.analysis());
    m_docks->table->setNetwork(m_document.model().network, m_document.analysis());
    std::vector<std::pair<LayerId, QString>> problems;
    for (const Error &problem : m_document.problems())
        if (const Layer *layer = m_document.model().network.find(problem.subject))
            problems.emplace_back(layer->id, fromEngine(problem.message));
    m_graph->setProblems(std::move(problems));
    const NetworkAnalysis &analysis = m_document.analysis();
    m_parameters->setText(m_document.hasModel() ? tr("%1 parameters, %2 of them trainable · %3 a picture")
                                                      .arg(formatCount(analysis.parameters), formatCount(analysis.trainableParameters),
                                                          formatMultiplyAdds(analysis.multiplyAdds))
                                                : QString());
}

void MainWindow::refreshSelection()
{
    const std::vector<LayerId> &selection = m_document.selection();
    m_graph->setSelection(selection);
    m_docks->outline->setSelection(selection);
    m_docks->table->setSelection(selection);
    const Layer *last = selection.empty() ? nullptr : m_document.model().network.find(selection.back());
    m_docks->head->setSelection(selection);
    m_docks->library->setTarget(last ? fromEngine(last->name) : QString());
    if (selection.empty())
        return m_docks->layer->showNothing();
    m_docks->layer->showLayers(m_document.model().network, m_document.analysis(), selection);
    m_workbench.requestStatistics();
}

void MainWindow::refreshHead()
{
    const Network &network = m_document.model().network;
    const Layer *head = m_document.hasModel() ? network.find(classifierLayer(network)) : nullptr;
    m_docks->head->setLabelSets(m_document.model().labelSets, m_document.dataset().labelSets);
    m_docks->head->setState(head ? fromEngine(head->name) : QString(), head ? classCount(network) : 0,
        static_cast<qint64>(m_document.dataset().classNames.size()));
    m_docks->head->setNetwork(network);
    m_docks->head->setTotals(m_document.analysis().trainableParameters, m_document.analysis().parameters);
}

void MainWindow::refreshData()
{
    if (m_document.hasData())
        m_dataset->setDataset(m_document.dataset(), m_document.split());
    else
        m_dataset->clear();
    m_dataset->setValidationShare(m_document.validationShare());
    m_docks->training->setValidationShare(m_document.validationShare());
    m_docks->training->setValidationShareUsed(!m_document.dataset().hasOwnSplit);
    if (!m_document.hasData())
        m_augmentation->setPreview({});
}

void MainWindow::refreshPreprocessing()
{
    m_preprocessing->setPreprocessing(m_document.preprocessing());
    QStringList doubts;
    for (const std::string &doubt : preprocessingDoubts(m_document))
        doubts << fromEngine(doubt);
    m_preprocessing->setWarning(doubts.join(QLatin1Char('\n')));
}

void MainWindow::refreshJudge()
{
    QString hint;
    if (!m_document.hasModel())
        hint = tr("Open a model first (step 1, Model).");
    else if (!m_document.hasData())
        hint = tr("Choose a folder of pictures first (step 2, Data).");
    else if (!m_document.headFitsData())
        hint = tr("The model does not know these classes yet: train it first (step 4, Train).");
    else if (m_document.split().validation.empty())
        hint = tr("There are no validation pictures to judge by; set some aside on the page Data.");
    m_evaluation->setHint(hint);
    if (m_document.judgement() && stepState(m_document, Step::Judge) == StepState::Done)
        m_evaluation->setEvaluation(m_document.judgement()->figures);
    else
        m_evaluation->clear();
}

void MainWindow::refreshPrediction()
{
    m_prediction->setBusy(false);
    const auto &prediction = m_document.prediction();
    if (!prediction || prediction->weightsVersion != m_document.model().weightsVersion) {
        m_prediction->setPicture({}, {}); // what an earlier model said is not this one's answer
    } else {
        m_prediction->setPicture(fromEngine(prediction->path.filename().string()), toImage(prediction->thumbnail));
        m_prediction->setPrediction(prediction->prediction);
    }
}

void MainWindow::refreshExport()
{
    QString contents;
    if (m_document.hasModel()) {
        contents = tr("%1 parameters, %2 classes.")
                       .arg(formatCount(m_document.analysis().parameters))
                       .arg(classCount(m_document.model().network));
        if (!m_document.model().training)
            contents += QLatin1Char(' ') + tr("It has not been trained here yet.");
    }
    m_export->setContents(contents);
    m_export->setHasLora(hasLora(m_document.model().network));
    m_export->setRecord(m_document.lastExport());
}

void MainWindow::suggestExportFile()
{
    const QString name = m_document.hasData() ? QDir(fromEngine(m_document.dataset().folder.string())).dirName()
                                              : QFileInfo(m_document.modelTitle()).completeBaseName();
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    const QString base = name.isEmpty() ? QStringLiteral("model") : name;
    QString free = base; // an earlier export is not overwritten by a press of the button
    for (int i = 2; !folder.entryList({free + QStringLiteral(".*")}, QDir::Files).isEmpty(); ++i)
        free = QStringLiteral("%1 (%2)").arg(base).arg(i);
    m_export->setSuggestedFile(folder.path(), free);
}

void MainWindow::refreshSteps()
{
    for (const Step step : allSteps)
        m_stepBar->setState(step, stepState(m_document, step));
}

QString MainWindow::missingForRun() const
{
    return !m_document.hasModel() ? tr("Open a model first (step 1, Model).")
        : !m_document.hasData()   ? tr("Choose a folder of pictures first (step 2, Data).")
                                  : QString();
}

void MainWindow::refreshRun()
{
    using State = TrainingController::State;
    const State state = m_runs.training().state();
    RunState shown = RunState::Idle;
    switch (state) {
    case State::Starting:
    case State::Running: shown = RunState::Running; break;
    case State::Paused: shown = RunState::Paused; break;
    case State::Stopping: shown = RunState::Stopping; break;
    case State::Idle:
        if (!m_runs.canStart())
            shown = RunState::Idle;
        else if (m_lastRunFailed)
            shown = RunState::Failed;
        else
            shown = m_document.history().ended ? RunState::Done : RunState::Ready;
        break;
    }
    RunPanel *panel = m_docks->run;
    panel->setState(shown);
    panel->setHint(missingForRun());
    panel->setMessage(state == State::Starting ? tr("Getting ready…") : m_runMessage);
    if (m_runs.progress())
        panel->setProgress(*m_runs.progress(), m_runs.epochs());
    panel->setBest(m_runs.bestEpoch(), m_runs.bestAccuracy(), m_runs.bestOfSets());
    m_runStatus->setVisible(state != State::Idle && m_runs.progress());
    if (const auto &progress = m_runs.progress(); progress && state != State::Idle) {
        const QString left
            = progress->secondsLeft < 0 ? QString() : QStringLiteral(" · ") + tr("%1 left").arg(formatDuration(progress->secondsLeft));
        m_runStatus->setText((state == State::Paused ? tr("Paused in epoch %1 of %2") : tr("Training: epoch %1 of %2"))
                                 .arg(progress->epoch)
                                 .arg(m_runs.epochs())
            + left);
    }
}

void MainWindow::refreshEditable()
{
    const bool busy = m_runs.isBusy();
    const auto state = m_runs.training().state();
    m_docks->layer->setEditable(!busy);
    m_docks->library->setEditable(!busy && m_document.hasModel());
    m_docks->history->setEnabled(!busy);
    m_docks->head->setEditable(!busy);
    m_docks->training->setEditable(!busy);
    m_docks->forecast->setEditable(!busy);
    m_dataset->setEditable(!busy);
    m_augmentation->setEditable(!busy);
    m_preprocessing->setEditable(!busy && m_document.hasModel());
    QUndoStack &undoStack = m_document.undoStack();
    m_actions->undo->setEnabled(!busy && undoStack.canUndo());
    m_actions->redo->setEnabled(!busy && undoStack.canRedo());
    m_actions->undo->setText(undoStack.canUndo() ? tr("&Undo: %1").arg(undoStack.undoText()) : tr("&Undo"));
    m_actions->redo->setText(undoStack.canRedo() ? tr("&Redo: %1").arg(undoStack.redoText()) : tr("&Redo"));
    for (QAction *action : {m_actions->freeze, m_actions->thaw, m_actions->freezeBefore, m_actions->cut, m_actions->duplicate,
             m_actions->remove, m_actions->rename})
        action->setEnabled(!busy && !m_document.selection().empty());
    m_actions->copy->setEnabled(!m_document.selection().empty());
    for (QAction *action : {m_actions->compareWithOpened, m_actions->compareWithFile, m_actions->selectAll})
        action->setEnabled(m_document.hasModel());
    for (QAction *action : {m_actions->freezeTrunk, m_actions->freezeNothing, m_actions->paste, m_actions->addLayer})
        action->setEnabled(!busy && m_document.hasModel());
    m_actions->replaceHead->setEnabled(!busy && m_document.hasModel() && m_document.hasData() && !m_document.headFitsData());
    m_actions->train->setEnabled(m_runs.canStart());
    const QString missing = missingForRun();
    m_actions->train->setToolTip(missing.isEmpty() ? tr("Train the model on the pictures") : missing);
    const bool pausable = state == TrainingController::State::Running || state == TrainingController::State::Paused;
    m_actions->pause->setEnabled(pausable);
    const bool paused = state == TrainingController::State::Paused;
    m_actions->pause->setText(paused ? tr("&Resume") : tr("&Pause"));
    m_actions->pause->setIconText(paused ? tr("Go on") : tr("Pause"));
    m_actions->stop->setEnabled(m_runs.training().isBusy() && state != TrainingController::State::Stopping);
    m_actions->resumeLast->setEnabled(!busy);
    m_actions->judge->setEnabled(m_document.headFitsData());
    for (QAction *action : {m_actions->zoomIn, m_actions->zoomOut, m_actions->fit, m_actions->unfoldAll, m_actions->foldAll,
             m_actions->findLayer, m_actions->exportGraph})
        action->setEnabled(m_document.hasModel());
}

void MainWindow::refreshTitle()
{
    const QString project = !m_project->file().isEmpty() ? QFileInfo(m_project->file()).completeBaseName()
        : m_document.hasData()                           ? QDir(fromEngine(m_document.dataset().folder.string())).dirName()
                                                         : m_document.modelTitle();
    setWindowTitle((project.isEmpty() ? tr("Graft") : tr("Graft · %1").arg(project)) + QStringLiteral("[*]"));
    setWindowModified(m_document.isModified());
}

void MainWindow::runEnded(const TrainingOutcome &outcome)
{
    m_lastRunFailed = outcome.reason == StopReason::Failed;
    m_runMessage.clear();
    if (m_lastRunFailed) {
        m_runMessage = fromEngine(outcome.error.message);
        showError(outcome.error);
    } else if (outcome.bestEpoch == 0) {
        showNote([] {
            return tr("Stopped before the first epoch was done, so the model is as it was. «Go on with the last run» takes it up again.");
        });
    } else {
        showNote([epoch = outcome.bestEpoch, wasStopped = outcome.reason == StopReason::Stopped, accuracy = m_runs.bestAccuracy()] {
            return (wasStopped ? tr("Stopped; the best epoch so far is %1, with an accuracy of %2.")
                               : tr("Trained; the best epoch is %1, with an accuracy of %2."))
                .arg(epoch)
                .arg(formatPercent(accuracy));
        });
    }
    refreshRun();
    refreshSteps();
    refreshEditable();
    refreshRecent();
    if (m_closing)
        close();
}

void MainWindow::fillChoices(const std::vector<DeviceDescription> &devices)
{
    m_devices = devices;
    m_docks->training->setChoices(devices, choices(optimizerTypes()), choices(scheduleTypes()));
    m_docks->training->setConfig(m_document.trainingConfig());
}

void MainWindow::retranslate()
{
    m_actions->retranslate();
    m_document.retranslate();
    m_docks->retranslate();
    fillChoices(std::vector(m_devices));
    refreshNetwork();
    refreshJudge();
    refreshExport();
    refreshRun();
    refreshEditable();
    refreshTitle();
    m_docks->problems->setDocument(m_document);
    for (QAction *action : m_actions->themes->actions())
        action->setChecked(action->data().toString() == Appearance::themeName(m_appearance.theme()));
    for (QAction *action : m_actions->languages->actions())
        action->setChecked(action->data().toString() == m_appearance.language());
}

} // namespace graft
