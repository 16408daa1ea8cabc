#include "architectures/architecture.h"
#include "core/files.h"
#include "formats/format.h"
#include "formats/python.h"
#include "formats/safetensors.h"
#include "nn/model.h"
#include "support/shareddata.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <csignal>
#include <limits>
#include <sys/resource.h>

using namespace graft;

namespace {

const std::vector<std::string> classNames = {"ant", "bee", "élan"};

ModelPackage packageOf(const char *architecture)
{
    ModelPackage package;
    const Architecture *found = architectures().find(architecture);
    package.network = found->build(3);
    package.weights = initialWeights(package.network, 5).value();
    package.preprocessing = found->preprocessing;
    package.classNames = classNames;
    package.origin = "a test";
    package.licence = "none";
    return package;
}

/// Some picture-like numbers.
Tensor pictures(std::int64_t count, std::int64_t size)
{
    std::vector<float> values(static_cast<std::size_t>(count * 3 * size * size));
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = std::sin(static_cast<float>(i % 9973) * 0.37F);
    return Tensor::fromFloats({count, 3, size, size}, values);
}

bool isOneSentence(const Error &error, const std::string &fileName)
{
    const auto &text = error.message;
    return text.find(fileName) != std::string::npos && text.ends_with('.') && text.find('\n') == std::string::npos;
}

} // namespace

class ModelFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyExportGivesPythonTheSameLogits_data();
    void everyExportGivesPythonTheSameLogits();
    void aPackageComesBackWhole_data();
    void aPackageComesBackWhole();
    void aBareStateDictIsRecognised();
    void whatIsNoModelIsRefusedInOneSentence_data();
    void whatIsNoModelIsRefusedInOneSentence();
    void weightsWithNaNAreRefusedByName();
    void metadataThatLiesIsRefused_data();
    void metadataThatLiesIsRefused();
    void anUnknownFormatIsAnsweredWithTheChoices();
    void aFailedExportLeavesTheOldFile();
    void aDiskThatFillsUpIsSaidAndNothingIsLost_data();
    void aDiskThatFillsUpIsSaidAndNothingIsLost();
    void publishedFilesOpen_data();
    void publishedFilesOpen();

private:
    [[nodiscard]] std::filesystem::path path(const char *name) const { return m_folder.filePath(name).toStdString(); }
    QTemporaryDir m_folder;
};

void ModelFileTest::everyExportGivesPythonTheSameLogits_data()
{
    QTest::addColumn<QString>("architecture");
    for (const char *name : {"resnet18", "mobilenet_v2", "squeezenet1_1"})
        QTest::newRow(name) << QString(name);
}

void ModelFileTest::everyExportGivesPythonTheSameLogits()
{
    QFETCH(QString, architecture);
    const QTemporaryDir folder;
    const auto file = [&](const char *name) { return std::filesystem::path(folder.filePath(name).toStdString()); };
    const auto package = packageOf(architecture.toUtf8().constData());
    for (const auto &[name, format] : {std::pair("model.pth", "pth"), {"model.safetensors", "safetensors"}, {"model.pt", "torchscript"}}) {
        const auto written = writeModel(file(name), format, package);
        QVERIFY2(written, written ? "" : written.error().message.c_str());
    }
    for (const auto &[name, count] : {std::pair("picture1.safetensors", 1), {"picture3.safetensors", 3}}) {
        FileContents contents;
        contents.tensors.set("input", pictures(count, 96));
        QVERIFY(writeSafetensors(file(name), contents));
    }
    const auto said = runPython("check_export.py", {folder.path(), architecture});
    QVERIFY(said);
    bool isNumber = false;
    const double difference = said->trimmed().toDouble(&isNumber);
    QVERIFY2(isNumber && difference <= 1e-4, said->constData());
}

void ModelFileTest::aPackageComesBackWhole_data()
{
    QTest::addColumn<QString>("format");
    QTest::newRow("pth") << QString("pth");
    QTest::newRow("safetensors") << QString("safetensors");
}

