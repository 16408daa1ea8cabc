#include "nn/model.h"
#include "architectures/architecture.h"
#include "graph/edits.h"
#include "support/smallnetworks.h"

#include <QTest>
#include <cmath>
#include <random>

using namespace graft;
using namespace smallnetworks;

namespace {

Tensor pictures(Shape shape)
{
    std::mt19937 random(5);
    std::vector<float> values(static_cast<std::size_t>(elementCount(shape)));
    for (float &value : values)
        value = static_cast<float>(random() % 2000) / 1000.0F - 1.0F;
    return Tensor::fromFloats(std::move(shape), values);
}

Model modelOf(const Network &network)
{
    return Model::create(network, initialWeights(network, 3).value(), {}).value();
}

} // namespace

class ModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyArchitectureGivesTheShapesThatAnalysisForetells();
    void answersDoNotDependOnTheBatch();
    void levelsAreScaledByTheDefinition();
    void intermediatesAreTheNamedLayers();
    void wrongBatchesAreRefused();
    void weightsThatDoNotFitAreNamed();
    void probabilitiesFollowTheDefinition();
    void devicesAreReadAndListed();
};

void ModelTest::everyArchitectureGivesTheShapesThatAnalysisForetells()
{
    for (const char *name : {"mobilenet_v3_small", "squeezenet1_1", "resnet18"}) {
        const Architecture *architecture = architectures().find(name);
        QVERIFY2(architecture, name);
        const Network network = architecture->build(5);
        const auto analysis = analyse(network).value();
        std::vector<std::string> names;
        for (const Layer &layer : network.layers())
            names.push_back(layer.name);
        const auto outputs = modelOf(network).intermediates(pictures({1, 3, 224, 224}), names);
        QVERIFY(outputs);
        for (std::size_t index = 0; index < names.size(); ++index) {
            Shape expected = analysis.layers[index].outputShape;
            expected.insert(expected.begin(), 1);
            QVERIFY2((*outputs)[index].shape() == expected, names[index].c_str());
        }
    }
}

void ModelTest::answersDoNotDependOnTheBatch()
{
    const Model model = modelOf(residual());
    const Tensor batch = pictures({3, 3, 16, 16});
    const auto together = model.forward(batch).value().toFloats();
    const std::size_t size = 3 * 16 * 16;
    for (std::size_t picture = 0; picture < 3; ++picture) {
        const auto alone
            = model.forward(Tensor::fromFloats({1, 3, 16, 16}, batch.floats().subspan(picture * size, size))).value().toFloats();
        for (std::size_t index = 0; index < 10; ++index)
            QVERIFY(std::abs(alone[index] - together[picture * 10 + index]) < 1e-5F);
    }
}

void ModelTest::levelsAreScaledByTheDefinition()
{
    const std::vector<LevelScale> scales = {{0.0171F, -2.1179F}, {0.0175F, -2.0357F}, {0.0174F, -1.8044F}};
    constexpr std::size_t pixels = 16 * 16;
    std::vector<std::byte> levels(2 * 3 * pixels);
    std::vector<float> numbers;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        levels[i] = static_cast<std::byte>(i * 37 % 256);
        const LevelScale &scale = scales[i / pixels % 3];
        numbers.push_back(static_cast<float>(levels[i]) * scale.factor + scale.offset);
    }
    const Shape shape = {2, 3, 16, 16};
    const Tensor ofLevels(DType::UInt8, shape, std::make_shared<std::vector<std::byte>>(levels));
    const Tensor ofNumbers = Tensor::fromFloats(shape, numbers);
    const StateDict weights = initialWeights(residual(), 3).value();
    for (const char *precision : {"fp32", "bf16"}) {
        const Model model = Model::create(residual(), weights, {}, precision).value();
        QCOMPARE(model.forward(ofLevels, scales).value().toFloats(), model.forward(ofNumbers).value().toFloats());
        QVERIFY(!model.forward(ofLevels));
        QVERIFY(!model.forward(ofLevels, {scales[0]}));
        QVERIFY(!model.forward(ofNumbers, scales));
    }
}

void ModelTest::intermediatesAreTheNamedLayers()
{
    const Model model = modelOf(residual());
    const Tensor batch = pictures({2, 3, 16, 16});
    const auto outputs = model.intermediates(batch, {"fc", "relu", "input", "bn1"}).value();
    const auto logits = outputs[0].toFloats(), answers = model.forward(batch).value().toFloats();
    QCOMPARE(logits.size(), answers.size());
    for (std::size_t index = 0; index < logits.size(); ++index)
        QVERIFY(std::abs(logits[index] - answers[index]) < 1e-5F);
    QVERIFY(outputs[2] == batch);
    const auto before = outputs[3].toFloats(), after = outputs[1].toFloats();
    for (std::size_t index = 0; index < before.size(); ++index)
        QCOMPARE(after[index], std::max(before[index], 0.0F));
    QCOMPARE(model.intermediates(batch, {"nothing"}).error().subject, std::string("nothing"));
}

void ModelTest::wrongBatchesAreRefused()
{
    const Model model = modelOf(residual());
    for (const Shape &shape : {Shape{3, 16, 16}, Shape{1, 3, 16, 17}, Shape{1, 1, 16, 16}, Shape{0, 3, 16, 16}}) {
        const auto result = model.forward(Tensor::fromFloats(shape, std::vector<float>(static_cast<std::size_t>(elementCount(shape)))));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::ShapeMismatch);
    }
    QVERIFY(!model.forward(Tensor::fromInt64s({1, 3, 16, 16}, std::vector<std::int64_t>(3 * 16 * 16))));
}

void ModelTest::weightsThatDoNotFitAreNamed()
{
    const Network network = residual();
    auto weights = initialWeights(network, 1).value();
    const auto missing = Model::create(network, withoutLayer(weights, "bn1"), {});
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::WeightsMismatch);
    QCOMPARE(missing.error().subject, std::string("bn1.weight"));
    weights.set("fc.bias", Tensor::fromFloats({3}, std::vector<float>(3)));
    const auto other = Model::create(network, weights, {});
    QVERIFY(!other);
    QCOMPARE(other.error().message, std::string("The tensor `fc.bias` is 3 and the network expects 10; use the weights of this network."));
}

void ModelTest::probabilitiesFollowTheDefinition()
{
    const std::vector<float> logits = {0, 1, 2, 1000, -1000, 0};
    const auto shares = probabilities(Tensor::fromFloats({2, 3}, logits));
    const double sum = 1 + std::exp(1.0) + std::exp(2.0);
    for (int index = 0; index < 3; ++index)
        QVERIFY(std::abs(shares[0][static_cast<std::size_t>(index)] - std::exp(index) / sum) < 1e-12);
    QCOMPARE(shares[1], (std::vector<double>{1, 0, 0}));
}

void ModelTest::devicesAreReadAndListed()
{
    QVERIFY(parseDevice("cpu").value() == Device{});
    QCOMPARE(availableDevices().front().name, std::string("cpu"));
    for (const DeviceDescription &description : availableDevices())
        QVERIFY(parseDevice(description.name).value() == description.device);
    for (const char *text : {"", "gpu", "cuda:", "cuda:99", "cuda:-1", "cuda:1x", "cpu:0", "cuda:99999999999999"}) {
        const auto result = parseDevice(text);
        QVERIFY2(!result, text);
        QCOMPARE(result.error().code, ErrorCode::DeviceUnavailable);
        QVERIFY(result.error().message.find("cpu") != std::string::npos);
    }
}

QTEST_GUILESS_MAIN(ModelTest)
#include "modeltest.moc"
