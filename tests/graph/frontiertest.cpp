#include <QTest>

#include "graph/frontier.h"

#include "architectures/architecture.h"
#include "graph/edits.h"
#include "nn/model.h"
#include "support/smallnetworks.h"

#include <cmath>

using namespace graft;
using namespace smallnetworks;

namespace {

std::vector<std::string> crossingNames(const Network &network)
{
    std::vector<std::string> names;
    for (const LayerId id : crossingLayers(network))
        names.push_back(network.find(id)->name);
    return names;
}

/// The digests of what crosses the frontier.
std::vector<Digest> crossingDigests(const Network &network, const StateDict &weights)
{
    const auto crossing = crossingLayers(network);
    const auto digests = layerDigests(network, weights, crossing).value();
    std::vector<Digest> result;
    for (const LayerId id : crossing)
        result.push_back(digests.at(id.value));
    return result;
}

Network frozenResidual()
{
    Network network = residual();
    [[maybe_unused]] const auto frozen = freeze(network, "all-but-head");
    return network;
}

/// The tensor with one value changed by a hair.
Tensor touched(const Tensor &tensor)
{
    std::vector<float> values = tensor.toFloats();
    values.back() = std::nextafter(values.back(), 10.0F);
    return Tensor::fromFloats(tensor.shape(), values);
}

} // namespace

class FrontierTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatCrossesIsWhatTheRestUses_data();
    void whatCrossesIsWhatTheRestUses();
    void auxiliaryHeadsThatTrainNeedTheirInputs();
    void anEarlierCutSuppliesALaterOne();
    void digestsFollowWhatDecidesTheOutput();
    void digestsIgnoreWhatDoesNot();
};

void FrontierTest::whatCrossesIsWhatTheRestUses_data()
{
    QTest::addColumn<QString>("freezing");
    QTest::addColumn<QStringList>("crossing");
    QTest::newRow("all but the head") << "all-but-head" << QStringList{"flatten"};
    QTest::newRow("a residual connection passes it") << "conv1,bn1,layer1.0.conv1" << QStringList{"relu", "layer1.0.conv1"};
    QTest::newRow("the stem") << "conv1" << QStringList{"conv1"};
    QTest::newRow("frozen behind what trains") << "layer1" << QStringList{};
    QTest::newRow("nothing") << "none" << QStringList{};
}

void FrontierTest::whatCrossesIsWhatTheRestUses()
{
    QFETCH(QString, freezing);
    QFETCH(QStringList, crossing);
    Network network = residual();
    QVERIFY(freeze(network, freezing.toStdString()));
    QStringList found;
    for (const std::string &name : crossingNames(network))
        found << QString::fromStdString(name);
    QCOMPARE(found, crossing);
}

void FrontierTest::auxiliaryHeadsThatTrainNeedTheirInputs()
{
    Network network = architectures().find("googlenet")->build(5);
    QVERIFY(freeze(network, "*"));
    for (const char *name : {"fc", "aux1.fc2"})
        network.find(network.find(std::string_view(name))->id)->frozen = false;
    const auto names = crossingNames(network);
    QCOMPARE(names.size(), std::size_t{2}); // before aux1.fc2, and before fc; aux2 is frozen and idle
    for (const LayerId id : crossingLayers(network))
        QVERIFY(!network.find(id)->name.starts_with("aux2"));
}

void FrontierTest::anEarlierCutSuppliesALaterOne()
{
    const Network network = residual();
    const auto id = [&](std::string_view name) { return network.find(name)->id; };
    QVERIFY(cutsOff(network, {id("relu")}, {id("flatten")}));
    QVERIFY(!cutsOff(network, {id("layer1.0.conv1")}, {id("flatten")})); // the residual connection passes it by
    QVERIFY(cutsOff(network, {id("layer1.0.conv1"), id("relu")}, {id("flatten")}));
    QVERIFY(!cutsOff(network, {id("flatten")}, {id("relu")}));
}

void FrontierTest::digestsFollowWhatDecidesTheOutput()
{
    const Network network = frozenResidual();
    const StateDict weights = initialWeights(network, 1).value();
    const auto before = crossingDigests(network, weights);
    QCOMPARE(before.size(), std::size_t{1});
    for (const char *name : {"conv1.weight", "bn1.running_var", "layer1.0.bn1.bias"}) {
        StateDict changed = weights;
        changed.set(name, touched(*weights.find(name)));
        QVERIFY2(crossingDigests(network, changed) != before, name);
    }
    Network attribute = network;
    attribute.find(attribute.find("layer1.0.bn1")->id)->attributes["eps"] = 1e-3;
    QVERIFY(crossingDigests(attribute, weights) != before);
    Network type = network;
    type.find(type.find("relu")->id)->type = "ReLU6";
    QVERIFY(crossingDigests(type, weights) != before);
    Network connection = network;
    connection.find(connection.find("layer1.0.add")->id)->inputs[1] = connection.find("layer1.0.conv1")->id;
    QVERIFY(crossingDigests(connection, weights) != before);
}

void FrontierTest::digestsIgnoreWhatDoesNot()
{
    const Network network = frozenResidual();
    const StateDict weights = initialWeights(network, 1).value();
    const auto before = crossingDigests(network, weights);
    StateDict head = weights;
    head.set("fc.weight", touched(*weights.find("fc.weight")));
    QCOMPARE(crossingDigests(network, head), before);
    Network said = network; // a default that is written out
    said.find(said.find("layer1.0.bn1")->id)->attributes["eps"] = 1e-5;
    QCOMPARE(crossingDigests(said, weights), before);
    Network renamed;
    StateDict renamedWeights;
    for (Layer layer : network.layers()) {
        layer.name = "x." + layer.name;
        layer.learningRateFactor = 2;
        renamed.add(layer);
    }
    for (const auto &[name, tensor] : weights.entries())
        renamedWeights.set("x." + name, tensor);
    QCOMPARE(crossingDigests(renamed, renamedWeights), before);
    Network longer = residual(3);
    QVERIFY(freeze(longer, "all-but-head"));
    StateDict longerWeights = initialWeights(longer, 1).value();
    for (const auto &[name, tensor] : weights.entries())
        if (!name.starts_with("fc"))
            longerWeights.set(name, tensor);
    QCOMPARE(crossingDigests(longer, longerWeights), before);
}

QTEST_GUILESS_MAIN(FrontierTest)
#include "frontiertest.moc"