void ModelFileTest::aPackageComesBackWhole()
{
    QFETCH(QString, format);
    const auto file = path("whole");
    auto package = packageOf("squeezenet1_1");
    package.network.find(package.network.layers()[1].id)->frozen = true;
    package.preprocessing.crop = 96;
    package.labelSets = {{"insect", 2}, {"été", 1}};
    QVERIFY(writeModel(file, format.toStdString(), package));
    const auto read = readModel(file);
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QVERIFY(read->weights == package.weights);
    QVERIFY(read->network.layers()[1].frozen && read->network.layers().size() == package.network.layers().size());
    QVERIFY(read->preprocessing == package.preprocessing);
    QCOMPARE(read->classNames, classNames);
    QVERIFY(read->labelSets == package.labelSets);
    QCOMPARE(read->origin, std::string("a test"));
    QCOMPARE(read->licence, std::string("none"));
}

void ModelFileTest::aBareStateDictIsRecognised()
{
    const auto package = packageOf("squeezenet1_1");
    FileContents contents{.tensors = package.weights, .metadata = {{"format", "pt"}}};
    QVERIFY(writeSafetensors(path("bare.safetensors"), contents));
    const auto read = readModel(path("bare.safetensors"));
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QCOMPARE(read->network.architecture, std::string("squeezenet1_1"));
    QCOMPARE(read->origin, std::string("bare.safetensors"));
    QVERIFY(read->classNames.empty());
}

void ModelFileTest::whatIsNoModelIsRefusedInOneSentence_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("empty") << QByteArray() << QString("empty.pth") << ErrorCode::FileCorrupt;
    QTest::newRow("text") << QByteArray("These are my notes.\n") << QString("notes.txt") << ErrorCode::FormatUnknown;
    QTest::newRow("pointer") << QByteArray("version https://git-lfs.github.com/spec/v1\noid sha256:0\n") << QString("lfs.safetensors")
                             << ErrorCode::FormatUnknown;
    QTest::newRow("cut onnx") << QByteArray("\x08\x03\x12\x07pytorch") << QString("a.onnx") << ErrorCode::FileCorrupt;
    QTest::newRow("one byte") << QByteArray("\x80") << QString("one.pth") << ErrorCode::FormatUnknown;
    QTest::newRow("two bytes") << QByteArray("\x80\x02") << QString("two.pth") << ErrorCode::FileCorrupt;
    QTest::newRow("start of a zip") << QByteArray("PK\x03\x04") << QString("zip.pth") << ErrorCode::FileCorrupt;
}

void ModelFileTest::whatIsNoModelIsRefusedInOneSentence()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, name);
    QFETCH(ErrorCode, code);
    const auto file = path(name.toUtf8().constData());
    QVERIFY(writeText(file, content.toStdString()));
    const auto read = readModel(file);
    QVERIFY(!read);
    QCOMPARE(read.error().code, code);
    QVERIFY2(isOneSentence(read.error(), name.toStdString()), read.error().message.c_str());
    const auto folder = readModel(m_folder.path().toStdString());
    QVERIFY(!folder && folder.error().code == ErrorCode::FileNotFound);
    const auto missing = readModel(path("missing.pth"));
    QVERIFY(!missing && missing.error().code == ErrorCode::FileNotFound && isOneSentence(missing.error(), "missing.pth"));
}

void ModelFileTest::weightsWithNaNAreRefusedByName()
{
    auto package = packageOf("squeezenet1_1");
    auto values = package.weights.find("classifier.1.bias")->toFloats();
    values[1] = std::numeric_limits<float>::quiet_NaN();
    package.weights.set("classifier.1.bias", Tensor::fromFloats({3}, values));
    QVERIFY(writeModel(path("nan.pth"), "pth", package));
    const auto read = readModel(path("nan.pth"));
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::WeightsNotFinite);
    QVERIFY(isOneSentence(read.error(), "nan.pth") && read.error().message.find("classifier.1.bias") != std::string::npos);
}

void ModelFileTest::metadataThatLiesIsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("{");
    QTest::newRow("a number") << QByteArray("5");
    QTest::newRow("nothing in it") << QByteArray("{}");
    QTest::newRow("newer") << QByteArray(R"({"version":99,"network":{},"preprocessing":{}})");
    QTest::newRow("no network") << QByteArray(R"({"version":1,"network":[],"preprocessing":{}})");
    QTest::newRow("deep") << QByteArray(1'000'000, '[');
}

