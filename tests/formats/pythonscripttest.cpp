#include "architectures/architecture.h"
#include "core/files.h"
#include "data/drawnpictures.h"
#include "demo/demo.h"
#include "formats/format.h"
#include "formats/python.h"
#include "formats/safetensors.h"
#include "graph/edits.h"
#include "nn/model.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>

using namespace graft;

namespace {

using Ints = std::vector<std::int64_t>;

/// Named as no Python programmer would like it.
const std::vector<std::string> classNames = {"ant", "\"\"\"bee\\", "élan\n蜂"};

ModelPackage packageOf(Network network, int size)
{
    ModelPackage package;
    package.weights = initialWeights(network, 5).value();
    package.network = std::move(network);
    package.preprocessing.crop = package.preprocessing.resize = size;
    package.classNames = classNames;
    package.origin = "a \"test\"";
    package.licence = "none\\";
    return package;
}

ModelPackage architecture(const char *name)
{
    return packageOf(architectures().find(name)->build(3), 64);
}

/// ResNet-18 with another activation and a Dropout before its head: no function of torchvision's makes it.
ModelPackage edited()
{
    Network network = architectures().find("resnet18")->build(3);
    network.find(network.find("layer2.0.relu")->id)->type = "Hardswish";
    network.find(network.find("maxpool")->id)->attributes["ceil_mode"] = true;
    return packageOf(std::move(network), 64);
}

/// Two classifiers besides the main one, a squeeze-and-excitation, a concatenation, and names that Python could trip over.
ModelPackage hydra()
{
    Network network;
    const LayerId input = network.add("input", "Input", {{"shape", Ints{3, 16, 16}}}, {});
    const LayerId stem = network.add("class.1stem", "Conv2d",
        {{"in_channels", std::int64_t{3}}, {"out_channels", std::int64_t{8}}, {"kernel_size", Ints{3, 3}}, {"padding", Ints{1, 1}}},
        {input});
    const LayerId norm = network.add("class.norm", "BatchNorm2d", {{"num_features", std::int64_t{8}}}, {stem});
    const LayerId pool = network.add("x", "AdaptiveAvgPool2d", {}, {norm});
    const LayerId gate = network.add("gate", "Sigmoid", {}, {pool});
    const LayerId scaled = network.add("scaled", "Multiply", {}, {gate, norm});
    const LayerId both = network.add("both", "Concatenate", {}, {scaled, norm});
    const LayerId all = network.add("self", "AdaptiveAvgPool2d", {}, {both});
    const LayerId flat = network.add("flat", "Flatten", {}, {all});
    const LayerId head = network.add("head", "Linear", {{"in_features", std::int64_t{16}}, {"out_features", std::int64_t{3}}}, {flat});
    const LayerId auxiliaryFlat = network.add("aux.flat", "Flatten", {}, {pool});
    const LayerId auxiliary
        = network.add("aux.fc", "Linear", {{"in_features", std::int64_t{8}}, {"out_features", std::int64_t{3}}}, {auxiliaryFlat});
    network.setOutput(head);
    network.auxiliaryOutputs = {{auxiliary, 0.4}};
    return packageOf(std::move(network), 16);
}

Tensor pictures(std::int64_t count, std::int64_t size)
{
    std::vector<float> values(static_cast<std::size_t>(count * 3 * size * size));
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = std::sin(static_cast<float>(i % 9973) * 0.37F);
    return Tensor::fromFloats({count, 3, size, size}, values);
}

QJsonDocument ask(const QStringList &question)
{
    const auto said = runPython("check_script.py", question);
    return said ? QJsonDocument::fromJson(*said) : QJsonDocument();
}

} // namespace

class PythonScriptTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theScriptGivesGraftsLogits_data();
    void theScriptGivesGraftsLogits();
    void namesPreparationLicenceAndOriginAreInTheScript();
    void frozenLayersAndRatesAreHonoured();
    void trainingOnLowersTheLoss();
    void whatCannotRunIsNotWritten();
    void torchHasWhatScriptsTakeFromIt();

private:
    QTemporaryDir m_folder;
};

