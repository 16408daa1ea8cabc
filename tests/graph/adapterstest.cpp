#include "graph/adapters.h"
#include "architectures/architecture.h"
#include "formats/safetensors.h"
#include "graph/edits.h"
#include "graph/heads.h"
#include "graph/overview.h"
#include "nn/model.h"
#include "support/smallnetworks.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace graft;
using namespace smallnetworks;

namespace {

Tensor noise(Shape shape, int seed)
{
    std::vector<float> values(static_cast<std::size_t>(elementCount(shape)));
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = std::sin(static_cast<float>(i) * 0.37F + static_cast<float>(seed));
    return Tensor::fromFloats(std::move(shape), values);
}

std::vector<float> answers(const Network &network, const StateDict &weights)
{
    Shape shape = network.inputShape();
    shape.insert(shape.begin(), 2);
    const auto model = Model::create(network, weights, {});
    if (!model)
        qFatal("%s", model.error().message.c_str());
    return model->forward(noise(shape, 1)).value().toFloats();
}

double largestDifference(const std::vector<float> &a, const std::vector<float> &b)
{
    double largest = a.size() == b.size() ? 0 : INFINITY;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(a[i]) - b[i]));
    return largest;
}

std::vector<LayerId> everything(const Network &network)
{
    std::vector<LayerId> all;
    for (const Layer &layer : network.layers())
        all.push_back(layer.id);
    return all;
}

/// Branches that do something: what training would leave behind.
void stir(const Network &network, StateDict &weights)
{
    int seed = 0;
    for (const Layer &layer : network.layers())
        if (layer.name.ends_with("_lora_b"))
            weights.set(layer.name + ".weight", noise(weights.find(layer.name + ".weight")->shape(), ++seed));
}

} // namespace

class AdaptersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNewBranchLeavesTheAnswers();
    void mergingGivesTheSameAnswersWithoutTheBranches();
    void mergingIsTheMatrixProductOfItsDefinition();
    void pythonsTorchAgrees();
    void theClassifierAndDepthwiseConvolutionsAreLeftOut();
    void bottlenecksLeaveTheAnswersAndAreTrained();
    void whatCannotBeAdaptedIsRefused();
    void adaptersAreNotAdaptedAgain();
    void aBranchWithAnotherWindowIsNotMerged();
    void everyArchitectureTakesAdapters();
    void allButTheHeadLeavesAdaptersToTrain();
};

void AdaptersTest::aNewBranchLeavesTheAnswers()
{
    Network network = residual();
    StateDict weights = initialWeights(network, 3).value();
    const auto before = answers(network, weights);
    const auto adapted = addLora(network, weights, everything(network), {.rank = 4, .alpha = 8});
    QVERIFY(adapted.has_value());
    QCOMPARE(adapted->size(), std::size_t{2});
    weights = preparedWeights(network, weights, 3).value();
    QVERIFY(largestDifference(answers(network, weights), before) < 1e-5); // BatchNorm is folded where it was not, or the other way round
    QVERIFY(network.find("conv1")->frozen);
    QVERIFY(!network.find("conv1_lora_a")->frozen);
    QVERIFY(hasLora(network));
}

void AdaptersTest::mergingGivesTheSameAnswersWithoutTheBranches()
{
    const Network original = residual();
    Network network = original;
    StateDict weights = initialWeights(network, 3).value();
    addLora(network, weights, everything(network), {.rank = 4, .alpha = 8}).value();
    weights = preparedWeights(network, weights, 3).value();
    const auto plain = answers(network, weights);
    stir(network, weights);
    const auto trained = answers(network, weights);
    QVERIFY(largestDifference(plain, trained) > 1e-3);
    QCOMPARE(mergeAdapters(network, weights).value(), 2);
    QCOMPARE(network.layers().size(), original.layers().size());
    QVERIFY(!hasLora(network));
    QVERIFY2(largestDifference(answers(network, weights), trained) < 1e-5,
        qPrintable(QString::number(largestDifference(answers(network, weights), trained))));
    QCOMPARE(mergeAdapters(network, weights).value(), 0);
}

