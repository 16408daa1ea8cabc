#include "core/files.h"
#include "demo/demo.h"
#include "evaluation/modelexport.h"
#include "graph/adapters.h"
#include "graph/edits.h"
#include "graph/heads.h"
#include "graph/layeredits.h"
#include "nn/model.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>

using namespace graft;

namespace {

ModelPackage demo()
{
    return demoModel().value();
}

/// Weights that are numbers, and answers that are none.
ModelPackage overflowing()
{
    ModelPackage package = demo();
    auto values = package.weights.find("fc.weight")->toFloats();
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = i % 2 == 0 ? 3e38F : -3e38F;
    package.weights.set("fc.weight", Tensor::fromFloats(package.weights.find("fc.weight")->shape(), values));
    return package;
}

/// With layers in other places than their ids say, a branch that leads nowhere, branches of LoRA that learned something and a head of two
/// layers.
ModelPackage edited()
{
    ModelPackage package = demo();
    Network &network = package.network;
    StateDict &weights = package.weights;
    const auto id = [&](const char *name) { return network.find(name)->id; };
    const bool done = insertBehind(network, "BatchNorm2d", id("conv1")) && duplicateLayers(network, weights, {id("layer3.0.conv1")})
        && addLora(network, weights, layersInBlock(network, "layer2"), {.rank = 2, .alpha = 4})
        && replaceHead(network, weights, {.kind = HeadKind::Classic, .classes = 4, .width = 16});
    if (!done)
        qFatal("the network could not be edited");
    package.classNames = {"a", "b", "c", "d"};
    package.weights = preparedWeights(network, weights, 3).value();
    for (const Layer &layer : network.layers())
        if (layer.name.ends_with("_lora_b"))
            package.weights.set(layer.name + ".weight", initialWeights(network, 8).value().find(layer.name + ".weight")[0]);
    return package;
}

} // namespace

class ExportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anExportIsCheckedByAnotherRuntime_data();
    void anExportIsCheckedByAnotherRuntime();
    void anEditedNetworkIsExportedByEveryFormat_data();
    void anEditedNetworkIsExportedByEveryFormat();
    void lowRankBranchesAreMergedWhenAsked();
    void onnxThatTakesPicturesIsCheckedOnPictures();
    void whatOpenCvDoesNotKnowIsReadAgainByGraft();
    void ownPicturesAreTriedWhereTheyCanBeRead();
    void otherWeightsDoNotPass();
    void whatFailsItsCheckLeavesTheOldFile_data();
    void whatFailsItsCheckLeavesTheOldFile();
    void withoutACheckTheFileIsJustWritten();
    void aStoppedExportWritesNothing();
    void whatCannotBeWrittenIsSaidOfTheFileThatWasAskedFor();
    void optionsAreValidatedByTheFormat();

private:
    [[nodiscard]] std::filesystem::path path(const char *name) const { return m_folder.filePath(name).toStdString(); }
    [[nodiscard]] QStringList files(const QString &folder) const
    {
        return QDir(m_folder.filePath(folder)).entryList(QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    QTemporaryDir m_folder;
};

void ExportTest::anExportIsCheckedByAnotherRuntime_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("runtime");
    QTest::newRow("torchscript") << "torchscript"
                                 << "torch::jit";
    QTest::newRow("pth") << "pth"
                         << "a fresh build from the file";
    QTest::newRow("onnx") << "onnx"
                          << "OpenCV 4.";
    QTest::newRow("safetensors") << "safetensors"
                                 << "a fresh build from the file";
}

void ExportTest::anExportIsCheckedByAnotherRuntime()
{
    QFETCH(QString, format);
    QFETCH(QString, runtime);
    QVERIFY(makeFolder(path("checked")));
    const ExportRequest request{
        .path = path("checked") / (format.toStdString() + ".bin"), .formatName = format.toStdString(), .options = {}, .pictures = {}};
    const auto outcome = exportModel(demo(), request);
    QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
    QCOMPARE(outcome->path, request.path);
    QCOMPARE(outcome->bytes, std::uint64_t(std::filesystem::file_size(request.path)));
    QVERIFY(outcome->check && outcome->check->pass);
    QVERIFY2(outcome->check->runtime.starts_with(runtime.toStdString()), outcome->check->runtime.c_str());
    QVERIFY(outcome->check->maxDifference <= 1e-5);
    QCOMPARE(outcome->check->top1Agreement, 1.0);
    QVERIFY(outcome->check->pictures >= 4 && outcome->check->pictures <= 8);
    QVERIFY(!outcome->check->ownPictures);
    QVERIFY(outcome->check->originalMilliseconds > 0 && outcome->check->exportedMilliseconds > 0);
    for (const QString &file : files("checked"))
        QVERIFY2(!file.startsWith('.'), qPrintable(file));
}