void PythonScriptTest::theScriptGivesGraftsLogits_data()
{
    QTest::addColumn<ModelPackage>("package");
    QTest::addColumn<bool>("isTorchvision");
    QTest::newRow("resnet18") << architecture("resnet18") << true;
    QTest::newRow("squeezenet1_1") << architecture("squeezenet1_1") << true;
    QTest::newRow("mobilenet_v2") << architecture("mobilenet_v2") << true;
    QTest::newRow("googlenet") << architecture("googlenet") << true;
    QTest::newRow("edited resnet18") << edited() << false;
    QTest::newRow("cifar_resnet20") << packageOf(architectures().find("cifar_resnet20")->build(3), 32) << false;
    QTest::newRow("auxiliary classifier and odd names") << hydra() << false;
    QTest::newRow("demo") << demoModel().value() << false;
}

void PythonScriptTest::theScriptGivesGraftsLogits()
{
    QFETCH(ModelPackage, package);
    QFETCH(bool, isTorchvision);
    const QString script = m_folder.filePath("model.py"), input = m_folder.filePath("pictures.safetensors");
    const auto written = writeModel(script.toStdString(), "python", package);
    QVERIFY2(written, written ? "" : written.error().message.c_str());
    const QString text = QString::fromStdString(readText(script.toStdString()).value());
    QCOMPARE(text.contains("torchvision.models."), isTorchvision);
    FileContents contents;
    contents.tensors.set("input", pictures(3, package.network.inputShape().back()));
    QVERIFY(writeSafetensors(input.toStdString(), contents));
    const auto model = Model::create(package.network, package.weights, Device());
    const auto expected = model->forward(*contents.tensors.find("input"));
    const QJsonArray got = ask({"logits", script, input}).array();
    QVERIFY(expected);
    QCOMPARE(got.size(), qsizetype(expected->elementCount()));
    double difference = 0, largest = 0;
    for (qsizetype i = 0; i < got.size(); ++i) {
        const double own = static_cast<double>(expected->floats()[static_cast<std::size_t>(i)]);
        difference = std::max(difference, std::abs(got[i].toDouble() - own));
        largest = std::max(largest, std::abs(own));
    }
    QVERIFY2(difference <= 1e-4 * largest, qPrintable(QString::number(difference / largest)));
}

void PythonScriptTest::namesPreparationLicenceAndOriginAreInTheScript()
{
    const QString script = m_folder.filePath("facts.py");
    QVERIFY(writeModel(script.toStdString(), "python", hydra()));
    const QJsonObject facts = ask({"facts", script}).object();
    QCOMPARE(facts["classes"].toArray(), (QJsonArray{"ant", "\"\"\"bee\\", "élan\n蜂"}));
    QCOMPARE(facts["licence"].toString(), QString("none\\"));
    QCOMPARE(facts["origin"].toString(), QString("a \"test\""));
    QCOMPARE(facts["mean"].toArray(), (QJsonArray{0.485, 0.456, 0.406}));
}

void PythonScriptTest::frozenLayersAndRatesAreHonoured()
{
    for (ModelPackage package : {architecture("resnet18"), edited()}) {
        QVERIFY(freeze(package.network, "conv1,bn1,layer1,layer2,layer3,layer4.0,layer4.1.conv1"));
        package.network.find(package.network.find("fc")->id)->learningRateFactor = 10;
        const QString script = m_folder.filePath("frozen.py");
        QVERIFY(writeModel(script.toStdString(), "python", package));
        QVERIFY(readText(script.toStdString())
                    ->find("FROZEN = [\n    \"conv1\",\n    \"bn1\",\n    \"layer1\",\n    \"layer2\",\n    \"layer3\",\n    "
                           "\"layer4.0\",\n    \"layer4.1.conv1\",\n]")
            != std::string::npos);
        const QJsonObject facts = ask({"facts", script}).object();
        QCOMPARE(facts["trained"].toArray(),
            (QJsonArray{"fc.bias", "fc.weight", "layer4.1.bn1.bias", "layer4.1.bn1.weight", "layer4.1.bn2.bias", "layer4.1.bn2.weight",
                "layer4.1.conv2.weight"}));
        QCOMPARE(facts["norms in training"].toArray(), (QJsonArray{"layer4.1.bn1", "layer4.1.bn2"}));
        QCOMPARE(facts["learning"].toObject()["fc.weight"].toDouble(), 5.0);
        QCOMPARE(facts["learning"].toObject()["layer4.1.conv2.weight"].toDouble(), 0.5);
    }
}

