#include "graph/heads.h"
#include "architectures/architecture.h"
#include "graph/edits.h"
#include "graph/overview.h"
#include "graph/surgery.h"
#include "nn/model.h"
#include "support/smallnetworks.h"

#include <QTest>
#include <cmath>
#include <set>

using namespace graft;
using namespace smallnetworks;

namespace {

/// "AdaptiveAvgPool2d Flatten Linear": the layers of the new head.
QString headTypes(const Network &network)
{
    QStringList types;
    for (const LayerId id : layersInBlock(network, "head"))
        types << QString::fromStdString(network.find(id)->type);
    return types.join(' ');
}

std::string nameOf(const Network &network, LayerId id)
{
    return id.isValid() ? network.find(id)->name : std::string();
}

std::vector<float> answers(const Network &network, const StateDict &weights, const Tensor &batch)
{
    const auto model = Model::create(network, weights, {});
    if (!model)
        qFatal("%s", model.error().message.c_str());
    return model->forward(batch).value().toFloats();
}

} // namespace

class HeadsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTrunkEndsWhereItShould_data();
    void theTrunkEndsWhereItShould();
    void eachKindHasItsLayers_data();
    void eachKindHasItsLayers();
    void everyArchitectureTakesEveryHead();
    void everyArchitectureTakesAHeadForEachLabelSet();
    void headsSideBySideAreOneHead();
    void theirBlocksHaveNamesThatAreFree();
    void auxiliaryClassifiersGetTheNewSize();
    void theTrunkKeepsItsTensors();
    void impossiblePlansAreRefused();
    void aNetworkIsCutAtAnyLayer();
    void cuttingKeepsAuxiliariesOfWhatIsLeft();
    void kindsHaveNames();
    void greyInputGivesWhatGreyColoursGave();
    void channelsAreAveragedOrSpread();
    void theInputsSizeTakesThePreprocessingAlong();
};

void HeadsTest::theTrunkEndsWhereItShould_data()
{
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<QString>("features");
    QTest::addColumn<QString>("map");
    QTest::newRow("resnet18") << "resnet18"
                              << "flatten"
                              << "layer4.1.relu_1";
    QTest::newRow("vgg11") << "vgg11"
                           << "flatten"
                           << "avgpool";
    QTest::newRow("squeezenet1_1") << "squeezenet1_1"
                                   << "features.12.cat"
                                   << "features.12.cat";
    QTest::newRow("vit_b_16") << "vit_b_16"
                              << "encoder.class_token"
                              << "";
}

void HeadsTest::theTrunkEndsWhereItShould()
{
    QFETCH(const QString, architecture);
    QFETCH(const QString, features);
    QFETCH(const QString, map);
    const Network network = architectures().find(architecture.toStdString())->build(5);
    const auto end = trunkEnd(network);
    QVERIFY(end.has_value());
    const auto figures = overview(network).value();
    if (features == "flatten")
        QCOMPARE(nameOf(network, end->features), features.toStdString());
    // Names of layers without weights are the builders' own; what counts is the shape.
    QCOMPARE(end->map.isValid(), !map.isEmpty());
    if (end->map.isValid())
        QVERIFY(figures.find(end->map)->outputShape[1] > 1);
    QVERIFY(nameOf(network, end->features).find("classifier") == std::string::npos);
    QVERIFY(network.find(end->features)->type != "Linear");
}

