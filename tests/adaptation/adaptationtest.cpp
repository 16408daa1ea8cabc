#include "adaptation/adaptation.h"
#include "core/files.h"
#include "formats/format.h"
#include "graph/edits.h"
#include "graph/heads.h"
#include "graph/layeredits.h"
#include "graph/surgery.h"
#include "nn/model.h"
#include "support/shareddata.h"
#include "training/tinynetwork.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace graft;
namespace fs = std::filesystem;

namespace {

constexpr int side = 16;

/// Two or three classes of noisy pictures that differ in their brightest colour.
void drawPictures(const fs::path &folder, const std::vector<std::string> &classNames, int perClass)
{
    std::mt19937 random(3);
    std::uniform_int_distribution noise(0, 120);
    for (std::size_t label = 0; label < classNames.size(); ++label) {
        const fs::path classFolder = folder / classNames[label];
        fs::create_directories(classFolder);
        for (int number = 0; number < perClass; ++number) {
            QImage image(side, side, QImage::Format_RGB32);
            for (int y = 0; y < side; ++y)
                for (int x = 0; x < side; ++x) {
                    int channels[3] = {noise(random), noise(random), noise(random)};
                    channels[label % 3] += 120;
                    image.setPixel(x, y, qRgb(channels[0], channels[1], channels[2]));
                }
            QVERIFY(image.save(QString::fromStdString((classFolder / (std::to_string(number) + ".png")).string())));
        }
    }
}

ModelPackage smallPackage()
{
    ModelPackage package;
    package.network = tiny::network(0.1);
    package.network.find(package.network.layers().front().id)->attributes["shape"] = tiny::Sizes{3, side, side};
    package.weights = initialWeights(package.network, 4).value();
    package.preprocessing.resize = side;
    package.preprocessing.crop = side;
    package.classNames = {"a", "b", "c"};
    package.origin = "a test";
    return package;
}

struct Folders {
    Folders() { drawPictures(data(), {"blue", "red"}, 12); }
    [[nodiscard]] fs::path data() const { return fs::path(root.path().toStdString()) / "data"; }
    [[nodiscard]] fs::path out() const { return fs::path(root.path().toStdString()) / "out"; }
    QTemporaryDir root;
};

AdaptationPlan planFor(const Folders &folders)
{
    AdaptationPlan plan;
    plan.package = smallPackage();
    plan.dataset = scanDataset(folders.data()).value();
    plan.config = tiny::config();
    plan.config.epochs = 4;
    plan.outputFolder = folders.out();
    plan.augmentation = noAugmentation();
    plan.augmentation.horizontalFlip = 0.5;
    return plan;
}

void run(AdaptationPlan plan, tiny::Recorder &recorder, ModelPackage *trained = nullptr)
{
    auto adaptation = Adaptation::start(std::move(plan), recorder);
    if (!adaptation) {
        recorder.result.reason = StopReason::Failed;
        recorder.result.error = adaptation.error();
        return;
    }
    (*adaptation)->session().wait();
    if (trained)
        *trained = (*adaptation)->trainedPackage();
}

nlohmann::json recordIn(const fs::path &folder)
{
    const auto text = readText(folder / "run.json");
    return text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
}

} // namespace

class AdaptationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void headFitsTheClassesAndTheTrunkStays();
    void sameClassesKeepTheHead();
    void runLeavesTheBestModelAndARecord();
    void resumedRunEqualsTheUninterruptedOne();
    void secondRunInTheSameFolderIsBusy();
    void badPlansGetOneSentence();
    void failedResumeKeepsTheRecord();
    void unwritableModelFailsTheRunAndKeepsWhatWasThere();
    void nothingIsWrittenWithoutAFolder();
    void anEditedNetworkIsTrainedWithTheWeightsThatItHas();
    void greyPicturesAreTrainedOn();
    void realNetworkAdaptsToRealPhotos();
};