void PythonScriptTest::trainingOnLowersTheLoss()
{
    ModelPackage package = demoModel().value();
    const std::string pictures = m_folder.filePath("pictures").toStdString();
    QVERIFY(writeDrawnDataset(pictures, DrawnSet::Demo, 4, 2, 64));
    package.classNames = drawnClasses(DrawnSet::Demo);
    QVERIFY(replaceHead(package.network, static_cast<std::int64_t>(package.classNames.size())));
    QVERIFY(freeze(package.network, "all-but-head"));
    package.weights = completeWeights(package.network, withoutLayer(package.weights, "fc"), 1).value();
    const QString script = m_folder.filePath("train me.py");
    QVERIFY(writeModel(script.toStdString(), "python", package));
    QProcess python;
    python.start(
        GRAFT_PYTHON, {"-B", script, "--train", QString::fromStdString(pictures), "--epochs", "1", "--batch", "8", "--lr", "0.02"});
    QVERIFY(python.waitForFinished(100'000));
    const QString said = python.readAllStandardOutput();
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    QList<double> losses;
    auto matches = QRegularExpression("validation loss ([0-9.]+)").globalMatch(said);
    while (matches.hasNext())
        losses << matches.next().captured(1).toDouble();
    QCOMPARE(losses.size(), 2);
    QVERIFY2(losses[1] < losses[0], qPrintable(said));
    // The trained weights go with the same script.
    const QString picture = m_folder.filePath("pictures/val/" + QString::fromStdString(package.classNames[0]) + "/0000.png");
    python.start(GRAFT_PYTHON, {"-B", script, "--weights", m_folder.filePath("train me.trained.pth"), picture});
    QVERIFY(python.waitForFinished(100'000));
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    QCOMPARE(python.readAllStandardOutput().count('%'), 5);
}

void PythonScriptTest::whatCannotRunIsNotWritten()
{
    ModelPackage package = hydra();
    package.network.find(package.network.find("gate")->id)->type = "Opaque";
    package.network.find(package.network.find("gate")->id)->attributes
        = {{"operator", std::string("Strange")}, {"output_shape", Ints{8, 1, 1}}};
    const auto written = writeModel(m_folder.filePath("opaque.py").toStdString(), "python", package);
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::NetworkInvalid);
    QVERIFY(!QFile::exists(m_folder.filePath("opaque.py")) && !QFile::exists(m_folder.filePath("opaque.weights.pth")));
}

void PythonScriptTest::torchHasWhatScriptsTakeFromIt()
{
    nlohmann::json registries
        = {{"types", nlohmann::json::object()}, {"torchvision", nlohmann::json::array()}, {"others", nlohmann::json::array()}};
    const auto isAlwaysWritten = [](const AttributeSchema &attribute) {
        return attribute.name == "dim" || attribute.name == "output_size" || attribute.name == "value";
    };
    for (const LayerType &type : layerTypes().all()) {
        if (type.python || type.name == "Input" || type.name == "Opaque")
            continue;
        auto &attributes = registries["types"][type.name] = nlohmann::json::object();
        for (const AttributeSchema &attribute : type.schema)
            attributes[attribute.name] = attribute.required || isAlwaysWritten(attribute)
                ? nlohmann::json()
                : std::visit([](const auto &value) { return nlohmann::json(value); }, attribute.defaultValue);
    }
    for (const Architecture &entry : architectures().all())
        registries[entry.isInTorchvision ? "torchvision" : "others"].push_back(entry.name);
    const QString file = m_folder.filePath("registries.json");
    QVERIFY(writeText(file.toStdString(), registries.dump()));
    const auto said = runPython("check_names.py", {file});
    QVERIFY(said);
    QVERIFY2(said->isEmpty(), said->constData());
}

QTEST_GUILESS_MAIN(PythonScriptTest)
#include "pythonscripttest.moc"
