#include "formats/onnxtest.h"
#include "formats/python.h"
#include "graph/edits.h"
#include "support/shareddata.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace graft;

namespace {

bool isOneSentence(const std::string &text)
{
    return text.ends_with('.') && text.find(". ") == std::string::npos && text.find('\n') == std::string::npos;
}

} // namespace

class OnnxReadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void anExportedNetworkAnswersAsItDidThere_data();
    void anExportedNetworkAnswersAsItDidThere();
    void trainedTensorsKeepPyTorchsNames_data();
    void trainedTensorsKeepPyTorchsNames();
    void partsAreLayersAgain();
    void whatGoesOutComesInAgainTheSame_data();
    void whatGoesOutComesInAgainTheSame();
    void stepsWithoutALayerAreListedTogetherAndTheRestIsThere();
    void whatIsUnsafeOrWrongIsRefusedInOneSentence_data();
    void whatIsUnsafeOrWrongIsRefusedInOneSentence();
    void aFileCutAnywhereIsRefused();
    void aPublishedFileOpensWithItsNames();

private:
    [[nodiscard]] std::string path(const QString &name) const { return (m_folder + "/" + name).toStdString(); }
    void addExported() const;
    [[nodiscard]] Tensor input(const QString &name, const Shape &picture) const;

    QTemporaryDir m_own;
    QString m_folder; ///< GRAFT_ONNX_EXAMPLES, which saves making them anew, or one of the test's own
};

void OnnxReadTest::initTestCase()
{
    m_folder = qEnvironmentVariable("GRAFT_ONNX_EXAMPLES", m_own.path());
    if (m_folder == m_own.path())
        QVERIFY2(runPython("make_onnx.py", {m_folder}), "Python's torch or onnx is missing");
}

void OnnxReadTest::addExported() const
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"resnet18", "resnet18_training", "resnet18_baked", "mobilenet_v3_small", "mobilenet_v3_small_training",
             "shufflenet", "squeezenet", "efficientnet", "mnasnet_training", "parts", "parts_plain", "vit", "vit_plain", "same_upper",
             "same_lower", "old", "shapes", "external"})
        QTest::addRow("%s", name) << name;
}

Tensor OnnxReadTest::input(const QString &name, const Shape &picture) const
{
    const auto values = readFloats(m_folder + "/" + name + ".input");
    Shape shape = picture;
    shape.insert(shape.begin(), static_cast<std::int64_t>(values.size()) / elementCount(picture));
    return Tensor::fromFloats(shape, values);
}

void OnnxReadTest::anExportedNetworkAnswersAsItDidThere_data()
{
    addExported();
}

void OnnxReadTest::anExportedNetworkAnswersAsItDidThere()
{
    QFETCH(QString, name);
    const auto package = readModel(path(name + ".onnx"));
    QVERIFY2(package, package ? "" : package.error().message.c_str());
    const auto answers = answersOf(*package, input(name, package->network.inputShape()));
    QVERIFY2(answers, answers ? "" : answers.error().message.c_str());
    const double difference = differenceOf(readFloats(m_folder + "/" + name + ".output"), answers->floats());
    QVERIFY2(difference <= 1e-4, qPrintable(QString::number(difference)));
}

void OnnxReadTest::trainedTensorsKeepPyTorchsNames_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"resnet18_training", "mobilenet_v3_small_training", "mnasnet_training"})
        QTest::addRow("%s", name) << name;
}

void OnnxReadTest::trainedTensorsKeepPyTorchsNames()
{
    QFETCH(QString, name);
    const auto package = readModel(path(name + ".onnx"));
    QVERIFY2(package, package ? "" : package.error().message.c_str());
    std::ifstream names(path(name + ".names"));
    std::size_t count = 0;
    for (std::string tensor; std::getline(names, tensor); ++count)
        QVERIFY2(package->weights.contains(tensor), tensor.c_str());
    QCOMPARE(package->weights.size(), count);
}

void OnnxReadTest::partsAreLayersAgain()
{
    for (const char *name : {"parts.onnx", "parts_plain.onnx"}) {
        const auto package = readModel(path(name));
        QVERIFY2(package, package ? "" : package.error().message.c_str());
        for (const auto &[layer, type] : {std::pair("first", "Linear"), {"norm", "LayerNorm"}, {"gelu", "GELU"}, {"silu", "SiLU"}}) {
            QVERIFY2(package->network.find(layer), layer);
            QCOMPARE(package->network.find(layer)->type, std::string(type));
        }
        QVERIFY(package->weights.contains("norm.weight"));
    }
    const auto transformer = readModel(path("vit.onnx"));
    QVERIFY(transformer);
    const Layer *attention = transformer->network.find("encoder.layers.encoder_layer_1.self_attention");
    QVERIFY(attention);
    QCOMPARE(attention->type, std::string("MultiheadAttention"));
    QVERIFY(transformer->weights.contains("class_token"));
    QVERIFY(transformer->weights.contains("encoder.pos_embedding"));
}