void HeadsTest::eachKindHasItsLayers_data()
{
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("types");
    const auto row = [](const char *architecture, HeadKind kind, const char *types) {
        QTest::addRow("%s %s", architecture, std::string(name(kind)).c_str()) << architecture << static_cast<int>(kind) << types;
    };
    row("resnet18", HeadKind::Linear, "Linear");
    row("resnet18", HeadKind::DropoutLinear, "Dropout Linear");
    row("resnet18", HeadKind::Classic, "Linear ReLU Linear"); // its features are pooled already
    row("vgg11", HeadKind::Classic, "AdaptiveAvgPool2d Flatten Linear ReLU Linear");
    row("vgg11", HeadKind::Linear, "Linear");
    row("resnet18", HeadKind::Mlp, "Linear GELU Dropout Linear GELU Dropout Linear");
    row("resnet18", HeadKind::Convolutional, "Dropout Conv2d AdaptiveAvgPool2d Flatten");
    row("squeezenet1_1", HeadKind::Linear, "AdaptiveAvgPool2d Flatten Linear");
    row("vit_b_16", HeadKind::Classic, "Linear ReLU Linear");
}

void HeadsTest::eachKindHasItsLayers()
{
    QFETCH(const QString, architecture);
    QFETCH(const int, kind);
    QFETCH(const QString, types);
    Network network = architectures().find(architecture.toStdString())->build(5);
    StateDict weights;
    const HeadPlan plan{.kind = static_cast<HeadKind>(kind), .classes = 3, .width = 64, .hiddenLayers = 2, .activation = "GELU"};
    const auto replaced = replaceHead(network, weights, plan);
    QVERIFY2(replaced.has_value(), replaced ? "" : replaced.error().message.c_str());
    QCOMPARE(headTypes(network), types);
    QVERIFY(problems(network).empty());
    QCOMPARE(classCount(network), std::int64_t{3});
}

void HeadsTest::everyArchitectureTakesEveryHead()
{
    for (const Architecture &architecture : architectures().all())
        for (const HeadKind kind : headKinds()) {
            Network network = architecture.build(5);
            StateDict weights;
            const HeadPlan plan{.kind = kind, .classes = 3, .width = 16};
            const auto replaced = replaceHead(network, weights, plan);
            const std::string what = architecture.name + " " + std::string(name(kind));
            if (!replaced && kind == HeadKind::Convolutional) {
                QVERIFY2(architecture.name.starts_with("vit"), what.c_str());
                continue;
            }
            QVERIFY2(replaced.has_value(), what.c_str());
            QVERIFY2(problems(network).empty(), what.c_str());
            QVERIFY2(classCount(network) == 3, what.c_str());
            const auto analysis = analyse(network).value();
            QVERIFY2(analysis.find(network.output())->outputShape == Shape{3}, what.c_str());
            // Nothing of the old head hangs on: each layer leads to an output.
            std::set<LayerId> used = {network.output()};
            for (const AuxiliaryOutput &output : network.auxiliaryOutputs)
                used.insert(output.layer);
            for (std::size_t index = network.layers().size(); index-- > 0;)
                if (used.contains(network.layers()[index].id))
                    for (const LayerId input : network.layers()[index].inputs)
                        used.insert(input);
            QVERIFY2(used.size() == network.layers().size(), what.c_str());
        }
}

void HeadsTest::everyArchitectureTakesAHeadForEachLabelSet()
{
    for (const Architecture &architecture : architectures().all())
        for (const HeadKind kind : headKinds()) {
            Network network = architecture.build(5);
            StateDict weights;
            HeadPlan plan{.kind = kind, .width = 16};
            plan.labelSets = {{"species", 3}, {"health", 2}};
            const std::string what = architecture.name + " " + std::string(name(kind));
            const auto replaced = replaceHead(network, weights, plan);
            if (!replaced && kind == HeadKind::Convolutional)
                continue;
            QVERIFY2(replaced.has_value(), what.c_str());
            QVERIFY2(problems(network).empty(), what.c_str());
            QVERIFY2(outputClassifiers(network).size() == 2 && classCount(network) == 5, what.c_str());
            QVERIFY2(overview(network)->find(network.output())->outputShape == Shape{5}, what.c_str());
            QVERIFY2(!layersInBlock(network, "head.species").empty() && !layersInBlock(network, "head.health").empty(), what.c_str());
            for (const AuxiliaryOutput &output : network.auxiliaryOutputs)
                QVERIFY2(overview(network)->find(output.layer)->outputShape == Shape{5}, what.c_str());
            // And back to a head for one set, with nothing of the two left.
            QVERIFY2(replaceHead(network, weights, {.kind = kind, .classes = 4, .width = 16}), what.c_str());
            QVERIFY2(problems(network).empty() && outputClassifiers(network).size() == 1 && classCount(network) == 4, what.c_str());
            QVERIFY2(layersInBlock(network, "head.species").empty() && layersInBlock(network, "head.health").empty(), what.c_str());
        }
}

