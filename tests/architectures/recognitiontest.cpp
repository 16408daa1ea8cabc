#include "architectures/architecture.h"
#include "architectures/recognition/knownarchitectures.h"
#include "graph/analysis.h"
#include "graph/edits.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

using namespace graft;

namespace {

/// Tensors without content of their own: all show the same zeros, so that VGG's 550 MB cost nothing.
Tensor blank(DType type, Shape shape)
{
    static const std::shared_ptr<const void> zeros(std::calloc(std::size_t{450} << 20, 1), &std::free);
    return {type, std::move(shape), zeros, static_cast<const std::byte *>(zeros.get())};
}

Network build(const std::string &architecture, int classes = 1000)
{
    return architectures().find(architecture)->build(classes);
}

StateDict blankWeights(const Network &network, const std::string &prefix = {})
{
    StateDict weights;
    const auto expected = expectedTensors(network);
    for (const auto &[name, specification] : expected.value())
        weights.set(prefix + name, blank(specification.type, specification.shape));
    return weights;
}

StateDict without(const StateDict &weights, const std::string &ending)
{
    StateDict rest;
    for (const auto &[name, tensor] : weights.entries())
        if (!name.ends_with(ending))
            rest.set(name, tensor);
    return rest;
}

template <typename T>
QString messageOf(const Result<T> &result)
{
    return result ? QString("no error") : QString::fromStdString(result.error().message);
}

template <typename Element>
Tensor tensorOf(DType type, const std::vector<Element> &values)
{
    const auto bytes = std::as_bytes(std::span(values));
    return {type, {static_cast<std::int64_t>(values.size())}, std::make_shared<std::vector<std::byte>>(bytes.begin(), bytes.end())};
}

} // namespace

class RecognitionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aHeadOfAnySizeIsRecognised_data();
    void aHeadOfAnySizeIsRecognised();
    void prefixesOfWrappersAreLeftOut_data();
    void prefixesOfWrappersAreLeftOut();
    void aPrefixThatNotAllNamesShareStays();
    void nearRelativesAreToldApart();
    void theNearestArchitectureAndWhatDiffersAreNamed();
    void missingAndSurplusTensorsAreNamed();
    void tensorsOfSomethingElseAreSaidToBeNearNothing();
    void aNameOfAThousandLettersIsCut();
    void hostileShapesOfTheClassifierAreRefused();
    void missingCountersBecomeZero();
    void countersOfOtherTypesAndShapesAreTaken();
    void halfAndDoublePrecisionBecomeFloat32();
    void integerWeightsAreRefused();
    void weightsThatDoNotFitAreRefusedWithTheFirstDifference();
    void fittedWeightsComeInTheNetworksOrder();
    void onlyFamiliesOfLikeNamesAreBuilt();
    void recognitionTakesMilliseconds();
};

void RecognitionTest::aHeadOfAnySizeIsRecognised_data()
{
    QTest::addColumn<int>("classes");
    QTest::addColumn<QString>("classifier");
    const std::pair<const char *, const char *> heads[]
        = {{"resnet18", "fc"}, {"mobilenet_v2", "classifier.1"}, {"mobilenet_v3_small", "classifier.3"}, {"squeezenet1_1", "classifier.1"},
            {"vgg11", "classifier.6"}, {"alexnet", "classifier.6"}, {"cifar_resnet20", "linear"}};
    for (const auto &[architecture, classifier] : heads)
        for (const int classes : {1, 2, 12, 21843})
            QTest::addRow("%s-%d", architecture, classes) << classes << classifier;
}

void RecognitionTest::aHeadOfAnySizeIsRecognised()
{
    QFETCH(int, classes);
    QFETCH(QString, classifier);
    const std::string architecture = QString(QTest::currentDataTag()).section('-', 0, 0).toStdString();
    const auto recognition = recognise(blankWeights(build(architecture, classes)), "file");
    QVERIFY2(recognition, qPrintable(messageOf(recognition)));
    QCOMPARE(recognition->architecture->name, architecture);
    QCOMPARE(recognition->classes, classes);
    QCOMPARE(classCount(recognition->network), std::int64_t{classes});
    QCOMPARE(recognition->network.find(classifierLayer(recognition->network))->name, classifier.toStdString());
    QVERIFY(recognition->weights == blankWeights(recognition->network));
}

void RecognitionTest::prefixesOfWrappersAreLeftOut_data()
{
    QTest::addColumn<QString>("prefix");
    for (const char *prefix : {"module.", "model.", "backbone.", "_orig_mod.", "_orig_mod.module.", "module.module.model."})
        QTest::newRow(prefix) << prefix;
}

void RecognitionTest::prefixesOfWrappersAreLeftOut()
{
    QFETCH(QString, prefix);
    const Network network = build("cifar_resnet20", 10);
    const auto recognition = recognise(blankWeights(network, prefix.toStdString()), {});
    QVERIFY2(recognition, qPrintable(messageOf(recognition)));
    QVERIFY(recognition->weights == blankWeights(network));
}

