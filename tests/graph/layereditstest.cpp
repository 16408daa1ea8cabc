#include "graph/layeredits.h"
#include "architectures/architecture.h"
#include "graph/edits.h"
#include "graph/networkjson.h"
#include "graph/overview.h"
#include "nn/model.h"
#include "support/smallnetworks.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <set>

using namespace graft;
using namespace smallnetworks;

namespace {

LayerId id(const Network &network, const char *name)
{
    const Layer *layer = network.find(std::string_view(name));
    if (!layer)
        qFatal("no layer %s", name);
    return layer->id;
}

QStringList inputsOf(const Network &network, const char *name)
{
    QStringList result;
    for (const LayerId input : network.find(std::string_view(name))->inputs)
        result << QString::fromStdString(network.find(input)->name);
    return result;
}

QStringList problemSubjects(const Network &network)
{
    QStringList result;
    for (const Error &problem : problems(network))
        result << QString::fromStdString(problem.subject);
    return result;
}

StateDict weightsOf(const Network &network)
{
    return initialWeights(network, 7).value();
}

} // namespace

class LayerEditsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLayerOnAnEdgeTakesItsPlaceAndItsShape();
    void behindTheOutputALayerBecomesTheOutput();
    void aLooseLayerIsAProblemAndRoundTripsThroughJson();
    void everyTypeOfTheLibraryCanBeAddedAndInserted();
    void removingReconnectsWhereShapesAllow();
    void removingWhereShapesForbidLeavesTheInputMissing();
    void removingABranchDoesNotAddALayerToItself();
    void theInputCannotBeRemoved();
    void duplicatesTakeFromTheSameLayersAndHaveTheirOwnTensors();
    void neighboursDuplicatedTogetherGetNamesOfTheirOwn();
    void aWholeBlockIsDuplicatedUnderOneName();
    void layersGoToAnotherNetworkWithTheirTensors();
    void aCircleIsRefusedWithASentence();
    void connectingKeepsATopologicalOrder();
    void targetsAreWhereNoCircleArisesAndTellWhetherTheShapeFits();
    void renamingMovesTensorsAndTies();
    void aBlockIsRenamedAsAWhole();
    void unfitNamesAreRefused_data();
    void unfitNamesAreRefused();
    void attributesAreValidatedAndShapesAreProblemsOnly();
    void fittingFollowsTheShapes();
    void activationsAreSwapped();
    void anOwnersTensorGoesToTheNextOfItsTies();
    void noPublishedLayerIsABlock();
};

void LayerEditsTest::aLayerOnAnEdgeTakesItsPlaceAndItsShape()
{
    Network network = residual();
    const auto inserted = insertLayer(network, "Conv2d", {id(network, "layer1.0.bn1"), 0});
    QVERIFY(inserted.has_value());
    QCOMPARE(network.find(*inserted)->name, std::string("layer1.0.conv2d"));
    QCOMPARE(inputsOf(network, "layer1.0.conv2d"), QStringList{"layer1.0.conv1"});
    QCOMPARE(inputsOf(network, "layer1.0.bn1"), QStringList{"layer1.0.conv2d"});
    QVERIFY(problems(network).empty());
    QCOMPARE(analyse(network)->find(*inserted)->outputShape, (Shape{8, 16, 16}));
    QVERIFY(!insertLayer(network, "Conv2d", {id(network, "relu"), 1}));
    QVERIFY(!insertLayer(network, "Input", {id(network, "relu"), 0}));
    QVERIFY(!insertLayer(network, "Parameter", {id(network, "relu"), 0}));
}

void LayerEditsTest::behindTheOutputALayerBecomesTheOutput()
{
    Network network = residual();
    const LayerId softmax = insertBehind(network, "Softmax", network.output()).value();
    QVERIFY(network.output() == softmax);
    const LayerId norm = insertBehind(network, "BatchNorm2d", id(network, "relu")).value();
    QCOMPARE(inputsOf(network, "layer1.0.conv1"), QStringList{"batchnorm2d"});
    QCOMPARE(inputsOf(network, "layer1.0.add"), (QStringList{"layer1.0.bn1", "batchnorm2d"}));
    QCOMPARE(intAttribute(*network.find(norm), "num_features"), std::int64_t{8});
    QVERIFY(problems(network).empty());
}