void AdaptersTest::mergingIsTheMatrixProductOfItsDefinition()
{
    Network network;
    const LayerId input = network.add("input", "Input", {{"shape", Ints{3, 1, 1}}}, {});
    const LayerId flat = network.add("flatten", "Flatten", {}, {input});
    const LayerId hidden = linear(network, "hidden", flat, 3, 2);
    linear(network, "fc", hidden, 2, 2);
    StateDict weights = initialWeights(network, 1).value();
    addLora(network, weights, {hidden}, {.rank = 1, .alpha = 0.5}).value();
    weights.set("hidden.weight", Tensor::fromFloats({2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6}));
    weights.set("hidden_lora_a.weight", Tensor::fromFloats({1, 3}, std::vector<float>{1, 0, 2}));
    weights.set("hidden_lora_b.weight", Tensor::fromFloats({2, 1}, std::vector<float>{10, 20}));
    QCOMPARE(mergeAdapters(network, weights).value(), 1);
    // W + alpha / rank × B · A
    QVERIFY(weights.find("hidden.weight")->toFloats() == (std::vector<float>{6, 2, 13, 14, 5, 26}));
}

void AdaptersTest::pythonsTorchAgrees()
{
    Network network = residual();
    const LayerId flat = network.find("flatten")->id;
    const LayerId hidden = linear(network, "hidden", flat, 8, 6);
    linear(network, "head", hidden, 6, 3);
    network.remove(network.find("fc")->id);
    StateDict weights = initialWeights(network, 5).value();
    addLora(network, weights, {hidden, network.find("layer1.0.conv1")->id}, {.rank = 3, .alpha = 6}).value();
    weights = preparedWeights(network, weights, 5).value();
    stir(network, weights);
    const StateDict before = weights;
    mergeAdapters(network, weights).value();
    const QTemporaryDir folder;
    StateDict all;
    for (const char *name : {"hidden.weight", "layer1.0.conv1.weight"}) {
        all.set(std::string("merged.") + name, *weights.find(name));
        all.set(std::string("base.") + name, *before.find(name));
    }
    for (const char *name : {"hidden", "layer1.0.conv1"})
        for (const char *part : {"_lora_a.weight", "_lora_b.weight"})
            all.set(std::string(name) + part, *before.find(std::string(name) + part));
    QVERIFY(writeSafetensors(folder.filePath("t.safetensors").toStdString(), {.tensors = all, .metadata = {}}));
    QFile script(folder.filePath("check.py"));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write(R"(
import json, struct, sys
import numpy, torch
from torch.nn import functional
data = open(sys.argv[1], "rb").read()
size = struct.unpack("<Q", data[:8])[0]
header = json.loads(data[8:8 + size])
def tensor(name):
    entry = header[name]
    begin, end = entry["data_offsets"]
    return torch.from_numpy(numpy.frombuffer(data[8 + size + begin:8 + size + end], "float32").copy()).reshape(entry["shape"])
torch.manual_seed(1)
x = torch.randn(4, 8)
scale = 6 / 3
base, a, b = tensor("base.hidden.weight"), tensor("hidden_lora_a.weight"), tensor("hidden_lora_b.weight")
expected = functional.linear(x, base) + scale * functional.linear(functional.linear(x, a), b)
first = (functional.linear(x, tensor("merged.hidden.weight")) - expected).abs().max().item()
x = torch.randn(2, 8, 9, 9)
base, a, b = (tensor(n) for n in ("base.layer1.0.conv1.weight", "layer1.0.conv1_lora_a.weight", "layer1.0.conv1_lora_b.weight"))
expected = functional.conv2d(x, base, padding=1) + scale * functional.conv2d(functional.conv2d(x, a, padding=1), b)
second = (functional.conv2d(x, tensor("merged.layer1.0.conv1.weight"), padding=1) - expected).abs().max().item()
print(max(first, second))
)");
    script.close();
    QProcess python;
    python.start(GRAFT_PYTHON, {script.fileName(), folder.filePath("t.safetensors")});
    QVERIFY(python.waitForFinished(60'000));
    const QByteArray output = python.readAllStandardOutput().trimmed();
    if (output.isEmpty() && python.readAllStandardError().contains("No module named"))
        QSKIP("Python has no torch");
    QVERIFY2(!output.isEmpty() && output.toDouble() < 1e-4, output.constData());
}

void AdaptersTest::theClassifierAndDepthwiseConvolutionsAreLeftOut()
{
    Network network = architectures().find("mobilenet_v2")->build(4);
    StateDict none;
    const auto adapted = addLora(network, none, everything(network), {}).value();
    for (const LayerId id : adapted) {
        const Layer &layer = *network.find(id);
        QVERIFY(layer.type != "Conv2d" || intAttribute(layer, "groups") == 1);
        QVERIFY(id != classifierLayer(network));
    }
    QVERIFY(adapted.size() > 20);
    QVERIFY(problems(network).empty());
    QVERIFY(!network.find(classifierLayer(network))->frozen);
}

void AdaptersTest::bottlenecksLeaveTheAnswersAndAreTrained()
{
    Network network = residual();
    StateDict weights = initialWeights(network, 3).value();
    const auto before = answers(network, weights);
    addBottlenecks(network, weights, everything(network), 4).value();
    weights = preparedWeights(network, weights, 3).value();
    QVERIFY(largestDifference(answers(network, weights), before) < 1e-5); // BatchNorm is folded where it was not, or the other way round
    QVERIFY(!network.find("conv1_adapter_down")->frozen);
    QCOMPARE(mergeAdapters(network, weights).value(), 0);
}

void AdaptersTest::whatCannotBeAdaptedIsRefused()
{
    Network network = residual();
    const Network before = network;
    StateDict weights;
    QVERIFY(!addLora(network, weights, {network.find("relu")->id, network.find("fc")->id}, {}));
    QVERIFY(!addLora(network, weights, everything(network), {.rank = 0}));
    QVERIFY(!addLora(network, weights, everything(network), {.rank = 4, .alpha = NAN}));
    QVERIFY(!addBottlenecks(network, weights, everything(network), -1));
    QVERIFY(network == before);
    addLora(network, weights, everything(network), {}).value();
    QVERIFY(!addLora(network, weights, everything(before), {}));
}

void AdaptersTest::everyArchitectureTakesAdapters()
{
    for (const Architecture &architecture : architectures().all()) {
        Network network = architecture.build(3);
        const Network before = network;
        StateDict weights;
        if (!addLora(network, weights, everything(network), {.rank = 2}))
            continue; // nothing but grouped convolutions and attention
        QVERIFY2(problems(network).empty(), architecture.name.c_str());
        QVERIFY2(check(network).has_value(), architecture.name.c_str());
        QCOMPARE(classCount(network), std::int64_t{3});
    }
}

void AdaptersTest::allButTheHeadLeavesAdaptersToTrain()
{
    Network network = residual();
    StateDict weights;
    addLora(network, weights, {network.find("conv1")->id}, {}).value();
    addBottlenecks(network, weights, {network.find("layer1.0.conv1")->id}, 2).value();
    QVERIFY(freeze(network, "all-but-head"));
    QStringList trained;
    for (const Layer &layer : network.layers())
        if (!layer.frozen)
            trained << QString::fromStdString(layer.name);
    QCOMPARE(trained, (QStringList{"conv1_lora_a", "conv1_lora_b", "layer1.0.conv1_adapter_down", "layer1.0.conv1_adapter_up", "fc"}));
}

void AdaptersTest::adaptersAreNotAdaptedAgain()
{
    Network network = residual();
    StateDict weights = initialWeights(network, 3).value();
    addLora(network, weights, everything(network), {.rank = 4, .alpha = 8}).value();
    const std::size_t before = network.layers().size();
    QVERIFY(!addLora(network, weights, everything(network), {.rank = 4, .alpha = 8}).has_value());
    QCOMPARE(network.layers().size(), before);
}

void AdaptersTest::aBranchWithAnotherWindowIsNotMerged()
{
    Network network = residual();
    StateDict weights = initialWeights(network, 3).value();
    const LayerId base = network.find("layer1.0.conv1")->id;
    addLora(network, weights, {base}, {.rank = 4, .alpha = 8}).value();
    QVERIFY(hasLora(network));
    network.find(base)->attributes["dilation"] = std::vector<std::int64_t>{2, 2};
    network.find(base)->attributes["padding"] = std::vector<std::int64_t>{2, 2};
    QVERIFY(!hasLora(network));
}

QTEST_GUILESS_MAIN(AdaptersTest)
#include "adapterstest.moc"
