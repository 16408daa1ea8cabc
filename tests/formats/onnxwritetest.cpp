#include "architectures/architecture.h"
#include "formats/onnxtest.h"
#include "formats/python.h"
#include "graph/analysis.h"

#include <QTemporaryDir>
#include <QTest>
#include <map>
#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

using namespace graft;

namespace {

constexpr int pictures = 2;

/// What was written, and what should come out of it.
struct Written {
    QString path, input;
    QString form; ///< "float32:2,3,224,224"
    Tensor batch, expected;
};

/// The smallest network of each family, without those whose weights take a test of every day too long: AlexNet, VGG and ViT come along
/// when GRAFT_TEST_LARGE is set.
std::map<std::string, const Architecture *> smallestOfFamilies()
{
    const std::int64_t mostParameters = qEnvironmentVariableIsSet("GRAFT_TEST_LARGE") ? 200'000'000 : 32'000'000;
    std::map<std::string, std::pair<std::int64_t, const Architecture *>> smallest;
    for (const Architecture &architecture : architectures().all()) {
        const auto analysis = analyse(architecture.build(architecture.publishedClasses));
        if (!analysis || analysis->parameters > mostParameters)
            continue;
        const std::pair entry(analysis->parameters, &architecture);
        const auto [known, isNew] = smallest.emplace(architecture.family, entry);
        if (!isNew && entry.first < known->second.first)
            known->second = entry;
    }
    std::map<std::string, const Architecture *> result;
    for (const auto &[family, entry] : smallest)
        result.emplace(family, entry.second);
    return result;
}

/// With statistics that matter: a fresh BatchNorm would hide a mistake.
StateDict livelyWeights(const Network &network)
{
    const StateDict fresh = initialWeights(network, 7).value();
    StateDict lively;
    std::mt19937 generator(3);
    std::uniform_real_distribution<float> around(0.8F, 1.2F), small(-0.1F, 0.1F);
    for (const auto &[name, tensor] : fresh.entries()) {
        const bool isMean = name.ends_with("running_mean"), isVariance = name.ends_with("running_var");
        std::vector<float> values = tensor.toFloats();
        for (float &value : values)
            value = isMean ? small(generator) : isVariance ? around(generator) : value;
        lively.set(name, isMean || isVariance ? Tensor::fromFloats(tensor.shape(), values) : tensor);
    }
    return lively;
}

ModelPackage packageOf(const Architecture &architecture)
{
    ModelPackage package;
    package.network = architecture.build(architecture.publishedClasses);
    package.weights = livelyWeights(package.network);
    package.preprocessing = architecture.preprocessing;
    package.classNames = {"one", "two"};
    package.labelSets = {{"size", 1}, {"colour", 1}};
    package.origin = "a test";
    package.licence = "none";
    return package;
}

} // namespace

class OnnxWriteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsReadAgainAndAnswersTheSame_data();
    void whatIsWrittenIsReadAgainAndAnswersTheSame();
    void libonnxAcceptsEveryFile();
    void onnxRuntimeAnswersTheSame();
    void openCvAnswersTheSame();
    void aFileThatTakesPicturesPreparesThemItself();
    void descriptionAndNamesTravelAlong();
    void anOpsetThatIsTooOldIsNamed();

private:
    QTemporaryDir m_folder;
    std::vector<Written> m_written;
};

void OnnxWriteTest::whatIsWrittenIsReadAgainAndAnswersTheSame_data()
{
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<int>("opset");
    for (const auto &[family, architecture] : smallestOfFamilies())
        for (const int opset : {10, 17})
            QTest::addRow("%s %d", family.c_str(), opset) << QString::fromStdString(architecture->name) << opset;
    for (const int opset : {7, 9, 11, 13, 15})
        for (const char *name : {"squeezenet1_1", "mobilenet_v3_small", "shufflenet_v2_x0_5"})
            if (architectures().find(name))
                QTest::addRow("%s %d", name, opset) << name << opset;
}

