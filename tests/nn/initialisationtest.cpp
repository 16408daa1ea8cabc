#include "graph/analysis.h"
#include "nn/model.h"
#include "support/smallnetworks.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <random>

using namespace graft;
using namespace smallnetworks;

namespace {

/// One layer wide enough for its statistics to be sharp.
Network wide(bool bias)
{
    Network network;
    const auto input = network.add("input", "Input", {{"shape", Ints{32, 8, 8}}}, {});
    const auto conv = convolution(network, "conv", input, 32, 64, {3, 3}, bias);
    const auto norm = network.add("bn", "BatchNorm2d", {{"num_features", std::int64_t{64}}}, {conv});
    const auto pool = network.add("pool", "AdaptiveAvgPool2d", {}, {norm});
    const auto flat = network.add("flatten", "Flatten", {}, {pool});
    linear(network, "fc", flat, 64, 500);
    return network;
}

bool isClose(double value, double expected, double tolerance)
{
    return std::abs(value - expected) <= tolerance * expected;
}

} // namespace

class InitialisationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void convolutionsBeforeBatchNormFollowHe();
    void othersFollowPyTorchsDefaults();
    void batchNormStartsAsTheIdentity();
    void theSameSeedGivesTheSameNumbersAnywhere();
    void whatIsThereIsKept();
    void tensorsOfAnotherShapeAreRefused();
};

void InitialisationTest::convolutionsBeforeBatchNormFollowHe()
{
    const auto weights = initialWeights(wide(false), 1).value();
    const auto values = weights.find("conv.weight")->floats();
    const auto figures = statistics(*weights.find("conv.weight"));
    const double deviation = std::sqrt(2.0 / (64 * 9));
    QVERIFY(isClose(figures.standardDeviation, deviation, 0.02));
    QVERIFY(std::abs(figures.mean) < deviation * 0.03);
    // A normal distribution, by its shares within one, two and three deviations.
    for (const auto &[reach, share] : {std::pair{1.0, 0.6827}, {2.0, 0.9545}, {3.0, 0.9973}}) {
        const auto within = std::ranges::count_if(values, [&, r = reach](float value) { return std::abs(value) < r * deviation; });
        QVERIFY(std::abs(static_cast<double>(within) / static_cast<double>(values.size()) - share) < 0.012);
    }
}

void InitialisationTest::othersFollowPyTorchsDefaults()
{
    const auto weights = initialWeights(wide(true), 1).value();
    const std::vector<std::pair<std::string, double>> bounds
        = {{"conv.weight", 1 / std::sqrt(32.0 * 9)}, {"conv.bias", 1 / std::sqrt(32.0 * 9)}, {"fc.weight", 1 / 8.0}, {"fc.bias", 1 / 8.0}};
    for (const auto &[name, bound] : bounds) {
        const auto figures = statistics(*weights.find(name));
        QVERIFY2(figures.minimum >= -bound && figures.maximum <= bound, name.c_str());
        QVERIFY2(figures.maximum > 0.9 * bound && figures.minimum < -0.9 * bound, name.c_str());
        QVERIFY2(isClose(figures.standardDeviation, bound / std::sqrt(3.0), 0.15), name.c_str());
    }
}

void InitialisationTest::batchNormStartsAsTheIdentity()
{
    const auto weights = initialWeights(wide(false), 1).value();
    const std::vector<std::pair<std::string, float>> starts
        = {{"bn.weight", 1.0F}, {"bn.bias", 0.0F}, {"bn.running_mean", 0.0F}, {"bn.running_var", 1.0F}};
    for (const auto &[name, start] : starts)
        for (const float value : weights.find(name)->floats())
            QCOMPARE(value, start);
    QCOMPARE(weights.find("bn.num_batches_tracked")->type(), DType::Int64);
    QCOMPARE(weights.find("bn.num_batches_tracked")->shape(), Shape());
}

void InitialisationTest::theSameSeedGivesTheSameNumbersAnywhere()
{
    const auto first = initialWeights(wide(true), 7).value();
    QVERIFY(first == initialWeights(wide(true), 7).value());
    const auto second = initialWeights(wide(true), 8).value();
    QVERIFY(*first.find("conv.weight") != *second.find("conv.weight"));
    // By the definition: FNV-1a over eight seed bytes and the name seeds std::mt19937_64, whose numbers the standard fixes.
    std::uint64_t hash = 0xCBF29CE484222325;
    for (const unsigned char byte : std::string("\7\0\0\0\0\0\0\0fc.bias", 15))
        hash = (hash ^ byte) * 0x100000001B3;
    std::mt19937_64 engine(hash);
    for (const float value : first.find("fc.bias")->floats()) {
        const double unit = (static_cast<double>(engine() >> 11) + 0.5) * 0x1p-53;
        QCOMPARE(value, static_cast<float>((2 * unit - 1) / 8));
    }
}

void InitialisationTest::whatIsThereIsKept()
{
    const Network network = wide(false);
    auto trunk = initialWeights(network, 1).value();
    StateDict partial;
    for (const auto &[name, tensor] : trunk.entries())
        if (!name.starts_with("fc."))
            partial.set(name, tensor);
    const auto complete = completeWeights(network, partial, 2).value();
    QCOMPARE(complete.size(), trunk.size());
    QVERIFY(*complete.find("conv.weight") == *trunk.find("conv.weight"));
    QVERIFY(*complete.find("fc.weight") != *trunk.find("fc.weight"));
}

void InitialisationTest::tensorsOfAnotherShapeAreRefused()
{
    StateDict weights;
    weights.set("fc.bias", Tensor::fromFloats({2}, std::vector<float>{1, 2}));
    const auto result = completeWeights(wide(false), weights, 1);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::WeightsMismatch);
    QCOMPARE(result.error().subject, std::string("fc.bias"));
}

QTEST_GUILESS_MAIN(InitialisationTest)
#include "initialisationtest.moc"
