#include "formats/support/graphimport.h"

#include "graph/analysis.h"
#include "nn/torchmodel.h"

#include <QTest>

using namespace graft;

namespace {

Tensor ones(const Shape &shape)
{
    return Tensor::fromFloats(shape, std::vector<float>(static_cast<std::size_t>(elementCount(shape)), 1.0F));
}

Attributes linear(std::int64_t inputs, std::int64_t outputs)
{
    return {{"in_features", inputs}, {"out_features", outputs}, {"bias", false}};
}

} // namespace

class GraphImportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scopesBecomeBlocksAndNamesStayUnique();
    void attributesWithTheirDefaultAreLeftOut();
    void tensorsThatDoNotFitAreRefused();
    void layersThatLeadNowhereGo();
    void aStepWithoutALayerIsSeenAndNamedAndNotRun();
    void sharedBytesStayTiedInTraining();
};

void GraphImportTest::scopesBecomeBlocksAndNamesStayUnique()
{
    GraphImport import("pictures", {3, 8, 8});
    const auto first = import.add("/layer1/layer1.0//relu/", "ReLU", {}, {import.input()});
    const auto second = import.add("layer1.layer1.0.relu", "ReLU", {}, {first.value()});
    QCOMPARE(import.network().find(*first)->name, "layer1.layer1.0.relu");
    QCOMPARE(import.network().find(second.value())->name, "layer1.layer1.0.relu_1");
    QCOMPARE(import.shape(*second).value(), (Shape{3, 8, 8}));
}

void GraphImportTest::attributesWithTheirDefaultAreLeftOut()
{
    GraphImport import("input", {3, 8, 8});
    const auto pool = import.add("pool", "MaxPool2d",
        {{"kernel_size", Shape{2, 2}}, {"stride", Shape{2, 2}}, {"padding", Shape{0, 0}}, {"ceil_mode", false}}, {import.input()});
    QVERIFY(pool);
    QVERIFY(!import.network().find(*pool)->attributes.contains("padding"));
    QVERIFY(!import.network().find(*pool)->attributes.contains("ceil_mode"));
}

void GraphImportTest::tensorsThatDoNotFitAreRefused()
{
    GraphImport import("input", {4});
    const auto refused = [&](const GraphImport::NamedTensors &tensors) {
        const auto layer = import.add("fc", "Linear", linear(4, 2), {import.input()}, tensors);
        return !layer && layer.error().code == ErrorCode::WeightsMismatch;
    };
    QVERIFY(refused({}));
    QVERIFY(refused({{"weight", ones({4, 2})}}));
    QVERIFY(refused({{"weight", ones({2, 4})}, {"scale", ones({2})}}));
    QCOMPARE(import.network().layers().size(), std::size_t{1});
}

void GraphImportTest::layersThatLeadNowhereGo()
{
    GraphImport import("input", {4});
    const auto kept = import.add("kept", "Linear", linear(4, 2), {import.input()}, {{"weight", ones({2, 4})}});
    const auto dropped = import.add("dropped", "Linear", linear(2, 3), {kept.value()}, {{"weight", ones({3, 2})}});
    QVERIFY(dropped);
    const FileContents contents = std::move(import).finish(*kept);
    QCOMPARE(contents.network->layers().size(), std::size_t{2});
    QVERIFY(contents.tensors.contains("kept.weight"));
    QVERIFY(!contents.tensors.contains("dropped.weight"));
    QVERIFY(contents.remarks.empty());
}

void GraphImportTest::aStepWithoutALayerIsSeenAndNamedAndNotRun()
{
    GraphImport import("input", {4});
    const LayerId known = import.addOpaque("strange", "Einsum", {import.input()}, "", Shape{4});
    const LayerId unknown = import.addOpaque("stranger", "NonZero", {known}, "", std::nullopt);
    const auto behind = import.add("relu", "ReLU", {}, {unknown});
    QVERIFY(behind && !import.shape(*behind));
    const FileContents contents = std::move(import).finish(*behind);
    QCOMPARE(contents.remarks.size(), std::size_t{1});
    for (const char *word : {"2 steps", "Einsum", "NonZero", "`strange`", "`stranger`"})
        QVERIFY2(contents.remarks.front().find(word) != std::string::npos, contents.remarks.front().c_str());
    QCOMPARE(problems(*contents.network).size(), std::size_t{2});
    const auto model = TorchModel::create(*contents.network, contents.tensors, {});
    QVERIFY(!model);
    for (const char *word : {"`strange`", "`stranger`"})
        QVERIFY2(model.error().message.find(word) != std::string::npos, model.error().message.c_str());
}

void GraphImportTest::sharedBytesStayTiedInTraining()
{
    GraphImport import("input", {3});
    const Tensor shared = ones({3, 3});
    const auto first = import.add("first", "Linear", linear(3, 3), {import.input()}, {{"weight", shared}});
    const auto second = import.add("second", "Linear", linear(3, 3), {first.value()}, {{"weight", shared}});
    const FileContents contents = std::move(import).finish(second.value());
    QCOMPARE(contents.network->tiedTensors.at("second.weight"), "first.weight");
    QCOMPARE(analyse(*contents.network)->parameters, std::int64_t{9});
    const auto model = TorchModel::create(*contents.network, contents.tensors, {});
    QVERIFY(model);
    // Σ W(Wx) for ones: each use of W adds 3 to every element of its gradient.
    model->forward(at::ones({1, 3}), TorchModel::Mode::Training).sum().backward();
    QVERIFY(model->tensors()[0].tensor.is_same(model->tensors()[1].tensor));
    QVERIFY(at::equal(model->tensors()[0].tensor.grad(), at::full({3, 3}, 6.0)));
}

QTEST_GUILESS_MAIN(GraphImportTest)
#include "graphimporttest.moc"