void OnnxWriteTest::whatIsWrittenIsReadAgainAndAnswersTheSame()
{
    QFETCH(QString, architecture);
    QFETCH(int, opset);
    const ModelPackage package = packageOf(*architectures().find(architecture.toStdString()));
    Written written;
    written.path = m_folder.filePath(QStringLiteral("%1_%2.onnx").arg(architecture).arg(opset));
    const auto done = writeModel(written.path.toStdString(), "onnx", package, {{"opset", std::int64_t{opset}}});
    QVERIFY2(done, done ? "" : done.error().message.c_str());
    written.batch = randomBatch(package.network.inputShape(), pictures, 1);
    const auto expected = answersOf(package, written.batch);
    QVERIFY2(expected, expected ? "" : expected.error().message.c_str());
    written.expected = *expected;
    const Shape shape = written.batch.shape();
    written.form = QStringLiteral("float32:%1,%2,%3,%4").arg(shape[0]).arg(shape[1]).arg(shape[2]).arg(shape[3]);
    written.input = written.path + ".input";
    writeBytes(written.input, written.batch.bytes());
    m_written.push_back(written);
    const auto again = readModel(written.path.toStdString());
    QVERIFY2(again, again ? "" : again.error().message.c_str());
    QVERIFY2(again->remarks.empty(), again->remarks.empty() ? "" : again->remarks.front().c_str());
    const auto got = answersOf(*again, written.batch);
    QVERIFY2(got, got ? "" : got.error().message.c_str());
    const double difference = differenceOf(expected->floats(), got->floats());
    QVERIFY2(difference <= 1e-5, qPrintable(QString::number(difference)));
    QCOMPARE(again->classNames, package.classNames);
    QVERIFY(again->labelSets == package.labelSets);
    QCOMPARE(again->preprocessing, package.preprocessing);
}

void OnnxWriteTest::libonnxAcceptsEveryFile()
{
    QStringList paths;
    for (const Written &written : m_written)
        paths.push_back(written.path);
    const auto answers = runPython("onnx_check.py", paths);
    QVERIFY2(answers, "python3-onnx is missing or its check failed");
    const auto lines = answers->trimmed().split('\n');
    QCOMPARE(lines.size(), paths.size());
    for (const QByteArray &line : lines)
        QVERIFY2(line.startsWith("ok ['N', "), line.constData());
}

void OnnxWriteTest::onnxRuntimeAnswersTheSame()
{
    if (onnxRuntimeModules().isEmpty())
        QSKIP("onnxruntime-node is not installed; packaging/test.sh does it where npm reaches its registry");
    QStringList jobs;
    for (const Written &written : m_written)
        jobs += {written.form, written.path, written.input, written.path + ".output"};
    const QByteArray complaints = runOnnxRuntime(jobs);
    QVERIFY2(complaints.isEmpty(), complaints.constData());
    for (const Written &written : m_written) {
        const auto got = readFloats(written.path + ".output");
        const double difference = differenceOf(written.expected.floats(), got);
        QVERIFY2(difference < 1e-4, qPrintable(written.path + ": " + QString::number(difference)));
        QVERIFY2(hasSameBest(written.expected.floats(), got, pictures), qPrintable(written.path));
    }
}

void OnnxWriteTest::openCvAnswersTheSame()
{
    int run = 0;
    QStringList cannot;
    for (const Written &written : m_written) {
        const Tensor one = [&] {
            Shape shape = written.batch.shape();
            shape[0] = 1;
            const auto all = written.batch.floats();
            return Tensor::fromFloats(shape, all.first(all.size() / pictures));
        }();
        std::vector<float> got;
        try {
            cv::dnn::Net network = cv::dnn::readNetFromONNX(written.path.toStdString());
            const std::vector<int> sizes(one.shape().begin(), one.shape().end());
            network.setInput(cv::Mat(sizes, CV_32F, const_cast<float *>(one.floats().data())));
            const cv::Mat answer = network.forward();
            got.assign(answer.ptr<float>(), answer.ptr<float>() + answer.total());
        } catch (const cv::Exception &) {
            cannot += QFileInfo(written.path).completeBaseName();
            continue;
        }
        const auto expected = written.expected.floats().first(written.expected.floats().size() / pictures);
        QVERIFY2(differenceOf(expected, got) < 1e-4, qPrintable(written.path + ": " + QString::number(differenceOf(expected, got))));
        QVERIFY2(hasSameBest(expected, got, 1), qPrintable(written.path));
        ++run;
    }
    // Its importer knows neither Clip nor LayerNormalization of newer opsets, nor the windows of Swin, the class token of ViT and
    // the norm on one pixel of ConvNeXt.
    qInfo("OpenCV ran %d of %d files, not %s", run, static_cast<int>(m_written.size()), qPrintable(cannot.join(", ")));
    for (const QString &name : cannot) {
        const bool isAttention = name.startsWith("swin") || name.startsWith("vit");
        QVERIFY2(!name.endsWith("_10") || isAttention || name.startsWith("convnext"), qPrintable(name));
    }
}

