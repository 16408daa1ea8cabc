#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "core/files.h"
#include "layers/layercall.h"
#include "nn/device.h"

#include <nlohmann/json.hpp>
#include <set>

using namespace graft;
using Json = nlohmann::ordered_json;
using Ints = std::vector<std::int64_t>;

namespace {

struct Case {
    std::string type;
    Attributes attributes;
    std::vector<Shape> inputs; ///< without the batch dimension
    bool training = false;
};

std::int64_t integer(std::int64_t value)
{
    return value;
}

std::vector<Case> plainCases()
{
    return {
        {"Input", {{"shape", Ints{3, 5, 4}}}, {{3, 5, 4}}},
        {"Linear", {{"in_features", integer(7)}, {"out_features", integer(4)}}, {{7}}},
        {"Linear", {{"in_features", integer(7)}, {"out_features", integer(4)}, {"bias", false}}, {{3, 7}}},
        {"BatchNorm2d", {{"num_features", integer(6)}}, {{6, 5, 4}}},
        {"BatchNorm2d", {{"num_features", integer(6)}, {"eps", 1e-3}, {"momentum", 0.01}}, {{6, 5, 4}}, true},
        {"ReLU", {}, {{4, 6, 5}}},
        {"ReLU6", {}, {{4, 6, 5}}},
        {"Hardswish", {}, {{4, 6, 5}}},
        {"Hardsigmoid", {}, {{4, 6, 5}}},
        {"Sigmoid", {}, {{4, 6, 5}}},
        {"SiLU", {}, {{4, 6, 5}}},
        {"Softmax", {}, {{9}}},
        {"Softmax", {}, {{5, 3, 2}}},
        {"Flatten", {}, {{4, 3, 2}}},
        {"Dropout", {{"p", 0.3}}, {{4, 3, 2}}},
        {"Add", {}, {{4, 6, 5}, {4, 6, 5}}},
        {"Multiply", {}, {{4, 1, 1}, {4, 6, 5}}},
        {"Multiply", {}, {{4, 6, 5}, {4, 1, 1}}},
        {"Concatenate", {}, {{4, 6, 5}, {1, 6, 5}, {3, 6, 5}}},
        {"ShortcutPad", {{"out_channels", integer(8)}, {"stride", integer(2)}}, {{4, 6, 5}}},
        {"ShortcutPad", {{"out_channels", integer(4)}, {"stride", integer(3)}}, {{4, 7, 8}}},
        {"AdaptiveAvgPool2d", {}, {{4, 6, 5}}},
        {"AdaptiveAvgPool2d", {{"output_size", Ints{3, 7}}}, {{4, 6, 5}}},
    };
}

std::vector<Case> windowCases()
{
    const auto convolution = [](std::int64_t in, std::int64_t out, Ints kernel, Attributes more, Shape input) {
        more.insert({{"in_channels", in}, {"out_channels", out}, {"kernel_size", std::move(kernel)}});
        return Case{"Conv2d", more, {std::move(input)}};
    };
    std::vector<Case> all = {
        convolution(3, 8, {3, 3}, {}, {3, 9, 7}),
        convolution(3, 8, {7, 7}, {{"stride", Ints{2, 2}}, {"padding", Ints{3, 3}}, {"bias", false}}, {3, 15, 14}),
        convolution(6, 9, {3, 2}, {{"groups", integer(3)}, {"padding", Ints{1, 0}}}, {6, 8, 7}),
        convolution(6, 6, {5, 5}, {{"groups", integer(6)}, {"padding", Ints{2, 2}}, {"stride", Ints{2, 1}}}, {6, 8, 7}),
        convolution(4, 5, {3, 3}, {{"dilation", Ints{2, 3}}, {"padding", Ints{2, 1}}}, {4, 9, 12}),
        convolution(4, 8, {3, 3}, {{"dilation", Ints{2, 2}}, {"groups", integer(2)}, {"stride", Ints{3, 2}}}, {4, 11, 12}),
        convolution(8, 3, {1, 1}, {}, {8, 1, 1}),
    };
    // Sizes where rounding up and down differ, and where a last window would start in the padding.
    for (const char *type : {"MaxPool2d", "AvgPool2d"})
        for (const bool ceil : {false, true})
            for (const std::int64_t size : {5, 6, 7, 8, 9})
                for (const std::int64_t padding : {0, 1})
                    all.push_back({type,
                        {{"kernel_size", Ints{3, 2}}, {"stride", Ints{2, 3}}, {"padding", Ints{padding, padding}}, {"ceil_mode", ceil}},
                        {{2, size, size + 1}}});
    return all;
}

Json toJson(const at::Tensor &tensor)
{
    const at::Tensor values = tensor.to(at::kFloat).contiguous();
    const auto *data = values.data_ptr<float>();
    return {{"shape", values.sizes().vec()}, {"data", std::vector<float>(data, data + values.numel())}};
}

/// Running variances must be positive; everything else may be anything.
at::Tensor randomTensor(const TensorSpec &spec)
{
    if (spec.type == DType::Int64)
        return at::full(spec.shape, 41, at::kLong);
    return spec.name == "running_var" ? at::rand(spec.shape) + 0.5 : at::randn(spec.shape);
}

/// Runs a case with random numbers and describes it for the oracle. `outputShape` is what shape inference says.
Json run(const Case &test, Shape &outputShape, at::Tensor &output)
{
    const LayerType &type = *layerTypes().find(test.type);
    Layer layer;
    layer.name = "layer";
    layer.type = test.type;
    layer.attributes = test.attributes;
    const std::vector<std::string> names(test.inputs.size(), "before");
    outputShape = type.outputShape(layer, test.inputs, names).value();
    Json json = {{"type", test.type}, {"training", test.training}, {"inputs", Json::array()}};
    json["attributes"] = json["tensors"] = json["tensorsAfter"] = Json::object();
    for (const auto &[name, value] : test.attributes)
        std::visit([&, &key = name](const auto &plain) { json["attributes"][key] = plain; }, value);
    std::vector<at::Tensor> inputs, tensors;
    for (Shape shape : test.inputs) {
        shape.insert(shape.begin(), 3);
        const at::Tensor input = at::randn(shape) * 3;
        json["inputs"].push_back(toJson(input));
        inputs.push_back(input.dim() == 4 ? input.contiguous(at::MemoryFormat::ChannelsLast) : input);
    }
    const auto specs = type.tensors ? type.tensors(layer, test.inputs) : std::vector<TensorSpec>();
    for (const TensorSpec &spec : specs) {
        tensors.push_back(randomTensor(spec));
        json["tensors"][spec.name] = toJson(tensors.back());
    }
    output = type.forward({layer, inputs, tensors, test.training});
    json["output"] = toJson(output);
    for (std::size_t index = 0; index < specs.size(); ++index)
        json["tensorsAfter"][specs[index].name] = toJson(tensors[index]);
    return json;
}

} // namespace

class LayersAgainstPythonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyLayerTypeHasACase();
    void shapeInferenceSaysWhatComesOut();
    void outputsAndStatisticsAreThoseOfPythonsTorch();

private:
    std::vector<Case> m_cases;
};

void LayersAgainstPythonTest::initTestCase()
{
    at::manual_seed(1);
    m_cases = plainCases();
    for (Case &test : windowCases())
        m_cases.push_back(std::move(test));
}

void LayersAgainstPythonTest::everyLayerTypeHasACase()
{
    std::set<std::string> covered;
    for (const Case &test : m_cases)
        covered.insert(test.type);
    for (const LayerType &type : layerTypes().all())
        QVERIFY2(covered.contains(type.name), type.name.c_str());
}

void LayersAgainstPythonTest::shapeInferenceSaysWhatComesOut()
{
    for (const Case &test : m_cases) {
        Shape expected;
        at::Tensor output;
        run(test, expected, output);
        expected.insert(expected.begin(), 3);
        QVERIFY2(output.sizes() == at::IntArrayRef(expected), (test.type + ": " + describe(expected)).c_str());
    }
}

void LayersAgainstPythonTest::outputsAndStatisticsAreThoseOfPythonsTorch()
{
    QProcess python;
    python.start(GRAFT_PYTHON, {"-c", "import torch"});
    if (!python.waitForFinished(60'000) || python.exitCode() != 0)
        QSKIP("Python's torch is not installed");
    Json cases = Json::array();
    for (const Case &test : m_cases) {
        Shape shape;
        at::Tensor output;
        cases.push_back(run(test, shape, output));
    }
    const QTemporaryDir folder;
    const std::string path = folder.filePath("cases.json").toStdString();
    QVERIFY(writeText(path, cases.dump()));
    python.start(GRAFT_PYTHON, {GRAFT_SOURCE_DIR "/tests/layers/layeroracle.py", QString::fromStdString(path)});
    QVERIFY(python.waitForFinished(60'000));
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    const QList<QByteArray> lines = python.readAllStandardOutput().trimmed().split('\n');
    QCOMPARE(lines.size(), static_cast<qsizetype>(m_cases.size()));
    for (qsizetype index = 0; index < lines.size(); ++index) {
        const QList<QByteArray> differences = lines[index].split(' ');
        const std::string label = m_cases[static_cast<std::size_t>(index)].type + " differs by " + lines[index].toStdString();
        QVERIFY2(differences[0].toDouble() <= 1e-5 && differences[1].toDouble() <= 1e-5, label.c_str());
    }
}

QTEST_GUILESS_MAIN(LayersAgainstPythonTest)
#include "layersagainstpythontest.moc"
