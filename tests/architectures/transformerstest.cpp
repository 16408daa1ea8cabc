#include "architectures/architecture.h"
#include "formats/format.h"
#include "graph/edits.h"
#include "nn/device.h"
#include "nn/model.h"
#include "nn/torchmodel.h"
#include "nn/torchversion.h"

#include <QTemporaryDir>
#include <QTest>
#include <set>
#include <torch/script.h>

using namespace graft;

namespace {

std::int64_t integer(std::int64_t value)
{
    return value;
}

/// A Vision Transformer of two blocks, with all that makes the large ones: a token and positions that come once for all pictures.
Network smallVisionTransformer()
{
    Network network;
    const auto token = [](std::int64_t count) { return Attributes{{"shape", Shape{1, count, 8}}, {"has_batch_dimension", true}}; };
    const LayerId input = network.add("input", "Input", {{"shape", Shape{3, 8, 8}}}, {});
    LayerId x = network.add("conv_proj", "Conv2d",
        {{"in_channels", integer(3)}, {"out_channels", integer(8)}, {"kernel_size", Shape{4, 4}}, {"stride", Shape{4, 4}}}, {input});
    x = network.add("reshape", "Reshape", {{"shape", Shape{8, 4}}}, {x});
    x = network.add("permute", "Permute", {{"dims", Shape{0, 2, 1}}}, {x});
    const LayerId classToken = network.add("class_token", "Parameter", token(1), {});
    x = network.add("cat", "Concatenate", {}, {classToken, x});
    const LayerId positions = network.add("encoder.pos_embedding", "Parameter", token(5), {});
    x = network.add("encoder.add", "Add", {}, {x, positions});
    for (const std::string block : {"encoder.layers.0", "encoder.layers.1"}) {
        const LayerId norm = network.add(block + ".ln", "LayerNorm", {{"normalized_shape", Shape{8}}}, {x});
        const LayerId attention
            = network.add(block + ".self_attention", "MultiheadAttention", {{"embed_dim", integer(8)}, {"num_heads", integer(2)}}, {norm});
        x = network.add(block + ".add", "Add", {}, {x, attention});
    }
    x = network.add("getitem", "Select", {}, {x});
    network.add("heads.head", "Linear", {{"in_features", integer(8)}, {"out_features", integer(3)}}, {x});
    return network;
}

Network smallSwinTransformer(const std::string &attention)
{
    Network network;
    const LayerId input = network.add("input", "Input", {{"shape", Shape{3, 14, 10}}}, {});
    LayerId x = network.add("features.0.0", "Conv2d",
        {{"in_channels", integer(3)}, {"out_channels", integer(8)}, {"kernel_size", Shape{2, 2}}, {"stride", Shape{2, 2}}}, {input});
    x = network.add("features.0.1", "Permute", {{"dims", Shape{0, 2, 3, 1}}}, {x});
    x = network.add("features.1.attn", attention,
        {{"dim", integer(8)}, {"num_heads", integer(2)}, {"window_size", Shape{3, 3}}, {"shift_size", Shape{1, 1}}}, {x});
    x = network.add("features.2.pad", "PatchMerge", {}, {x});
    x = network.add("norm", "LayerNorm", {{"normalized_shape", Shape{32}}}, {x});
    x = network.add("permute", "Permute", {{"dims", Shape{0, 3, 1, 2}}}, {x});
    x = network.add("avgpool", "AdaptiveAvgPool2d", {}, {x});
    x = network.add("flatten", "Flatten", {}, {x});
    network.add("head", "Linear", {{"in_features", integer(32)}, {"out_features", integer(3)}}, {x});
    return network;
}

/// Initial weights are small or alike in places; these are not.
StateDict wildWeights(const Network &network)
{
    at::manual_seed(7);
    StateDict weights;
    const auto expected = expectedTensors(network).value();
    for (const auto &[name, spec] : expected)
        weights.set(name, spec.initialisation == Initialisation::Values ? spec.values : fromTorch(at::randn(spec.shape)));
    return weights;
}

std::set<std::string> names(const std::vector<TorchModel::NamedTensor> &tensors, bool requiresGradient)
{
    std::set<std::string> result;
    for (const auto &entry : tensors)
        if (entry.tensor.requires_grad() == requiresGradient)
            result.insert(entry.name);
    return result;
}

} // namespace

class TransformersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { prepareThreads(); }
    void headsAreReplaced_data();
    void headsAreReplaced();
    void tablesThatAFileLeavesOutAreFilled();
    void theOlderNamesOfVisionTransformersAreKnown();
    void tokensLearnUnlessFrozen();
    void aConstantNeverLearns();
    void tracedFilesTakeAnyNumberOfPictures_data();
    void tracedFilesTakeAnyNumberOfPictures();
};

void TransformersTest::headsAreReplaced_data()
{
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<QString>("head");
    QTest::newRow("ConvNeXt") << "convnext_tiny"
                              << "classifier.2";
    QTest::newRow("ViT") << "vit_b_16"
                         << "heads.head";
    QTest::newRow("Swin") << "swin_t"
                          << "head";
    QTest::newRow("Swin V2") << "swin_v2_t"
                             << "head";
}

void TransformersTest::headsAreReplaced()
{
    QFETCH(QString, architecture);
    QFETCH(QString, head);
    Network network = architectures().find(architecture.toStdString())->build(1000);
    QCOMPARE(network.find(classifierLayer(network))->name, head.toStdString());
    QVERIFY(replaceHead(network, 5));
    QCOMPARE(classCount(network), 5);
    QVERIFY(freeze(network, "all-but-head"));
    const auto analysis = analyse(network);
    QVERIFY2(analysis, analysis ? "" : analysis.error().message.c_str());
    QCOMPARE(analysis->find(network.output())->outputShape, Shape{5});
    QCOMPARE(analysis->trainableParameters, analysis->find(classifierLayer(network))->parameters);
    const std::vector<bool> before = beforeFrontier(network);
    QCOMPARE(std::count(before.begin(), before.end(), false), 1);
}

void TransformersTest::tablesThatAFileLeavesOutAreFilled()
{
    const Network network = architectures().find("swin_v2_t")->build(10);
    StateDict tensors;
    std::size_t leftOut = 0;
    const auto expected = expectedTensors(network).value();
    for (const auto &[name, spec] : expected) {
        if (spec.initialisation == Initialisation::Values)
            ++leftOut;
        else
            tensors.set(name, Tensor::fromFloats(spec.shape, std::vector<float>(static_cast<std::size_t>(elementCount(spec.shape)))));
    }
    QCOMPARE(leftOut, std::size_t{24});
    const auto recognition = recognise(tensors, {});
    QVERIFY2(recognition, recognition ? "" : recognition.error().message.c_str());
    QCOMPARE(recognition->architecture->name, std::string("swin_v2_t"));
    const Tensor *index = recognition->weights.find("features.1.0.attn.relative_position_index");
    QVERIFY(index && index->type() == DType::Int64);
    // A window of 8 × 8: the first cell lies 0 from itself, which is the middle of 15 × 15 ways.
    QCOMPARE(index->toFloats().front(), 112.0F);
    QCOMPARE(index->shape(), Shape{4096});
}

void TransformersTest::theOlderNamesOfVisionTransformersAreKnown()
{
    const Network network = architectures().find("vit_b_32")->build(10);
    StateDict tensors;
    std::size_t renamed = 0;
    const auto zeros = std::make_shared<const std::vector<std::byte>>(std::size_t{4} * 3072 * 3072);
    const auto expected = expectedTensors(network).value();
    for (const auto &[name, spec] : expected) {
        QString older = QString::fromStdString(name);
        older.replace(".mlp.0.", ".mlp.linear_1.").replace(".mlp.3.", ".mlp.linear_2.");
        renamed += older.toStdString() == name ? 0 : 1;
        tensors.set(older.toStdString(), Tensor(DType::Float32, spec.shape, zeros));
    }
    QCOMPARE(renamed, std::size_t{48});
    const auto recognition = recognise(tensors, {});
    QVERIFY2(recognition, recognition ? "" : recognition.error().message.c_str());
    QCOMPARE(recognition->architecture->name, std::string("vit_b_32"));
    QCOMPARE(recognition->classes, 10);
}