void HeadsTest::headsSideBySideAreOneHead()
{
    Network network = architectures().find("vgg11")->build(5);
    StateDict weights;
    HeadPlan plan{.kind = HeadKind::Classic, .width = 16};
    plan.labelSets = {{"species", 3}, {"health", 2}};
    QVERIFY(replaceHead(network, weights, plan));
    QCOMPARE(headTypes(network),
        QString("AdaptiveAvgPool2d Flatten Linear ReLU Linear AdaptiveAvgPool2d Flatten Linear ReLU Linear Concatenate"));
    QVERIFY(freeze(network, "all-but-head"));
    for (const Layer &layer : network.layers())
        QCOMPARE(layer.frozen, !isInBlock(layer.name, "head"));
    QCOMPARE(network.find(trunkEnd(network)->features)->type, std::string("AdaptiveAvgPool2d"));
    QVERIFY(!replaceHead(network, 3)); // it has more than one size
    const auto fresh = headWeights(network, 1);
    QVERIFY(fresh && fresh->contains("head.species.fc.weight") && fresh->contains("head.health.fc.bias"));
    QVERIFY(!fresh->contains("head.health.dense.weight"));
    // The logits are the heads' one after another.
    Network small = residual();
    plan.kind = HeadKind::Linear;
    StateDict tensors = initialWeights(small, 1).value();
    QVERIFY(replaceHead(small, tensors, plan));
    tensors = preparedWeights(small, tensors, 2).value();
    for (const char *bias : {"head.species.fc.bias", "head.health.fc.bias"})
        tensors.set(bias,
            Tensor::fromFloats(
                tensors.find(bias)->shape(), std::vector<float>(tensors.find(bias)->elementCount(), bias[5] == 's' ? 100.0F : -100.0F)));
    const Shape input = small.inputShape();
    const std::vector<float> values(static_cast<std::size_t>(elementCount(input)), 0.1F);
    const auto logits = answers(small, tensors, Tensor::fromFloats({1, input[0], input[1], input[2]}, values));
    for (std::size_t index = 0; index < 5; ++index)
        QVERIFY(index < 3 ? logits[index] > 50 : logits[index] < -50);
}

void HeadsTest::theirBlocksHaveNamesThatAreFree()
{
    Network network = residual();
    StateDict weights;
    HeadPlan plan{.kind = HeadKind::Linear};
    plan.labelSets = {{"树种", 2}, {"a b.c", 2}, {"a b/c", 2}, {"", 2}};
    QVERIFY(replaceHead(network, weights, plan));
    for (const char *block : {"head.set1", "head.a_b_c", "head.a_b_c_2", "head.set4"})
        QVERIFY2(!layersInBlock(network, block).empty(), block);
    plan.labelSets = {{"one", 3}};
    QVERIFY(!replaceHead(network, weights, plan));
    plan.labelSets = {{"one", 3}, {"none", 0}};
    QVERIFY(!replaceHead(network, weights, plan));
}

void HeadsTest::auxiliaryClassifiersGetTheNewSize()
{
    Network network = architectures().find("googlenet")->build(5);
    StateDict weights = initialWeights(network, 1).value();
    QVERIFY(replaceHead(network, weights, {.kind = HeadKind::Classic, .classes = 3}));
    QCOMPARE(network.auxiliaryOutputs.size(), std::size_t{2});
    for (const LayerId id : classifierLayers(network))
        QCOMPARE(intAttribute(*network.find(id), "out_features"), std::int64_t{3});
    QVERIFY(preparedWeights(network, weights, 1).has_value());
}

