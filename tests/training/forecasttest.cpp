#include "graph/forecast.h"
#include "architectures/architecture.h"
#include "graph/edits.h"
#include "graph/trainingplan.h"
#include "pythonoracle.h"
#include "tinynetwork.h"
#include "training/forecastsettings.h"
#include "training/optimizer.h"

#include <QElapsedTimer>
#include <QTest>
#include <cmath>

using namespace graft;

namespace {

Network published(const QString &architecture, std::int64_t side)
{
    Network network = architectures().find(architecture.toStdString())->build(1000);
    network.find(network.layers().front().id)->attributes["shape"] = std::vector<std::int64_t>{3, side, side};
    return network;
}

Forecast forecastOf(const Network &network, const ForecastSettings &settings, const MachineRates *rates = nullptr)
{
    return forecast(network, analyse(network).value(), settings, rates).value();
}

/// A second for each multiply-add forward, none for anything else.
MachineRates onlyForwardProducts()
{
    MachineRates rates;
    for (const Work kind : allWork)
        rates.of(kind).forward.perMultiplyAdd = rates.of(kind).compiled.perMultiplyAdd = 1;
    return rates;
}

} // namespace

class ForecastTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsForBackwardWhatTorchKeeps();
    void partsOfMemoryFollowTheirDefinitions();
    void timeIsTheSumOfWhatRuns();
    void backwardOfTheFrozenPartIsNotCounted();
    void whatIsFusedInTheFrozenPartCostsNothing();
    void theFrozenPartTakesFewPicturesAtOnce();
    void decodingAddsOnTheProcessorAndHidesBehindAGpu();
    void theLargestBatchFitsAndTheNextDoesNot();
    void checkpointingSavesMemoryForTime();
    void checkpointingOnRequestIsForWhatDoesNotFit();
    void freezingSavesTimeAndMemory();
    void whatIsMissingIsSaid();
    void followsEveryClick();
    void fittedRatesAreThoseThatTheSamplesCameFrom();
    void ratesSurviveTheirFileAndBrokenOnesAreRefused();
    void everyOptimizerSaysWhatItCosts();
};

void ForecastTest::keepsForBackwardWhatTorchKeeps()
{
    if (!pythonHasTorch())
        QSKIP("Python has no torch here");
    constexpr std::int64_t batch = 2, side = 96;
    const std::vector<std::pair<std::string, std::string>> cases = {{"resnet18", ""}, {"resnet18", "conv1,bn1,layer1,layer2,layer3"},
        {"resnet18", "layer2"}, {"mobilenet_v2", ""}, {"mobilenet_v2", "features"}, {"squeezenet1_1", ""}, {"efficientnet_b0", ""},
        {"densenet121", ""}, {"convnext_tiny", ""}, {"alexnet", ""}};
    nlohmann::json questions = nlohmann::json::array();
    for (const auto &[architecture, frozen] : cases) {
        nlohmann::json blocks = nlohmann::json::array();
        for (const QString &block : QString::fromStdString(frozen).split(QLatin1Char(','), Qt::SkipEmptyParts))
            blocks.push_back(block.toStdString());
        questions.push_back({{"model", architecture}, {"frozen", blocks}, {"batch", batch}, {"side", side}});
    }
    const auto answer = askPython("savedtensors.py", questions);
    QVERIFY(answer);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const auto &[architecture, frozen] = cases[i];
        Network network = published(architecture.c_str(), side);
        if (!frozen.empty())
            QVERIFY(freeze(network, frozen));
        const auto kept = static_cast<double>(TrainingPlan(network, analyse(network).value(), {}).keptForBackward(batch, {}));
        const double torchs = (*answer)[i];
        qInfo("%s, frozen: %s: %.2f MB, torch %.2f MB", architecture.c_str(), frozen.empty() ? "nothing" : frozen.c_str(), kept / 1e6,
            torchs / 1e6);
        QVERIFY(std::abs(kept - torchs) < 0.03 * torchs + 20'000);
    }
}

