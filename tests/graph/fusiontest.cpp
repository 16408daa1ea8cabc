#include "graph/fusion.h"
#include "support/smallnetworks.h"

#include <QTest>

using namespace graft;
using namespace smallnetworks;

namespace {

FusedNetwork fused(const Network &network, const std::vector<std::string> &wanted, const std::vector<std::string> &given = {"input"})
{
    const auto ids = [&](const std::vector<std::string> &names) {
        std::vector<LayerId> result;
        for (const std::string &name : names)
            result.push_back(network.find(name)->id);
        return result;
    };
    return fuse(network, analyse(network).value(), ids(wanted), ids(given));
}

/// "conv1+bn1+relu(input)", one for each step; what is added stands behind an ampersand.
QStringList written(const Network &network, const FusedNetwork &all)
{
    QStringList result;
    const auto name = [&](LayerId id) { return QString::fromStdString(network.find(id)->name); };
    for (const FusedStep &step : all.steps) {
        QString text = name(step.layer);
        for (const LayerId more : {step.normalization, step.activation})
            if (more.isValid())
                text += "+" + name(more);
        QStringList inputs;
        for (const LayerId input : step.inputs)
            inputs << name(input);
        text += "(" + inputs.join(",") + ")";
        if (step.added.isValid())
            text += "&" + name(step.added);
        result << text + "=" + name(step.result);
    }
    return result;
}

LayerId batchNorm(Network &network, const std::string &name, LayerId input, std::int64_t channels, const char *type = "BatchNorm2d")
{
    return network.add(name, type, {{"num_features", channels}}, {input});
}

} // namespace

class FusionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void residualNetworkBecomesItsProducts();
    void onlyWhatIsWantedRuns();
    void startsFromGivenLayers();
    void whatOthersReadStaysByItself();
    void wantedLayersStayByThemselves();
    void layersWithoutEffectHaveNoStep();
    void sumsThatWidenTheirTermsStay();
    void theLaterTermTakesTheSum();
    void batchNormOfPositionsIsNotFoldedIntoALinear();
};

void FusionTest::residualNetworkBecomesItsProducts()
{
    const Network network = residual();
    QCOMPARE(written(network, fused(network, {"fc"})),
        (QStringList{"conv1+bn1+relu(input)=relu", "layer1.0.conv1+layer1.0.bn1(relu)&relu=layer1.0.add", "avgpool(layer1.0.add)=avgpool",
            "flatten(avgpool)=flatten", "fc(flatten)=fc"}));
}

void FusionTest::onlyWhatIsWantedRuns()
{
    const Network network = residual();
    const FusedNetwork two = fused(network, {"layer1.0.add", "relu"});
    QCOMPARE(written(network, two), (QStringList{"conv1+bn1+relu(input)=relu", "layer1.0.conv1+layer1.0.bn1(relu)&relu=layer1.0.add"}));
    QVERIFY(two.outputs == (std::vector{network.find("layer1.0.add")->id, network.find("relu")->id}));
    QVERIFY(fused(network, {"input"}).steps.empty());
}

void FusionTest::startsFromGivenLayers()
{
    const Network network = residual();
    QCOMPARE(written(network, fused(network, {"avgpool"}, {"relu"})),
        (QStringList{"layer1.0.conv1+layer1.0.bn1(relu)&relu=layer1.0.add", "avgpool(layer1.0.add)=avgpool"}));
    QCOMPARE(written(network, fused(network, {"avgpool"}, {"relu", "layer1.0.bn1"})),
        (QStringList{"layer1.0.add(layer1.0.bn1,relu)=layer1.0.add", "avgpool(layer1.0.add)=avgpool"}));
    // Without the picture the stem cannot run: it shows as a step of the Input.
    QCOMPARE(written(network, fused(network, {"avgpool"}, {"layer1.0.bn1"})).front(), "input()=input");
}

