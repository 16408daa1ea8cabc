#include "architectures/architecture.h"
#include "core/files.h"
#include "data/drawnpictures.h"
#include "demo/demo.h"
#include "demo/transfercurve.h"
#include "formats/format.h"
#include "graph/edits.h"
#include "nn/model.h"

#include <atomic>

namespace graft {
namespace {

constexpr int pictureSize = 64;
constexpr int demoTrainPerClass = 10;
constexpr int demoValidationPerClass = 40;
constexpr int pretrainingTrainPerClass = 200;
constexpr int pretrainingValidationPerClass = 20;

/// Hands epochs on and stops the run when that was asked for.
class EpochForwarder : public TrainingObserver {
public:
    EpochForwarder(const Cancellation &cancellation, std::function<void(const EpochResult &)> epochDone)
        : m_cancellation(cancellation), m_epochDone(std::move(epochDone))
    {
    }
    void setSession(TrainingSession *session) { m_session = session; }
    void stepDone(const MetricSample &sample) override
    {
        m_steps = sample.step;
        if (m_cancellation.requested() && m_session)
            m_session.load()->stop();
    }
    void epochDone(const EpochResult &epoch) override { m_epochDone(epoch); }
    void finished(const TrainingResult &result) override { m_result = result; }
    [[nodiscard]] const TrainingResult &result() const { return m_result; }
    [[nodiscard]] std::int64_t steps() const { return m_steps; }

private:
    Cancellation m_cancellation;
    std::function<void(const EpochResult &)> m_epochDone;
    std::atomic<TrainingSession *> m_session = nullptr;
    std::int64_t m_steps = 0;
    TrainingResult m_result;
};

struct FinishedRun {
    std::vector<EpochResult> epochs;
    std::int64_t steps = 0;
};

Result<FinishedRun> run(AdaptationPlan plan, const Cancellation &cancellation, const std::function<void(const EpochResult &)> &epochDone)
{
    EpochForwarder forwarder(cancellation, epochDone);
    auto adaptation = Adaptation::start(std::move(plan), forwarder);
    if (!adaptation)
        return fail(adaptation.error());
    forwarder.setSession(&(*adaptation)->session());
    (*adaptation)->session().wait();
    const TrainingResult &result = forwarder.result();
    if (result.reason == StopReason::Failed)
        return fail(result.error);
    if (result.reason == StopReason::Stopped)
        return fail(ErrorCode::Cancelled, "The demo was stopped; run it again to start anew.");
    return FinishedRun{result.epochs, forwarder.steps()};
}

Result<Dataset> drawDataset(
    const std::filesystem::path &folder, DrawnSet set, int trainPerClass, int validationPerClass, const Cancellation &cancellation)
{
    if (auto written = writeDrawnDataset(folder, set, trainPerClass, validationPerClass, pictureSize, cancellation); !written)
        return fail(written.error());
    return scanDataset(folder, {}, cancellation);
}

Augmentation drawnAugmentation()
{
    Augmentation augmentation;
    augmentation.cropScale = {0.6, 1.0};
    augmentation.horizontalFlip = 0; // letters are not their mirror images
    return augmentation;
}

Result<ModelPackage> freshPackage(const std::vector<std::string> &classNames, std::uint64_t seed)
{
    const Architecture *architecture = architectures().find("graft_resnet8");
    ModelPackage package;
    package.network = architecture->build(static_cast<int>(classNames.size()));
    package.preprocessing = architecture->preprocessing;
    package.classNames = classNames;
    package.origin = "drawn pictures";
    package.licence = "GPL-3.0-or-later";
    auto weights = initialWeights(package.network, seed);
    if (!weights)
        return fail(weights.error());
    package.weights = std::move(*weights);
    return package;
}

TrainingConfig demoConfig()
{
    TrainingConfig config;
    config.epochs = 15;
    config.batchSize = 16;
    config.optimizer = "adamw";
    config.learningRate = 0.003;
    config.schedule = "cosine";
    return config;
}

} // namespace

Result<DemoResult> runDemo(const std::filesystem::path &folder, const Cancellation &cancellation,
    const std::function<void(const std::string &run, const EpochResult &epoch)> &epochDone)
{
    auto dataset = drawDataset(folder / "pictures", DrawnSet::Demo, demoTrainPerClass, demoValidationPerClass, cancellation);
    if (!dataset)
        return fail(dataset.error());
    auto pretrained = demoModel();
    if (!pretrained)
        return fail(pretrained.error());
    const TrainingConfig config = demoConfig();
    auto adapted = withHeadFor(std::move(*pretrained), dataset->classNames, config.seed);
    if (!adapted)
        return fail(adapted.error());
    if (auto frozen = freeze(adapted->network, "all-but-head"); !frozen)
        return fail(frozen.error());
    auto fresh = freshPackage(dataset->classNames, config.seed);
    if (!fresh)
        return fail(fresh.error());

    AdaptationPlan plan;
    plan.dataset = *dataset;
    plan.augmentation = drawnAugmentation();
    plan.config = config;
    plan.package = std::move(*adapted);
    plan.outputFolder = folder / "transferred";
    const auto transferred = run(plan, cancellation, [&](const EpochResult &epoch) { epochDone("transferred", epoch); });
    if (!transferred)
        return fail(transferred.error());
    plan.package = std::move(*fresh);
    plan.outputFolder = folder / "from-scratch";
    const auto fromScratch = run(plan, cancellation, [&](const EpochResult &epoch) { epochDone("from scratch", epoch); });
    if (!fromScratch)
        return fail(fromScratch.error());

    DemoResult result{folder, transferred->epochs, fromScratch->epochs, dataset->classNames, transferred->steps};
    if (auto written = writeText(folder / "transfer.csv", transferTable(result)); !written)
        return fail(written.error());
    if (auto written = writeText(folder / "transfer.svg", transferCurve(result)); !written)
        return fail(written.error());
    return result;
}

Result<std::filesystem::path> rebuildDemoModel(
    const std::filesystem::path &folder, const Cancellation &cancellation, const std::function<void(const EpochResult &epoch)> &epochDone)
{
    auto dataset = drawDataset(
        folder / "pretraining-pictures", DrawnSet::Pretraining, pretrainingTrainPerClass, pretrainingValidationPerClass, cancellation);
    if (!dataset)
        return fail(dataset.error());
    auto package = freshPackage(dataset->classNames, 0);
    if (!package)
        return fail(package.error());
    AdaptationPlan plan;
    plan.package = std::move(*package);
    plan.dataset = std::move(*dataset);
    plan.augmentation = drawnAugmentation();
    plan.config.epochs = 12;
    plan.config.batchSize = 64;
    plan.config.optimizer = "adamw";
    plan.config.learningRate = 0.004;
    plan.config.weightDecay = 0.01;
    plan.config.schedule = "onecycle";
    plan.outputFolder = folder / "pretraining-run";
    if (const auto finished = run(std::move(plan), cancellation, epochDone); !finished)
        return fail(finished.error());
    auto trained = readModel(folder / "pretraining-run" / "model.safetensors");
    if (!trained)
        return fail(trained.error());
    trained->origin = "drawn pictures";
    const std::filesystem::path path = folder / "graft_resnet8_drawn.safetensors";
    if (auto written = writeModel(path, "safetensors", *trained); !written)
        return fail(written.error());
    return path;
}

} // namespace graft
