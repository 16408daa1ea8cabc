#include "adaptation/adaptation.h"
#include "evaluation/modelexport.h"
#include "graph/edits.h"
#include "support/shareddata.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace graft;
namespace fs = std::filesystem;

namespace {

class Outcome : public TrainingObserver {
public:
    void finished(const TrainingResult &result) override { m_result = result; }
    [[nodiscard]] const TrainingResult &result() const { return m_result; } ///< after wait()

private:
    TrainingResult m_result;
};

template <typename T>
const char *messageOf(const Result<T> &result)
{
    return result ? "" : result.error().message.c_str();
}

/// The first pictures of each class of a published folder, so that an epoch takes a moment only.
bool copySome(const fs::path &from, const fs::path &to, std::size_t perClass)
{
    for (const auto &classFolder : fs::directory_iterator(from)) {
        std::vector<fs::path> pictures;
        for (const auto &picture : fs::directory_iterator(classFolder))
            if (picture.path().extension() == ".jpg")
                pictures.push_back(picture.path());
        std::ranges::sort(pictures);
        const fs::path folder = to / classFolder.path().filename();
        fs::create_directories(folder);
        for (std::size_t i = 0; i < std::min(perClass, pictures.size()); ++i)
            fs::copy_file(pictures[i], folder / pictures[i].filename());
    }
    return !fs::is_empty(to);
}

} // namespace

/// Published weights from the file to the files that are taken away.
class RealFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aPublishedFileIsTunedAndTakenAway_data();
    void aPublishedFileIsTunedAndTakenAway();

private:
    [[nodiscard]] Result<ModelPackage> tuned(const ModelPackage &package) const;
    fs::path m_weights;
    Dataset m_dataset;
    QTemporaryDir m_folder;
};

void RealFilesTest::initTestCase()
{
    const auto shared = sharedData();
    if (!shared)
        QSKIP("The folder of real weights is not beside this checkout.");
    m_weights = *shared / "weights";
    const fs::path pictures = m_folder.filePath("pictures").toStdString();
    QVERIFY(copySome(*shared / "photos/hymenoptera/train", pictures / "train", 8));
    QVERIFY(copySome(*shared / "photos/hymenoptera/val", pictures / "val", 3));
    const auto dataset = scanDataset(pictures);
    QVERIFY2(dataset, messageOf(dataset));
    m_dataset = *dataset;
}

void RealFilesTest::aPublishedFileIsTunedAndTakenAway_data()
{
    QTest::addColumn<bool>("withPython"); // which takes seconds to start
    for (const char *file : {"mobilenet_v2/mobilenet_v2_imagenet_f32.safetensors", "squeezenet1_1/squeezenet1_1_imagenet_f32.pth",
             "cifar10_resnet/resnet20-12fca82f.th"})
        QTest::newRow(file) << true;
    for (const char *file : {"mobilenet_v2/mobilenet_v2_imagenet_f32_with_metadata.pth", "mobilenet_v2/mobilenet_v2_imagenet_f32_traced.pt",
             "squeezenet1_1/squeezenet1_1_imagenet_f32.safetensors", "squeezenet1_1/squeezenet1_1_imagenet_f32_traced.pt",
             "squeezenet1_1/SqueezeNet_fp16.onnx", "cifar10_resnet/resnet20-12fca82f.safetensors", "cifar10_resnet/resnet56-4bfd9763.th"})
        QTest::newRow(file) << false;
}

Result<ModelPackage> RealFilesTest::tuned(const ModelPackage &package) const
{
    auto fitting = withHeadFor(package, m_dataset.classNames, 1);
    if (!fitting)
        return fitting;
    if (auto frozen = freeze(fitting->network, "all-but-head"); !frozen)
        return fail(frozen.error());
    AdaptationPlan plan;
    plan.package = std::move(*fitting);
    plan.dataset = m_dataset;
    plan.augmentation = noAugmentation();
    plan.config.epochs = 1;
    plan.config.batchSize = 8;
    Outcome outcome;
    auto run = Adaptation::start(std::move(plan), outcome);
    if (!run)
        return fail(run.error());
    (*run)->session().wait();
    if (outcome.result().reason != StopReason::Completed)
        return fail(outcome.result().error);
    return (*run)->trainedPackage();
}

void RealFilesTest::aPublishedFileIsTunedAndTakenAway()
{
    QFETCH(bool, withPython);
    const fs::path file = m_weights / QTest::currentDataTag();
    const auto opened = readModel(file);
    if (!opened && opened.error().code == ErrorCode::FormatUnknown)
        QSKIP("Graft has no reader for this format yet.");
    QVERIFY2(opened, messageOf(opened));
    const auto package = tuned(*opened);
    QVERIFY2(package, messageOf(package));
    QCOMPARE(package->classNames, (std::vector<std::string>{"ants", "bees"}));
    const QTemporaryDir out;
    std::vector<fs::path> pictures;
    for (const Sample &sample : m_dataset.validationSamples)
        pictures.push_back(sample.path);
    for (const Format &format : formats().all()) {
        if (!format.write || (format.name == "python" && !withPython))
            continue;
        const fs::path path = out.filePath(QString::fromStdString("model." + format.extensions.front())).toStdString();
        const auto outcome = exportModel(*package, {.path = path, .formatName = format.name, .options = {}, .pictures = pictures});
        QVERIFY2(outcome, messageOf(outcome));
        QVERIFY2(outcome->passed(), (format.name + ": " + describeFailure(*outcome->check)).c_str());
        QVERIFY(outcome->check->ownPictures);
        qInfo("%s in %s: largest difference %g, %.1f ms a picture (Graft: %.1f ms)", format.name.c_str(), outcome->check->runtime.c_str(),
            outcome->check->maxDifference, outcome->check->exportedMilliseconds, outcome->check->originalMilliseconds);
    }
}

QTEST_GUILESS_MAIN(RealFilesTest)
#include "realfilestest.moc"