void OnnxWriteTest::aFileThatTakesPicturesPreparesThemItself()
{
    ModelPackage package = packageOf(*architectures().find("squeezenet1_1"));
    package.preprocessing.channelOrder = "BGR";
    const QString path = m_folder.filePath("pictures.onnx"), input = path + ".input";
    QVERIFY(writeModel(path.toStdString(), "onnx", package, {{"preprocessing", true}}));
    std::mt19937 generator(5);
    std::vector<std::uint8_t> pixels(224 * 224 * 3);
    for (auto &pixel : pixels)
        pixel = static_cast<std::uint8_t>(generator() % 256);
    std::vector<float> prepared(pixels.size());
    for (std::size_t channel = 0; channel < 3; ++channel)
        for (std::size_t at = 0; at < 224 * 224; ++at)
            prepared[channel * 224 * 224 + at]
                = static_cast<float>((pixels[at * 3 + 2 - channel] / 255.0 - package.preprocessing.mean[channel])
                    / package.preprocessing.standardDeviation[channel]);
    const Tensor batch = Tensor::fromFloats({1, 3, 224, 224}, prepared);
    const auto expected = answersOf(package, batch);
    QVERIFY(expected);
    const auto again = readModel(path.toStdString());
    QVERIFY2(again, again ? "" : again.error().message.c_str());
    QCOMPARE(again->preprocessing, package.preprocessing);
    QVERIFY(differenceOf(expected->floats(), answersOf(*again, batch)->floats()) <= 1e-5);
    if (onnxRuntimeModules().isEmpty())
        QSKIP("onnxruntime-node is not installed; packaging/test.sh does it where npm reaches its registry");
    writeBytes(input, std::as_bytes(std::span(pixels)));
    const QByteArray complaints = runOnnxRuntime({"uint8:1,224,224,3", path, input, path + ".output"});
    QVERIFY2(complaints.isEmpty(), complaints.constData());
    QVERIFY(differenceOf(expected->floats(), readFloats(path + ".output")) < 1e-4);
}

void OnnxWriteTest::descriptionAndNamesTravelAlong()
{
    const ModelPackage package = packageOf(*architectures().find("squeezenet1_1"));
    const QString path = m_folder.filePath("described.onnx");
    QVERIFY(writeModel(path.toStdString(), "onnx", package));
    const auto again = readModel(path.toStdString());
    QVERIFY(again);
    QCOMPARE(again->origin, package.origin);
    QCOMPARE(again->licence, package.licence);
    std::vector<std::string> expected, got;
    for (const auto &entry : package.weights.entries())
        expected.push_back(entry.first);
    for (const auto &entry : again->weights.entries())
        got.push_back(entry.first);
    QCOMPARE(got, expected);
    for (const Layer &layer : package.network.layers())
        QVERIFY2(again->network.find(layer.name), layer.name.c_str());
}

void OnnxWriteTest::anOpsetThatIsTooOldIsNamed()
{
    ModelPackage package;
    const LayerId input = package.network.add("input", "Input", {{"shape", std::vector<std::int64_t>{4, 8, 8}}}, {});
    package.network.add("bend", "GELU", {}, {input});
    const auto done = writeModel(m_folder.filePath("old.onnx").toStdString(), "onnx", package, {{"opset", std::int64_t{7}}});
    QVERIFY(!done);
    QCOMPARE(done.error().message, std::string("GELU `bend` cannot be written in ONNX opset 7; choose opset 9 or higher."));
}

QTEST_GUILESS_MAIN(OnnxWriteTest)
#include "onnxwritetest.moc"
