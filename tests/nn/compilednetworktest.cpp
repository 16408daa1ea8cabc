#include "nn/compilednetwork.h"
#include "architectures/architecture.h"
#include "layers/layercases.h"
#include "nn/model.h"
#include "nn/torchmodel.h"
#include "support/smallnetworks.h"

#include <ATen/core/grad_mode.h>
#include <QTest>

using namespace graft;

namespace {

/// The layer of a case behind an Input; more inputs of one shape are the first one, scaled.
Network networkOf(const Case &test)
{
    Network network;
    const LayerId input = network.add("input", "Input", {{"shape", test.inputs.front()}}, {});
    std::vector<LayerId> inputs = {input};
    for (std::size_t index = 1; index < test.inputs.size(); ++index)
        inputs.push_back(network.add("scale" + std::to_string(index), "Scale", {{"factor", 0.5 + static_cast<double>(index)}}, {input}));
    Layer layer;
    layer.name = "layer";
    layer.type = test.type;
    layer.attributes = test.attributes;
    layer.inputs = inputs;
    network.add(layer);
    return network;
}

/// Weights as a trained network might have them: statistics of BatchNorms are not 0 and 1.
StateDict livelyWeights(const Network &network)
{
    StateDict weights = initialWeights(network, 7).value();
    at::manual_seed(1);
    StateDict lively;
    for (const auto &[name, tensor] : weights.entries()) {
        const bool isSpread = name.ends_with("running_var");
        if (isSpread || name.ends_with("running_mean"))
            lively.set(name, fromTorch(isSpread ? at::rand(tensor.shape()) + 0.5 : at::randn(tensor.shape()) * 0.1));
        else
            lively.set(name, tensor);
    }
    return lively;
}

/// The largest difference as a share of the largest value.
double difference(const at::Tensor &actual, const at::Tensor &expected)
{
    const double largest = expected.abs().max().item<float>();
    return (actual.to(at::kFloat) - expected).abs().max().item<float>() / std::max(largest, 1e-6);
}

at::Tensor compiled(const Network &network, const StateDict &weights, const at::Tensor &batch, bool bfloat16)
{
    return CompiledNetwork::create(network, weights, {network.output()}, Device{}, bfloat16).value().run({batch}).front();
}

at::Tensor plain(const Network &network, const StateDict &weights, const at::Tensor &batch)
{
    const at::NoGradGuard noGradients;
    return TorchModel::create(network, weights, Device{}).value().forward(batch, TorchModel::Mode::Evaluation);
}

at::Tensor pictures(const Network &network, std::int64_t count)
{
    Shape shape = network.inputShape();
    shape.insert(shape.begin(), count);
    return at::randn(shape);
}

} // namespace

class CompiledNetworkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { at::manual_seed(3); }
    void everyLayerTypeGivesItsOwnAnswer();
    void architecturesGiveThePlainAnswers_data();
    void architecturesGiveThePlainAnswers();
    void convolutionsOfAnyShapeGiveTheirSums();
    void partsMakeTheWhole();
    void outputsMayEnterAutograd();
    void batchesOfAnySizeGiveTheSameAnswers();
    void aPictureThatIsNeededIsAskedFor();
};

void CompiledNetworkTest::everyLayerTypeGivesItsOwnAnswer()
{
    for (const Case &test : cases::all()) {
        const bool isOfOneShape = std::ranges::all_of(test.inputs, [&](const Shape &shape) { return shape == test.inputs.front(); });
        if (test.inputs.empty() || test.type == "Input" || !isOfOneShape || test.once)
            continue;
        const Network network = networkOf(test);
        const auto runs = analyse(network);
        QVERIFY2(runs, runs ? "" : runs.error().message.c_str());
        const StateDict weights = livelyWeights(network);
        at::Tensor batch = pictures(network, 3);
        if (test.positive)
            batch = batch.abs() + 0.5;
        const at::Tensor expected = plain(network, weights, batch);
        QVERIFY2(difference(compiled(network, weights, batch, false), expected) < 1e-5, test.type.c_str());
        const double rounded = difference(compiled(network, weights, batch, true), expected);
        QVERIFY2(rounded < 0.03, qPrintable(QString("%1: %2").arg(test.type.c_str()).arg(rounded)));
    }
}

