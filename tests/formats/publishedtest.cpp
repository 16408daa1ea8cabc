#include "core/files.h"
#include "formats/format.h"
#include "formats/python.h"
#include "formats/safetensors.h"
#include "nn/model.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace graft;

namespace {

QString wordsOf(const Result<ModelPackage> &package)
{
    return package ? QString() : QString::fromStdString(package.error().message);
}

/// The largest difference of the logits that Graft and torchvision get from the same weights, as a share of the largest one below 1.
double differenceFrom(const std::filesystem::path &expected, const ModelPackage &package)
{
    const auto contents = readSafetensors(expected);
    const Tensor &input = *contents->tensors.find("input");
    Network network = package.network;
    network.find(network.layers().front().id)->attributes["shape"] = Shape(input.shape().begin() + 1, input.shape().end());
    const auto model = Model::create(network, package.weights, Device());
    const auto logits = model->forward(input);
    const Tensor &wanted = *contents->tensors.find("logits");
    if (!logits || logits->shape() != wanted.shape())
        return INFINITY;
    double difference = 0, largest = 0;
    for (std::size_t i = 0; i < wanted.floats().size(); ++i) {
        difference = std::max<double>(difference, std::abs(logits->floats()[i] - wanted.floats()[i]));
        largest = std::max<double>(largest, std::abs(wanted.floats()[i]));
    }
    return difference / std::min(1.0, largest);
}

bool mentions(const std::vector<std::string> &sentences, std::string_view words)
{
    return std::ranges::any_of(sentences, [&](const std::string &sentence) { return sentence.find(words) != std::string::npos; });
}

} // namespace

/// Files as timm and HuggingFace's libraries publish them.
class PublishedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theirNamesGiveTorchvisionsLogits_data();
    void theirNamesGiveTorchvisionsLogits();
    void oneOfTheShardsOpensAll();
    void aMissingShardIsNamed();
    void anIndexThatLeadsElsewhereIsRefused_data();
    void anIndexThatLeadsElsewhereIsRefused();
    void theirCardsGiveClassesAndPreprocessing();
    void aDamagedCardIsLeftOut_data();
    void aDamagedCardIsLeftOut();
    void tiedWeightsStayTied_data();
    void tiedWeightsStayTied();
    void theSentenceStillNamesTheNearestArchitecture();

private:
    [[nodiscard]] std::filesystem::path path(const QString &name) const { return m_folder.filePath(name).toStdString(); }
    QTemporaryDir m_folder;
};

void PublishedTest::initTestCase()
{
    QVERIFY(runPython("make_published.py", {m_folder.path()}));
}

void PublishedTest::theirNamesGiveTorchvisionsLogits_data()
{
    QTest::addColumn<QString>("name");
    const auto folders = QDir(m_folder.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QVERIFY(folders.size() >= 26);
    for (const QString &folder : folders)
        QTest::newRow(folder.toUtf8().constData()) << folder;
}

void PublishedTest::theirNamesGiveTorchvisionsLogits()
{
    QFETCH(QString, name);
    const auto package = readModel(path(name));
    QVERIFY2(package, qPrintable(wordsOf(package)));
    const double difference = differenceFrom(path(name + "/expected.safetensors"), *package);
    qInfo("%s: %g", qPrintable(name), difference);
    QVERIFY2(difference <= 1e-4, qPrintable(QString::number(difference)));
}

void PublishedTest::oneOfTheShardsOpensAll()
{
    const auto whole = readModel(path("shards/model.safetensors.index.json"));
    QVERIFY2(whole, qPrintable(wordsOf(whole)));
    const auto part = readModel(path("shards/model-00002-of-00003.safetensors"));
    QVERIFY2(part, qPrintable(wordsOf(part)));
    QVERIFY(part->weights == whole->weights && part->network == whole->network);
}

void PublishedTest::aMissingShardIsNamed()
{
    const QTemporaryDir folder;
    for (const QString &file : QDir(path("shards").c_str()).entryList(QDir::Files))
        QVERIFY(QFile::copy((path("shards") / file.toStdString()).c_str(), folder.filePath(file)));
    QVERIFY(QFile::remove(folder.filePath("model-00003-of-00003.safetensors")));
    const auto read = readModel(folder.path().toStdString());
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::FileNotFound);
    QVERIFY2(read.error().message.find("'model-00003-of-00003.safetensors'") != std::string::npos, read.error().message.c_str());

    QVERIFY(QFile::remove(folder.filePath("model.safetensors.index.json")));
    const auto alone = readModel(folder.filePath("model-00001-of-00003.safetensors").toStdString());
    QVERIFY(!alone);
    QVERIFY2(alone.error().message.find("'model.safetensors.index.json'") != std::string::npos, alone.error().message.c_str());
}

void PublishedTest::anIndexThatLeadsElsewhereIsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto naming = [](const QByteArray &file) { return R"({"weight_map": {"a": ")" + file + R"("}})"; };
    QTest::newRow("parent") << naming("../model.safetensors");
    QTest::newRow("absolute") << naming("/etc/model.safetensors");
    QTest::newRow("folder") << naming("part/model.safetensors");
    QTest::newRow("backslash") << naming("..\\\\model.safetensors");
    QTest::newRow("dots") << naming("..");
    QTest::newRow("hidden") << naming(".safetensors");
    QTest::newRow("null byte") << naming("a\\u0000.safetensors");
    QTest::newRow("itself") << naming("hostile.json");
    QTest::newRow("other kind") << naming("passwords.txt");
    QTest::newRow("empty name") << naming("");
    QTest::newRow("number") << QByteArray(R"({"weight_map": {"a": 5}})");
    QTest::newRow("list") << QByteArray(R"({"weight_map": ["a"]})");
    QTest::newRow("nothing") << QByteArray(R"({"weight_map": {}})");
    QTest::newRow("cut") << QByteArray(R"({"weight_map": {"a": "model.saf)");
    QTest::newRow("deep") << QByteArray(R"({"weight_map": )") + QByteArray(1'000'000, '[');
}

