#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "core/files.h"
#include "layercases.h"
#include "nn/device.h"

#include <nlohmann/json.hpp>
#include <set>

using namespace graft;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::int64_t Batch = 3;

Json toJson(const at::Tensor &tensor)
{
    const at::Tensor values = tensor.detach().to(at::kFloat).contiguous();
    const auto *data = values.data_ptr<float>();
    return {{"shape", values.sizes().vec()}, {"data", std::vector<float>(data, data + values.numel())}};
}

/// What both sides take as the loss's slope for each output, so that gradients can be compared.
at::Tensor slopes(const at::Tensor &output)
{
    return at::cos(at::arange(output.numel(), at::kFloat)).reshape(output.sizes());
}

/// Runs a case with random numbers and describes it for the oracle.
Json run(const Case &test)
{
    cases::Prepared prepared = cases::prepare(test, Batch);
    Json json = {{"type", test.type}, {"training", test.training}};
    for (const char *list : {"inputs", "inputGradients"})
        json[list] = Json::array();
    for (const char *table : {"attributes", "tensors", "tensorsAfter", "tensorGradients"})
        json[table] = Json::object();
    for (const auto &[name, value] : test.attributes)
        std::visit([&, &key = name](const auto &plain) { json["attributes"][key] = plain; }, value);
    for (at::Tensor &input : prepared.inputs) {
        input.requires_grad_();
        json["inputs"].push_back(toJson(input));
    }
    for (std::size_t index = 0; index < prepared.specs.size(); ++index)
        json["tensors"][prepared.specs[index].name] = toJson(prepared.tensors[index]);
    const at::Tensor output = prepared.run(test.training);
    json["output"] = toJson(output);
    if (output.requires_grad())
        (output * slopes(output)).sum().backward();
    for (const at::Tensor &input : prepared.inputs)
        json["inputGradients"].push_back(toJson(input.grad()));
    for (std::size_t index = 0; index < prepared.specs.size(); ++index) {
        json["tensorsAfter"][prepared.specs[index].name] = toJson(prepared.tensors[index]);
        if (!prepared.specs[index].isBuffer)
            json["tensorGradients"][prepared.specs[index].name] = toJson(prepared.tensors[index].grad());
    }
    return json;
}

} // namespace

class LayersAgainstPythonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::manual_seed(1); }
    void everyLayerTypeHasACase();
    void shapeInferenceSaysWhatComesOut();
    void outputsGradientsAndStatisticsAreThoseOfPythonsTorch();
};

void LayersAgainstPythonTest::everyLayerTypeHasACase()
{
    std::set<std::string> covered;
    for (const Case &test : cases::all())
        covered.insert(test.type);
    for (const LayerType &type : layerTypes().all())
        QVERIFY2(!type.forward || covered.contains(type.name), type.name.c_str());
}

void LayersAgainstPythonTest::shapeInferenceSaysWhatComesOut()
{
    for (const Case &test : cases::all()) {
        const cases::Prepared prepared = cases::prepare(test, Batch);
        const auto expected = prepared.type->outputShape(prepared.layer, test.inputs, prepared.inputNames);
        QVERIFY2(expected, expected ? "" : expected.error().message.c_str());
        const auto valid = test.inputs.empty() ? validate(prepared.layer) : Result<void>();
        QVERIFY2(valid, valid ? "" : valid.error().message.c_str());
        Shape shape = *expected;
        shape.insert(shape.begin(), test.inputs.empty() ? 1 : Batch);
        QVERIFY2(prepared.run(test.training).sizes() == at::IntArrayRef(shape), (test.type + ": " + describe(shape)).c_str());
    }
}

void LayersAgainstPythonTest::outputsGradientsAndStatisticsAreThoseOfPythonsTorch()
{
    QProcess python;
    python.start(GRAFT_PYTHON, {"-c", "import torch, torchvision"});
    if (!python.waitForFinished(60'000) || python.exitCode() != 0)
        QSKIP("Python's torch and torchvision are not installed");
    const std::vector<Case> all = cases::all();
    Json described = Json::array();
    for (const Case &test : all)
        described.push_back(run(test));
    const QTemporaryDir folder;
    const std::string path = folder.filePath("cases.json").toStdString();
    QVERIFY(writeText(path, described.dump()));
    python.start(GRAFT_PYTHON, {GRAFT_SOURCE_DIR "/tests/layers/layeroracle.py", QString::fromStdString(path)});
    QVERIFY(python.waitForFinished(60'000));
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    const QList<QByteArray> lines = python.readAllStandardOutput().trimmed().split('\n');
    QCOMPARE(lines.size(), static_cast<qsizetype>(all.size()));
    QStringList wrong;
    for (qsizetype index = 0; index < lines.size(); ++index)
        for (const QByteArray &difference : lines[index].split(' '))
            if (!(difference.toDouble() <= 1e-5)) {
                wrong << QString::fromStdString(all[static_cast<std::size_t>(index)].type) + " differs by " + lines[index];
                break;
            }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
}

QTEST_GUILESS_MAIN(LayersAgainstPythonTest)
#include "layersagainstpythontest.moc"
