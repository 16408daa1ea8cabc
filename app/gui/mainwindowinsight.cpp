// What is found out about the open model, between the controller and the views.
#include "controllers/insightcontroller.h"
#include "graph/graphview.h"
#include "graph/layertable.h"
#include "gui/docks.h"
#include "gui/mainwindow.h"
#include "properties/featuremapspanel.h"
#include "properties/forecastpanel.h"

namespace graft {
namespace {

/// Steps are counted through the whole run, and told as the curves tell them: within their epoch.
Wording stepText(qint64 step, qint64 stepsPerEpoch)
{
    return [before = step - 1, stepsPerEpoch] {
        return MainWindow::tr("Epoch %L1, step %L2 of %L3")
            .arg(before / stepsPerEpoch + 1)
            .arg(before % stepsPerEpoch + 1)
            .arg(stepsPerEpoch);
    };
}

} // namespace

void MainWindow::connectInsight()
{
    connect(m_insight, &InsightController::failed, this, &MainWindow::showError);
    connectForecast();
    connectOverlays();
    connectFeatures();
}

void MainWindow::connectForecast()
{
    ForecastPanel *panel = m_docks->forecast;
    connect(m_insight, &InsightController::forecastChanged, panel, &ForecastPanel::setForecast);
    connect(m_insight, &InsightController::forecastImpossible, panel, &ForecastPanel::setReason);
    connect(m_insight, &InsightController::measuringMachine, panel, &ForecastPanel::setMeasuring);
    connect(m_insight, &InsightController::measuringMachineEnded, panel, [panel] { panel->setMeasuring(std::nullopt); });
    connect(panel, &ForecastPanel::measureRequested, m_insight, &InsightController::measureMachine);
    connect(panel, &ForecastPanel::cancelMeasuringRequested, m_insight, &InsightController::cancelMeasuring);
    connect(panel, &ForecastPanel::batchRequested, this, [this](int batch) {
        if (!mayEdit())
            return;
        TrainingConfig config = m_document.trainingConfig();
        config.batchSize = batch;
        m_document.setTrainingConfig(config);
    });
}

void MainWindow::connectOverlays()
{
    using Kind = GraphOverlay::Kind;
    connect(m_graph, &GraphView::overlayRequested, this, [this](Kind kind) {
        if (kind == Kind::Drift)
            return m_insight->measureDrift();
        if (kind == Kind::Gradient)
            return showNote([runs = m_runs.training().isBusy()] {
                return runs ? tr("The gradients come with the next step of the training.")
                            : tr("Gradients are seen while training runs: start it (step 4, Train).");
            });
        if (m_runs.training().isBusy())
            return showNote([] { return tr("Training is running and would slow the measurement; wait for it or stop it first."); });
        m_insight->measureLayers();
    });
    connect(m_graph, &GraphView::overlayChanged, this, [this](Kind kind) {
        m_runs.training().watchGradients(kind == Kind::Gradient);
        if (kind == Kind::Drift && m_document.hasModel())
            m_insight->measureDrift();
    });
    connect(m_insight, &InsightController::layerTimesChanged, this, [this](const std::vector<double> &seconds, const Wording &note) {
        m_graph->setOverlayValues(Kind::Time, seconds, {}, note);
        m_docks->table->setTimes(seconds);
    });
    connect(m_insight, &InsightController::driftChanged, this,
        [this](const std::vector<double> &changes, const std::vector<double> &references) {
            m_graph->setOverlayValues(Kind::Drift, changes, references, [] { return tr("Since the model was opened"); });
        });
    connect(&m_runs, &RunController::newsArrived, this, [this](const TrainingNews &news) {
        if (news.gradients && news.gradients->norms.size() == m_document.model().network.layers().size())
            m_graph->setOverlayValues(Kind::Gradient, news.gradients->norms, {}, stepText(news.gradients->step, m_runs.stepsPerEpoch()));
    });
}

void MainWindow::connectFeatures()
{
    FeatureMapsPanel *panel = m_docks->features;
    connect(m_insight, &InsightController::featurePictureChanged, panel, &FeatureMapsPanel::setPicture);
    connect(m_insight, &InsightController::featuresReady, panel, &FeatureMapsPanel::setMaps);
    connect(m_insight, &InsightController::featuresImpossible, panel, &FeatureMapsPanel::setMessage);
    connect(panel, &FeatureMapsPanel::shown, this, &MainWindow::refreshFeatures);
    connect(panel, &FeatureMapsPanel::pictureDropped, this, &MainWindow::lookAt);
    connect(panel, &FeatureMapsPanel::choosePictureRequested, this, [this] {
        if (const QString path = choosePicture(tr("Look at a picture")); !path.isEmpty())
            lookAt(path);
    });
    connect(&m_runs, &RunController::started, m_insight, &InsightController::releaseFeatures);
}

void MainWindow::lookAt(const QString &picturePath)
{
    m_insight->setFeaturePicture(picturePath);
    refreshFeatures();
}

void MainWindow::refreshFeatures()
{
    // The last of several is what a block hands on.
    const std::vector<LayerId> &selection = m_document.selection();
    if (m_docks->features->isVisible())
        m_insight->showFeatures(selection.empty() ? LayerId() : selection.back());
}

void MainWindow::refreshInsight(Changes changes)
{
    if (changes & Change::Model) {
        m_docks->table->setTimes({});
        for (const auto kind : {GraphOverlay::Kind::Time, GraphOverlay::Kind::Drift, GraphOverlay::Kind::Gradient})
            m_graph->setOverlayValues(kind, {}); // of another model
    }
    if (changes & (Changes(Change::Model) | Change::Network | Change::Data | Change::LeftOut | Change::Settings))
        m_insight->refreshForecast();
    if (changes & (Changes(Change::Model) | Change::Network | Change::Weights | Change::Selection | Change::Prediction))
        refreshFeatures();
    if (changes & Change::Weights && m_document.hasModel() && m_graph->overlay() == GraphOverlay::Kind::Drift)
        m_insight->measureDrift();
}

} // namespace graft