void OnnxReadTest::whatGoesOutComesInAgainTheSame_data()
{
    addExported();
}

void OnnxReadTest::whatGoesOutComesInAgainTheSame()
{
    QFETCH(QString, name);
    const auto package = readModel(path(name + ".onnx"));
    QVERIFY(package);
    const std::string out = m_own.filePath(name + "_again.onnx").toStdString();
    const auto written = writeModel(out, "onnx", *package);
    QVERIFY2(written, written ? "" : written.error().message.c_str());
    const auto again = readModel(out);
    QVERIFY2(again, again ? "" : again.error().message.c_str());
    const Tensor batch = input(name, package->network.inputShape());
    const auto expected = answersOf(*package, batch), got = answersOf(*again, batch);
    QVERIFY(expected && got);
    QVERIFY(differenceOf(expected->floats(), got->floats()) <= 1e-5);
}

void OnnxReadTest::stepsWithoutALayerAreListedTogetherAndTheRestIsThere()
{
    const auto package = readModel(path("unknown.onnx"));
    QVERIFY2(package, package ? "" : package.error().message.c_str());
    QCOMPARE(package->remarks.front(),
        std::string("Graft has no layer for 3 steps of this file, which can be looked at but not run: Einsum (`sum`); my.domain.Magic "
                    "(`trick`); NonMaxSuppression (`boxes`)."));
    QVERIFY(package->network.find("stem"));
    QVERIFY(package->network.find("after"));
    QCOMPARE(package->network.find("after")->type, std::string("Conv2d"));
}

void OnnxReadTest::whatIsUnsafeOrWrongIsRefusedInOneSentence_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("code");
    const auto add = [](const char *name, ErrorCode code) { QTest::addRow("%s", name) << name << static_cast<int>(code); };
    add("out_parent", ErrorCode::FileRefused);
    add("out_absolute", ErrorCode::FileRefused);
    add("out_hidden", ErrorCode::FileRefused);
    add("too_far", ErrorCode::FileCorrupt);
    add("too_long", ErrorCode::FileCorrupt);
    add("absent", ErrorCode::FileNotFound);
    add("opset6", ErrorCode::FormatUnknown);
    add("twice", ErrorCode::FileCorrupt);
    add("circle", ErrorCode::FileCorrupt);
    add("huge", ErrorCode::FileCorrupt);
    add("bomb", ErrorCode::FileRefused);
}

void OnnxReadTest::whatIsUnsafeOrWrongIsRefusedInOneSentence()
{
    QFETCH(QString, name);
    QFETCH(int, code);
    const auto package = readModel(path(name + ".onnx"));
    QVERIFY(!package);
    QVERIFY2(isOneSentence(package.error().message), package.error().message.c_str());
    QVERIFY2(static_cast<int>(package.error().code) == code, package.error().message.c_str());
}

void OnnxReadTest::aFileCutAnywhereIsRefused()
{
    QFile file(m_folder + "/old.onnx");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    const QString cut = m_own.filePath("cut.onnx");
    for (qsizetype size = 1; size < whole.size() - 1; size += 7) {
        writeBytes(cut, std::as_bytes(std::span(whole.constData(), static_cast<std::size_t>(size))));
        const auto package = readModel(cut.toStdString());
        if (!package)
            QVERIFY2(isOneSentence(package.error().message), package.error().message.c_str());
    }
}

void OnnxReadTest::aPublishedFileOpensWithItsNames()
{
    const auto folder = sharedData();
    if (!folder)
        QSKIP("no shared data beside the checkout");
    QElapsedTimer clock;
    clock.start();
    const auto package = readModel(*folder / "weights/squeezenet1_1/SqueezeNet_fp16.onnx");
    qInfo("opened in %lld ms", static_cast<long long>(clock.elapsed()));
    QVERIFY2(package, package ? "" : package.error().message.c_str());
    QVERIFY(package->network.find("fire2.squeeze1x1"));
    QVERIFY(package->weights.contains("fire2.squeeze1x1.weight"));
    QCOMPARE(package->weights.find("conv1.weight")->type(), DType::Float32);
    // The Softmax at its end is left out, and the missing preprocessing is said.
    QCOMPARE(package->remarks.size(), std::size_t{2});
    Network adapted = package->network;
    QVERIFY(replaceHead(adapted, 12));
}

QTEST_GUILESS_MAIN(OnnxReadTest)
#include "onnxreadtest.moc"
