#include <QTest>

#include "adaptation/adaptation.h"
#include "graph/frontier.h"
#include "nn/model.h"
#include "training/tinynetwork.h"

#include <QImage>
#include <QTemporaryDir>

using namespace graft;
namespace fs = std::filesystem;

namespace {

constexpr int side = 16;
constexpr int perClass = 10;

QImage noisyPicture(std::mt19937 &random, int brightest)
{
    std::uniform_int_distribution noise(0, 120);
    QImage image(side, side, QImage::Format_RGB32);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            int channels[3] = {noise(random), noise(random), noise(random)};
            channels[brightest] += 120;
            image.setPixel(x, y, qRgb(channels[0], channels[1], channels[2]));
        }
    return image;
}

/// Two classes of pictures, a cache and a run folder.
struct Workplace {
    Workplace()
    {
        std::mt19937 random(3);
        for (const char *name : {"blue", "red"})
            for (int number = 0; number < perClass; ++number) {
                fs::create_directories(data() / name);
                noisyPicture(random, *name == 'r' ? 0 : 2)
                    .save(QString::fromStdString((data() / name / (std::to_string(number) + ".png")).string()));
            }
    }
    [[nodiscard]] fs::path folder(const char *name) const { return root.filePath(name).toStdString(); }
    [[nodiscard]] fs::path data() const { return folder("data"); }
    QTemporaryDir root;
};

AdaptationPlan planFor(const Workplace &workplace)
{
    AdaptationPlan plan;
    plan.package.network = tiny::network(0.1);
    plan.package.network.find(plan.package.network.layers().front().id)->attributes["shape"] = tiny::Sizes{3, side, side};
    plan.package.weights = initialWeights(plan.package.network, 4).value();
    plan.package.preprocessing.resize = side;
    plan.package.preprocessing.crop = side;
    plan.package.classNames = {"blue", "red"};
    tiny::freezeBlock(plan.package.network, "stem");
    tiny::freezeBlock(plan.package.network, "body");
    plan.package = withHeadFor(plan.package, {"a", "b"}, 5).value();
    plan.package.classNames = {"blue", "red"};
    plan.dataset = scanDataset(workplace.data()).value();
    plan.config = tiny::config();
    plan.config.precision = "fp32";
    plan.augmentation = noAugmentation();
    plan.augmentation.horizontalFlip = 0.5;
    plan.augmentation.variants = 2;
    plan.featureCache.folder = workplace.folder("cache");
    plan.featureCache.limitBytes = 10'000'000;
    return plan;
}

std::vector<EpochResult> epochsOf(const AdaptationPlan &plan)
{
    tiny::Recorder recorder;
    auto adaptation = Adaptation::start(plan, recorder);
    if (!adaptation)
        qFatal("%s", adaptation.error().message.c_str());
    (*adaptation)->session().wait();
    if (recorder.result.reason != StopReason::Completed)
        qFatal("%s", recorder.result.error.message.c_str());
    return recorder.epochs;
}

/// Of the first epoch.
double cachedShare(const AdaptationPlan &plan)
{
    return epochsOf(plan).front().cached;
}

bool sameFigures(const std::vector<EpochResult> &a, const std::vector<EpochResult> &b)
{
    return std::ranges::equal(
        a, b, [](const EpochResult &x, const EpochResult &y) { return x.train == y.train && x.validation == y.validation; });
}

Layer &layerOf(AdaptationPlan &plan, std::string_view name)
{
    Network &network = plan.package.network;
    return *network.find(network.find(name)->id);
}

} // namespace

class FeatureCacheTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstEpochsFillItAndLaterOnesReadIt();
    void figuresAreTheSameColdWarmAndWithoutIt();
    void bfloat16FiguresAreTheSameColdAndWarm();
    void whatChangesTheFeaturesMisses_data();
    void whatChangesTheFeaturesMisses();
    void whatDoesNotChangeThemHits_data();
    void whatDoesNotChangeThemHits();
    void aChangedPictureAloneIsMadeAgain();
    void aLaterFrontierStartsFromTheEarlierOne();
    void freshPicturesKeepNothingButValidation();
    void withNothingFrozenNothingIsKept();
    void aResumedRunGoesOnTheSame();
};