void RecognitionTest::aPrefixThatNotAllNamesShareStays()
{
    StateDict weights = blankWeights(build("cifar_resnet20", 10), "module.");
    weights.set("temperature", blank(DType::Float32, {1}));
    const auto recognition = recognise(weights, {});
    QVERIFY(!recognition);
    QCOMPARE(recognition.error().code, ErrorCode::ArchitectureUnknown);
}

void RecognitionTest::nearRelativesAreToldApart()
{
    for (const Architecture &architecture : architectures().all()) {
        const auto recognition = recognise(blankWeights(architecture.build(architecture.publishedClasses)), {});
        QVERIFY2(recognition, qPrintable(messageOf(recognition)));
        QCOMPARE(recognition->architecture->name, architecture.name);
    }
}

void RecognitionTest::theNearestArchitectureAndWhatDiffersAreNamed()
{
    StateDict weights = blankWeights(build("resnet18"));
    weights.set("layer1.0.conv1.weight", blank(DType::Float32, {64, 32, 3, 3}));
    weights.set("layer1.1.conv1.weight", blank(DType::Float32, {64, 32, 3, 3}));
    weights.set("layer1.1.bn1.weight", blank(DType::Float32, {32}));
    weights.set("layer1.1.bn1.bias", blank(DType::Float32, {32}));
    const auto recognition = recognise(weights, "my.pth");
    QVERIFY(!recognition);
    QCOMPARE(recognition.error().code, ErrorCode::ArchitectureUnknown);
    QCOMPARE(recognition.error().subject, std::string("my.pth"));
    QCOMPARE(messageOf(recognition),
        QString("The tensors of 'my.pth' fit no architecture that Graft knows; the nearest is ResNet-18, but `layer1.0.conv1.weight` is "
                "64 × 32 × 3 × 3 instead of 64 × 64 × 3 × 3 (and 3 more differ)."));
}

void RecognitionTest::missingAndSurplusTensorsAreNamed()
{
    const StateDict whole = blankWeights(build("mobilenet_v2", 3));
    QCOMPARE(messageOf(recognise(without(whole, "classifier.1.bias"), {})),
        QString("These tensors fit no architecture that Graft knows; the nearest is MobileNetV2, but `classifier.1.bias` is missing."));
    StateDict more = without(whole, "features.18.0.weight");
    more.set("extra.weight", blank(DType::Float32, {3}));
    QCOMPARE(messageOf(recognise(more, {})),
        QString("These tensors fit no architecture that Graft knows; the nearest is MobileNetV2, but `features.18.0.weight` is missing "
                "(and 1 more differs)."));
    more = whole;
    more.set("extra.weight", blank(DType::Float32, {3}));
    QCOMPARE(messageOf(recognise(more, {})),
        QString(
            "These tensors fit no architecture that Graft knows; the nearest is MobileNetV2, but `extra.weight` does not belong to it."));
}

void RecognitionTest::tensorsOfSomethingElseAreSaidToBeNearNothing()
{
    StateDict other;
    other.set("transformer.wte.weight", blank(DType::Float32, {50257, 768}));
    QVERIFY(messageOf(recognise(other, {})).contains("none is near; it knows AlexNet, CIFAR ResNet, "));
    QVERIFY(messageOf(recognise(StateDict(), {})).startsWith("There are no tensors"));
}

void RecognitionTest::aNameOfAThousandLettersIsCut()
{
    StateDict weights = blankWeights(build("cifar_resnet20", 10));
    weights.set(std::string(1000, 'x'), blank(DType::Float32, {3}));
    QVERIFY(messageOf(recognise(weights, {})).size() < 250);
}

void RecognitionTest::hostileShapesOfTheClassifierAreRefused()
{
    const StateDict good = blankWeights(build("resnet18"));
    const Shape shapes[] = {{}, {0}, {0, 512}, {std::int64_t{1} << 40, 0}, {1000}, {1000, 512, 1}};
    for (const Shape &shape : shapes) {
        StateDict weights = good;
        weights.set("fc.weight", blank(DType::Float32, shape));
        QVERIFY(!recognise(weights, {}));
    }
}

void RecognitionTest::missingCountersBecomeZero()
{
    const StateDict weights = without(blankWeights(build("resnet18")), "num_batches_tracked");
    QCOMPARE(weights.size(), std::size_t{102});
    const auto recognition = recognise(weights, {});
    QVERIFY2(recognition, qPrintable(messageOf(recognition)));
    QCOMPARE(recognition->weights.size(), std::size_t{122});
    QVERIFY(*recognition->weights.find("bn1.num_batches_tracked") == Tensor::fromInt64s({}, std::array<std::int64_t, 1>{0}));
}

