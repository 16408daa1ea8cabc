#include "core/files.h"
#include "formats/format.h"
#include "formats/python.h"
#include "formats/safetensors.h"
#include "graph/analysis.h"
#include "nn/model.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <random>
#include <sys/resource.h>

using namespace graft;

namespace {

QString wordsOf(const Result<ModelPackage> &package)
{
    return package ? QString() : QString::fromStdString(package.error().message);
}

std::vector<float> outputOf(const ModelPackage &package, const Tensor &input)
{
    const auto model = Model::create(package.network, package.weights, Device());
    if (!model)
        qWarning("%s", model.error().message.c_str());
    const auto output = model ? model->forward(input) : fail(model.error());
    return output ? output->toFloats() : std::vector<float>();
}

double largestDifference(const std::vector<float> &found, const std::vector<float> &wanted)
{
    if (found.size() != wanted.size() || found.empty())
        return INFINITY;
    double largest = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        largest = std::max<double>(largest, std::abs(found[i] - wanted[i]));
    return largest;
}

bool mentions(const std::vector<std::string> &sentences, std::string_view words)
{
    return std::ranges::any_of(sentences, [&](const std::string &sentence) { return sentence.find(words) != std::string::npos; });
}

void put(const std::filesystem::path &path, std::string_view text)
{
    std::ofstream stream(path, std::ios::binary | std::ios::trunc);
    stream.write(text.data(), static_cast<std::streamsize>(text.size()));
}

long peakKilobytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

class KerasTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void logitsAreThoseOfTheChannelsLastDefinition_data() { models(); }
    void logitsAreThoseOfTheChannelsLastDefinition();
    void probabilitiesAreThoseOfTensorFlow();
    void modelsInsideBecomeBlocks();
    void preprocessingIsThatOfTheFamilyAndIsSaid();
    void aLambdaIsShownAndNeverRun();
    void whatIsNoWholeModelIsRefusedInOneSentence_data();
    void whatIsNoWholeModelIsRefusedInOneSentence();
    void linksOutOfTheFileAreNotFollowed();
    void aCutOrChangedFileNeverCrashes_data();
    void aCutOrChangedFileNeverCrashes();

private:
    void models() const;
    [[nodiscard]] std::filesystem::path path(const QString &name) const { return m_folder.filePath(name).toStdString(); }
    QTemporaryDir m_folder;
};

void KerasTest::initTestCase()
{
    QVERIFY(runPython("make_keras.py", {m_folder.path()}));
}

void KerasTest::models() const
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("file");
    for (const char *folder : {"mobilenet", "resnet", "xception", "sequential", "others", "flattened", "in a Sequential", "operators",
             "two classes", "compressed"})
        for (const char *file : {"model.h5", "model.keras"})
            if (std::filesystem::exists(path(QString(folder) + "/" + file)))
                QTest::addRow("%s/%s", folder, file) << QString(folder) << QString(file);
}

void KerasTest::logitsAreThoseOfTheChannelsLastDefinition()
{
    QFETCH(QString, folder);
    QFETCH(QString, file);
    const auto package = readModel(path(folder + "/" + file));
    QVERIFY2(package, qPrintable(wordsOf(package)));
    QVERIFY(problems(package->network).empty());
    const auto expected = readSafetensors(path(folder + "/expected.safetensors"));
    QVERIFY(expected);
    const double difference
        = largestDifference(outputOf(*package, *expected->tensors.find("input")), expected->tensors.find("logits")->toFloats());
    qInfo("%g", difference);
    QVERIFY2(difference <= 1e-4, qPrintable(QString::number(difference)));
}

void KerasTest::probabilitiesAreThoseOfTensorFlow()
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("NODE_PATH", GRAFT_NODE_MODULES);
    process.setProcessEnvironment(environment);
    process.start("node", {GRAFT_SOURCE_DIR "/tests/formats/run_tfjs.js", m_folder.path()});
    if (!QFileInfo::exists(GRAFT_NODE_MODULES "/@tensorflow/tfjs-layers") || !process.waitForFinished(100'000))
        QSKIP("TensorFlow.js is not installed; packaging/test.sh does it where npm reaches its registry.");
    QCOMPARE(process.exitCode(), 0);
    int cases = 0;
    for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
        const auto parts = line.split('\t');
        if (parts.size() != 2)
            continue;
        std::vector<float> wanted;
        for (const auto &value : QJsonDocument::fromJson(parts[1]).array())
            wanted.push_back(static_cast<float>(value.toDouble()));
        const auto package = readModel(path(parts[0] + "/model.h5"));
        const auto expected = readSafetensors(path(parts[0] + "/expected.safetensors"));
        QVERIFY(package && expected);
        const auto logits = outputOf(*package, *expected->tensors.find("input"));
        const auto shares = probabilities(Tensor::fromFloats({1, std::ssize(logits)}, logits));
        const double difference = largestDifference({shares.at(0).begin(), shares.at(0).end()}, wanted);
        qInfo("%s: %g", parts[0].constData(), difference);
        QVERIFY2(difference <= 1e-5, parts[0].constData());
        ++cases;
    }
    QCOMPARE(cases, 4);
}

