#include "graph/compare.h"
#include "architectures/architecture.h"
#include "graph/edits.h"
#include "graph/layeredits.h"
#include "nn/model.h"
#include "support/smallnetworks.h"

#include <QTest>
#include <cmath>

using namespace graft;
using namespace smallnetworks;

namespace {

LayerId id(const Network &network, const char *name)
{
    return network.find(std::string_view(name))->id;
}

} // namespace

class CompareTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNetworkIsLikeItself();
    void changesAreFoundAndNothingElse();
    void renamedLayersAreFoundByTheirStructure();
    void anotherVariantIsMatchedWhereItIsTheSame();
    void tensorsAreMeasuredByTheirDefinition();
    void aNumberThatIsNoneAnyMoreIsAChange();
    void tensorsFollowTheirRenamedLayers();
    void emptyNetworksAreCompared();
};

void CompareTest::aNetworkIsLikeItself()
{
    for (const Architecture &architecture : architectures().all()) {
        const Network network = architecture.build(2);
        const auto difference = compareNetworks(network, network);
        QVERIFY2(difference.empty(), architecture.name.c_str());
        QCOMPARE(difference.matches.size(), network.layers().size());
    }
}

void CompareTest::changesAreFoundAndNothingElse()
{
    const Network left = residual();
    Network right = left;
    StateDict none;
    QVERIFY(setAttribute(right, {id(right, "bn1")}, "eps", AttributeValue(0.5)));
    insertLayer(right, "Dropout", {id(right, "fc"), 0}).value();
    QVERIFY(removeLayers(right, none, {id(right, "relu")}));
    graft::setFrozen(right, {id(right, "conv1")}, true);
    QVERIFY(setLearningRateFactor(right, {id(right, "conv1")}, 0.5));
    const auto difference = compareNetworks(left, right);
    QStringList found;
    for (const LayerDifference &layer : difference.layers) {
        QString line = QString::fromStdString(layer.leftName + ">" + layer.rightName);
        for (const AttributeDifference &attribute : layer.attributes)
            line += QString::fromStdString(
                " " + attribute.name + " " + describe(attribute.left.value()) + " " + describe(attribute.right.value()));
        line += layer.isRewired ? " rewired" : "";
        line += layer.isRefrozen ? " frozen" : "";
        line += layer.learningRateFactors ? QStringLiteral(" %1").arg(layer.learningRateFactors->second) : QString();
        found << line;
    }
    QCOMPARE(found,
        (QStringList{"conv1>conv1 frozen 0.5", "bn1>bn1 eps 1e-05 0.5", "relu>", "layer1.0.conv1>layer1.0.conv1 rewired",
            "layer1.0.add>layer1.0.add rewired", ">dropout", "fc>fc rewired"}));
    QCOMPARE(difference.layers.back().rightInputs, std::vector<std::string>{"dropout"});
    QVERIFY(!difference.hasOtherOutput);
}

void CompareTest::renamedLayersAreFoundByTheirStructure()
{
    const Network left = architectures().find("resnet18")->build(3);
    Network right = left;
    StateDict none;
    QVERIFY(renameBlock(right, none, "layer2", "stage2"));
    QVERIFY(renameLayer(right, none, id(right, "conv1"), "stem"));
    const auto difference = compareNetworks(left, right);
    QCOMPARE(difference.matches.size(), left.layers().size());
    for (const LayerDifference &layer : difference.layers) {
        QVERIFY(layer.kind == DifferenceKind::Changed && layer.attributes.empty() && !layer.isRewired);
        QVERIFY(layer.leftName != layer.rightName);
    }
    QCOMPARE(difference.layers.size(), layersInBlock(left, "layer2").size() + 1);
}

void CompareTest::anotherVariantIsMatchedWhereItIsTheSame()
{
    const Network left = architectures().find("resnet18")->build(3), right = architectures().find("resnet34")->build(3);
    const auto difference = compareNetworks(left, right);
    for (const LayerDifference &layer : difference.layers)
        QVERIFY2(layer.kind == DifferenceKind::Added || layer.isRewired, layer.leftName.c_str());
    QCOMPARE(difference.matches.size(), left.layers().size());
}

void CompareTest::tensorsAreMeasuredByTheirDefinition()
{
    StateDict left, right;
    left.set("same", Tensor::fromFloats({2}, std::vector<float>{1, 2}));
    right.set("same", Tensor::fromFloats({2}, std::vector<float>{1, 2}));
    left.set("moved", Tensor::fromFloats({2}, std::vector<float>{3, 4}));
    right.set("moved", Tensor::fromFloats({2}, std::vector<float>{3, 6}));
    left.set("fromZero", Tensor::fromFloats({1}, std::vector<float>{0}));
    right.set("fromZero", Tensor::fromFloats({1}, std::vector<float>{1}));
    left.set("gone", Tensor::fromFloats({1}, std::vector<float>{0}));
    left.set("grown", Tensor::fromFloats({1}, std::vector<float>{0}));
    right.set("grown", Tensor::fromFloats({2}, std::vector<float>{0, 0}));
    right.set("new", Tensor::fromFloats({1}, std::vector<float>{0}));
    const auto difference = compareWeights(left, right);
    QCOMPARE(difference.size(), std::size_t{6});
    QVERIFY(difference[0].isEqual && difference[0].relativeChange == 0.0);
    QVERIFY(!difference[1].isEqual && std::abs(*difference[1].relativeChange - 0.4) < 1e-12 && *difference[1].largestChange == 2.0);
    QVERIFY(std::isinf(*difference[2].relativeChange));
    QVERIFY(difference[3].kind == DifferenceKind::Removed && difference[3].rightName.empty());
    QVERIFY(difference[4].kind == DifferenceKind::Changed && !difference[4].relativeChange);
    QVERIFY(difference[5].kind == DifferenceKind::Added && difference[5].leftName.empty());
}

void CompareTest::aNumberThatIsNoneAnyMoreIsAChange()
{
    ModelPackage left;
    left.network = residual();
    left.weights = initialWeights(left.network, 1).value();
    ModelPackage right = left;
    std::vector<float> values = left.weights.find("fc.bias")->toFloats();
    values[0] = NAN;
    right.weights.set("fc.bias", Tensor::fromFloats(left.weights.find("fc.bias")->shape(), values));
    for (const TensorDifference &tensor : compareModels(left, right).tensors)
        if (tensor.leftName == "fc.bias")
            QVERIFY(!tensor.isEqual && std::isnan(*tensor.largestChange));
}

void CompareTest::tensorsFollowTheirRenamedLayers()
{
    ModelPackage left;
    left.network = residual();
    left.weights = initialWeights(left.network, 1).value();
    ModelPackage right = left;
    QVERIFY(renameBlock(right.network, right.weights, "layer1", "stage"));
    const ModelDifference difference = compareModels(left, right);
    QCOMPARE(difference.tensors.size(), left.weights.size());
    for (const TensorDifference &tensor : difference.tensors)
        QVERIFY2(tensor.isEqual, tensor.leftName.c_str());
}

void CompareTest::emptyNetworksAreCompared()
{
    QVERIFY(compareNetworks({}, {}).empty());
    QCOMPARE(compareNetworks({}, residual()).layers.size(), residual().layers().size());
    QCOMPARE(compareNetworks(residual(), {}).layers.size(), residual().layers().size());
}

QTEST_GUILESS_MAIN(CompareTest)
#include "comparetest.moc"
