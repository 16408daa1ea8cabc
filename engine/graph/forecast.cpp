#include "graph/forecast.h"

#include "graph/frontier.h"
#include "graph/trainingplan.h"

#include <algorithm>
#include <cmath>

namespace graft {
namespace {

Result<void> requireKnown(const Network &network, const NetworkAnalysis &analysis)
{
    if (auto runnable = requireRunnable(network); !runnable)
        return runnable;
    const auto &layers = network.layers();
    const bool fits = !layers.empty() && analysis.layers.size() == layers.size() && network.find(network.output());
    for (std::size_t index = 0; fits && index < layers.size(); ++index)
        if (analysis.layers[index].outputShape.empty())
            return fail(ErrorCode::NetworkInvalid,
                "What training takes cannot be told, since the output of `" + layers[index].name
                    + "` is not known; mend what the list of problems names.",
                layers[index].name);
    if (!fits)
        return fail(ErrorCode::NetworkInvalid, "There is no network to train.");
    return {};
}

TrainingPlan::Way wayOf(const ForecastSettings &settings, bool recomputes)
{
    return {.recomputes = recomputes, .fuses = !settings.onGpu};
}

/// The largest batch whose memory is within what is free, by halving.
std::int64_t largestBatch(const TrainingPlan &plan, const ForecastSettings &settings)
{
    if (settings.freeBytes <= 0)
        return -1;
    const auto fits = [&](std::int64_t batch) { return plan.memory(batch, settings).total() <= settings.freeBytes; };
    std::int64_t fitting = 0, tooLarge = maximumForecastBatch + 1;
    while (tooLarge - fitting > 1) {
        const std::int64_t middle = (fitting + tooLarge) / 2;
        (fits(middle) ? fitting : tooLarge) = middle;
    }
    return fitting;
}

/// `work` seconds of the device for a picture, with what decoding adds to it.
double withDecoding(double work, const ForecastSettings &settings)
{
    const double decoding = settings.decodeSeconds / std::max(1, settings.decodeThreads);
    return settings.onGpu ? std::max(work, decoding) : work + decoding;
}

/// A pass over `pictures`, the last batch smaller than the others.
template <typename Seconds>
double passSeconds(std::int64_t pictures, std::int64_t batch, Seconds secondsOf)
{
    const std::int64_t rest = pictures % batch;
    return static_cast<double>(pictures / batch) * secondsOf(batch) + (rest > 0 ? secondsOf(rest) : 0);
}

/// What a run with these pictures comes to keep.
std::int64_t featureBytes(const Network &network, const NetworkAnalysis &analysis, const ForecastSettings &settings)
{
    std::int64_t values = 0;
    for (const LayerId id : crossingLayers(network))
        values += elementCount(analysis.find(id)->outputShape);
    return values * (settings.bfloat16 ? 2 : 4) * (settings.trainPictures * settings.variants + settings.validationPictures);
}

TimeForecast timeOf(const TrainingPlan &plan, const ForecastSettings &settings, const MachineRates &rates, bool keepsFeatures)
{
    const std::int64_t batch = settings.batchSize;
    const auto train = [&](std::int64_t count) {
        const auto pictures = static_cast<double>(count);
        return pictures * withDecoding(plan.step(count, settings, rates).secondsPerStep / pictures, settings);
    };
    const auto validate = [&](std::int64_t count) {
        const auto pictures = static_cast<double>(count);
        return pictures * withDecoding(plan.evaluationSeconds(count, settings, rates) / pictures, settings);
    };
    TimeForecast time = plan.step(batch, settings, rates);
    time.secondsPerPicture = train(batch) / static_cast<double>(batch);
    if (settings.trainPictures > 0)
        time.secondsPerEpoch
            = passSeconds(settings.trainPictures, batch, train) + passSeconds(settings.validationPictures, batch, validate);
    time.laterSecondsPerEpoch = time.secondsPerEpoch;
    if (!keepsFeatures || settings.trainPictures == 0)
        return time;
    const auto trainRest = [&](std::int64_t count) {
        const TimeForecast step = plan.step(count, settings, rates);
        return step.secondsPerStep * (1 - step.frozenShare);
    };
    const auto validateRest
        = [&](std::int64_t count) { return plan.evaluationSeconds(count, settings, rates, TrainingPlan::Start::Frontier); };
    time.laterSecondsPerEpoch
        = settings.variants > 0 ? passSeconds(settings.trainPictures, batch, trainRest) : passSeconds(settings.trainPictures, batch, train);
    time.laterSecondsPerEpoch += passSeconds(settings.validationPictures, batch, validateRest);
    return time;
}

} // namespace

Result<Forecast> forecast(
    const Network &network, const NetworkAnalysis &analysis, const ForecastSettings &settings, const MachineRates *rates)
{
    if (auto known = requireKnown(network, analysis); !known)
        return fail(known.error());
    const std::int64_t batch = std::max<std::int64_t>(1, settings.batchSize);
    const bool always = settings.checkpointing == ActivationCheckpointing::On;
    TrainingPlan plan(network, analysis, wayOf(settings, always));
    Network thawed = network;
    for (const Layer &layer : network.layers())
        thawed.find(layer.id)->frozen = false;
    const TrainingPlan everything(thawed, analysis, wayOf(settings, always));
    Forecast result;
    result.largestBatch = largestBatch(plan, settings);
    if (const bool isShort = settings.freeBytes > 0 && plan.memory(batch, settings).total() > settings.freeBytes;
        isShort && settings.checkpointing == ActivationCheckpointing::Auto) {
        TrainingPlan recomputing(network, analysis, wayOf(settings, true));
        if (result.largestBatch == 0)
            result.largestBatch = largestBatch(recomputing, settings);
        if (recomputing.recomputes())
            plan = std::move(recomputing);
    }
    result.checkpointsActivations = plan.recomputes();
    result.parameters = analysis.parameters;
    result.trainableParameters = plan.trainableParameters();
    result.memory = plan.memory(batch, settings);
    result.bytesSaved = everything.memory(batch, settings).total() - result.memory.total();
    result.featureBytes = featureBytes(network, analysis, settings);
    if (rates) {
        ForecastSettings used = settings;
        used.batchSize = batch;
        result.time = timeOf(plan, used, *rates, result.featureBytes > 0);
        result.timesFaster = everything.step(batch, used, *rates).secondsPerStep / result.time->secondsPerStep;
    }
    return result;
}

} // namespace graft
