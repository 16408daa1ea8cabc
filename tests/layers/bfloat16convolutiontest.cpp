#ifndef Q_MOC_RUN // moc cannot read what these include
#include "layers/bfloat16convolution_helper.h"
#include "nn/device.h"
#include "nn/torchversion.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#endif

#include <QTest>

using graft::Autocast;
using graft::layers::ConvolutionShape;
using Ints = std::vector<std::int64_t>;

class Bfloat16ConvolutionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { graft::prepareThreads(); }
    void givesWhatFloat32DoesForRoundedNumbers_data();
    void givesWhatFloat32DoesForRoundedNumbers();
    void weightGradientsAreSummedInFloat32();
    void isForTrainingInBfloat16Alone();
    void frozenWeightsAndInputsGetNoGradient();
};

namespace {

/// Numbers that bf16 has, so that what differs is rounded by the convolution.
at::Tensor rounded(const Ints &sizes)
{
    const at::Tensor values = at::randn(sizes).to(at::kBFloat16).to(at::kFloat);
    return sizes.size() == 4 ? values.contiguous(at::MemoryFormat::ChannelsLast) : values;
}

struct Learned {
    at::Tensor input, weight, bias;
};

Learned copyOf(const Learned &values)
{
    const auto copy = [](const at::Tensor &value) { return value.defined() ? value.detach().clone().requires_grad_() : at::Tensor(); };
    return {copy(values.input), copy(values.weight), copy(values.bias)};
}

/// Largest difference as a share of the largest number.
double difference(const at::Tensor &a, const at::Tensor &b)
{
    return ((a.to(at::kFloat) - b).abs().max() / b.abs().max()).item<double>();
}

constexpr double roundings = 0.012; // three of bf16's last places

} // namespace

void Bfloat16ConvolutionTest::givesWhatFloat32DoesForRoundedNumbers_data()
{
    QTest::addColumn<Ints>("input");
    QTest::addColumn<Ints>("weight");
    QTest::addColumn<Ints>("stride");
    QTest::addColumn<Ints>("padding");
    QTest::addColumn<Ints>("dilation");
    QTest::addColumn<int>("groups");
    QTest::addColumn<bool>("bias");
    QTest::newRow("3x3") << Ints{5, 16, 9, 8} << Ints{24, 16, 3, 3} << Ints{1, 1} << Ints{1, 1} << Ints{1, 1} << 1 << false;
    QTest::newRow("bias") << Ints{4, 7, 6, 6} << Ints{5, 7, 3, 3} << Ints{1, 1} << Ints{0, 0} << Ints{1, 1} << 1 << true;
    QTest::newRow("1x1") << Ints{6, 32, 7, 7} << Ints{16, 32, 1, 1} << Ints{1, 1} << Ints{0, 0} << Ints{1, 1} << 1 << false;
    QTest::newRow("strides") << Ints{3, 3, 17, 19} << Ints{8, 3, 7, 5} << Ints{2, 3} << Ints{3, 2} << Ints{1, 1} << 1 << true;
    QTest::newRow("groups") << Ints{4, 12, 8, 7} << Ints{18, 4, 3, 2} << Ints{1, 1} << Ints{1, 0} << Ints{1, 1} << 3 << false;
    QTest::newRow("depthwise") << Ints{7, 24, 9, 9} << Ints{24, 1, 3, 3} << Ints{2, 2} << Ints{1, 1} << Ints{1, 1} << 24 << true;
    QTest::newRow("dilation") << Ints{3, 6, 13, 12} << Ints{10, 6, 3, 3} << Ints{1, 2} << Ints{2, 1} << Ints{2, 3} << 1 << false;
    QTest::newRow("dilation and groups") << Ints{3, 8, 13, 12} << Ints{8, 4, 3, 3} << Ints{2, 1} << Ints{2, 2} << Ints{2, 2} << 2 << true;
    QTest::newRow("one picture") << Ints{1, 16, 9, 9} << Ints{8, 16, 3, 3} << Ints{1, 1} << Ints{1, 1} << Ints{1, 1} << 1 << true;
    QTest::newRow("one pixel") << Ints{9, 40, 1, 1} << Ints{10, 40, 1, 1} << Ints{1, 1} << Ints{0, 0} << Ints{1, 1} << 1 << true;
}