void HeadsTest::theTrunkKeepsItsTensors()
{
    Network network = residual();
    StateDict weights = initialWeights(network, 1).value();
    const StateDict before = weights;
    QVERIFY(replaceHead(network, weights, {.kind = HeadKind::DropoutLinear, .classes = 4}));
    QVERIFY(!weights.contains("fc.weight"));
    QVERIFY(*weights.find("layer1.0.conv1.weight") == *before.find("layer1.0.conv1.weight"));
    const StateDict once = preparedWeights(network, weights, 9).value(), again = preparedWeights(network, weights, 9).value();
    QVERIFY(once == again);
    QVERIFY(once.find("head.fc.weight")->shape() == (Shape{4, 8}));
    QVERIFY(preparedWeights(network, weights, 10).value() != once);
    QVERIFY(preparedWeights(network, once, 10).value() == once);
}

void HeadsTest::impossiblePlansAreRefused()
{
    Network network = residual();
    const Network before = network;
    StateDict weights;
    QVERIFY(!replaceHead(network, weights, {.kind = HeadKind::Linear, .classes = 0}));
    QVERIFY(!replaceHead(network, weights, {.kind = HeadKind::DropoutLinear, .classes = 2, .dropout = 1.5}));
    QVERIFY(!replaceHead(network, weights, {.kind = HeadKind::Mlp, .classes = 2, .hiddenLayers = 0}));
    QVERIFY(!replaceHead(network, weights, {.kind = HeadKind::Mlp, .classes = 2, .activation = "Conv2d"}));
    QVERIFY(!replaceHead(network, weights, {.kind = HeadKind::Classic, .classes = 2, .width = 0}));
    QVERIFY(!cutAt(network, weights, LayerId{77}, {.kind = HeadKind::Linear, .classes = 2}));
    QVERIFY(network == before);
}

void HeadsTest::aNetworkIsCutAtAnyLayer()
{
    for (const char *architecture : {"resnet18", "vit_b_16", "swin_t", "densenet121"}) {
        const Network whole = architectures().find(architecture)->build(5);
        for (std::size_t index = 1; index < whole.layers().size(); index += 7) {
            Network network = whole;
            StateDict weights;
            const LayerId at = whole.layers()[index].id;
            const auto cut = cutAt(network, weights, at, {.kind = HeadKind::Linear, .classes = 3});
            QVERIFY2(cut.has_value(), whole.layers()[index].name.c_str());
            QVERIFY2(problems(network).empty(), whole.layers()[index].name.c_str());
            QCOMPARE(classCount(network), std::int64_t{3});
            QVERIFY(network.layers().size() <= index + 4);
            QVERIFY(analyse(network)->find(network.output())->outputShape == Shape{3});
        }
    }
}

void HeadsTest::cuttingKeepsAuxiliariesOfWhatIsLeft()
{
    Network network = architectures().find("googlenet")->build(5);
    StateDict weights;
    const auto figures = overview(network).value();
    LayerId deep, shallow; // the ends of inception4b and inception3a: behind the first auxiliary classifier, and before it
    for (const Layer &layer : network.layers()) {
        if (isInBlock(layer.name, "inception4b") && layer.type == "Concatenate")
            deep = layer.id;
        if (isInBlock(layer.name, "inception3a") && layer.type == "Concatenate")
            shallow = layer.id;
    }
    QVERIFY(deep.isValid() && shallow.isValid());
    Network other = network;
    QVERIFY(cutAt(network, weights, deep, {.kind = HeadKind::Linear, .classes = 3}));
    QCOMPARE(network.auxiliaryOutputs.size(), std::size_t{1});
    QVERIFY(problems(network).empty());
    QVERIFY(cutAt(other, weights, shallow, {.kind = HeadKind::Convolutional, .classes = 3}));
    QVERIFY(other.auxiliaryOutputs.empty());
    QVERIFY(problems(other).empty());
}