void ForecastTest::partsOfMemoryFollowTheirDefinitions()
{
    const Network network = published("resnet18", 224);
    const double parameters = static_cast<double>(analyse(network)->parameters);
    ForecastSettings settings;
    settings.batchSize = 4;
    settings.optimizer = {.slots = 2, .passes = 8, .temporaries = 1};
    const Forecast figures = forecastOf(network, settings);
    QCOMPARE(figures.trainableParameters, static_cast<std::int64_t>(parameters));
    QCOMPARE(figures.memory.gradients, static_cast<std::int64_t>(4 * parameters));
    // Two numbers a parameter, and one more while it steps where the activations' room is too small for it.
    QVERIFY(figures.memory.optimizer >= static_cast<std::int64_t>(8 * parameters));
    QVERIFY(figures.memory.optimizer <= static_cast<std::int64_t>(12 * parameters));
    QCOMPARE(figures.memory.pictures, std::int64_t{3 * 4 * 3 * 224 * 224 * 4});
    settings.optimizer = {};
    QCOMPARE(forecastOf(network, settings).memory.optimizer, std::int64_t{0});
}

void ForecastTest::timeIsTheSumOfWhatRuns()
{
    const Network network = published("resnet18", 224);
    const MachineRates rates = onlyForwardProducts();
    ForecastSettings settings;
    settings.batchSize = 8;
    settings.trainPictures = 20;
    settings.validationPictures = 5;
    const Forecast figures = forecastOf(network, settings, &rates);
    const double macs = 1814073344; // torchvision's published 1.814 GFLOPS
    QCOMPARE(figures.time->secondsPerStep, 8 * macs);
    QCOMPARE(figures.time->secondsPerEpoch, 25 * macs);
    QCOMPARE(figures.time->frozenShare, 0.0);
}

void ForecastTest::backwardOfTheFrozenPartIsNotCounted()
{
    // One second for each backward pass: two convolutions, two BatchNorms, two ReLUs, pool, flatten, dropout, head; ten in all. On a CPU
    // a BatchNorm and its ReLU are one.
    MachineRates rates;
    rates.backwardCall = 1;
    ForecastSettings settings, gpu;
    gpu.onGpu = true;
    Network network = tiny::network();
    QCOMPARE(forecastOf(network, gpu, &rates).time->secondsPerStep, 10.0);
    QCOMPARE(forecastOf(network, settings, &rates).time->secondsPerStep, 8.0);
    tiny::freezeBlock(network, "stem");
    QCOMPARE(forecastOf(network, gpu, &rates).time->secondsPerStep, 7.0);
    QCOMPARE(forecastOf(network, settings, &rates).time->secondsPerStep, 6.0);
    // What is frozen behind a layer that trains hands its gradient on.
    network = tiny::network();
    tiny::freezeBlock(network, "body");
    QCOMPARE(forecastOf(network, gpu, &rates).time->secondsPerStep, 10.0);
    QCOMPARE(forecastOf(network, settings, &rates).time->secondsPerStep, 8.0);
    rates = {};
    rates.of(Work::Convolution).weightGradient.perParameter = 1;
    QCOMPARE(forecastOf(network, settings, &rates).time->secondsPerStep, 3.0 * 6 * 9);
    rates = {};
    rates.of(Work::Convolution).backward.perParameter = 1; // the first convolution hands no gradient on
    QCOMPARE(forecastOf(network, settings, &rates).time->secondsPerStep, 6.0 * 8 * 9);
}