void PublishedTest::anIndexThatLeadsElsewhereIsRefused()
{
    QFETCH(QByteArray, json);
    QVERIFY(writeText(path("hostile.json"), json.toStdString()));
    const auto read = readModel(path("hostile.json"));
    QVERIFY(!read);
    const auto &message = read.error().message;
    QVERIFY2(message.find("'hostile.json'") != std::string::npos && message.ends_with('.'), message.c_str());
}

void PublishedTest::theirCardsGiveClassesAndPreprocessing()
{
    const auto resnet = readModel(path("resnet, HuggingFace"));
    QVERIFY(resnet && resnet->classNames.size() == 7 && resnet->classNames[6] == "label 6");
    const Preprocessing warped{
        .resize = 256, .crop = 224, .interpolation = "bicubic", .mean = {0.5, 0.4, 0.3}, .standardDeviation = {0.5, 0.25, 0.125}};
    QVERIFY(resnet->preprocessing == warped);
    QVERIFY(mentions(resnet->remarks, "preprocessor_config.json"));

    const auto regnet = readModel(path("regnet, HuggingFace"));
    QVERIFY(regnet && regnet->preprocessing.resize == 0 && regnet->preprocessing.crop == 96);
    QCOMPARE(regnet->network.inputShape(), (Shape{3, 96, 96}));

    const auto mobile = readModel(path("mobilenet_v2, timm"));
    QVERIFY(mobile && mobile->classNames.size() == 7 && mobile->classNames[0] == "name 0");
    const Preprocessing timm{.resize = 200, .crop = 160, .interpolation = "bicubic", .mean = {0, 0.5, 1}, .standardDeviation = {1, 2, 3}};
    QVERIFY(mobile->preprocessing == timm);

    const auto without = readModel(path("mobilenet_v3, timm"));
    QVERIFY(without && mentions(without->remarks, "timm's MobileNetV3"));
}

void PublishedTest::aDamagedCardIsLeftOut_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("deep") << QByteArray(100'000, '[');
    QTest::newRow("other labels") << QByteArray(R"({"id2label": {"0": "a", "1": "b"}})");
    QTest::newRow("wrong numbers") << QByteArray(R"({"id2label": {"0":"a","1":"a","2":"a","3":"a","4":"a","5":"a","9":"a"}})");
    QTest::newRow("no names") << QByteArray(R"({"id2label": {"0":1,"1":1,"2":1,"3":1,"4":1,"5":1,"6":1}})");
    QTest::newRow("large") << QByteArray(R"({"pretrained_cfg": {"input_size": [3, 1e300, 5], "mean": [0,0,0], "std": [1,1,1]}})");
    QTest::newRow("no deviation") << QByteArray(R"({"pretrained_cfg": {"input_size": [3, 64, 64], "mean": [0,0,0], "std": [1,0,1]}})");
    QTest::newRow("texts") << QByteArray(R"({"pretrained_cfg": {"input_size": ["a"], "mean": "b", "std": {}}, "architecture": 5})");
}

void PublishedTest::aDamagedCardIsLeftOut()
{
    QFETCH(QByteArray, json);
    const QTemporaryDir folder;
    const auto at = [&](const char *name) { return std::filesystem::path(folder.filePath(name).toStdString()); };
    std::filesystem::copy_file(path("resnet, head/model.safetensors"), at("model.safetensors"));
    for (const char *name : {"config.json", "preprocessor_config.json"})
        QVERIFY(writeText(at(name), json.toStdString()));
    const auto read = readModel(at("model.safetensors"));
    QVERIFY2(read, qPrintable(wordsOf(read)));
    QVERIFY(read->classNames.empty() && read->remarks.empty());
    QVERIFY(read->preprocessing == Preprocessing{});
}

void PublishedTest::tiedWeightsStayTied_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("one storage") << QString("tied.pth");
    QTest::newRow("left out") << QString("tied.safetensors");
}

void PublishedTest::tiedWeightsStayTied()
{
    QFETCH(QString, name);
    const auto package = readModel(path(name));
    QVERIFY2(package, qPrintable(wordsOf(package)));
    QCOMPARE(package->network.tiedTensors.size(), std::size_t{1});
    QCOMPARE(package->network.tiedTensors.at("layer1.1.conv1.weight"), std::string("layer1.0.conv1.weight"));
}

void PublishedTest::theSentenceStillNamesTheNearestArchitecture()
{
    auto contents = readSafetensors(path("regnet, timm/model.safetensors"));
    QVERIFY(contents);
    contents->tensors.set("s1.b1.extra.weight", Tensor::fromFloats({1}, std::vector<float>{1}));
    QVERIFY(writeSafetensors(path("surplus.safetensors"), *contents));
    const auto read = readModel(path("surplus.safetensors"));
    QVERIFY(!read);
    for (const char *words : {"RegNet", "`s1.b1.extra.weight` does not belong to it"})
        QVERIFY2(read.error().message.find(words) != std::string::npos, read.error().message.c_str());
}

QTEST_GUILESS_MAIN(PublishedTest)
#include "publishedtest.moc"