void AdaptationTest::headFitsTheClassesAndTheTrunkStays()
{
    const ModelPackage before = smallPackage();
    const std::vector<std::string> names = {"v", "w", "x", "y", "z"};
    const auto after = withHeadFor(before, names, 9);
    QVERIFY(after);
    QCOMPARE(classCount(after->network), std::int64_t(5));
    QVERIFY(after->classNames == names);
    for (const auto &[name, tensor] : before.weights.entries()) {
        const Tensor *now = after->weights.find(name);
        QVERIFY(now);
        QVERIFY2((*now == tensor) == !isInBlock(name, "fc"), name.c_str());
    }
    QCOMPARE(after->weights.find("fc.weight")->shape(), (Shape{5, 8}));
    QVERIFY(withHeadFor(before, names, 9)->weights == after->weights);
    QVERIFY(!(withHeadFor(before, names, 10)->weights == after->weights));
}

void AdaptationTest::sameClassesKeepTheHead()
{
    const ModelPackage before = smallPackage();
    const auto after = withHeadFor(before, before.classNames, 9);
    QVERIFY(after && after->weights == before.weights && after->network == before.network);
}

void AdaptationTest::runLeavesTheBestModelAndARecord()
{
    const Folders folders;
    tiny::Recorder recorder;
    ModelPackage trained;
    AdaptationPlan plan = planFor(folders);
    tiny::freezeBlock(plan.package.network, "stem");
    run(plan, recorder, &trained);
    QVERIFY2(recorder.result.reason == StopReason::Completed, recorder.result.error.message.c_str());
    QCOMPARE(recorder.finishedCount.load(), 1);

    const auto model = readModel(folders.out() / "model.safetensors");
    QVERIFY2(model, model ? "" : model.error().message.c_str());
    QVERIFY(model->weights == recorder.result.bestWeights);
    QVERIFY(trained.weights == model->weights);
    QVERIFY(model->classNames == (std::vector<std::string>{"blue", "red"}));
    QVERIFY(model->preprocessing == plan.package.preprocessing);

    const nlohmann::json record = recordIn(folders.out());
    QCOMPARE(record["state"].get<std::string>(), std::string("completed"));
    QCOMPARE(record["epochs"].size(), std::size_t(4));
    QCOMPARE(record["best"]["epoch"].get<int>(), recorder.result.bestEpoch);
    QCOMPARE(record["pictures"]["training"].get<int>() + record["pictures"]["validation"].get<int>(), 24);
    QVERIFY(record["settings"]["training"] == toJson(plan.config));
    QVERIFY(record["settings"]["frozen"].size() == 3);
    QVERIFY(record["classNames"].size() == 2);
    QVERIFY(!record["environment"]["libtorch"].get<std::string>().empty());
    QVERIFY(record["seconds"].get<double>() > 0);
}

void AdaptationTest::resumedRunEqualsTheUninterruptedOne()
{
    const Folders folders;
    tiny::Recorder straight, stopped, resumed;
    AdaptationPlan plan = planFor(folders);
    plan.outputFolder = folders.out() / "straight";
    run(plan, straight);
    plan.outputFolder = folders.out() / "resumed";
    std::atomic<Adaptation *> running = nullptr;
    stopped.afterStep = [&](const MetricSample &sample) {
        if (sample.step < 5)
            return;
        running.wait(nullptr);
        running.load()->session().stop();
    };
    {
        auto adaptation = Adaptation::start(plan, stopped);
        QVERIFY(adaptation);
        running = adaptation->get();
        running.notify_all();
        (*adaptation)->session().wait();
    }
    QCOMPARE(stopped.result.reason, StopReason::Stopped);
    QCOMPARE(recordIn(plan.outputFolder)["state"].get<std::string>(), std::string("stopped"));
    plan.resume = true;
    run(plan, resumed);
    QCOMPARE(resumed.result.reason, StopReason::Completed);
    QVERIFY(resumed.result.bestWeights == straight.result.bestWeights);
    QCOMPARE(resumed.result.bestEpoch, straight.result.bestEpoch);
    QCOMPARE(recordIn(plan.outputFolder)["epochs"].size(), std::size_t(4));
    QCOMPARE(recordIn(plan.outputFolder)["state"].get<std::string>(), std::string("completed"));
}