void ForecastTest::whatIsFusedInTheFrozenPartCostsNothing()
{
    Network network = tiny::network();
    tiny::freezeBlock(network, "stem");
    ForecastSettings settings;
    settings.batchSize = settings.picturesTogether = 16;
    const auto frozenSeconds = [&](const MachineRates &rates) {
        const TimeForecast time = *forecastOf(network, settings, &rates).time;
        return time.frozenShare * time.secondsPerStep;
    };
    MachineRates rates;
    rates.forwardCall = 1;
    QCOMPARE(forecastOf(network, settings, &rates).time->secondsPerStep, 7.0); // stem; conv, norm with ReLU, pool, flatten, dropout, head
    settings.batchSize = 33;
    QCOMPARE(forecastOf(network, settings, &rates).time->secondsPerStep, 9.0); // the stem thrice: 16, 16, 1
    rates = {};
    rates.of(Work::Product).forward.perValue = 1; // so that the step takes some time
    for (const Work kind : {Work::BatchNormRunning, Work::BatchNormTraining, Work::Activation, Work::SmoothActivation})
        rates.of(kind).compiled.perValue = rates.of(kind).compiled.perParameter = 1;
    QCOMPARE(frozenSeconds(rates), 0.0);
    rates.of(Work::Convolution).compiled.perMultiplyAdd = 1;
    QCOMPARE(frozenSeconds(rates), 33.0 * 3 * 6 * 9 * tiny::side * tiny::side);
    // A function that is more than a cut goes over the output once more.
    network.find(network.find("stem.relu")->id)->type = "SiLU";
    QCOMPARE(frozenSeconds(rates), 33.0 * (3 * 6 * 9 + 2 * 6) * tiny::side * tiny::side);
}

void ForecastTest::theFrozenPartTakesFewPicturesAtOnce()
{
    Network network = published("resnet50", 224);
    QVERIFY(freeze(network, "all-but-head"));
    ForecastSettings settings;
    const auto activations = [&](std::int64_t batch) {
        settings.batchSize = batch;
        return static_cast<double>(forecastOf(network, settings).memory.activations);
    };
    settings.picturesTogether = 16;
    const double few = activations(16), many = activations(64), fewer = activations(8);
    QVERIFY(few - fewer > 8.0 * 112 * 112 * 64 * 4); // the first convolution's output
    // Of a feature 2048 numbers, a few times.
    QVERIFY(many >= few && many - few < 10 * (64 - 16) * 2048 * 4);
    settings.picturesTogether = 64;
    QVERIFY(activations(64) - few > 48.0 * 112 * 112 * 64 * 4);
}

void ForecastTest::decodingAddsOnTheProcessorAndHidesBehindAGpu()
{
    const Network network = tiny::network();
    MachineRates rates;
    rates.forwardCall = 1; // eleven layers with the input; on a CPU two less, each a BatchNorm with its ReLU
    ForecastSettings settings;
    settings.batchSize = 9;
    settings.trainPictures = 18;
    settings.decodeSeconds = 4;
    settings.decodeThreads = 2;
    QCOMPARE(forecastOf(network, settings, &rates).time->secondsPerEpoch, 18.0 * (1 + 2));
    settings.onGpu = true;
    QCOMPARE(forecastOf(network, settings, &rates).time->secondsPerEpoch, 18.0 * 2);
}

void ForecastTest::theLargestBatchFitsAndTheNextDoesNot()
{
    const Network network = published("mobilenet_v2", 224);
    ForecastSettings settings;
    QCOMPARE(forecastOf(network, settings).largestBatch, std::int64_t{-1});
    settings.freeBytes = 4'000'000'000;
    settings.batchSize = forecastOf(network, settings).largestBatch;
    QVERIFY(settings.batchSize > 8 && settings.batchSize < 100);
    QVERIFY(forecastOf(network, settings).memory.total() <= settings.freeBytes);
    ++settings.batchSize;
    QVERIFY(forecastOf(network, settings).memory.total() > settings.freeBytes);
    settings.freeBytes = 1'000'000;
    QCOMPARE(forecastOf(network, settings).largestBatch, std::int64_t{0});
}