void RecognitionTest::countersOfOtherTypesAndShapesAreTaken()
{
    StateDict weights = blankWeights(build("cifar_resnet20", 10));
    weights.set("bn1.num_batches_tracked", tensorOf<float>(DType::Float32, {42}));
    weights.set("layer1.0.bn1.num_batches_tracked", tensorOf<std::int64_t>(DType::Int64, {std::int64_t{1} << 40}));
    weights.set("layer1.0.bn2.num_batches_tracked", tensorOf<float>(DType::Float32, {-INFINITY}));
    const auto recognition = recognise(weights, {});
    QVERIFY2(recognition, qPrintable(messageOf(recognition)));
    const auto counter = [&](const char *name) { return *recognition->weights.find(name); };
    QVERIFY(counter("bn1.num_batches_tracked") == Tensor::fromInt64s({}, std::array<std::int64_t, 1>{42}));
    QVERIFY(counter("layer1.0.bn1.num_batches_tracked") == Tensor::fromInt64s({}, std::array<std::int64_t, 1>{std::int64_t{1} << 40}));
    QVERIFY(counter("layer1.0.bn2.num_batches_tracked") == Tensor::fromInt64s({}, std::array<std::int64_t, 1>{0}));
}

void RecognitionTest::halfAndDoublePrecisionBecomeFloat32()
{
    // 1.5 in each type; the bits of the 16-bit ones are written out.
    StateDict weights = blankWeights(build("cifar_resnet20", 10));
    weights.set("bn1.weight", tensorOf(DType::Float16, std::vector<std::uint16_t>(16, 0x3E00)));
    weights.set("bn1.bias", tensorOf(DType::BFloat16, std::vector<std::uint16_t>(16, 0x3FC0)));
    weights.set("bn1.running_mean", tensorOf(DType::Float64, std::vector<double>(16, 1.5)));
    const auto recognition = recognise(weights, {});
    QVERIFY2(recognition, qPrintable(messageOf(recognition)));
    for (const char *name : {"bn1.weight", "bn1.bias", "bn1.running_mean"})
        QVERIFY2(*recognition->weights.find(name) == tensorOf(DType::Float32, std::vector<float>(16, 1.5F)), name);
}

void RecognitionTest::integerWeightsAreRefused()
{
    StateDict weights = blankWeights(build("cifar_resnet20", 10));
    weights.set("linear.weight", blank(DType::Int8, {10, 64}));
    QCOMPARE(messageOf(recognise(weights, {})),
        QString(
            "These tensors fit no architecture that Graft knows; the nearest is CIFAR ResNet-20, but `linear.weight` holds int8 instead "
            "of float32."));
}

void RecognitionTest::weightsThatDoNotFitAreRefusedWithTheFirstDifference()
{
    const auto fitted = fitWeights(build("resnet18", 2), blankWeights(build("resnet18", 10)), "my.pth");
    QVERIFY(!fitted);
    QCOMPARE(fitted.error().code, ErrorCode::WeightsMismatch);
    QCOMPARE(fitted.error().subject, std::string("my.pth"));
    QCOMPARE(
        messageOf(fitted), QString("The weights do not fit the network: `fc.weight` is 10 × 512 instead of 2 × 512 (and 1 more differs)."));
}

void RecognitionTest::fittedWeightsComeInTheNetworksOrder()
{
    const Network network = build("squeezenet1_0", 5);
    const StateDict ordered = blankWeights(network);
    StateDict reversed;
    for (auto entry = ordered.entries().rbegin(); entry != ordered.entries().rend(); ++entry)
        reversed.set(entry->first, entry->second);
    const auto fitted = fitWeights(network, reversed, {});
    QVERIFY2(fitted, qPrintable(messageOf(fitted)));
    QVERIFY(std::ranges::equal(fitted->entries(), ordered.entries(), {}, &StateDict::Entry::first, &StateDict::Entry::first));
}

void RecognitionTest::onlyFamiliesOfLikeNamesAreBuilt()
{
    const auto familiesLike = [](const std::string &architecture) {
        std::set<std::string> families;
        const auto alike = architecturesNamedLike(blankWeights(build(architecture)));
        for (const KnownArchitecture *known : alike.value())
            families.insert(known->architecture->family);
        return families;
    };
    for (const Architecture &architecture : architectures().all())
        QVERIFY2(familiesLike(architecture.name).contains(architecture.family), architecture.name.c_str());
    QVERIFY(familiesLike("regnet_y_32gf") == std::set<std::string>{"RegNet"});
    QVERIFY(familiesLike("densenet201") == std::set<std::string>{"DenseNet"});
    QVERIFY(!familiesLike("resnet50").contains("GoogLeNet"));
    QVERIFY(familiesLike("mobilenet_v2").size() <= 3);
}

void RecognitionTest::recognitionTakesMilliseconds()
{
    const StateDict weights = blankWeights(build("resnet152"));
    QVERIFY(recognise(weights, {}));
    qint64 quickest = std::numeric_limits<qint64>::max();
    for (int round = 0; round < 10; ++round) {
        QElapsedTimer timer;
        timer.start();
        const auto recognition = recognise(weights, {});
        quickest = std::min(quickest, timer.nsecsElapsed());
        QVERIFY(recognition);
    }
    QVERIFY2(quickest < 30'000'000, qPrintable(QString("%1 ms").arg(static_cast<double>(quickest) / 1e6)));
}

QTEST_GUILESS_MAIN(RecognitionTest)
#include "recognitiontest.moc"