void CompiledNetworkTest::architecturesGiveThePlainAnswers_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"alexnet", "cifar_resnet20", "convnext_tiny", "densenet121", "efficientnet_b0", "googlenet", "graft_resnet8",
             "mnasnet0_5", "mobilenet_v1_025", "mobilenet_v2", "mobilenet_v3_small", "regnet_y_400mf", "resnet18", "resnext50_32x4d",
             "shufflenet_v2_x0_5", "squeezenet1_1", "swin_t"})
        QTest::newRow(name) << name;
}

void CompiledNetworkTest::architecturesGiveThePlainAnswers()
{
    QFETCH(QString, name);
    const Network network = architectures().find(name.toStdString())->build(10);
    const StateDict weights = livelyWeights(network);
    const at::Tensor batch = pictures(network, 2);
    const at::Tensor expected = plain(network, weights, batch);
    const double exact = difference(compiled(network, weights, batch, false), expected);
    QVERIFY2(exact < 1e-5, qPrintable(QString::number(exact)));
    const double rounded = difference(compiled(network, weights, batch, true), expected);
    QVERIFY2(rounded < 0.05, qPrintable(QString::number(rounded)));
}

void CompiledNetworkTest::convolutionsOfAnyShapeGiveTheirSums()
{
    struct Shapes {
        std::int64_t in, out, groups, height, width;
        std::vector<std::int64_t> kernel, stride, padding, dilation;
    };
    using Two = std::vector<std::int64_t>;
    const Two one = {1, 1}, two = {2, 2}, none = {0, 0};
    const Shapes all[] = {
        {3, 8, 1, 9, 11, {3, 3}, one, one, one}, // all that the window sees in one step
        {3, 40, 1, 12, 7, {3, 3}, two, one, one},
        {1, 5, 1, 6, 6, {5, 5}, one, two, one},
        {3, 64, 1, 20, 20, {7, 7}, two, {3, 3}, one}, // all that it sees of a row in one step
        {3, 40, 1, 230, 190, {7, 7}, two, {3, 3}, one},
        {4, 24, 1, 17, 10, {5, 7}, {3, 2}, {4, 1}, one},
        {1, 33, 1, 9, 40, {2, 31}, {1, 4}, {0, 20}, one},
        {12, 16, 1, 16, 12, {4, 2}, {4, 2}, none, one},
        {16, 24, 1, 8, 9, {3, 3}, one, one, one},
        {24, 33, 1, 7, 7, {3, 3}, two, one, one}, // several planes
        {20, 16, 1, 11, 10, {3, 3}, one, two, two}, // gaps
        {18, 7, 1, 10, 10, {3, 3}, {3, 2}, {2, 1}, {1, 2}},
        {32, 32, 1, 5, 5, {3, 3}, one, none, one},
        {37, 70, 1, 6, 5, {1, 1}, one, none, one}, // channels that fill no step evenly
        {64, 48, 1, 3, 3, {1, 1}, one, none, one}, // fewer pixels than a block
        {64, 48, 1, 9, 9, {1, 1}, two, none, one},
        {256, 32, 1, 7, 7, {3, 3}, one, one, one},
        {32, 48, 1, 14, 14, {1, 7}, one, {0, 3}, one},
        {96, 96, 1, 150, 150, {3, 3}, one, one, one}, // one picture in several bands
        {40, 40, 40, 9, 8, {3, 3}, one, one, one}, // depthwise
        {35, 35, 35, 9, 8, {5, 5}, two, two, one},
        {64, 64, 64, 7, 7, {3, 3}, {1, 2}, {3, 2}, two},
        {32, 32, 4, 7, 7, {3, 3}, one, one, one},
    };
    for (const Shapes &shapes : all) {
        Network network;
        const LayerId input = network.add("input", "Input", {{"shape", Two{shapes.in, shapes.height, shapes.width}}}, {});
        const LayerId product = network.add("conv", "Conv2d",
            {{"in_channels", shapes.in}, {"out_channels", shapes.out}, {"kernel_size", shapes.kernel}, {"stride", shapes.stride},
                {"padding", shapes.padding}, {"dilation", shapes.dilation}, {"groups", shapes.groups}},
            {input});
        network.add("relu6", "ReLU6", {}, {product});
        StateDict weights = initialWeights(network, 5).value();
        const at::Tensor weight = at::randn(weights.find("conv.weight")->shape()).to(at::kBFloat16).to(at::kFloat);
        weights.set("conv.weight", fromTorch(weight));
        for (const std::int64_t count : {1, 5}) {
            const at::Tensor batch = pictures(network, count).to(at::kBFloat16).to(at::kFloat);
            const double rounded = difference(compiled(network, weights, batch, true), plain(network, weights, batch));
            const QString what = QString("%1 → %2, %3 × %4").arg(shapes.in).arg(shapes.out).arg(shapes.height).arg(shapes.width);
            QVERIFY2(rounded < 0.005, qPrintable(what + ": " + QString::number(rounded)));
        }
    }
}