void ExportTest::anEditedNetworkIsExportedByEveryFormat_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"torchscript", "pth", "onnx", "safetensors", "python"})
        QTest::newRow(format) << format;
}

void ExportTest::anEditedNetworkIsExportedByEveryFormat()
{
    QFETCH(QString, format);
    const ExportRequest request{
        .path = path("edited") += "." + format.toStdString(), .formatName = format.toStdString(), .options = {}, .pictures = {}};
    const auto outcome = exportModel(edited(), request);
    QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
    QVERIFY2(outcome->passed(), describeFailure(*outcome->check).c_str());
    ModelPackage broken = edited();
    addLayer(broken.network, "Add").value();
    const auto refused = exportModel(broken, request);
    QVERIFY(!refused);
    QCOMPARE(refused.error().subject, std::string("add"));
}

void ExportTest::lowRankBranchesAreMergedWhenAsked()
{
    const ModelPackage package = edited();
    const ExportRequest request{
        .path = path("merged.safetensors"), .formatName = "safetensors", .options = {}, .pictures = {}, .mergesAdapters = true};
    const auto outcome = exportModel(package, request);
    QVERIFY2(outcome && outcome->passed(), outcome ? "" : outcome.error().message.c_str());
    const auto merged = readModel(request.path);
    QVERIFY(merged && !hasLora(merged->network) && hasLora(package.network));
    Shape shape = package.network.inputShape();
    shape.insert(shape.begin(), 1);
    const Tensor batch = Tensor::fromFloats(shape, std::vector<float>(static_cast<std::size_t>(elementCount(shape)), 0.3F));
    const auto before = Model::create(package.network, package.weights, {})->forward(batch)->toFloats();
    const auto after = Model::create(merged->network, merged->weights, {})->forward(batch)->toFloats();
    for (std::size_t i = 0; i < before.size(); ++i)
        QVERIFY(std::abs(before[i] - after[i]) < 1e-5F);
}

void ExportTest::onnxThatTakesPicturesIsCheckedOnPictures()
{
    const auto outcome
        = exportModel(demo(), {.path = path("pictures.onnx"), .formatName = "onnx", .options = {{"preprocessing", true}}, .pictures = {}});
    QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
    QVERIFY2(outcome->passed(), describeFailure(*outcome->check).c_str());
    QVERIFY(outcome->check->runtime.starts_with("OpenCV 4.") && outcome->check->remark.empty());
}

void ExportTest::whatOpenCvDoesNotKnowIsReadAgainByGraft()
{
    // OpenCV 4.6 knows ReLU6 up to opset 10 only.
    ModelPackage package = demo();
    package.network.find(package.network.find("relu")->id)->type = "ReLU6";
    for (const bool takesPictures : {false, true}) {
        const Attributes options = {{"opset", std::int64_t{13}}, {"preprocessing", takesPictures}};
        const auto outcome = exportModel(package, {.path = path("new.onnx"), .formatName = "onnx", .options = options, .pictures = {}});
        QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
        QVERIFY2(outcome->passed(), describeFailure(*outcome->check).c_str());
        QVERIFY(
            outcome->check->runtime.starts_with("OpenCV") || outcome->check->remark.find("Graft read the file again") != std::string::npos);
        QVERIFY2(outcome->check->remark.size() < 400, outcome->check->remark.c_str());
    }
}

void ExportTest::ownPicturesAreTriedWhereTheyCanBeRead()
{
    std::vector<std::filesystem::path> pictures = {path("no such picture.png")};
    for (int i = 0; i < 40; ++i) {
        auto pixels = std::make_shared<std::vector<std::uint8_t>>(64 * 64 * 3, static_cast<std::uint8_t>(i * 6));
        pictures.push_back(m_folder.filePath(QStringLiteral("%1.png").arg(i)).toStdString());
        QVERIFY(writePicture(pictures.back(), {64, 64, std::move(pixels)}));
    }
    ExportRequest request{.path = path("own.pth"), .formatName = "pth", .options = {}, .pictures = pictures};
    const auto outcome = exportModel(demo(), request);
    QVERIFY(outcome && outcome->passed());
    QVERIFY(outcome->check->ownPictures);
    // 32 are taken of all, the first of which cannot be read; a slow machine does not get to the last.
    QVERIFY(outcome->check->pictures >= 4 && outcome->check->pictures <= 31);
}

