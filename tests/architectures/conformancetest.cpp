#include "architectures/architecture.h"
#include "architectures/weightspool.h"
#include "graph/analysis.h"
#include "nn/model.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

using namespace graft;

namespace {

/// An architecture and its multiply-adds in 10⁹ as torchvision's documentation prints them; 0 where it has none.
struct Published {
    const char *name;
    double gigaMultiplyAdds;
};
constexpr Published PublishedFigures[] = {
    {"alexnet", 0.71},
    {"cifar_resnet20", 0},
    {"cifar_resnet32", 0},
    {"cifar_resnet44", 0},
    {"cifar_resnet56", 0},
    {"convnext_tiny", 4.46},
    {"convnext_small", 8.68},
    {"convnext_base", 15.36},
    {"convnext_large", 34.36},
    {"densenet121", 2.83},
    {"densenet161", 7.73},
    {"densenet169", 3.36},
    {"densenet201", 4.29},
    {"efficientnet_b0", 0.39},
    {"efficientnet_b1", 0.69},
    {"efficientnet_b2", 1.09},
    {"efficientnet_b3", 1.83},
    {"efficientnet_b4", 4.39},
    {"efficientnet_b5", 10.27},
    {"efficientnet_b6", 19.07},
    {"efficientnet_b7", 37.75},
    {"efficientnet_v2_s", 8.37},
    {"efficientnet_v2_m", 24.58},
    {"efficientnet_v2_l", 56.08},
    {"googlenet", 1.50},
    {"graft_resnet8", 0},
    {"inception_v3", 5.71},
    {"mnasnet0_5", 0.10},
    {"mnasnet0_75", 0.21},
    {"mnasnet1_0", 0.31},
    {"mnasnet1_3", 0.53},
    {"mobilenet_v1_025", 0.04},
    {"mobilenet_v1_050", 0.15},
    {"mobilenet_v1_075", 0.33},
    {"mobilenet_v1_100", 0.57},
    {"mobilenet_v2", 0.30},
    {"mobilenet_v3_small", 0.06},
    {"mobilenet_v3_large", 0.22},
    {"regnet_x_400mf", 0.41},
    {"regnet_x_800mf", 0.80},
    {"regnet_x_1_6gf", 1.60},
    {"regnet_x_3_2gf", 3.18},
    {"regnet_x_8gf", 8.00},
    {"regnet_x_16gf", 15.94},
    {"regnet_x_32gf", 31.74},
    {"regnet_y_400mf", 0.40},
    {"regnet_y_800mf", 0.83},
    {"regnet_y_1_6gf", 1.61},
    {"regnet_y_3_2gf", 3.18},
    {"regnet_y_8gf", 8.47},
    {"regnet_y_16gf", 15.91},
    {"regnet_y_32gf", 32.28},
    {"regnet_y_128gf", 374.57},
    {"resnet18", 1.81},
    {"resnet34", 3.66},
    {"resnet50", 4.09},
    {"resnet101", 7.80},
    {"resnet152", 11.51},
    {"resnext50_32x4d", 4.23},
    {"resnext101_32x8d", 16.41},
    {"resnext101_64x4d", 15.46},
    {"shufflenet_v2_x0_5", 0.04},
    {"shufflenet_v2_x1_0", 0.14},
    {"shufflenet_v2_x1_5", 0.30},
    {"shufflenet_v2_x2_0", 0.58},
    {"squeezenet1_0", 0.82},
    {"squeezenet1_1", 0.35},
    {"swin_t", 4.49},
    {"swin_s", 8.74},
    {"swin_b", 15.43},
    {"swin_v2_t", 5.94},
    {"swin_v2_s", 11.55},
    {"swin_v2_b", 20.32},
    {"vgg11", 7.61},
    {"vgg11_bn", 7.61},
    {"vgg13", 11.31},
    {"vgg13_bn", 11.31},
    {"vgg16", 15.47},
    {"vgg16_bn", 15.47},
    {"vgg19", 19.63},
    {"vgg19_bn", 19.63},
    {"vit_b_16", 17.56},
    {"vit_b_32", 4.41},
    {"vit_l_16", 61.55},
    {"vit_l_32", 15.38},
    {"vit_h_14", 167.29},
    {"wide_resnet50_2", 11.40},
    {"wide_resnet101_2", 22.75},
    {"xception", 8.36},
};

constexpr double Tolerance = 1e-4;

/// max |a − b| over `largest`.
double relativeDifference(std::span<const float> ours, const std::vector<float> &theirs, double largest)
{
    double difference = 0;
    for (std::size_t index = 0; index < theirs.size(); ++index)
        difference = std::max(difference, std::abs(static_cast<double>(ours[index]) - theirs[index]));
    return std::isfinite(difference) ? difference / largest : INFINITY;
}

/// The rows that this process checks: all, or every n-th of them when GRAFT_CONFORMANCE_PART is "part/n", so that several can share
/// the work.
std::vector<Published> chosenFigures()
{
    std::vector<Published> chosen;
    const QList<QByteArray> part = qgetenv("GRAFT_CONFORMANCE_PART").split('/');
    const std::size_t step = part.size() == 2 ? part[1].toUInt() : 1;
    for (std::size_t index = part.size() == 2 ? part[0].toUInt() - 1 : 0; index < std::size(PublishedFigures); index += step)
        chosen.push_back(PublishedFigures[index]);
    return chosen;
}

std::vector<float> everyNth(const Tensor &tensor, std::size_t samples)
{
    std::vector<float> values;
    for (std::size_t index = 0; index < samples; ++index)
        values.push_back(tensor.floats()[index * tensor.floats().size() / samples]);
    return values;
}

} // namespace

