#include <QTest>

#include "layers/layercall.h"
#include "nn/torchversion.h"

#include <cmath>

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

} // namespace

class LayerTrainingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyLayerTrainsUnderBfloat16Autocast_data();
    void everyLayerTrainsUnderBfloat16Autocast();
    void gradientsOfActivationsAreTheirSlopes_data();
    void gradientsOfActivationsAreTheirSlopes();
    void dropoutKeepsTheMean();
    void batchNormOfOneValueKeepsFiniteStatistics();
    void autocastEndsWithItsGuard();
};

void LayerTrainingTest::everyLayerTrainsUnderBfloat16Autocast_data()
{
    QTest::addColumn<QString>("type");
    for (const char *type : {"ReLU", "ReLU6", "Hardswish", "Hardsigmoid", "Sigmoid", "SiLU", "Softmax", "MaxPool2d", "AvgPool2d",
             "AdaptiveAvgPool2d", "BatchNorm2d", "Dropout", "Flatten", "Add", "Multiply", "Concatenate", "ShortcutPad"})
        QTest::newRow(type) << type;
}

void LayerTrainingTest::everyLayerTrainsUnderBfloat16Autocast()
{
    QFETCH(QString, type);
    at::manual_seed(2);
    Attributes attributes;
    if (type.endsWith("Pool2d") && type != "AdaptiveAvgPool2d")
        attributes = {{"kernel_size", Ints{3, 3}}, {"stride", Ints{2, 2}}};
    if (type == "BatchNorm2d")
        attributes = {{"num_features", std::int64_t{8}}};
    if (type == "ShortcutPad")
        attributes = {{"out_channels", std::int64_t{16}}};
    const Layer convolution
        = layerOf("Conv2d", {{"in_channels", std::int64_t{4}}, {"out_channels", std::int64_t{8}}, {"kernel_size", Ints{3, 3}}});
    const Layer layer = layerOf(type.toStdString(), attributes);
    const std::vector<at::Tensor> picture = {at::randn({2, 4, 9, 9}).contiguous(at::MemoryFormat::ChannelsLast)};
    const std::vector<at::Tensor> filters = {at::randn({8, 4, 3, 3}).requires_grad_(), at::randn({8}).requires_grad_()};
    std::vector<at::Tensor> statistics;
    if (type == "BatchNorm2d")
        statistics
            = {at::ones({8}).requires_grad_(), at::zeros({8}).requires_grad_(), at::zeros({8}), at::ones({8}), at::zeros({}, at::kLong)};
    at::Tensor loss;
    {
        const Autocast autocast(at::kCPU, true);
        const at::Tensor middle = layerTypes().find("Conv2d")->forward({convolution, picture, filters, true});
        QCOMPARE(middle.scalar_type(), at::kBFloat16);
        const std::vector<at::Tensor> inputs(type == "Add" || type == "Multiply" || type == "Concatenate" ? 2 : 1, middle);
        loss = layerTypes().find(layer.type)->forward({layer, inputs, statistics, true}).to(at::kFloat).square().mean();
    }
    loss.backward();
    QVERIFY(at::isfinite(filters[0].grad()).all().item<bool>());
    // BatchNorm cancels a constant shift; all else lets the filters feel the loss.
    QVERIFY(filters[0].grad().abs().sum().item<float>() > 0);
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
