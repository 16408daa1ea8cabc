#include <QTest>

#include "layercases.h"
#include "nn/device.h"
#include "nn/torchversion.h"

#include <cmath>
#include <numeric>

using namespace graft;
using Ints = std::vector<std::int64_t>;

namespace {

Layer layerOf(const std::string &type, Attributes attributes = {})
{
    Layer layer;
    layer.name = "layer";
    layer.type = type;
    layer.attributes = std::move(attributes);
    return layer;
}

/// Of all that the layer learns from, one after another: its inputs' and its parameters', the same each time.
std::vector<double> gradients(const Case &test, bool bfloat16)
{
    at::manual_seed(2);
    cases::Prepared prepared = cases::prepare(test, 3);
    std::vector<at::Tensor> learned;
    for (at::Tensor &input : prepared.inputs) {
        learned.push_back(input.to(at::kBFloat16).to(at::kFloat).requires_grad_());
        input = bfloat16 ? learned.back().to(at::kBFloat16) : learned.back();
    }
    for (std::size_t index = 0; index < prepared.specs.size(); ++index)
        if (!prepared.specs[index].isBuffer)
            learned.push_back(prepared.tensors[index]);
    at::Tensor loss;
    {
        const Autocast autocast(at::kCPU, bfloat16);
        const at::Tensor output = prepared.run(true).to(at::kFloat);
        at::manual_seed(3);
        loss = (output * at::randn(output.sizes())).sum(); // squares of what is normalized always have the same sum
    }
    if (loss.requires_grad())
        loss.backward();
    std::vector<double> result;
    for (const at::Tensor &tensor : learned)
        if (tensor.grad().defined()) {
            const at::Tensor flat = tensor.grad().to(at::kDouble).flatten().contiguous();
            result.insert(result.end(), flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel());
        } else {
            result.push_back(std::nan(""));
        }
    return result;
}

double square(const std::vector<double> &values)
{
    return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

} // namespace

class LayerTrainingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { prepareThreads(); }
    void everyLayerTrainsUnderBfloat16Autocast();
    void gradientsOfActivationsAreTheirSlopes_data();
    void gradientsOfActivationsAreTheirSlopes();
    void dropoutKeepsTheMean();
    void stochasticDepthDropsWholePicturesAndKeepsTheMean();
    void batchNormOfOneValueKeepsFiniteStatistics();
    void autocastEndsWithItsGuard();
};

void LayerTrainingTest::everyLayerTrainsUnderBfloat16Autocast()
{
    QStringList wrong;
    for (const Case &test : cases::all())
        try {
            const std::vector<double> exact = gradients(test, false), reduced = gradients(test, true);
            const double product = std::inner_product(exact.begin(), exact.end(), reduced.begin(), 0.0);
            const double cosine = product / std::sqrt(square(exact) * square(reduced));
            const double least
                = test.type.ends_with("Attention") || test.type.ends_with("AttentionV2") ? 0.9 : 0.99; // steep with such weights
            if (exact.size() != reduced.size() || (square(exact) > 0 && !(cosine > least)))
                wrong << QString::fromStdString(test.type + ": the cosine between its gradients is " + std::to_string(cosine));
        } catch (const c10::Error &error) {
            wrong << QString::fromStdString(test.type + ": " + error.what_without_backtrace());
        }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
}

void LayerTrainingTest::gradientsOfActivationsAreTheirSlopes_data()
{
    QTest::addColumn<QString>("type");
    for (const char *type : {"ReLU", "ReLU6", "Hardswish", "Hardsigmoid", "Sigmoid", "SiLU"})
        QTest::newRow(type) << type;
}