/// Compares every architecture with PyTorch's; conformance_oracle.py, which is run once, says what PyTorch makes of it.
class ConformanceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyArchitectureIsCovered();
    void layersBearTorchvisionsNamesInItsOrder_data() { addRows(); }
    void layersBearTorchvisionsNamesInItsOrder();
    void parametersAndMultiplyAddsAreThePublishedOnes_data() { addRows(); }
    void parametersAndMultiplyAddsAreThePublishedOnes();
    void preprocessingIsThatOfTheFirstPublishedWeights_data() { addRows(); }
    void preprocessingIsThatOfTheFirstPublishedWeights();
    void noAttributeRepeatsItsDefault_data() { addRows(); }
    void noAttributeRepeatsItsDefault();
    void theSameWeightsGiveTorchvisionsNumbers_data() { addRows(); }
    void theSameWeightsGiveTorchvisionsNumbers();

private:
    void addRows();
    [[nodiscard]] nlohmann::json reference() const;

    QTemporaryDir m_folder;
    WeightsPool m_pool;
};

void ConformanceTest::initTestCase()
{
    QStringList arguments{GRAFT_SOURCE_DIR "/tests/architectures/conformance_oracle.py", m_folder.path()};
    for (const Published &published : chosenFigures())
        arguments << published.name;
    QProcess python;
    python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    python.start(GRAFT_PYTHON, arguments);
    QVERIFY2(python.waitForFinished(300'000) && python.exitCode() == 0, "the oracle needs a python3 with torch and torchvision");
    QVERIFY(m_pool.load(m_folder.filePath("pool.bin")));
}

void ConformanceTest::addRows()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("gigaMultiplyAdds");
    for (const Published &published : chosenFigures())
        QTest::newRow(published.name) << QString(published.name) << published.gigaMultiplyAdds;
}

nlohmann::json ConformanceTest::reference() const
{
    QFETCH(QString, name);
    QFile file(m_folder.filePath(name + ".json"));
    return file.open(QIODevice::ReadOnly) ? nlohmann::json::parse(file.readAll().toStdString()) : nlohmann::json();
}

void ConformanceTest::everyArchitectureIsCovered()
{
    QStringList covered, known;
    for (const Published &published : PublishedFigures)
        covered << published.name;
    for (const Architecture &architecture : architectures().all())
        known << QString::fromStdString(architecture.name);
    covered.sort();
    known.sort();
    QCOMPARE(covered, known);
}

void ConformanceTest::layersBearTorchvisionsNamesInItsOrder()
{
    QFETCH(QString, name);
    const Network network = architectures().find(name.toStdString())->build(7);
    QStringList ours, theirs;
    for (const Layer &layer : network.layers())
        ours << QString::fromStdString(layer.name);
    const std::vector<std::string> steps = reference()["layers"];
    for (const std::string &step : steps)
        theirs << QString::fromStdString(step);
    QCOMPARE(ours.takeFirst(), QString("input"));
    QCOMPARE(ours, theirs);
    QCOMPARE(network.architecture, name.toStdString());
}

void ConformanceTest::parametersAndMultiplyAddsAreThePublishedOnes()
{
    QFETCH(QString, name);
    QFETCH(double, gigaMultiplyAdds);
    const nlohmann::json theirs = reference();
    const Architecture *architecture = architectures().find(name.toStdString());
    const auto analysis = analyse(architecture->build(architecture->publishedClasses));
    QVERIFY2(analysis, analysis ? "" : analysis.error().message.c_str());
    QCOMPARE(analysis->parameters, theirs["parameters"].get<std::int64_t>());
    QCOMPARE(analysis->auxiliaryParameters, theirs["auxiliaryParameters"].get<std::int64_t>());
    // torchvision publishes Inception v3's parameters with the auxiliary classifier's, GoogLeNet's without.
    const std::int64_t published = name == "googlenet" ? analysis->parameters - analysis->auxiliaryParameters : analysis->parameters;
    if (!theirs["publishedParameters"].is_null())
        QCOMPARE(published, theirs["publishedParameters"].get<std::int64_t>());
    QCOMPARE(analysis->multiplyAdds, theirs["multiplyAdds"].get<std::int64_t>());
    // Rounded to three digits behind the point, then to two.
    if (gigaMultiplyAdds > 0)
        QVERIFY2(std::abs(static_cast<double>(analysis->multiplyAdds) / 1e9 - gigaMultiplyAdds) < 0.0056, // rounded twice
            qPrintable(QString::number(analysis->multiplyAdds)));
}

void ConformanceTest::preprocessingIsThatOfTheFirstPublishedWeights()
{
    QFETCH(QString, name);
    const nlohmann::json theirs = reference()["preprocessing"];
    if (theirs.is_null())
        QSKIP("not torchvision's");
    const Architecture *architecture = architectures().find(name.toStdString());
    const Preprocessing &ours = architecture->preprocessing;
    QCOMPARE(architecture->build(3).inputShape(), (Shape{3, ours.crop, ours.crop}));
    QCOMPARE(ours.crop, theirs["crop"].get<int>());
    QCOMPARE(ours.resize, theirs["resize"].get<int>());
    QCOMPARE(ours.interpolation, theirs["interpolation"].get<std::string>());
    for (std::size_t channel = 0; channel < 3; ++channel) {
        QVERIFY(std::abs(ours.mean[channel] - theirs["mean"][channel].get<double>()) < 1e-6);
        QVERIFY(std::abs(ours.standardDeviation[channel] - theirs["standardDeviation"][channel].get<double>()) < 1e-6);
    }
}

void ConformanceTest::noAttributeRepeatsItsDefault()
{
    QFETCH(QString, name);
    const Network network = architectures().find(name.toStdString())->build(10);
    for (const Layer &layer : network.layers()) {
        const auto valid = validate(layer);
        QVERIFY2(valid, valid ? "" : valid.error().message.c_str());
        for (const AttributeSchema &schema : layerTypes().find(layer.type)->schema) {
            const auto attribute = layer.attributes.find(schema.name);
            const bool repeats = !schema.required && attribute != layer.attributes.end() && attribute->second == schema.defaultValue;
            QVERIFY2(!repeats, (layer.name + " " + schema.name).c_str());
        }
    }
}

void ConformanceTest::theSameWeightsGiveTorchvisionsNumbers()
{
    QFETCH(QString, name);
    const nlohmann::json theirs = reference();
    if (theirs["logits"].is_null())
        QSKIP("too large to be run in a test; names, shapes and costs are checked");
    const auto recognition = recognise(m_pool.weights(theirs["tensors"]), {});
    QVERIFY2(recognition, recognition ? "" : recognition.error().message.c_str());
    QCOMPARE(recognition->architecture->name, name.toStdString());
    QCOMPARE(recognition->classes, recognition->architecture->publishedClasses);

    const Shape shape = theirs["input"]["shape"];
    Network network = recognition->network;
    network.find(network.layers().front().id)->attributes["shape"] = Shape(shape.begin() + 1, shape.end());
    const auto model = Model::create(network, recognition->weights, Device());
    QVERIFY2(model, model ? "" : model.error().message.c_str());
    const Tensor picture = m_pool.pictures(theirs["input"]);

    std::vector<std::string> names;
    for (const auto &output : theirs["outputs"])
        names.push_back(output["name"]);
    std::vector<std::string> wanted = names;
    wanted.push_back(network.find(network.output())->name);
    const auto outputs = model->intermediates(picture, wanted);
    QVERIFY2(outputs, outputs ? "" : outputs.error().message.c_str());
    const Tensor &logits = outputs->back();
    const std::vector<float> theirLogits = theirs["logits"];
    QCOMPARE(logits.shape(), (Shape{1, static_cast<std::int64_t>(theirLogits.size())}));
    const double largest
        = std::abs(*std::max_element(theirLogits.begin(), theirLogits.end(), [](float a, float b) { return std::abs(a) < std::abs(b); }));
    const double difference = relativeDifference(logits.floats(), theirLogits, largest);
    QVERIFY2(difference <= Tolerance, qPrintable(QString("logits differ by %1").arg(difference)));
    for (std::size_t index = 0; index < names.size(); ++index) {
        const nlohmann::json &their = theirs["outputs"][index];
        Shape ourShape = (*outputs)[index].shape();
        ourShape.erase(ourShape.begin());
        QVERIFY2(ourShape == their["shape"].get<Shape>(), names[index].c_str());
        const std::vector<float> samples = their["samples"];
        const double off = relativeDifference(everyNth((*outputs)[index], samples.size()), samples, their["largest"]);
        QVERIFY2(off <= Tolerance, qPrintable(QString("%1 differs by %2").arg(QString::fromStdString(names[index])).arg(off)));
    }
}

QTEST_GUILESS_MAIN(ConformanceTest)
#include "conformancetest.moc"
