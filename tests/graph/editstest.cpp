#include "graph/edits.h"
#include "architectures/architecture.h"
#include "support/smallnetworks.h"

#include <QTest>

using namespace graft;
using namespace smallnetworks;

namespace {

QStringList frozenNames(const Network &network)
{
    QStringList names;
    for (const Layer &layer : network.layers())
        if (layer.frozen)
            names << QString::fromStdString(layer.name);
    return names;
}

QStringList names(const Network &network, const std::vector<LayerId> &layers)
{
    QStringList result;
    for (const LayerId id : layers)
        result << QString::fromStdString(network.find(id)->name);
    return result;
}

} // namespace

class EditsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void patternsNameLayersBlocksAndGlobs_data();
    void patternsNameLayersBlocksAndGlobs();
    void aPatternThatMatchesNothingNamesTheNearest();
    void freezingReplacesTheWholeState();
    void allButHeadLeavesTheClassifierAndItsDropout();
    void everythingBeforeALayerIsItsAncestors();
    void replacingALinearHeadKeepsTheRest();
    void replacingAConvolutionalHeadKeepsTheRest();
    void aTrunkWithoutHeadIsRefused();
    void everyArchitectureTakesANewHead();
    void oldHeadTensorsAreLeftOut();
    void removedLayersLeaveOtherIdsAlone();
};

void EditsTest::patternsNameLayersBlocksAndGlobs_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("layer") << "conv1" << QStringList{"conv1"};
    QTest::newRow("block") << "layer1" << QStringList{"layer1.0.conv1", "layer1.0.bn1", "layer1.0.add"};
    QTest::newRow("glob") << "*.bn?" << QStringList{"layer1.0.bn1"};
    QTest::newRow("star within") << "*conv*" << QStringList{"conv1", "layer1.0.conv1"};
    QTest::newRow("several") << "fc, bn1" << QStringList{"bn1", "fc"};
    QTest::newRow("question marks") << "??" << QStringList{"fc"};
}

void EditsTest::patternsNameLayersBlocksAndGlobs()
{
    QFETCH(QString, pattern);
    QFETCH(QStringList, expected);
    const Network network = residual();
    const auto result = matchLayers(network, pattern.toStdString());
    QVERIFY(result);
    QCOMPARE(names(network, *result), expected);
}

void EditsTest::aPatternThatMatchesNothingNamesTheNearest()
{
    for (const char *pattern : {"layer", "layer1.0.conv", "", "fc,,bn1", "*.nothing"}) {
        const auto result = matchLayers(residual(), pattern);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::SettingInvalid);
    }
    const auto result = matchLayers(residual(), "layer2");
    QCOMPARE(QString::fromStdString(result.error().message), QString("No layer or block is named 'layer2'; the nearest is 'layer1'."));
}

void EditsTest::freezingReplacesTheWholeState()
{
    Network network = residual();
    QVERIFY(freeze(network, "layer1.0"));
    QCOMPARE(frozenNames(network), (QStringList{"layer1.0.conv1", "layer1.0.bn1", "layer1.0.add"}));
    QVERIFY(freeze(network, "conv1"));
    QCOMPARE(frozenNames(network), QStringList{"conv1"});
    QVERIFY(!freeze(network, "nothing"));
    QCOMPARE(frozenNames(network), QStringList{"conv1"});
    QVERIFY(freeze(network, "none"));
    QVERIFY(frozenNames(network).isEmpty());
}

void EditsTest::allButHeadLeavesTheClassifierAndItsDropout()
{
    Network linearHead = residual();
    QVERIFY(freeze(linearHead, "all-but-head"));
    QVERIFY(!linearHead.find("fc")->frozen);
    QCOMPARE(frozenNames(linearHead).size(), static_cast<qsizetype>(linearHead.layers().size() - 1));
    Network head = convolutionalHead();
    QVERIFY(freeze(head, "all-but-head"));
    QCOMPARE(frozenNames(head), (QStringList{"input", "features.0"}));
}

void EditsTest::everythingBeforeALayerIsItsAncestors()
{
    const Network network = residual();
    QCOMPARE(names(network, ancestors(network, network.find("layer1.0.bn1")->id)),
        (QStringList{"input", "conv1", "bn1", "relu", "layer1.0.conv1"}));
    QVERIFY(ancestors(network, network.find("input")->id).empty());
}

void EditsTest::replacingALinearHeadKeepsTheRest()
{
    Network network = residual(1000);
    QVERIFY(freeze(network, "*"));
    Network expected = network;
    Layer *head = expected.find(expected.find("fc")->id);
    head->attributes["out_features"] = std::int64_t{2};
    head->frozen = false;
    QCOMPARE(classCount(network), std::int64_t{1000});
    QVERIFY(replaceHead(network, 2));
    QVERIFY(network == expected);
    QCOMPARE(classCount(network), std::int64_t{2});
    QCOMPARE(analyse(network)->layers.back().outputShape, Shape{2});
}

void EditsTest::replacingAConvolutionalHeadKeepsTheRest()
{
    Network network = convolutionalHead(1000);
    QVERIFY(replaceHead(network, 3));
    QCOMPARE(std::get<std::int64_t>(network.find("classifier.1")->attributes.at("out_channels")), std::int64_t{3});
    QCOMPARE(analyse(network)->layers.back().outputShape, Shape{3});
}

void EditsTest::aTrunkWithoutHeadIsRefused()
{
    Network network = residual();
    network.remove(network.output());
    QVERIFY(!classifierLayer(network).isValid());
    QCOMPARE(classCount(network), std::int64_t{0});
    QCOMPARE(replaceHead(network, 2).error().code, ErrorCode::NetworkInvalid);
    QCOMPARE(freeze(network, "all-but-head").error().code, ErrorCode::NetworkInvalid);
    Network withHead = residual();
    QCOMPARE(replaceHead(withHead, 0).error().code, ErrorCode::SettingInvalid);
}

void EditsTest::everyArchitectureTakesANewHead()
{
    for (const Architecture &architecture : architectures().all()) {
        Network network = architecture.build(architecture.publishedClasses);
        QCOMPARE(classCount(network), std::int64_t{architecture.publishedClasses});
        QVERIFY(replaceHead(network, 17));
        const auto analysis = analyse(network);
        QVERIFY2(analysis, architecture.name.c_str());
        QCOMPARE(analysis->find(network.output())->outputShape, Shape{17});
        QVERIFY(network == architecture.build(17));
    }
}

void EditsTest::oldHeadTensorsAreLeftOut()
{
    const std::vector<float> one = {1};
    StateDict weights;
    for (const char *name : {"fc.weight", "fc.bias", "fc2.weight", "layer1.fc.weight"})
        weights.set(name, Tensor::fromFloats({1}, one));
    const StateDict rest = withoutLayer(weights, "fc");
    QCOMPARE(rest.size(), std::size_t{2});
    QVERIFY(rest.contains("fc2.weight") && rest.contains("layer1.fc.weight"));
}

void EditsTest::removedLayersLeaveOtherIdsAlone()
{
    Network network = residual();
    const LayerId flatten = network.find("flatten")->id;
    network.remove(network.output());
    QCOMPARE(network.output(), flatten);
    const LayerId added = linear(network, "head", flatten, 8, 4);
    QVERIFY(analyse(network));
    QCOMPARE(network.find(added)->name, std::string("head"));
    QCOMPARE(network.consumers(flatten), std::vector<LayerId>{added});
}

QTEST_GUILESS_MAIN(EditsTest)
#include "editstest.moc"