void TransformersTest::tokensLearnUnlessFrozen()
{
    Network network = smallVisionTransformer();
    setFrozen(network, {network.find("encoder.pos_embedding")->id}, true);
    const auto model = TorchModel::create(network, wildWeights(network), Device());
    QVERIFY2(model, model ? "" : model.error().message.c_str());
    QCOMPARE(names(model->tensors(), false), std::set<std::string>{"encoder.pos_embedding"});
    at::Tensor loss;
    {
        const Autocast autocast(at::kCPU, true);
        loss = model->forward(at::randn({4, 3, 8, 8}), TorchModel::Mode::Training).to(at::kFloat).square().mean();
    }
    loss.backward();
    for (const auto &entry : model->tensors())
        if (entry.tensor.requires_grad())
            QVERIFY2(entry.tensor.grad().defined() && at::isfinite(entry.tensor.grad()).all().item<bool>(), entry.name.c_str());
}

void TransformersTest::aConstantNeverLearns()
{
    Network network;
    const LayerId input = network.add("input", "Input", {{"shape", Shape{3, 2, 2}}}, {});
    const LayerId mean = network.add("mean", "Parameter", {{"shape", Shape{3, 1, 1}}, {"trainable", false}, {"initial_value", 0.5}}, {});
    network.add("centred", "Subtract", {}, {input, mean});
    QCOMPARE(beforeFrontier(network), std::vector<bool>(3, true));
    QCOMPARE(analyse(network)->parameters, 0);
    const auto weights = initialWeights(network, 1);
    QCOMPARE(weights->find("mean")->toFloats(), std::vector<float>(3, 0.5F));
    const auto model = Model::create(network, *weights, Device());
    QCOMPARE(model->forward(Tensor::fromFloats({2, 3, 2, 2}, std::vector<float>(24, 2.0F)))->toFloats(), std::vector<float>(24, 1.5F));
}

void TransformersTest::tracedFilesTakeAnyNumberOfPictures_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("ViT") << 0;
    QTest::newRow("Swin") << 1;
    QTest::newRow("Swin V2") << 2;
}

void TransformersTest::tracedFilesTakeAnyNumberOfPictures()
{
    QFETCH(int, kind);
    ModelPackage package;
    package.network
        = kind == 0 ? smallVisionTransformer() : smallSwinTransformer(kind == 1 ? "ShiftedWindowAttention" : "ShiftedWindowAttentionV2");
    package.weights = wildWeights(package.network);
    const QTemporaryDir folder;
    const std::string path = folder.filePath("model.pt").toStdString();
    const auto written = writeModel(path, "torchscript", package);
    QVERIFY2(written, written ? "" : written.error().message.c_str());
    torch::jit::Module module = torch::jit::load(path);
    const auto model = TorchModel::create(package.network, package.weights, Device());
    for (const std::int64_t count : {1, 3, 2}) {
        Shape shape = package.network.inputShape();
        shape.insert(shape.begin(), count);
        const at::Tensor pictures = at::randn(shape);
        const at::Tensor expected = model->forward(pictures, TorchModel::Mode::Evaluation);
        QVERIFY(at::allclose(module.forward({pictures}).toTensor(), expected, 1e-4, 1e-5));
        // Each picture by itself gives the same.
        QVERIFY(at::allclose(model->forward(pictures.slice(0, 0, 1), TorchModel::Mode::Evaluation), expected.slice(0, 0, 1), 1e-4, 1e-5));
    }
}

QTEST_GUILESS_MAIN(TransformersTest)
#include "transformerstest.moc"