void FeatureCacheTest::theFirstEpochsFillItAndLaterOnesReadIt()
{
    const Workplace workplace;
    AdaptationPlan plan = planFor(workplace);
    plan.config.epochs = 4;
    const auto cold = epochsOf(plan);
    QCOMPARE(cold[0].cached, 0.0);
    QCOMPARE(cold[1].cached, 0.2); // the validation's fifth
    QCOMPARE(cold[2].cached, 1.0); // both variants are there
    for (const EpochResult &epoch : epochsOf(plan))
        QCOMPARE(epoch.cached, 1.0);
    plan.augmentation.variants = 3; // the first two are the same
    const auto more = epochsOf(plan);
    QVERIFY(more[0].cached > 0.2 && more[0].cached < 1);
}

void FeatureCacheTest::figuresAreTheSameColdWarmAndWithoutIt()
{
    const Workplace workplace;
    AdaptationPlan plan = planFor(workplace), without = plan;
    without.featureCache.folder.clear();
    const auto expected = epochsOf(without);
    QCOMPARE(expected.back().cached, 0.0);
    QVERIFY(sameFigures(epochsOf(plan), expected));
    QVERIFY(sameFigures(epochsOf(plan), expected));
}

void FeatureCacheTest::bfloat16FiguresAreTheSameColdAndWarm()
{
    const Workplace workplace;
    AdaptationPlan plan = planFor(workplace);
    plan.config.precision = "bf16";
    const auto cold = epochsOf(plan);
    QVERIFY(sameFigures(epochsOf(plan), cold));
    QCOMPARE(cachedShare(plan), 1.0);
}

void FeatureCacheTest::whatChangesTheFeaturesMisses_data()
{
    QTest::addColumn<QString>("change");
    for (const char *change : {"weight", "statistics", "attribute", "preprocessing", "augmentation", "precision"})
        QTest::newRow(change) << change;
}

void FeatureCacheTest::whatChangesTheFeaturesMisses()
{
    QFETCH(QString, change);
    const Workplace workplace;
    AdaptationPlan plan = planFor(workplace);
    QCOMPARE(cachedShare(plan), 0.0);
    const auto touch = [&](const std::string &name) {
        auto values = plan.package.weights.find(name)->toFloats();
        values.front() += 1e-3F;
        plan.package.weights.set(name, Tensor::fromFloats(plan.package.weights.find(name)->shape(), values));
    };
    double expected = 0;
    if (change == "weight")
        touch("body.conv.weight");
    else if (change == "statistics")
        touch("stem.bn.running_mean");
    else if (change == "attribute")
        layerOf(plan, "stem.bn").attributes["eps"] = 1e-4;
    else if (change == "preprocessing")
        plan.package.preprocessing.mean[0] += 0.01;
    else if (change == "augmentation") {
        plan.augmentation.hue = 0.1;
        expected = 0.2; // validation is not augmented
    } else
        plan.config.precision = "bf16";
    QCOMPARE(cachedShare(plan), expected);
}

void FeatureCacheTest::whatDoesNotChangeThemHits_data()
{
    QTest::addColumn<QString>("change");
    for (const char *change : {"names", "head", "learning rate", "seed", "path", "batch", "epochs"})
        QTest::newRow(change) << change;
}

void FeatureCacheTest::whatDoesNotChangeThemHits()
{
    QFETCH(QString, change);
    const Workplace workplace;
    AdaptationPlan plan = planFor(workplace);
    static_cast<void>(epochsOf(plan));
    if (change == "names") {
        for (const Layer &layer : std::vector<Layer>(plan.package.network.layers()))
            plan.package.network.find(layer.id)->name = "x." + layer.name;
        StateDict renamed;
        for (const auto &[name, tensor] : plan.package.weights.entries())
            renamed.set("x." + name, tensor);
        plan.package.weights = renamed;
    } else if (change == "head") {
        layerOf(plan, "dropout").attributes["p"] = 0.6;
        plan.package.weights.set("fc.bias", Tensor::fromFloats({2}, std::vector{0.5F, -0.5F}));
    } else if (change == "learning rate") {
        plan.config.learningRate /= 2;
        plan.config.optimizer = "adam";
    } else if (change == "seed") {
        plan.config.seed += 1;
        plan.validationShare = 0; // all are training pictures now, in another order
    } else if (change == "path") {
        fs::rename(workplace.data(), workplace.folder("elsewhere"));
        fs::rename(workplace.folder("elsewhere") / "red" / "1.png", workplace.folder("elsewhere") / "red" / "one.png");
        plan.dataset = scanDataset(workplace.folder("elsewhere")).value();
    } else if (change == "batch") {
        plan.config.batchSize = 3;
    } else {
        plan.config.epochs = 5;
    }
    const double share = cachedShare(plan);
    if (change == "seed" || change == "path") // other pictures validate now, whose augmented views were never made
        QVERIFY2(share > 0.6, qPrintable(QString::number(share)));
    else
        QCOMPARE(share, 1.0);
}