void AdaptationTest::secondRunInTheSameFolderIsBusy()
{
    const Folders folders;
    tiny::Recorder first, second, third;
    AdaptationPlan plan = planFor(folders);
    plan.config.epochs = 100000;
    auto adaptation = Adaptation::start(plan, first);
    QVERIFY(adaptation);
    run(plan, second);
    QCOMPARE(second.result.error.code, ErrorCode::Busy);
    (*adaptation)->session().stop();
    (*adaptation)->session().wait();
    // The folder is free as soon as the run is over, whoever still holds the object.
    plan.config.epochs = 1;
    run(plan, third);
    QCOMPARE(third.result.reason, StopReason::Completed);
}

void AdaptationTest::badPlansGetOneSentence()
{
    const Folders folders;
    const auto codeOf = [](const AdaptationPlan &plan) {
        tiny::Recorder recorder;
        run(plan, recorder);
        return recorder.result.error.message.ends_with(".") ? recorder.result.error.code : ErrorCode::Internal;
    };
    AdaptationPlan plan = planFor(folders);
    plan.config.epochs = 0;
    QCOMPARE(codeOf(plan), ErrorCode::SettingInvalid);
    plan = planFor(folders);
    plan.validationShare = 1.5;
    QCOMPARE(codeOf(plan), ErrorCode::SettingInvalid);
    plan = planFor(folders);
    plan.package.preprocessing.crop = 224;
    QCOMPARE(codeOf(plan), ErrorCode::SettingInvalid);
    plan = planFor(folders);
    plan.dataset.samples.clear();
    QCOMPARE(codeOf(plan), ErrorCode::DataInvalid);
    plan = planFor(folders);
    plan.dataset.samples.resize(1);
    QCOMPARE(codeOf(plan), ErrorCode::DataInvalid);
    plan = planFor(folders);
    plan.outputFolder = "/proc/graft";
    QCOMPARE(codeOf(plan), ErrorCode::FileUnwritable);
    plan = planFor(folders);
    plan.package = withHeadFor(plan.package, plan.dataset.classNames, 1).value();
    tiny::freezeBlock(plan.package.network, "");
    QCOMPARE(codeOf(plan), ErrorCode::SettingInvalid);
    plan = planFor(folders);
    plan.resume = true;
    QCOMPARE(codeOf(plan), ErrorCode::FileNotFound);
}

void AdaptationTest::failedResumeKeepsTheRecord()
{
    const Folders folders;
    tiny::Recorder first, second;
    AdaptationPlan plan = planFor(folders);
    run(plan, first);
    const auto before = readText(folders.out() / "run.json");
    plan.resume = true;
    plan.config.learningRate = 0.25;
    run(plan, second);
    QCOMPARE(second.result.error.code, ErrorCode::SettingInvalid);
    QVERIFY(readText(folders.out() / "run.json") == before);
    QVERIFY(readModel(folders.out() / "model.safetensors")->weights == first.result.bestWeights);
}

void AdaptationTest::unwritableModelFailsTheRunAndKeepsWhatWasThere()
{
    const Folders folders;
    const fs::path inTheWay = folders.out() / "model.safetensors" / "precious.txt";
    fs::create_directories(inTheWay.parent_path());
    QVERIFY(writeText(inTheWay, "kept"));
    tiny::Recorder recorder;
    run(planFor(folders), recorder);
    QCOMPARE(recorder.result.reason, StopReason::Failed);
    QCOMPARE(recorder.result.error.code, ErrorCode::FileUnwritable);
    QCOMPARE(*readText(inTheWay), std::string("kept"));
    QCOMPARE(recordIn(folders.out())["state"].get<std::string>(), std::string("failed"));
    for (const auto &entry : fs::directory_iterator(folders.out()))
        QVERIFY2(entry.path().extension() != ".part", entry.path().c_str());
}