void LayerEditsTest::aLooseLayerIsAProblemAndRoundTripsThroughJson()
{
    Network network = residual();
    const LayerId output = network.output();
    const LayerId add = addLayer(network, "Add").value();
    QVERIFY(network.output() == output);
    QCOMPARE(problemSubjects(network), QStringList{"add"});
    QCOMPARE(problems(network).front().message, std::string("Add `add` expects 2 inputs, gets 0; connect what is missing."));
    const auto checked = check(network);
    QVERIFY(checked.has_value());
    QVERIFY(checked->figures.find(add)->outputShape.empty());
    QCOMPARE(checked->figures.find(output)->outputShape, Shape{10});
    QVERIFY(networkFromJson(toJson(network)).value() == network);
    QVERIFY(!analyse(network));
}

void LayerEditsTest::everyTypeOfTheLibraryCanBeAddedAndInserted()
{
    for (const LayerType &type : layerTypes().all()) {
        if (type.name == "Input" || !type.forward)
            continue;
        Network network = residual();
        QVERIFY2(addLayer(network, type.name).has_value(), type.name.c_str());
        const bool takesInput = type.maximumInputs != 0;
        QCOMPARE(insertLayer(network, type.name, {id(network, "layer1.0.conv1"), 0}).has_value(), takesInput);
        QVERIFY2(check(network).has_value(), type.name.c_str());
        QVERIFY2(!type.help.empty(), type.name.c_str());
        for (const AttributeSchema &schema : type.schema)
            QVERIFY2(!schema.help.empty(), (type.name + "." + schema.name).c_str());
    }
}

void LayerEditsTest::removingReconnectsWhereShapesAllow()
{
    Network network = residual();
    StateDict weights = weightsOf(network);
    const std::size_t before = weights.size();
    QVERIFY(removeLayers(network, weights, {id(network, "bn1"), id(network, "relu")}));
    QCOMPARE(inputsOf(network, "layer1.0.conv1"), QStringList{"conv1"});
    QCOMPARE(inputsOf(network, "layer1.0.add"), (QStringList{"layer1.0.bn1", "conv1"}));
    QVERIFY(problems(network).empty());
    QCOMPARE(weights.size(), before - 5);
    QVERIFY(!weights.contains("bn1.weight"));
    QVERIFY(removeLayers(network, weights, {network.output()}));
    QCOMPARE(network.find(network.output())->name, std::string("flatten"));
}

void LayerEditsTest::removingWhereShapesForbidLeavesTheInputMissing()
{
    Network network = residual();
    StateDict weights = weightsOf(network);
    QVERIFY(removeLayers(network, weights, {id(network, "conv1")}));
    QVERIFY(network.find("bn1")->inputs.empty());
    QCOMPARE(problemSubjects(network), QStringList{"bn1"});
}

void LayerEditsTest::removingABranchDoesNotAddALayerToItself()
{
    Network network = residual();
    StateDict weights = weightsOf(network);
    QVERIFY(removeLayers(network, weights, {id(network, "layer1.0.conv1"), id(network, "layer1.0.bn1")}));
    QCOMPARE(inputsOf(network, "layer1.0.add"), QStringList{"relu"});
    QCOMPARE(problemSubjects(network), QStringList{"layer1.0.add"});
    QVERIFY(removeLayers(network, weights, {id(network, "layer1.0.add")}));
    QVERIFY(problems(network).empty());
}

void LayerEditsTest::theInputCannotBeRemoved()
{
    Network network = residual();
    const Network before = network;
    StateDict weights = weightsOf(network);
    const auto removed = removeLayers(network, weights, {id(network, "input"), id(network, "fc")});
    QVERIFY(!removed);
    QVERIFY(network == before);
}