void Bfloat16ConvolutionTest::givesWhatFloat32DoesForRoundedNumbers()
{
    QFETCH(Ints, input);
    QFETCH(Ints, weight);
    QFETCH(Ints, stride);
    QFETCH(Ints, padding);
    QFETCH(Ints, dilation);
    QFETCH(int, groups);
    QFETCH(bool, bias);
    at::manual_seed(1);
    const Learned values{rounded(input), rounded(weight), bias ? rounded({weight[0]}) : at::Tensor()};
    const Learned exact = copyOf(values);
    const at::Tensor expected = at::conv2d(exact.input, exact.weight, exact.bias, stride, padding, dilation, groups);
    const at::Tensor ofOutput = rounded(expected.sizes().vec());
    expected.backward(ofOutput);
    // Fewer threads than pictures, as many, and more.
    const int threads = at::get_num_threads();
    for (const int count : {1, 2, 8}) {
        at::set_num_threads(count);
        const Learned own = copyOf(values);
        const at::Tensor output = graft::layers::convolveInBfloat16(
            own.input, own.weight, own.bias, {stride, padding, dilation, static_cast<std::int64_t>(groups)});
        output.backward(ofOutput.to(output.scalar_type()));
        const int left = at::get_num_threads();
        at::set_num_threads(threads);
        QCOMPARE(left, count); // its own threads are limited to one each, not who calls it
        QCOMPARE(output.scalar_type(), at::kBFloat16);
        QVERIFY(difference(output, expected) < roundings);
        QCOMPARE(own.input.grad().scalar_type(), at::kFloat);
        QVERIFY(difference(own.input.grad(), exact.input.grad()) < roundings);
        QCOMPARE(own.weight.grad().scalar_type(), at::kFloat);
        QVERIFY(difference(own.weight.grad(), exact.weight.grad()) < roundings);
        if (bias)
            QVERIFY(difference(own.bias.grad(), exact.bias.grad()) < 1e-5);
    }
}

void Bfloat16ConvolutionTest::weightGradientsAreSummedInFloat32()
{
    const int threads = at::get_num_threads();
    at::set_num_threads(2);
    const at::Tensor input = at::ones({2, 1, 1, 1}), weight = at::ones({1, 1, 1, 1}).requires_grad_();
    const at::Tensor output = graft::layers::convolveInBfloat16(input, weight, {}, {{1, 1}, {0, 0}, {1, 1}, 1});
    output.backward(at::tensor({256.0F, 1.0F}).reshape({2, 1, 1, 1}).to(at::kBFloat16));
    at::set_num_threads(threads);
    QCOMPARE(weight.grad().item<float>(), 257.0F); // bf16 has 256 and 258
}

void Bfloat16ConvolutionTest::isForTrainingInBfloat16Alone()
{
    const at::Tensor input = at::randn({2, 3, 4, 4}), weight = at::randn({4, 3, 3, 3}), learned = weight.clone().requires_grad_();
    QVERIFY(!graft::layers::trainsInBfloat16(input, learned));
    const Autocast autocast(at::kCPU, true);
    QVERIFY(graft::layers::trainsInBfloat16(input, learned));
    QVERIFY(!graft::layers::trainsInBfloat16(input, weight));
    const at::NoGradGuard noGradients;
    QVERIFY(!graft::layers::trainsInBfloat16(input, learned));
}

void Bfloat16ConvolutionTest::frozenWeightsAndInputsGetNoGradient()
{
    const at::Tensor input = at::randn({2, 3, 4, 4}), weight = at::randn({4, 3, 3, 3}).requires_grad_(), bias = at::randn({4});
    graft::layers::convolveInBfloat16(input, weight, bias, {{1, 1}, {0, 0}, {1, 1}, 1}).sum().backward();
    QVERIFY(weight.grad().defined());
    QVERIFY(!input.grad().defined());
    QVERIFY(!bias.grad().defined());
}

QTEST_GUILESS_MAIN(Bfloat16ConvolutionTest)
#include "bfloat16convolutiontest.moc"