void FeatureCacheTest::aChangedPictureAloneIsMadeAgain()
{
    const Workplace workplace;
    const AdaptationPlan plan = planFor(workplace);
    static_cast<void>(epochsOf(plan));
    std::mt19937 random(99);
    noisyPicture(random, 1).save(QString::fromStdString((workplace.data() / "blue" / "4.png").string()));
    QCOMPARE(cachedShare(plan), 1 - 1.0 / (2 * perClass));
}

void FeatureCacheTest::aLaterFrontierStartsFromTheEarlierOne()
{
    const Workplace workplace;
    AdaptationPlan plan = planFor(workplace), earlier = plan;
    for (const Layer &layer : std::vector<Layer>(earlier.package.network.layers()))
        if (isInBlock(layer.name, "body"))
            earlier.package.network.find(layer.id)->frozen = false;
    static_cast<void>(epochsOf(earlier));
    AdaptationPlan without = plan;
    without.featureCache.folder.clear();
    const auto expected = epochsOf(without), continued = epochsOf(plan);
    QCOMPARE(continued.front().cached, 0.0);
    for (std::size_t epoch = 0; epoch < expected.size(); ++epoch)
        QVERIFY(std::abs(continued[epoch].train.loss - expected[epoch].train.loss) < 1e-5);
    QCOMPARE(cachedShare(plan), 1.0);
}

void FeatureCacheTest::freshPicturesKeepNothingButValidation()
{
    const Workplace workplace;
    AdaptationPlan plan = planFor(workplace);
    plan.augmentation.variants = 0;
    const auto epochs = epochsOf(plan);
    QCOMPARE(epochs[0].cached, 0.0);
    QCOMPARE(epochs[1].cached, 0.2);
    QCOMPARE(epochs[2].cached, 0.2);
}

void FeatureCacheTest::withNothingFrozenNothingIsKept()
{
    const Workplace workplace;
    AdaptationPlan plan = planFor(workplace);
    for (const Layer &layer : std::vector<Layer>(plan.package.network.layers()))
        plan.package.network.find(layer.id)->frozen = false;
    QVERIFY(crossingLayers(plan.package.network).empty());
    QCOMPARE(epochsOf(plan).back().cached, 0.0);
    QVERIFY(!fs::exists(plan.featureCache.folder));
}

void FeatureCacheTest::aResumedRunGoesOnTheSame()
{
    const Workplace workplace;
    AdaptationPlan plan = planFor(workplace);
    const auto straight = epochsOf(plan);
    plan.outputFolder = workplace.folder("out");
    tiny::Recorder before, after;
    {
        std::unique_ptr<Adaptation> adaptation;
        std::atomic<bool> started = false;
        before.afterStep = [&](const MetricSample &sample) {
            while (!started)
                std::this_thread::yield();
            if (sample.step == 3)
                adaptation->session().stop();
        };
        adaptation = Adaptation::start(plan, before).value();
        started = true;
        adaptation->session().wait();
    }
    QCOMPARE(before.result.reason, StopReason::Stopped);
    plan.resume = true;
    auto adaptation = Adaptation::start(plan, after);
    QVERIFY(adaptation);
    (*adaptation)->session().wait();
    QCOMPARE(after.result.reason, StopReason::Completed);
    QVERIFY(sameFigures(after.result.epochs, straight));
}

QTEST_GUILESS_MAIN(FeatureCacheTest)
#include "featurecachetest.moc"