void ForecastTest::checkpointingSavesMemoryForTime()
{
    const Network network = published("resnet50", 224);
    const MachineRates rates = onlyForwardProducts();
    ForecastSettings settings;
    const Forecast without = forecastOf(network, settings, &rates);
    settings.checkpointing = ActivationCheckpointing::On;
    const Forecast with = forecastOf(network, settings, &rates);
    QVERIFY(with.checkpointsActivations && !without.checkpointsActivations);
    qInfo("ResNet-50: %.0f MB of activations, %.0f MB with", without.memory.activations / 1e6, with.memory.activations / 1e6);
    QVERIFY(with.memory.activations < 0.5 * without.memory.activations);
    QCOMPARE(with.memory.gradients, without.memory.gradients);
    QVERIFY(with.time->secondsPerStep > without.time->secondsPerStep);
    QVERIFY(with.time->secondsPerStep < 2 * without.time->secondsPerStep); // the last segment is not run again
    Network frozen = network;
    QVERIFY(freeze(frozen, "all-but-head"));
    QVERIFY(!forecastOf(frozen, settings).checkpointsActivations);
    settings.checkpointing = ActivationCheckpointing::Off;
    settings.microBatchSize = 8;
    settings.batchSize = 64;
    ForecastSettings small;
    small.batchSize = 8;
    QCOMPARE(forecastOf(network, settings).memory.activations, forecastOf(network, small).memory.activations);
}

void ForecastTest::checkpointingOnRequestIsForWhatDoesNotFit()
{
    const Network network = published("resnet50", 224);
    ForecastSettings settings;
    settings.checkpointing = ActivationCheckpointing::Auto;
    QVERIFY(!forecastOf(network, settings).checkpointsActivations); // unknown what is free
    settings.freeBytes = forecastOf(network, settings).memory.total();
    QVERIFY(!forecastOf(network, settings).checkpointsActivations);
    settings.freeBytes -= 1;
    const Forecast shortOfMemory = forecastOf(network, settings);
    QVERIFY(shortOfMemory.checkpointsActivations);
    QVERIFY(shortOfMemory.memory.total() < settings.freeBytes);
    QCOMPARE(shortOfMemory.largestBatch, settings.batchSize - 1); // without, since it costs time
    settings.checkpointing = ActivationCheckpointing::On;
    QVERIFY(forecastOf(network, settings).largestBatch > settings.batchSize);
    settings.checkpointing = ActivationCheckpointing::Auto;
    // Where not one picture fits without. Its activations are more than what validation needs of weights.
    const Network large = published("resnet50", 672);
    settings.batchSize = 1;
    settings.freeBytes = 0;
    settings.freeBytes = forecastOf(large, settings).memory.total() - 1;
    QVERIFY(forecastOf(large, settings).largestBatch > 0);
}

void ForecastTest::freezingSavesTimeAndMemory()
{
    Network network = published("resnet50", 224);
    MachineRates rates = onlyForwardProducts();
    for (const Work kind : allWork)
        rates.of(kind).backward.perMultiplyAdd = rates.of(kind).weightGradient.perMultiplyAdd = 1;
    const ForecastSettings settings;
    QCOMPARE(forecastOf(network, settings, &rates).timesFaster, 1.0);
    QVERIFY(freeze(network, "all-but-head"));
    const Forecast head = forecastOf(network, settings, &rates);
    // Forward only, instead of forward and two backward products of the same size.
    QVERIFY(head.timesFaster > 2.9 && head.timesFaster < 3.0);
    QVERIFY(head.time->frozenShare > 0.99);
    QVERIFY(head.bytesSaved > 2'000'000'000);
    MachineRates onlyMemory;
    onlyMemory.freshByte = 1;
    QVERIFY(forecastOf(network, settings, &onlyMemory).time->frozenShare > 0.95);
}

void ForecastTest::whatIsMissingIsSaid()
{
    QCOMPARE(forecast({}, {}, {}, nullptr).error().code, ErrorCode::NetworkInvalid);
    Network network = tiny::network();
    auto analysis = analyse(network).value();
    analysis.layers[4].outputShape.clear();
    const auto unknown = forecast(network, analysis, {}, nullptr);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().subject, network.layers()[4].name);
    QVERIFY(!forecastOf(network, {}).time);
    for (const Layer &layer : std::vector<Layer>(network.layers()))
        network.find(layer.id)->frozen = true;
    QCOMPARE(forecastOf(network, {}).trainableParameters, std::int64_t{0});
}