void AdaptationTest::nothingIsWrittenWithoutAFolder()
{
    const Folders folders;
    tiny::Recorder recorder;
    AdaptationPlan plan = planFor(folders);
    plan.outputFolder.clear();
    run(plan, recorder);
    QCOMPARE(recorder.result.reason, StopReason::Completed);
    QVERIFY(!fs::exists(folders.out()));
}

void AdaptationTest::anEditedNetworkIsTrainedWithTheWeightsThatItHas()
{
    const Folders folders;
    AdaptationPlan plan = planFor(folders);
    Network &network = plan.package.network;
    StateDict &weights = plan.package.weights;
    const LayerId conv = layersOfType(network, "Conv2d").front();
    duplicateLayers(network, weights, {conv}).value(); // leads nowhere
    insertBehind(network, "BatchNorm2d", conv).value();
    QVERIFY(replaceHead(network, weights, {.kind = HeadKind::Mlp, .classes = 2, .width = 8}));
    plan.package.classNames = plan.dataset.classNames;
    const Tensor before = *weights.find(network.find(conv)->name + ".weight");
    setFrozen(network, {conv}, true);
    plan.config.epochs = 1;
    tiny::Recorder recorder;
    ModelPackage trained;
    run(plan, recorder, &trained);
    QVERIFY2(recorder.result.reason == StopReason::Completed, recorder.result.error.message.c_str());
    QVERIFY(*trained.weights.find(network.find(conv)->name + ".weight") == before);
    QVERIFY(trained.weights.contains("head.fc1.weight"));
    addLayer(plan.package.network, "Add").value();
    tiny::Recorder other;
    run(plan, other);
    QCOMPARE(other.result.error.code, ErrorCode::NetworkInvalid);
}

void AdaptationTest::greyPicturesAreTrainedOn()
{
    const Folders folders;
    AdaptationPlan plan = planFor(folders);
    QVERIFY(setInputChannels(plan.package.network, plan.package.weights, plan.package.preprocessing, 1, ChannelWeights::Sum));
    plan.config.epochs = 1;
    tiny::Recorder recorder;
    ModelPackage trained;
    run(plan, recorder, &trained);
    QVERIFY2(recorder.result.reason == StopReason::Completed, recorder.result.error.message.c_str());
    QVERIFY(trained.network.inputShape() == (Shape{1, side, side}));
    const auto read = readModel(folders.out() / "model.safetensors");
    QVERIFY(read.has_value());
    QCOMPARE(read->preprocessing.channelOrder, std::string("L"));
}

void AdaptationTest::realNetworkAdaptsToRealPhotos()
{
    const auto shared = sharedData();
    if (!shared)
        QSKIP("no shared weights and photos here");
    AdaptationPlan plan;
    auto package = readModel(*shared / "weights" / "squeezenet1_1" / "squeezenet1_1_imagenet_f32.safetensors");
    QVERIFY2(package, package ? "" : package.error().message.c_str());
    plan.dataset = scanDataset(*shared / "photos" / "flowers12" / "test").value();
    plan.package = withHeadFor(std::move(*package), plan.dataset.classNames, 0).value();
    QVERIFY(freeze(plan.package.network, "all-but-head"));
    plan.augmentation = noAugmentation();
    plan.config.epochs = 2;
    plan.config.batchSize = 16;
    plan.config.optimizer = "adam";
    plan.config.learningRate = 0.005;
    tiny::Recorder recorder;
    run(plan, recorder);
    QVERIFY2(recorder.result.reason == StopReason::Completed, recorder.result.error.message.c_str());
    const double accuracy = recorder.result.epochs.back().validation->accuracy;
    QVERIFY2(accuracy > 0.6, qPrintable(QString::number(accuracy)));
}

QTEST_GUILESS_MAIN(AdaptationTest)
#include "adaptationtest.moc"
