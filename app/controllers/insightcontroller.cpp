#include "controllers/insightcontroller.h"
#include "controllers/featuresource.h"
#include "controllers/pictureimage.h"
#include "data/decodingspeed.h"
#include "graph/weightdrift.h"
#include "nn/layertimes.h"
#include "training/forecastsettings.h"

#include <QFileInfo>
#include <algorithm>
#include <cmath>

namespace graft {
namespace {

constexpr int progressSteps = 1000;
constexpr int mostForLayers = 16; // pictures: enough to keep every core busy

/// Forward and backward together, as far as each ran, for one picture.
std::vector<double> pictureSeconds(const LayerTimes &times)
{
    std::vector<double> sums = times.forward;
    for (std::size_t layer = 0; layer < sums.size(); ++layer)
        if (!std::isnan(times.backward[layer]))
            sums[layer] += times.backward[layer];
    for (double &sum : sums)
        sum /= times.batchSize;
    return sums;
}

} // namespace

InsightController::InsightController(Workbench &workbench, std::filesystem::path cacheFolder, QObject *parent)
    : QObject(parent), m_workbench(workbench), m_document(workbench.document()), m_cacheFolder(std::move(cacheFolder))
{
    JobTracker &jobs = workbench.jobs();
    connect(&jobs, &JobTracker::progressed, this, [this](const QString &lane, qint64 done, qint64 total) {
        if (lane == machineLane)
            Q_EMIT measuringMachine(static_cast<double>(done) / static_cast<double>(total));
    });
    connect(&jobs, &JobTracker::ended, this, [this](const QString &lane) {
        if (lane == machineLane)
            Q_EMIT measuringMachineEnded();
    });
}

const MachineRates *InsightController::rates()
{
    const RatesKey key = ratesKey(m_document.trainingConfig());
    auto [known, isNew] = m_rates.try_emplace({key.device.cudaIndex, key.bfloat16});
    if (isNew)
        if (auto kept = readRates(key, m_cacheFolder))
            known->second = *kept;
    return known->second ? &*known->second : nullptr;
}

void InsightController::refreshForecast()
{
    if (!m_document.hasModel())
        return Q_EMIT forecastImpossible({});
    measureDecoding();
    ForecastSettings settings = forecastSettings(m_document.trainingConfig());
    settings.trainPictures = static_cast<std::int64_t>(m_document.split().train.size());
    settings.validationPictures = static_cast<std::int64_t>(m_document.split().validation.size());
    settings.decodeSeconds = m_decodeSeconds;
    settings.variants = changesPictures(m_document.augmentation()) ? m_document.augmentation().variants : 1;
    const auto forecast = graft::forecast(m_document.model().network, m_document.analysis(), settings, rates());
    if (forecast)
        Q_EMIT forecastChanged(*forecast, settings);
    else
        Q_EMIT forecastImpossible(QString::fromStdString(forecast.error().message));
}

void InsightController::measureMachine()
{
    const RatesKey key = ratesKey(m_document.trainingConfig());
    m_workbench.jobs().start(
        machineLane, tr("Measuring this machine"),
        [key](const JobContext &context) {
            const auto progress = [&context](double share) { context.report({static_cast<qint64>(share * progressSteps), progressSteps}); };
            return measureRates(key, progress, context.cancellation);
        },
        [this, key](const Result<MachineRates> &rates) {
            if (!rates)
                return Q_EMIT failed(rates.error());
            m_rates[{key.device.cudaIndex, key.bfloat16}] = *rates;
            if (auto kept = keepRates(key, *rates, m_cacheFolder); !kept)
                Q_EMIT failed(kept.error());
            refreshForecast();
        });
    Q_EMIT measuringMachine(0);
}

void InsightController::cancelMeasuring()
{
    m_workbench.jobs().cancel(machineLane);
}

void InsightController::measureDecoding()
{
    if (!m_document.hasData()) {
        m_decodedFolder.clear();
        m_decodeSeconds = 0;
        return;
    }
    if (m_decodedFolder == m_document.dataset().folder)
        return;
    m_decodedFolder = m_document.dataset().folder;
    m_decodeSeconds = 0;
    m_workbench.jobs().start(
        decodingLane, QString(),
        [samples = m_document.split().train, preprocessing = m_document.preprocessing(), augmentation = m_document.augmentation()](
            const JobContext &context) { return graft::measureDecoding(samples, preprocessing, augmentation, context.cancellation); },
        [this](double seconds) {
            m_decodeSeconds = seconds;
            refreshForecast();
        });
}

int InsightController::batchForLayers() const
{
    ForecastSettings settings = forecastSettings(m_document.trainingConfig());
    const auto forecast = graft::forecast(m_document.model().network, m_document.analysis(), settings, nullptr);
    const std::int64_t fitting = forecast && forecast->largestBatch > 0 ? forecast->largestBatch : mostForLayers;
    return static_cast<int>(std::min({fitting, std::int64_t{mostForLayers}, settings.batchSize}));
}

void InsightController::measureLayers()
{
    const TrainingConfig &config = m_document.trainingConfig();
    const LayerTimesOptions options{config.device, batchForLayers(), usesBfloat16(config.precision, config.device)};
    m_workbench.jobs().start(
        layersLane, tr("Measuring each layer"),
        [package = m_document.runnablePackage(), options](const JobContext &context) -> Result<LayerTimes> {
            const auto model = package();
            if (!model)
                return fail(model.error());
            const auto progress = [&context](double share) { context.report({static_cast<qint64>(share * progressSteps), progressSteps}); };
            return measureLayerTimes(model->network, model->weights, options, progress, context.cancellation);
        },
        [this, options](const Result<LayerTimes> &times) {
            if (!times)
                return Q_EMIT failed(times.error());
            if (times->forward.size() != m_document.model().network.layers().size())
                return; // of the network before an edit
            Q_EMIT layerTimesChanged(pictureSeconds(*times), [batch = times->batchSize, device = options.device, passes = times->passes] {
                return tr("For one picture, forward and backward; batches of %1 on %2, median of %3")
                    .arg(batch)
                    .arg(QString::fromStdString(name(device)))
                    .arg(passes);
            });
        });
}

void InsightController::measureDrift()
{
    m_workbench.jobs().start(
        driftLane, tr("Comparing the weights with those that were opened"),
        [network = m_document.model().network, analysis = m_document.analysis(), weights = m_document.model().weights,
            opened = m_document.opened()](const JobContext &context) {
            return weightDrift(network, analysis, weights, opened.network, opened.weights, context.cancellation);
        },
        [this](const std::vector<WeightDrift> &drift) {
            if (drift.size() != m_document.model().network.layers().size())
                return;
            std::vector<double> changes, references;
            for (const WeightDrift &layer : drift) {
                changes.push_back(layer.change);
                references.push_back(layer.reference);
            }
            Q_EMIT driftChanged(changes, references);
        });
}

QString InsightController::featurePicture() const
{
    if (!m_featurePicture.isEmpty())
        return m_featurePicture;
    if (m_document.prediction())
        return QString::fromStdString(m_document.prediction()->path.string());
    if (m_document.hasData() && !m_document.split().train.empty())
        return QString::fromStdString(m_document.split().train.front().path.string());
    return {};
}

void InsightController::setFeaturePicture(const QString &path)
{
    m_featurePicture = path;
}

void InsightController::releaseFeatures()
{
    m_workbench.jobs().cancel(featuresLane);
    m_features.reset();
}

void InsightController::showFeatures(LayerId layer)
{
    const Layer *shown = m_document.model().network.find(layer);
    const QString picture = featurePicture();
    if (!shown || picture.isEmpty()) {
        m_workbench.jobs().cancel(featuresLane);
        if (picture.isEmpty())
            Q_EMIT featurePictureChanged({}, {});
        return Q_EMIT featuresImpossible(
            shown ? tr("Drop a picture here, or choose one; what the layer makes of it is then shown.") : QString());
    }
    if (!m_features || !m_features->isOf(m_document.model().network, m_document.model().weightsVersion))
        m_features
            = std::make_shared<FeatureSource>(m_document.model().network, m_document.model().weightsVersion, m_document.runnablePackage());
    m_workbench.jobs().start(
        featuresLane, tr("Looking at %1").arg(QString::fromStdString(shown->name)),
        [source = m_features, name = shown->name, path = picture.toStdString()](
            const JobContext &context) { return source->features(path, name, context.cancellation); },
        [this, name = QString::fromStdString(shown->name), picture](const FeatureSource::Answer &answer) {
            if (!answer.thumbnail.isEmpty())
                Q_EMIT featurePictureChanged(QFileInfo(picture).fileName(), toImage(answer.thumbnail));
            if (answer.maps)
                Q_EMIT featuresReady(name, *answer.maps);
            else if (answer.maps.error().code != ErrorCode::Cancelled)
                Q_EMIT featuresImpossible(QString::fromStdString(answer.maps.error().message));
        });
}

} // namespace graft
