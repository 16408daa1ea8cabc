#include "nn/fusednorm.h"

#include <QTest>
#include <cmath>
#include <limits>

using namespace graft;
using normkernels::Activation;

namespace {

struct Answer {
    at::Tensor output, runningMean, runningVariance;
    std::vector<at::Tensor> gradients; ///< of input, residual, weight, bias; undefined = none
};

struct Question {
    at::Tensor input, residual, weight, bias, mean, variance, ofOutput;
    bool training, trainsWeights;
    Activation activation;
};

Question question(std::int64_t channels, Activation activation, bool hasResidual, bool training, bool trainsWeights)
{
    at::manual_seed(channels);
    const auto picture = [&](double scale) {
        return (at::randn({4, channels, 6, 5}) * scale + 3).to(at::kBFloat16).to(at::kFloat).contiguous(at::MemoryFormat::ChannelsLast);
    };
    return {picture(2), hasResidual ? picture(1) - 3 : at::Tensor(), at::rand({channels}) + 0.5, at::randn({channels}),
        at::randn({channels}), at::rand({channels}) + 0.5, picture(1) - 3, training, trainsWeights, activation};
}

at::Tensor leaf(const at::Tensor &tensor, at::ScalarType type, bool differentiates = true)
{
    return tensor.defined() ? tensor.to(type).clone().requires_grad_(differentiates) : tensor;
}

/// The same by LibTorch's own functions, one after the other.
at::Tensor plain(const at::Tensor &input, const at::Tensor &residual, const FusedNorm &norm)
{
    at::Tensor x = at::batch_norm(
        input, norm.weight, norm.bias, norm.runningMean, norm.runningVariance, norm.usesBatch, norm.momentum, norm.epsilon, false);
    x = residual.defined() ? x + residual : x;
    switch (norm.activation) {
    case Activation::ReLU: return at::relu(x);
    case Activation::ReLU6: return at::hardtanh(x, 0, 6);
    case Activation::Hardswish: return at::hardswish(x);
    case Activation::None: break;
    }
    return x;
}

template <typename Function>
Answer answer(const Question &question, at::ScalarType type, Function function)
{
    const at::Tensor input = leaf(question.input, type), residual = leaf(question.residual, type);
    const at::Tensor weight = leaf(question.weight, at::kFloat, question.trainsWeights),
                     bias = leaf(question.bias, at::kFloat, question.trainsWeights);
    const FusedNorm norm{weight, bias, question.mean.clone(), question.variance.clone(), question.training, 0.1, 1e-5, question.activation};
    const at::Tensor output = function(input, residual, norm);
    output.backward(question.ofOutput.to(type));
    return {output.detach(), norm.runningMean, norm.runningVariance,
        {input.grad(), residual.defined() ? residual.grad() : at::Tensor(), weight.grad(), bias.grad()}};
}

double distance(const at::Tensor &a, const at::Tensor &b)
{
    return ((a.to(at::kFloat) - b.to(at::kFloat)).norm() / (b.to(at::kFloat).norm() + 1e-6)).item<double>();
}

} // namespace

class FusedNormTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbersAreThoseOfTheSingleFunctions_data();
    void numbersAreThoseOfTheSingleFunctions();
    void largeMeansLoseNoDigits();
    void notANumberStaysOne();
};

void FusedNormTest::numbersAreThoseOfTheSingleFunctions_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("activation");
    QTest::addColumn<bool>("hasResidual");
    QTest::addColumn<bool>("training");
    QTest::addColumn<bool>("trainsWeights");
    for (const int channels : {3, 24, 80})
        for (const Activation activation : {Activation::None, Activation::ReLU, Activation::ReLU6, Activation::Hardswish})
            for (const bool hasResidual : {false, true})
                for (const bool training : {false, true})
                    for (const bool trainsWeights : {false, true})
                        if (!hasResidual || activation != Activation::Hardswish)
                            QTest::addRow("%d channels, activation %d%s%s%s", channels, static_cast<int>(activation),
                                hasResidual ? ", residual" : "", training ? ", training" : "", trainsWeights ? ", weights" : "")
                                << channels << static_cast<int>(activation) << hasResidual << training << trainsWeights;
}

void FusedNormTest::numbersAreThoseOfTheSingleFunctions()
{
    QFETCH(int, channels);
    QFETCH(int, activation);
    QFETCH(bool, hasResidual);
    QFETCH(bool, training);
    QFETCH(bool, trainsWeights);
    const Question asked = question(channels, static_cast<Activation>(activation), hasResidual, training, trainsWeights);
    const Answer expected = answer(asked, at::kFloat, plain);
    for (const auto &[type, tolerance] :
        {std::pair{at::kFloat, 2e-6}, {at::kBFloat16, 3e-2}}) { // values near an activation's kink round across it
        const Answer got = answer(asked, type, fusedNorm);
        QVERIFY(got.output.scalar_type() == type);
        QVERIFY(got.output.is_contiguous(at::MemoryFormat::ChannelsLast));
        QVERIFY(distance(got.output, expected.output) < tolerance);
        QVERIFY(distance(got.runningMean, expected.runningMean) < 1e-5);
        QVERIFY(distance(got.runningVariance, expected.runningVariance) < 1e-5);
        for (std::size_t i = 0; i < expected.gradients.size(); ++i) {
            QCOMPARE(got.gradients[i].defined(), expected.gradients[i].defined());
            if (expected.gradients[i].defined())
                QVERIFY2(distance(got.gradients[i], expected.gradients[i]) < tolerance * 2,
                    qPrintable(QString("gradient %1: %2").arg(i).arg(distance(got.gradients[i], expected.gradients[i]))));
        }
    }
}

void FusedNormTest::largeMeansLoseNoDigits()
{
    at::manual_seed(1);
    const at::Tensor input = (at::randn({8, 16, 40, 40}) + 1000).contiguous(at::MemoryFormat::ChannelsLast);
    const at::Tensor ones = at::ones(16), zeros = at::zeros(16);
    const FusedNorm norm{ones, zeros, zeros.clone(), ones.clone(), true, 1.0, 1e-5, Activation::None};
    const at::Tensor output = fusedNorm(input, {}, norm);
    const at::Tensor exact = input.to(at::kDouble);
    QVERIFY(distance(norm.runningVariance, exact.var({0, 2, 3}, true)) < 1e-5);
    QVERIFY(std::abs(output.std().item<double>() - 1) < 1e-3);
}

void FusedNormTest::notANumberStaysOne()
{
    at::Tensor input = at::zeros({1, 64, 2, 2}).contiguous(at::MemoryFormat::ChannelsLast);
    input[0][3][1][1] = std::numeric_limits<float>::quiet_NaN();
    const at::Tensor ones = at::ones(64);
    for (const auto type : {at::kFloat, at::kBFloat16})
        for (const Activation activation : {Activation::ReLU, Activation::ReLU6, Activation::Hardswish})
            QVERIFY(fusedNorm(input.to(type), {}, {ones, ones, ones, ones, false, 0.1, 1e-5, activation})[0][3][1][1].isnan().item<bool>());
}

QTEST_GUILESS_MAIN(FusedNormTest)
#include "fusednormtest.moc"