void KerasTest::modelsInsideBecomeBlocks()
{
    for (const char *name : {"in a Sequential/model.h5", "in a Sequential/model.keras", "operators/model.h5"}) {
        const auto package = readModel(path(name));
        QVERIFY2(package, qPrintable(wordsOf(package)));
        QVERIFY(package->network.find("mobilenet_base.Conv1"));
        QVERIFY(package->weights.contains("mobilenet_base.bn_2.running_mean"));
        QVERIFY(package->network.find("dense"));
    }
}

void KerasTest::preprocessingIsThatOfTheFamilyAndIsSaid()
{
    const auto resnet = readModel(path("resnet/model.h5"));
    QVERIFY(resnet && resnet->preprocessing.channelOrder == "BGR");
    QCOMPARE(resnet->preprocessing.mean[0] * 255, 103.939);
    QVERIFY(mentions(resnet->remarks, "ResNet"));
    const auto mobilenet = readModel(path("mobilenet/model.keras"));
    QVERIFY(mobilenet && mobilenet->preprocessing.mean[1] == 0.5 && mobilenet->preprocessing.crop == 96);
    QVERIFY(mentions(mobilenet->remarks, "MobileNet"));
    const auto operators = readModel(path("operators/model.h5"));
    QVERIFY(operators && mentions(operators->remarks, "0 to 255"));
    QCOMPARE(operators->preprocessing.standardDeviation[2], 1.0 / 255);
    const auto two = readModel(path("two classes/model.h5"));
    QVERIFY(two && mentions(two->remarks, "two classes") && mentions(two->remarks, "Inception"));
    const auto plain = readModel(path("sequential/model.h5"));
    QVERIFY(plain && mentions(plain->remarks, "divided by 255"));
}

void KerasTest::aLambdaIsShownAndNeverRun()
{
    const auto package = readModel(path("bad/lambda.h5"));
    QVERIFY2(package, qPrintable(wordsOf(package)));
    QVERIFY2(mentions(package->remarks, "Lambda (`avg_pool`)"), package->remarks.front().c_str());
    QCOMPARE(problems(package->network).size(), std::size_t{1});
    const auto unknown = readModel(path("bad/unknown.keras"));
    QVERIFY2(unknown, qPrintable(wordsOf(unknown)));
    QVERIFY(mentions(unknown->remarks, "MyLayer"));
}

void KerasTest::whatIsNoWholeModelIsRefusedInOneSentence_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("word");
    QTest::newRow("weights alone") << "weights.h5"
                                   << "without a Keras model's configuration";
    QTest::newRow("Python class") << "subclassed.h5"
                                  << "MyModel";
    QTest::newRow("missing kernel") << "missing.h5"
                                    << "`conv1_conv`";
}

void KerasTest::whatIsNoWholeModelIsRefusedInOneSentence()
{
    QFETCH(QString, name);
    QFETCH(QString, word);
    const auto package = readModel(path("bad/" + name));
    QVERIFY(!package);
    QVERIFY2(wordsOf(package).contains("'" + name + "'") && wordsOf(package).contains(word) && wordsOf(package).endsWith('.'),
        qPrintable(wordsOf(package)));
}

void KerasTest::linksOutOfTheFileAreNotFollowed()
{
    const auto package = readModel(path("bad/external.h5"));
    QVERIFY(!package);
    QCOMPARE(package.error().code, ErrorCode::WeightsMismatch);
}

void KerasTest::aCutOrChangedFileNeverCrashes_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"operators/model.h5", "in a Sequential/model.keras", "compressed/model.h5"})
        QTest::newRow(name) << QString(name);
}

void KerasTest::aCutOrChangedFileNeverCrashes()
{
    QFETCH(QString, name);
    const auto whole = readText(path(name)).value();
    const auto changed = path("changed");
    std::mt19937 random(13);
    const long before = peakKilobytes();
    int refused = 0;
    for (int round = 0; round < 1500; ++round) {
        std::string text = whole;
        if (round % 8 == 0)
            text.resize(random() % text.size());
        for (unsigned changes = 1 + random() % 6; changes > 0 && !text.empty(); --changes) {
            constexpr std::array<int, 5> values = {0, 1, 0x7F, 0x80, 0xFF};
            // Most of what matters lies in the first half; the rest is numbers.
            const std::size_t place = random() % (changes % 2 == 0 ? text.size() : std::max<std::size_t>(text.size() / 8, 1));
            text[place] = static_cast<char>(random() % 2 == 0 ? values[random() % values.size()] : static_cast<int>(random() % 256));
        }
        put(changed, text);
        const auto package = readModel(changed);
        refused += !package;
        if (!package)
            QVERIFY2(package.error().message.ends_with('.'), package.error().message.c_str());
    }
    QVERIFY(refused > 100);
    QVERIFY2(peakKilobytes() - before < 400'000, "a small file took much memory");
}

QTEST_GUILESS_MAIN(KerasTest)
#include "kerastest.moc"