void FusionTest::whatOthersReadStaysByItself()
{
    Network network;
    const auto input = network.add("input", "Input", {{"shape", Ints{3, 8, 8}}}, {});
    const auto first = convolution(network, "conv", input, 3, 4);
    const auto norm = batchNorm(network, "bn", first, 4);
    const auto relu = network.add("relu", "ReLU", {}, {norm});
    const auto sum = network.add("add", "Add", {}, {relu, first});
    network.add("tanh", "Tanh", {}, {sum});
    QCOMPARE(
        written(network, fused(network, {"tanh"})), (QStringList{"conv(input)=conv", "bn+relu(conv)=relu", "add+tanh(relu,conv)=tanh"}));
}

void FusionTest::wantedLayersStayByThemselves()
{
    const Network network = residual();
    QCOMPARE(written(network, fused(network, {"relu", "bn1", "conv1"})),
        (QStringList{"conv1(input)=conv1", "bn1(conv1)=bn1", "relu(bn1)=relu"}));
}

void FusionTest::layersWithoutEffectHaveNoStep()
{
    const Network network = convolutionalHead();
    const FusedNetwork all = fused(network, {"flatten", "classifier.0"});
    QCOMPARE(written(network, all),
        (QStringList{"features.0(input)=features.0", "classifier.1+classifier.2(features.0)=classifier.2",
            "classifier.3(classifier.2)=classifier.3", "flatten(classifier.3)=flatten"}));
    QVERIFY(all.outputs[1] == network.find("features.0")->id);
}

void FusionTest::sumsThatWidenTheirTermsStay()
{
    Network network;
    const auto input = network.add("input", "Input", {{"shape", Ints{3, 8, 8}}}, {});
    const auto wide = convolution(network, "wide", input, 3, 4);
    const auto pool = network.add("pool", "AdaptiveAvgPool2d", {}, {wide});
    const auto narrow = convolution(network, "narrow", pool, 4, 4, {1, 1});
    network.add("add", "Add", {}, {narrow, wide});
    QCOMPARE(written(network, fused(network, {"add"})).back(), "add(narrow,wide)=add");
}

void FusionTest::theLaterTermTakesTheSum()
{
    Network network;
    const auto input = network.add("input", "Input", {{"shape", Ints{3, 8, 8}}}, {});
    const auto first = convolution(network, "first", input, 3, 4);
    const auto second = convolution(network, "second", input, 3, 4);
    network.add("add", "Add", {}, {second, first});
    QCOMPARE(written(network, fused(network, {"add"})), (QStringList{"first(input)=first", "second(input)&first=add"}));
    Network doubled;
    const auto again = doubled.add("input", "Input", {{"shape", Ints{3, 8, 8}}}, {});
    const auto only = convolution(doubled, "only", again, 3, 4);
    doubled.add("add", "Add", {}, {only, only});
    QCOMPARE(written(doubled, fused(doubled, {"add"})), (QStringList{"only(input)=only", "add(only,only)=add"}));
}

void FusionTest::batchNormOfPositionsIsNotFoldedIntoALinear()
{
    Network rows;
    const auto input = rows.add("input", "Input", {{"shape", Ints{6}}}, {});
    batchNorm(rows, "bn", linear(rows, "fc", input, 6, 5), 5, "BatchNorm1d");
    QCOMPARE(written(rows, fused(rows, {"bn"})), (QStringList{"fc+bn(input)=bn"}));
    Network positions;
    const auto wide = positions.add("input", "Input", {{"shape", Ints{5, 6}}}, {});
    batchNorm(positions, "bn", linear(positions, "fc", wide, 6, 5), 5, "BatchNorm1d");
    QCOMPARE(written(positions, fused(positions, {"bn"})), (QStringList{"fc(input)=fc", "bn(fc)=bn"}));
}

QTEST_GUILESS_MAIN(FusionTest)
#include "fusiontest.moc"