void LayerEditsTest::neighboursDuplicatedTogetherGetNamesOfTheirOwn()
{
    Network network = architectures().find("resnet50")->build(10);
    StateDict none;
    std::vector<LayerId> both = layersInBlock(network, "layer1.1");
    std::ranges::copy(layersInBlock(network, "layer1.2"), std::back_inserter(both));
    QVERIFY(duplicateLayers(network, none, both).has_value());
    std::set<std::string> names;
    for (const Layer &layer : network.layers())
        QVERIFY2(names.insert(layer.name).second, layer.name.c_str());
    QVERIFY(network.find(std::string_view("layer1.3.conv1")) && network.find(std::string_view("layer1.4.conv1")));
}

void LayerEditsTest::duplicatesTakeFromTheSameLayersAndHaveTheirOwnTensors()
{
    Network network = residual();
    StateDict weights = weightsOf(network);
    const auto copies = duplicateLayers(network, weights, {id(network, "conv1"), id(network, "bn1")}).value();
    QCOMPARE(copies.size(), std::size_t{2});
    QCOMPARE(inputsOf(network, "conv1_2"), QStringList{"input"});
    QCOMPARE(inputsOf(network, "bn1_2"), QStringList{"conv1_2"});
    QVERIFY(*weights.find("conv1_2.weight") == *weights.find("conv1.weight"));
    QVERIFY(weights.contains("bn1_2.running_mean"));
    QVERIFY(problems(network).empty());
    duplicateLayers(network, weights, {id(network, "conv1_2")}).value();
    QVERIFY(network.find("conv1_3"));
}

void LayerEditsTest::aWholeBlockIsDuplicatedUnderOneName()
{
    Network network = residual();
    StateDict weights = weightsOf(network);
    duplicateLayers(network, weights, layersInBlock(network, "layer1")).value();
    QCOMPARE(inputsOf(network, "layer1_2.0.bn1"), QStringList{"layer1_2.0.conv1"});
    Network resnet = architectures().find("resnet18")->build(2);
    StateDict none;
    duplicateLayers(resnet, none, layersInBlock(resnet, "layer1.1")).value();
    QVERIFY(resnet.find("layer1.2.conv1"));
}

void LayerEditsTest::layersGoToAnotherNetworkWithTheirTensors()
{
    const Network source = residual();
    const StateDict sourceWeights = weightsOf(source);
    const LayerClip clip = copyLayers(source, sourceWeights, layersInBlock(source, "layer1"));
    Network network = convolutionalHead();
    StateDict weights = weightsOf(network);
    const auto pasted = pasteLayers(network, weights, clip).value();
    QCOMPARE(pasted.size(), std::size_t{3});
    QVERIFY(network.find("layer1.0.conv1")->inputs.empty());
    QCOMPARE(inputsOf(network, "layer1.0.add"), QStringList{"layer1.0.bn1"});
    QVERIFY(*weights.find("layer1.0.conv1.weight") == *sourceWeights.find("layer1.0.conv1.weight"));
    QCOMPARE(problemSubjects(network), (QStringList{"layer1.0.conv1", "layer1.0.add"}));
    QVERIFY(!pasteLayers(network, weights, LayerClip()));
    QVERIFY(copyLayers(source, sourceWeights, {id(source, "input")}).empty());
}

void LayerEditsTest::aCircleIsRefusedWithASentence()
{
    Network network = residual();
    const Network before = network;
    StateDict weights;
    const auto connected = connectLayers(network, weights, id(network, "fc"), {id(network, "relu"), 0});
    QVERIFY(!connected);
    QCOMPARE(connected.error().message, std::string("`fc` follows from `relu` already, so connecting them would make a circle."));
    QVERIFY(!connectLayers(network, weights, id(network, "relu"), {id(network, "relu"), 0}));
    QVERIFY(!connectLayers(network, weights, id(network, "conv1"), {id(network, "relu"), 1}));
    QVERIFY(!connectLayers(network, weights, id(network, "conv1"), {id(network, "input"), 0}));
    QVERIFY(network == before);
}

