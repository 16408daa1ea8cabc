#include "core/tensor.h"

#include <QTest>
#include <bit>
#include <cmath>
#include <limits>

using namespace graft;

class TensorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void statisticsFollowTheirDefinition();
    void statisticsLeaveOutWhatIsNotFinite();
    void halfPrecisionIsReadExactly();
    void stateDictKeepsOrderAndReplacesInPlace();
    void notFiniteWeightsAreRefusedByName();
};

void TensorTest::statisticsFollowTheirDefinition()
{
    const std::vector<float> values = {0, 0, 1, -3, 4, 10};
    const auto figures = statistics(Tensor::fromFloats({2, 3}, values));
    QCOMPARE(figures.minimum, -3.0);
    QCOMPARE(figures.maximum, 10.0);
    QCOMPARE(figures.mean, 2.0);
    QCOMPARE(figures.standardDeviation, std::sqrt((4.0 + 4 + 1 + 25 + 4 + 64) / 6));
    QCOMPARE(figures.zeroShare, 2.0 / 6);
}

void TensorTest::statisticsLeaveOutWhatIsNotFinite()
{
    const std::vector<float> values = {1, std::numeric_limits<float>::quiet_NaN(), 3, std::numeric_limits<float>::infinity()};
    const auto figures = statistics(Tensor::fromFloats({4}, values));
    QCOMPARE(figures.notFinite, 2);
    QCOMPARE(figures.mean, 2.0);
}

void TensorTest::halfPrecisionIsReadExactly()
{
    const std::vector<std::pair<std::uint16_t, float>> known = {{0x3C00, 1.0F}, {0xC000, -2.0F}, {0x7BFF, 65504.0F}, {0x0001, 0x1p-24F},
        {0x0400, 0x1p-14F}, {0x3555, 0.333251953125F}, {0x8000, -0.0F}};
    for (const auto &[bits, value] : known) {
        auto bytes = std::make_shared<std::vector<std::byte>>(2);
        (*bytes)[0] = static_cast<std::byte>(bits & 0xFF);
        (*bytes)[1] = static_cast<std::byte>(bits >> 8);
        QCOMPARE(std::bit_cast<std::uint32_t>(Tensor(DType::Float16, {1}, bytes).toFloats().front()), std::bit_cast<std::uint32_t>(value));
    }
}

void TensorTest::stateDictKeepsOrderAndReplacesInPlace()
{
    const std::vector<float> one = {1}, two = {2};
    StateDict weights;
    weights.set("b", Tensor::fromFloats({1}, one));
    weights.set("a", Tensor::fromFloats({1}, one));
    weights.set("b", Tensor::fromFloats({1}, two));
    QCOMPARE(weights.size(), std::size_t{2});
    QCOMPARE(weights.entries().front().first, std::string("b"));
    QCOMPARE(weights.find("b")->floats()[0], 2.0F);
    QVERIFY(!weights.find("c"));
}

void TensorTest::notFiniteWeightsAreRefusedByName()
{
    const std::vector<float> bad = {1, std::numeric_limits<float>::quiet_NaN()};
    StateDict weights;
    weights.set("conv1.weight", Tensor::fromFloats({2}, bad));
    const auto result = requireFinite(weights, "bad.pth");
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::WeightsNotFinite);
    QVERIFY(result.error().message.find("conv1.weight") != std::string::npos);
}

QTEST_GUILESS_MAIN(TensorTest)
#include "tensortest.moc"