void ForecastTest::followsEveryClick()
{
    const Network network = published("efficientnet_b7", 600);
    const auto analysis = analyse(network).value();
    ForecastSettings settings;
    settings.freeBytes = 16'000'000'000;
    settings.trainPictures = 1000;
    const MachineRates rates = onlyForwardProducts();
    qint64 fastest = std::numeric_limits<qint64>::max();
    for (int pass = 0; pass < 20; ++pass) {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(forecast(network, analysis, settings, &rates));
        fastest = std::min(fastest, timer.nsecsElapsed());
    }
    qInfo("EfficientNet-B7, %zu layers: %.2f ms", network.layers().size(), static_cast<double>(fastest) / 1e6);
    QVERIFY(fastest < 100'000'000);
}

void ForecastTest::fittedRatesAreThoseThatTheSamplesCameFrom()
{
    const PassRate truth{2e-11, 3e-10, 5e-9};
    std::vector<PassSample> samples;
    for (const auto &[macs, values, parameters] : {std::array{1e9, 1e6, 3e4}, std::array{1e8, 9e6, 1e3}, std::array{4e8, 1e6, 2e6}})
        samples.push_back(
            {macs, values, parameters, truth.perMultiplyAdd * macs + truth.perValue * values + truth.perParameter * parameters});
    const PassRate rate = fitRate(samples);
    QVERIFY(std::abs(rate.perMultiplyAdd / truth.perMultiplyAdd - 1) < 1e-3);
    QVERIFY(std::abs(rate.perValue / truth.perValue - 1) < 1e-3);
    QVERIFY(std::abs(rate.perParameter / truth.perParameter - 1) < 1e-3);
    // What a negative rate would fit best gets none.
    const PassRate edge = fitRate({{1e6, 1e3, 0, 1e-3}, {1e6, 2e3, 0, 0.5e-3}});
    QVERIFY(edge.perValue == 0 && edge.perMultiplyAdd > 0);
    QCOMPARE(fitRate({}), PassRate());
}

void ForecastTest::ratesSurviveTheirFileAndBrokenOnesAreRefused()
{
    MachineRates rates = onlyForwardProducts();
    rates.of(Work::Attention).weightGradient.perValue = 1.25e-9;
    rates.freshByte = 2e-10;
    rates.optimizerValue = 3e-10;
    const nlohmann::json json = toJson(rates);
    QCOMPARE(machineRatesFromJson(json).value(), rates);
    for (const char *broken : {"{}", "[]", R"({"work":{}})", "null"})
        QCOMPARE(machineRatesFromJson(nlohmann::json::parse(broken)).error().code, ErrorCode::FileCorrupt);
    nlohmann::json negative = json;
    negative["forwardCall"] = -1;
    QVERIFY(!machineRatesFromJson(negative));
    negative["forwardCall"] = "soon";
    QVERIFY(!machineRatesFromJson(negative));
    nlohmann::json older = json; // without what a compiled pass takes
    older["work"]["convolution"].erase(3);
    QVERIFY(!machineRatesFromJson(older));
}

void ForecastTest::everyOptimizerSaysWhatItCosts()
{
    for (const OptimizerType &type : optimizerTypes().all()) {
        QVERIFY2(type.cost, type.name.c_str());
        TrainingConfig config;
        config.optimizer = type.name;
        const OptimizerCost cost = forecastSettings(config).optimizer;
        QVERIFY(cost.passes > 0);
        QVERIFY(type.name == "sgd" ? cost.slots == 1 : cost.slots == 2); // torch.optim's states: momentum_buffer; exp_avg, exp_avg_sq
    }
}

QTEST_GUILESS_MAIN(ForecastTest)
#include "forecasttest.moc"
