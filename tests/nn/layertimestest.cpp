#include "nn/layertimes.h"
#include "nn/model.h"

#include <QTest>
#include <cmath>

using namespace graft;

namespace {

/// A convolution with many filters, a ReLU, and a head; 32 pixels a side.
Network lopsided()
{
    using Ints = std::vector<std::int64_t>;
    Network network;
    LayerId last = network.add("input", "Input", {{"shape", Ints{3, 32, 32}}}, {});
    last = network.add("first", "Conv2d",
        {{"in_channels", std::int64_t{3}}, {"out_channels", std::int64_t{64}}, {"kernel_size", Ints{3, 3}}, {"padding", Ints{1, 1}}},
        {last});
    last = network.add("heavy", "Conv2d",
        {{"in_channels", std::int64_t{64}}, {"out_channels", std::int64_t{256}}, {"kernel_size", Ints{5, 5}}, {"padding", Ints{2, 2}}},
        {last});
    last = network.add("relu", "ReLU", {}, {last});
    last = network.add("pool", "AdaptiveAvgPool2d", {}, {last});
    last = network.add("drop", "Identity", {}, {last});
    last = network.add("flatten", "Flatten", {}, {last});
    network.add("fc", "Linear", {{"in_features", std::int64_t{256}}, {"out_features", std::int64_t{4}}}, {last});
    return network;
}

std::size_t placeOf(const Network &network, const char *name)
{
    return static_cast<std::size_t>(network.find(name) - network.layers().data());
}

LayerTimes timesOf(const Network &network)
{
    return measureLayerTimes(network, initialWeights(network, 1).value(), {.device = {}, .batchSize = 4}, {}, {}).value();
}

} // namespace

class LayerTimesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyLayerThatRunsHasATime();
    void theHeaviestLayerTakesLongest();
    void whatIsFrozenHasNoBackward();
    void progressRisesAndCancellingStops();
    void weightsThatDoNotFitAreRefused();
};

void LayerTimesTest::everyLayerThatRunsHasATime()
{
    const Network network = lopsided();
    const LayerTimes times = timesOf(network);
    QCOMPARE(times.forward.size(), network.layers().size());
    QVERIFY(times.passes >= 3);
    QCOMPARE(times.batchSize, 4);
    for (std::size_t index = 0; index < times.forward.size(); ++index) {
        QVERIFY(times.forward[index] >= 0);
        // The input needs no gradient, and an Identity hands on what it got.
        const std::string &name = network.layers()[index].name;
        QCOMPARE(std::isnan(times.backward[index]), name == "input" || name == "drop");
    }
}

void LayerTimesTest::theHeaviestLayerTakesLongest()
{
    const Network network = lopsided();
    const LayerTimes times = timesOf(network);
    for (const auto *side : {&times.forward, &times.backward})
        for (std::size_t index = 0; index < side->size(); ++index)
            if (index != placeOf(network, "heavy") && !std::isnan((*side)[index]))
                QVERIFY2((*side)[placeOf(network, "heavy")] > (*side)[index], network.layers()[index].name.c_str());
}

void LayerTimesTest::whatIsFrozenHasNoBackward()
{
    Network network = lopsided();
    for (const char *name : {"first", "heavy"})
        network.find(network.find(name)->id)->frozen = true;
    LayerTimes times = timesOf(network);
    for (std::size_t index = 0; index < times.forward.size(); ++index)
        QCOMPARE(std::isnan(times.backward[index]), network.layers()[index].name != "fc");
    network.find(network.output())->frozen = true;
    times = timesOf(network);
    QVERIFY(times.forward.back() > 0);
    QVERIFY(std::isnan(times.backward.back()));
}

void LayerTimesTest::progressRisesAndCancellingStops()
{
    const Network network = lopsided();
    const StateDict weights = initialWeights(network, 1).value();
    const Cancellation cancellation;
    std::vector<double> shares;
    const auto stopped = measureLayerTimes(
        network, weights, {.device = {}, .batchSize = 2},
        [&](double share) {
            shares.push_back(share);
            if (shares.size() == 3)
                cancellation.request();
        },
        cancellation);
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QCOMPARE(shares.size(), std::size_t{3});
    QVERIFY(shares[0] >= 0 && shares[0] < shares[1] && shares[1] < shares[2] && shares[2] <= 1);
}

void LayerTimesTest::weightsThatDoNotFitAreRefused()
{
    const auto refused = measureLayerTimes(lopsided(), {}, {}, {}, {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::WeightsMismatch);
}

QTEST_GUILESS_MAIN(LayerTimesTest)
#include "layertimestest.moc"