void LayerEditsTest::connectingKeepsATopologicalOrder()
{
    Network network = residual();
    StateDict weights;
    const LayerId late = addLayer(network, "ReLU").value(); // stands last
    QVERIFY(connectLayers(network, weights, id(network, "conv1"), {late, 0}));
    QVERIFY(connectLayers(network, weights, late, {id(network, "bn1"), 0}));
    QVERIFY(problems(network).empty());
    QVERIFY(network.indexOf(late) < network.indexOf(id(network, "bn1")));
    QCOMPARE(network.layers().front().type, std::string("Input"));
    QVERIFY(graft::disconnect(network, {id(network, "layer1.0.add"), 1}));
    QCOMPARE(problemSubjects(network), QStringList{"layer1.0.add"});
    QVERIFY(!graft::disconnect(network, {id(network, "layer1.0.add"), 1}));
}

void LayerEditsTest::targetsAreWhereNoCircleArisesAndTellWhetherTheShapeFits()
{
    Network network = residual();
    const auto figures = overview(network).value();
    const auto targets = validTargets(network, figures, id(network, "layer1.0.bn1"));
    QStringList found;
    for (const ConnectionTarget &target : targets)
        found << QString::fromStdString(network.find(target.port.layer)->name)
                + QStringLiteral(":%1%2").arg(target.port.index).arg(target.fits ? "" : " no");
    QCOMPARE(found, (QStringList{"layer1.0.add:1", "avgpool:0", "flatten:0", "fc:0 no"}));
}

void LayerEditsTest::renamingMovesTensorsAndTies()
{
    Network network = residual();
    StateDict weights = weightsOf(network);
    const Tensor before = *weights.find("conv1.weight");
    network.tiedTensors["layer1.0.bn1.weight"] = "bn1.weight";
    QVERIFY(renameLayer(network, weights, id(network, "conv1"), "stem.first"));
    QVERIFY(renameLayer(network, weights, id(network, "bn1"), "stem.norm"));
    QVERIFY(*weights.find("stem.first.weight") == before);
    QVERIFY(!weights.contains("conv1.weight"));
    QCOMPARE(network.tiedTensors.at("layer1.0.bn1.weight"), std::string("stem.norm.weight"));
    QVERIFY(fitWeights(network, weights, "test").has_value());
}

void LayerEditsTest::aBlockIsRenamedAsAWhole()
{
    Network network = residual();
    StateDict weights = weightsOf(network);
    QVERIFY(renameBlock(network, weights, "layer1", "stage.first"));
    QVERIFY(network.find("stage.first.0.conv1"));
    QVERIFY(fitWeights(network, weights, "test").has_value());
    QVERIFY(!renameBlock(network, weights, "layer1", "x"));
    QVERIFY(!renameBlock(network, weights, "stage", "conv1"));
}

void LayerEditsTest::unfitNamesAreRefused_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"", ".a", "a.", "a..b", "a b", "a*", "bn1", "layer1", "conv1.inner", "a\tb", "a`b"})
        QTest::newRow(name) << QString::fromUtf8(name);
}

void LayerEditsTest::unfitNamesAreRefused()
{
    QFETCH(const QString, name);
    Network network = residual();
    const Network before = network;
    StateDict weights;
    const auto renamed = renameLayer(network, weights, id(network, "fc"), name.toStdString());
    QVERIFY(!renamed);
    QVERIFY(!renamed.error().message.empty());
    QVERIFY(network == before);
}