void CompiledNetworkTest::partsMakeTheWhole()
{
    const Network network = smallnetworks::residual();
    const StateDict weights = livelyWeights(network);
    const at::Tensor batch = pictures(network, 3);
    const auto id = [&](const char *name) { return network.find(name)->id; };
    for (const bool bfloat16 : {false, true}) {
        const auto first = CompiledNetwork::create(network, weights, {id("relu"), id("layer1.0.bn1")}, Device{}, bfloat16).value();
        const auto second
            = CompiledNetwork::create(network, weights, {id("fc")}, Device{}, bfloat16, {id("relu"), id("layer1.0.bn1")}).value();
        const at::Tensor whole = compiled(network, weights, batch, bfloat16);
        const at::Tensor parts = second.run(first.run({batch})).front();
        QVERIFY(difference(parts, whole.to(at::kFloat)) < (bfloat16 ? 0.02 : 1e-5));
    }
}

void CompiledNetworkTest::outputsMayEnterAutograd()
{
    const Network network = smallnetworks::residual();
    const auto trunk = CompiledNetwork::create(network, livelyWeights(network), {network.find("flatten")->id}, Device{}, false).value();
    at::Tensor weight = at::randn({4, 8}).requires_grad_();
    const at::Tensor features = trunk.run({pictures(network, 2)}).front();
    QVERIFY(!features.requires_grad());
    at::linear(features, weight).sum().backward();
    QVERIFY(weight.grad().defined());
}

void CompiledNetworkTest::batchesOfAnySizeGiveTheSameAnswers()
{
    const Network network = architectures().find("mobilenet_v2")->build(10);
    const StateDict weights = livelyWeights(network);
    const at::Tensor batch = pictures(network, 18);
    for (const bool bfloat16 : {false, true}) {
        const auto model = CompiledNetwork::create(network, weights, {network.output()}, Device{}, bfloat16).value();
        const at::Tensor together = model.run({batch}).front().to(at::kFloat);
        for (std::int64_t picture = 0; picture < 18; picture += 5) {
            const at::Tensor alone = model.run({batch.slice(0, picture, picture + 1)}).front();
            QVERIFY(difference(alone, together.slice(0, picture, picture + 1)) < (bfloat16 ? 0.02 : 1e-5));
        }
    }
}

void CompiledNetworkTest::aPictureThatIsNeededIsAskedFor()
{
    const Network network = smallnetworks::residual();
    const auto without
        = CompiledNetwork::create(network, livelyWeights(network), {network.output()}, Device{}, false, {network.find("layer1.0.bn1")->id});
    QVERIFY(!without);
    QCOMPARE(without.error().code, ErrorCode::NetworkInvalid);
}

QTEST_GUILESS_MAIN(CompiledNetworkTest)
#include "compilednetworktest.moc"