void ExportTest::otherWeightsDoNotPass()
{
    ModelPackage changed = demo();
    auto bias = changed.weights.find("fc.bias")->toFloats();
    bias[3] += 0.5F;
    changed.weights.set("fc.bias", Tensor::fromFloats({static_cast<std::int64_t>(bias.size())}, bias));
    QVERIFY(writeModel(path("changed.pth"), "pth", changed));
    const auto report = checkExport(path("changed.pth"), *formats().find("pth"), {}, demo());
    QVERIFY(report && !report->pass);
    QVERIFY(report->maxDifference > 1e-3);
    const std::string sentence = describeFailure(*report);
    QVERIFY2(sentence.find("a fresh build from the file") != std::string::npos && sentence.ends_with('.'), sentence.c_str());
    const auto missing = checkExport(path("missing.pth"), *formats().find("pth"), {}, demo());
    QVERIFY(missing && !missing->pass);
    QVERIFY(describeFailure(*missing).find("missing.pth") != std::string::npos);
}

void ExportTest::whatFailsItsCheckLeavesTheOldFile_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"torchscript", "pth"})
        QTest::newRow(format) << QString(format);
}

void ExportTest::whatFailsItsCheckLeavesTheOldFile()
{
    QFETCH(QString, format);
    const std::string folder = "failing " + format.toStdString();
    QVERIFY(makeFolder(path(folder.c_str())));
    const auto file = path(folder.c_str()) / "flowers.model.pt";
    QVERIFY(writeText(file, "the old file"));
    const auto outcome = exportModel(overflowing(), {.path = file, .formatName = format.toStdString(), .options = {}, .pictures = {}});
    QVERIFY2(outcome, outcome ? "" : outcome.error().message.c_str());
    QVERIFY(!outcome->passed());
    QVERIFY(std::isinf(outcome->check->maxDifference));
    QCOMPARE(outcome->path.filename().string(), std::string("flowers.model.failed-check.pt"));
    QCOMPARE(readText(file).value(), std::string("the old file"));
    QCOMPARE(files(QString::fromStdString(folder)), (QStringList{"flowers.model.failed-check.pt", "flowers.model.pt"}));
}

void ExportTest::withoutACheckTheFileIsJustWritten()
{
    const auto outcome = exportModel(
        demo(), {.path = path("plain.safetensors"), .formatName = "safetensors", .options = {}, .check = false, .pictures = {}});
    QVERIFY(outcome && outcome->passed() && !outcome->check);
    QVERIFY(readModel(path("plain.safetensors")));
}

void ExportTest::aStoppedExportWritesNothing()
{
    QVERIFY(makeFolder(path("stopped")));
    const Cancellation cancellation;
    cancellation.request();
    const auto outcome
        = exportModel(demo(), {.path = path("stopped") / "a.pth", .formatName = "pth", .options = {}, .pictures = {}}, cancellation);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
    QVERIFY(files("stopped").isEmpty());
}

void ExportTest::whatCannotBeWrittenIsSaidOfTheFileThatWasAskedFor()
{
    for (const char *name : {"no such folder/a.pth", "."}) {
        const auto outcome = exportModel(demo(), {.path = path(name), .formatName = "pth", .options = {}, .pictures = {}});
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::FileUnwritable);
        QVERIFY(outcome.error().message.find(path(name).string()) != std::string::npos);
        QVERIFY(outcome.error().message.find("graft-export") == std::string::npos);
    }
}

void ExportTest::optionsAreValidatedByTheFormat()
{
    Format format;
    format.name = "sample";
    format.options = {{"opset", "The version.", std::int64_t{13}, false, 7, 17, {}, 0},
        {"preprocessing", "Where it goes.", std::string("metadata"), false, {}, {}, {"metadata", "graph"}, 0},
        {"half", "Half precision.", false, false, {}, {}, {}, 0}};
    const auto parsed = parseOptions(format, {"opset=11", "preprocessing=graph", "half=true"});
    QVERIFY(parsed);
    QCOMPARE(std::get<std::int64_t>(parsed->at("opset")), std::int64_t{11});
    QCOMPARE(std::get<std::string>(parsed->at("preprocessing")), std::string("graph"));
    QVERIFY(std::get<bool>(parsed->at("half")));
    for (const char *wrong : {"opset=18", "opset=1e1", "opset", "opset=", "half=yes", "preprocessing=both", "unknown=1", ""}) {
        const auto refused = parseOptions(format, {wrong});
        QVERIFY2(!refused && refused.error().code == ErrorCode::SettingInvalid && refused.error().message.ends_with('.'), wrong);
    }
    const auto complete = completeOptions(format, {{"opset", std::int64_t{9}}});
    QVERIFY(complete && complete->size() == 3);
    QCOMPARE(std::get<std::string>(complete->at("preprocessing")), std::string("metadata"));
    QVERIFY(!completeOptions(format, {{"opset", std::string("9")}}));
    QVERIFY(!completeOptions(format, {{"opset", std::int64_t{6}}}));
}

QTEST_GUILESS_MAIN(ExportTest)
#include "exporttest.moc"