void HeadsTest::kindsHaveNames()
{
    for (const HeadKind kind : headKinds())
        QVERIFY(headKindFromName(name(kind)).value() == kind);
    QVERIFY(!headKindFromName("square"));
}

void HeadsTest::greyInputGivesWhatGreyColoursGave()
{
    Network network = residual();
    StateDict weights = initialWeights(network, 1).value();
    std::vector<float> grey(16 * 16), colours;
    for (std::size_t i = 0; i < grey.size(); ++i)
        grey[i] = std::sin(static_cast<float>(i));
    for (int channel = 0; channel < 3; ++channel)
        colours.insert(colours.end(), grey.begin(), grey.end());
    const auto before = answers(network, weights, Tensor::fromFloats({1, 3, 16, 16}, colours));
    Preprocessing preprocessing;
    QVERIFY(setInputChannels(network, weights, preprocessing, 1, ChannelWeights::Sum));
    QVERIFY(network.inputShape() == (Shape{1, 16, 16}));
    QVERIFY(problems(network).empty());
    QCOMPARE(preprocessing.channelOrder, std::string("L"));
    QVERIFY(std::abs(preprocessing.mean[0] - (0.485 + 0.456 + 0.406) / 3) < 1e-12);
    const auto after = answers(network, weights, Tensor::fromFloats({1, 1, 16, 16}, grey));
    for (std::size_t i = 0; i < after.size(); ++i)
        QVERIFY(std::abs(after[i] - before[i]) < 1e-5F);
}

void HeadsTest::channelsAreAveragedOrSpread()
{
    Network network;
    const LayerId input = network.add("input", "Input", {{"shape", Ints{3, 4, 4}}}, {});
    const LayerId norm = network.add("norm", "BatchNorm2d", {{"num_features", std::int64_t{3}}}, {input});
    const LayerId conv = convolution(network, "conv", norm, 3, 1, {1, 1});
    const LayerId flat = network.add("flatten", "Flatten", {}, {conv});
    linear(network, "fc", flat, 16, 2);
    StateDict weights = initialWeights(network, 1).value();
    weights.set("conv.weight", Tensor::fromFloats({1, 3, 1, 1}, std::vector<float>{1, 2, 6}));
    Preprocessing preprocessing;
    StateDict averaged = weights;
    Network one = network;
    QVERIFY(setInputChannels(one, averaged, preprocessing, 1, ChannelWeights::Average));
    QVERIFY(averaged.find("conv.weight")->toFloats() == std::vector<float>{3});
    QCOMPARE(intAttribute(*one.find("norm"), "num_features"), std::int64_t{1});
    QVERIFY(problems(one).empty());
    QVERIFY(setInputChannels(network, weights, preprocessing, 6, ChannelWeights::Sum));
    QVERIFY(weights.find("conv.weight")->toFloats() == std::vector<float>(6, 1.5F));
    QVERIFY(!setInputChannels(network, weights, preprocessing, 0, ChannelWeights::Sum));
}

void HeadsTest::theInputsSizeTakesThePreprocessingAlong()
{
    Network network = residual();
    Preprocessing preprocessing;
    QVERIFY(setInputSize(network, preprocessing, 112));
    QVERIFY(network.inputShape() == (Shape{3, 112, 112}));
    QCOMPARE(preprocessing.crop, 112);
    QCOMPARE(preprocessing.resize, 128);
    QVERIFY(problems(network).empty());
    QVERIFY(!setInputSize(network, preprocessing, 0));
    QVERIFY(!setInputSize(network, preprocessing, 100'000));
}

QTEST_GUILESS_MAIN(HeadsTest)
#include "headstest.moc"
