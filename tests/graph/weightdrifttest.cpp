#include "graph/weightdrift.h"
#include "architectures/architecture.h"
#include "graph/analysis.h"
#include "nn/model.h"

#include <QElapsedTimer>
#include <QTest>
#include <cmath>

using namespace graft;

namespace {

Network twoLinears()
{
    Network network;
    LayerId last = network.add("input", "Input", {{"shape", std::vector<std::int64_t>{2}}}, {});
    last = network.add("bn", "BatchNorm1d", {{"num_features", std::int64_t{2}}}, {last});
    network.add("fc", "Linear", {{"in_features", std::int64_t{2}}, {"out_features", std::int64_t{1}}}, {last});
    return network;
}

StateDict weightsOf(const Network &network, float first)
{
    StateDict weights = initialWeights(network, 0).value();
    weights.set("fc.weight", Tensor::fromFloats({1, 2}, std::vector<float>{first, 4}));
    weights.set("fc.bias", Tensor::fromFloats({1}, std::vector<float>{12}));
    return weights;
}

std::vector<WeightDrift> driftOf(const Network &network, const StateDict &now, const StateDict &then)
{
    return weightDrift(network, analyse(network).value(), now, network, then);
}

} // namespace

class WeightDriftTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsTheNormOfTheDifference();
    void buffersDoNotCount();
    void aRenamedLayerIsComparedWithItself();
    void whatCannotBeComparedIsNotKnown();
    void aLargeNetworkTakesATenthOfASecond();
};

void WeightDriftTest::itIsTheNormOfTheDifference()
{
    const Network network = twoLinears();
    const StateDict then = weightsOf(network, 3);
    auto drift = driftOf(network, weightsOf(network, 5), then);
    QVERIFY(std::isnan(drift[0].change) && std::isnan(drift[0].reference));
    QCOMPARE(drift[1].change, 0.0);
    QCOMPARE(drift[1].reference, std::sqrt(2.0)); // BatchNorm's two ones
    QCOMPARE(drift[2].change, 2.0);
    QCOMPARE(drift[2].reference, 13.0); // 3, 4, 12
    drift = driftOf(network, then, then);
    QCOMPARE(drift[2].change, 0.0);
    QCOMPARE(drift[2].reference, 13.0);
}

void WeightDriftTest::buffersDoNotCount()
{
    const Network network = twoLinears();
    const StateDict then = weightsOf(network, 3);
    StateDict now = then;
    now.set("bn.running_mean", Tensor::fromFloats({2}, std::vector<float>{7, 7}));
    QCOMPARE(driftOf(network, now, then)[1].change, 0.0);
}

void WeightDriftTest::aRenamedLayerIsComparedWithItself()
{
    const Network opened = twoLinears();
    Network renamed = opened;
    renamed.find(renamed.output())->name = "head";
    const StateDict then = weightsOf(opened, 3);
    StateDict now = then;
    now.set("head.weight", Tensor::fromFloats({1, 2}, std::vector<float>{3, 5}));
    now.set("head.bias", *then.find("fc.bias"));
    QCOMPARE(weightDrift(renamed, analyse(renamed).value(), now, opened, then)[2].change, 1.0);
}

void WeightDriftTest::whatCannotBeComparedIsNotKnown()
{
    const Network network = twoLinears();
    const StateDict then = weightsOf(network, 3);
    StateDict now = then;
    now.set("fc.weight", Tensor::fromFloats({3, 2}, std::vector<float>(6, 1)));
    QVERIFY(std::isnan(driftOf(network, now, then)[2].change));
    QVERIFY(std::isnan(driftOf(network, {}, then)[2].change));
    QVERIFY(std::isnan(weightDrift(network, analyse(network).value(), then, {}, {})[2].change));
}

void WeightDriftTest::aLargeNetworkTakesATenthOfASecond()
{
    const Network network = architectures().find("resnet152")->build(1000);
    const auto analysis = analyse(network).value();
    const StateDict then = initialWeights(network, 1).value();
    StateDict now; // the same numbers elsewhere in memory
    for (const auto &[name, tensor] : then.entries())
        now.set(name, tensor.type() == DType::Float32 ? Tensor::fromFloats(tensor.shape(), tensor.floats()) : tensor);
    qint64 fastest = std::numeric_limits<qint64>::max();
    for (int pass = 0; pass < 5; ++pass) {
        QElapsedTimer timer;
        timer.start();
        const auto drift = weightDrift(network, analysis, now, network, then);
        fastest = std::min(fastest, timer.nsecsElapsed());
        QCOMPARE(drift.back().change, 0.0);
    }
    qInfo("ResNet-152: %.1f ms", static_cast<double>(fastest) / 1e6);
    QVERIFY(fastest < 1'000'000'000); // a tenth of a second where the machine is free
}

QTEST_GUILESS_MAIN(WeightDriftTest)
#include "weightdrifttest.moc"