void ModelFileTest::metadataThatLiesIsRefused()
{
    QFETCH(QByteArray, json);
    FileContents contents{.tensors = {}, .metadata = {{"graft", json.toStdString()}}};
    QVERIFY(writeSafetensors(path("lie.safetensors"), contents));
    const auto read = readModel(path("lie.safetensors"));
    QVERIFY(!read);
    QVERIFY2(isOneSentence(read.error(), "lie.safetensors"), read.error().message.c_str());
}

void ModelFileTest::anUnknownFormatIsAnsweredWithTheChoices()
{
    const auto written = writeModel(path("x"), "hdf5", {});
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::SettingInvalid);
    for (const char *name : {"pth", "safetensors", "torchscript"})
        QVERIFY(written.error().message.find(name) != std::string::npos);
}

void ModelFileTest::aFailedExportLeavesTheOldFile()
{
    QVERIFY(writeText(path("old"), "old"));
    ModelPackage broken = packageOf("squeezenet1_1");
    broken.weights = {};
    QVERIFY(!writeModel(path("old"), "torchscript", broken));
    QCOMPARE(readText(path("old")).value(), std::string("old"));
    const auto package = packageOf("squeezenet1_1");
    for (const char *format : {"pth", "safetensors", "torchscript"}) {
        const auto written = writeModel(path("no such folder/file"), format, package);
        QVERIFY2(!written && written.error().code == ErrorCode::FileUnwritable, format);
    }
}

void ModelFileTest::aDiskThatFillsUpIsSaidAndNothingIsLost_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"pth", "safetensors", "torchscript"})
        QTest::newRow(format) << QString(format);
}

void ModelFileTest::aDiskThatFillsUpIsSaidAndNothingIsLost()
{
    QFETCH(QString, format);
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("model").toStdString();
    QVERIFY(writeText(file, "old"));
    const auto package = packageOf("squeezenet1_1");
    // A file may not grow past a megabyte for a moment: to the writer the same as a disk that fills up in the middle.
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{.rlim_cur = 1 << 20, .rlim_max = before.rlim_max};
    std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    const auto written = writeModel(file, format.toStdString(), package);
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_DFL);
    QVERIFY(!written);
    QVERIFY2(
        written.error().code == ErrorCode::FileUnwritable || written.error().code == ErrorCode::DiskFull, written.error().message.c_str());
    QCOMPARE(readText(file).value(), std::string("old"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void ModelFileTest::publishedFilesOpen_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("architecture");
    QTest::newRow("zip") << QString("mobilenet_v2/mobilenet_v2_imagenet_f32_with_metadata.pth") << QString("mobilenet_v2");
    QTest::newRow("safetensors") << QString("squeezenet1_1/squeezenet1_1_imagenet_f32.safetensors") << QString("squeezenet1_1");
    QTest::newRow("legacy") << QString("cifar10_resnet/resnet20-12fca82f.th") << QString("cifar_resnet20");
    for (const char *file : {"torchscript/model-reddit16-f140225004_2.pt1", "torchscript/mobilenet_quantized.pt", "torchscript/d2go.pt"})
        QTest::newRow(file) << QString(file) << QString();
}

void ModelFileTest::publishedFilesOpen()
{
    QFETCH(QString, file);
    QFETCH(QString, architecture);
    const auto data = sharedData();
    if (!data)
        QSKIP("the folder of real weights is not here");
    const auto read = readModel(*data / "weights" / file.toStdString());
    if (architecture.isEmpty()) {
        QVERIFY(!read && read.error().code == ErrorCode::FormatUnknown);
        QVERIFY(isOneSentence(read.error(), std::filesystem::path(file.toStdString()).filename()));
        return;
    }
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QCOMPARE(QString::fromStdString(read->network.architecture), architecture);
}

QTEST_GUILESS_MAIN(ModelFileTest)
#include "modelfiletest.moc"