void LayerTrainingTest::gradientsOfActivationsAreTheirSlopes()
{
    QFETCH(QString, type);
    const std::map<QString, double (*)(double)> definitions = {
        {"ReLU", [](double x) { return std::max(x, 0.0); }},
        {"ReLU6", [](double x) { return std::clamp(x, 0.0, 6.0); }},
        {"Hardswish", [](double x) { return x * std::clamp(x + 3, 0.0, 6.0) / 6; }},
        {"Hardsigmoid", [](double x) { return std::clamp(x + 3, 0.0, 6.0) / 6; }},
        {"Sigmoid", [](double x) { return 1 / (1 + std::exp(-x)); }},
        {"SiLU", [](double x) { return x / (1 + std::exp(-x)); }},
    };
    const auto definition = definitions.at(type);
    // Away from the corners at -3, 0, 3 and 6.
    const at::Tensor x = (at::arange(-40, 40) * 0.2 + 0.05).to(at::kFloat).requires_grad_();
    const Layer layer = layerOf(type.toStdString());
    const std::vector<at::Tensor> inputs = {x};
    const at::Tensor y = layerTypes().find(layer.type)->forward({layer, inputs, {}, true});
    y.sum().backward();
    for (std::int64_t index = 0; index < x.numel(); ++index) {
        const double at = x[index].item<double>();
        const double step = 1e-6;
        QVERIFY(std::abs(y[index].item<double>() - definition(at)) < 1e-5);
        QVERIFY(std::abs(x.grad()[index].item<double>() - (definition(at + step) - definition(at - step)) / (2 * step)) < 1e-4);
    }
}

void LayerTrainingTest::dropoutKeepsTheMean()
{
    at::manual_seed(3);
    const Layer layer = layerOf("Dropout", {{"p", 0.25}});
    const std::vector<at::Tensor> inputs = {at::ones({200'000})};
    const at::Tensor output = layerTypes().find("Dropout")->forward({layer, inputs, {}, true});
    QVERIFY(std::abs(output.mean().item<double>() - 1) < 0.01);
    QVERIFY(std::abs((output == 0).to(at::kFloat).mean().item<double>() - 0.25) < 0.01);
}

void LayerTrainingTest::stochasticDepthDropsWholePicturesAndKeepsTheMean()
{
    at::manual_seed(4);
    const std::vector<at::Tensor> inputs = {at::ones({20'000, 3, 2})};
    const Layer byRow = layerOf("StochasticDepth", {{"p", 0.2}});
    const at::Tensor rows = layerTypes().find("StochasticDepth")->forward({byRow, inputs, {}, true});
    QVERIFY(at::equal(rows, rows.select(1, 0).select(1, 0).reshape({-1, 1, 1}).expand_as(rows)));
    QVERIFY(std::abs(rows.mean().item<double>() - 1) < 0.02);
    QVERIFY(std::abs((rows == 0).to(at::kFloat).mean().item<double>() - 0.2) < 0.02);
    const Layer byBatch = layerOf("StochasticDepth", {{"p", 0.2}, {"mode", "batch"}});
    const std::vector<at::Tensor> few = {at::ones({5, 3, 2})};
    double dropped = 0;
    for (int run = 0; run < 500; ++run) {
        const at::Tensor batch = layerTypes().find("StochasticDepth")->forward({byBatch, few, {}, true});
        QVERIFY(at::equal(batch, batch.flatten()[0].expand_as(batch)));
        dropped += batch.flatten()[0].item<double>() == 0 ? 1 : 0;
    }
    QVERIFY(std::abs(dropped / 500 - 0.2) < 0.06);
}

void LayerTrainingTest::batchNormOfOneValueKeepsFiniteStatistics()
{
    const Layer layer = layerOf("BatchNorm2d", {{"num_features", std::int64_t{2}}});
    const std::vector<at::Tensor> inputs = {at::randn({1, 2, 1, 1})};
    const std::vector<at::Tensor> tensors = {at::ones({2}), at::zeros({2}), at::zeros({2}), at::ones({2}), at::zeros({}, at::kLong)};
    const at::Tensor output = layerTypes().find("BatchNorm2d")->forward({layer, inputs, tensors, true});
    QVERIFY(at::isfinite(output).all().item<bool>());
    QVERIFY(at::equal(tensors[3], at::ones({2})));
}

void LayerTrainingTest::autocastEndsWithItsGuard()
{
    const at::Tensor weight = at::randn({8, 8});
    const auto product = [&] { return at::mm(weight, weight).scalar_type(); };
    {
        const Autocast outer(at::kCPU, true);
        QCOMPARE(product(), at::kBFloat16);
        {
            const Autocast inner(at::kCPU, false);
            QCOMPARE(product(), at::kFloat);
        }
        QCOMPARE(product(), at::kBFloat16);
    }
    QCOMPARE(product(), at::kFloat);
}

QTEST_GUILESS_MAIN(LayerTrainingTest)
#include "layertrainingtest.moc"