void LayerEditsTest::attributesAreValidatedAndShapesAreProblemsOnly()
{
    Network network = residual();
    const std::vector<LayerId> conv = {id(network, "conv1")};
    QVERIFY(!setAttribute(network, conv, "out_channels", AttributeValue(std::int64_t{0})));
    QVERIFY(!setAttribute(network, conv, "out_channels", AttributeValue(0.5)));
    QVERIFY(!setAttribute(network, conv, "colour", AttributeValue(0.5)));
    QVERIFY(!setAttribute(network, conv, "out_channels", std::nullopt));
    QVERIFY(!setAttribute(network, {id(network, "conv1"), id(network, "bn1")}, "stride", AttributeValue(Ints{2, 2})));
    QVERIFY(network == residual());
    QVERIFY(setAttribute(network, conv, "out_channels", AttributeValue(std::int64_t{16})));
    QCOMPARE(problemSubjects(network), QStringList{"bn1"});
    QVERIFY(setAttribute(network, conv, "out_channels", AttributeValue(std::int64_t{8})));
    QVERIFY(setAttribute(network, conv, "stride", AttributeValue(Ints{2, 2})));
    QVERIFY(setAttribute(network, conv, "stride", std::nullopt));
    QVERIFY(network == residual());
    QVERIFY(setAttribute(network, {id(network, "bn1")}, "eps", AttributeValue(std::int64_t{1})));
    QCOMPARE(doubleAttribute(*network.find("bn1"), "eps"), 1.0);
}

void LayerEditsTest::fittingFollowsTheShapes()
{
    Network network = residual();
    QVERIFY(setAttribute(network, {id(network, "conv1")}, "out_channels", AttributeValue(std::int64_t{16})));
    std::vector<LayerId> all;
    for (const Layer &layer : network.layers())
        all.push_back(layer.id);
    QVERIFY(fitToInputs(network, all));
    QCOMPARE(intAttribute(*network.find("bn1"), "num_features"), std::int64_t{16});
    QCOMPARE(intAttribute(*network.find("layer1.0.conv1"), "in_channels"), std::int64_t{16});
    QCOMPARE(problemSubjects(network), QStringList{"layer1.0.add"}); // 8 + 16 channels: a decision that is not a layer's own
}

void LayerEditsTest::activationsAreSwapped()
{
    Network network = residual();
    StateDict weights = weightsOf(network);
    const std::vector<LayerId> relu = {id(network, "relu"), id(network, "conv1")};
    QVERIFY(swapActivations(network, weights, relu, "PReLU"));
    QCOMPARE(network.find("relu")->type, std::string("PReLU"));
    weights = preparedWeights(network, weights, 1).value();
    QVERIFY(weights.contains("relu.weight"));
    QVERIFY(swapActivations(network, weights, relu, "GELU"));
    QVERIFY(!weights.contains("relu.weight"));
    QVERIFY(!swapActivations(network, weights, relu, "Conv2d"));
    QVERIFY(!swapActivations(network, weights, {id(network, "fc")}, "ReLU"));
    QVERIFY(problems(network).empty());
}

void LayerEditsTest::anOwnersTensorGoesToTheNextOfItsTies()
{
    Network network = residual();
    StateDict weights = weightsOf(network);
    const Tensor shared = *weights.find("conv1.weight");
    for (const char *name : {"twin", "triplet"})
        network.insert(
            {.id = {}, .name = name, .type = "Conv2d", .attributes = network.find("conv1")->attributes, .inputs = {id(network, "input")}},
            network.layers().size());
    network.tiedTensors = {{"twin.weight", "conv1.weight"}, {"triplet.weight", "conv1.weight"}};
    QVERIFY(removeLayers(network, weights, {id(network, "conv1")}));
    QVERIFY(*weights.find("twin.weight") == shared);
    QCOMPARE(network.tiedTensors.size(), std::size_t{1});
    QCOMPARE(network.tiedTensors.at("triplet.weight"), std::string("twin.weight"));
    QVERIFY(removeLayers(network, weights, {id(network, "twin")}));
    QVERIFY(network.tiedTensors.empty());
    QVERIFY(*weights.find("triplet.weight") == shared);
}

void LayerEditsTest::noPublishedLayerIsABlock()
{
    for (const Architecture &architecture : architectures().all()) {
        const Network network = architecture.build(2);
        for (const Layer &layer : network.layers())
            for (std::string_view block = parentBlock(layer.name); !block.empty(); block = parentBlock(block))
                QVERIFY2(!network.find(block), (architecture.name + ": " + layer.name).c_str());
    }
}

QTEST_GUILESS_MAIN(LayerEditsTest)
#include "layereditstest.moc"
