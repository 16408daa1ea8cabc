#include "adaptation/adaptation.h"

#include "adaptation/runrecord.h"
#include "core/files.h"
#include "data/loader.h"
#include "formats/format.h"
#include "graph/frontier.h"
#include "graph/heads.h"
#include "nn/model.h"

#include <algorithm>
#include <optional>

namespace graft {
namespace {

Result<void> requireSensible(const AdaptationPlan &plan)
{
    if (auto valid = validate(plan.config); !valid)
        return valid;
    if (auto valid = augmentationFromJson(toJson(plan.augmentation)); !valid)
        return fail(valid.error());
    if (!(plan.validationShare >= 0 && plan.validationShare < 1))
        return fail(ErrorCode::SettingInvalid,
            "The share of pictures kept for validation is out of range; choose a number from 0 to below 1.", "validationShare");
    return {};
}

Result<void> requireFittingPictures(const ModelPackage &package)
{
    const Shape shape = package.network.inputShape();
    const std::int64_t crop = package.preprocessing.crop;
    const std::int64_t channels = channelCount(package.preprocessing);
    if (shape == Shape{channels, crop, crop})
        return {};
    return fail(ErrorCode::SettingInvalid,
        "The network takes pictures of " + describe(shape) + " and the preprocessing makes " + std::to_string(channels) + " × "
            + std::to_string(crop) + " × " + std::to_string(crop) + "; choose an input that they fit.",
        "preprocessing");
}

/// Each picture has a class of each label set, so that the largest set counts.
Result<void> requireEnoughPictures(const Split &parts, const Dataset &dataset)
{
    const std::string folder = dataset.folder.string();
    const auto ranges = classRanges(dataset.labelSets, std::ssize(dataset.classNames));
    const auto classes = static_cast<std::size_t>(std::ranges::max(ranges, {}, &ClassRange::count).count);
    if (parts.train.empty())
        return fail(
            ErrorCode::DataInvalid, "There is no picture to train on in '" + folder + "'; add pictures to its class folders.", folder);
    if (parts.train.size() < classes)
        return fail(ErrorCode::DataInvalid,
            "There are " + std::to_string(parts.train.size()) + " pictures to train on for " + std::to_string(classes) + " classes in '"
                + folder + "'; add pictures so that each class has one at least.",
            folder);
    return {};
}

/// What both loaders of a run have in common.
struct LoadingPart {
    std::shared_ptr<ContentDigests> contents;
    std::shared_ptr<DecodedCache> decoded; ///< may be null
    std::function<void(const BrokenFile &)> leftOut;
};

LoaderOptions loaderOptions(const AdaptationPlan &plan, const LoadingPart &part)
{
    LoaderOptions options;
    options.batchSize = plan.config.batchSize;
    options.preprocessing = plan.package.preprocessing;
    options.contents = part.contents;
    options.decoded = part.decoded;
    options.leftOut = part.leftOut;
    options.asLevels = plan.config.device.isCuda();
    return options;
}

std::shared_ptr<BatchSource> trainingLoader(const AdaptationPlan &plan, const LoadingPart &part, std::vector<Sample> samples)
{
    LoaderOptions options = loaderOptions(plan, part);
    if (changesPictures(plan.augmentation))
        options.augmentation = plan.augmentation;
    // Where nothing can be kept there is nothing to gain from showing the same views again.
    if (options.augmentation && crossingLayers(plan.package.network).empty())
        options.augmentation->variants = 0;
    options.shuffle = true;
    return makeLoader(std::move(samples), std::move(options));
}

std::shared_ptr<BatchSource> validationLoader(const AdaptationPlan &plan, const LoadingPart &part, std::vector<Sample> samples)
{
    if (samples.empty())
        return nullptr;
    return makeLoader(std::move(samples), loaderOptions(plan, part));
}

/// A new run in a folder that holds one already keeps that one under other names, in case `resume` was forgotten.
Result<void> setEarlierRunAside(const std::filesystem::path &folder)
{
    for (const char *stem : {"model", "checkpoint", "run"}) {
        const std::string extension = stem == std::string_view("run") ? ".json" : ".safetensors";
        const auto file = folder / (stem + extension);
        std::error_code error, absent;
        if (std::filesystem::is_regular_file(file, absent))
            std::filesystem::rename(file, folder / (stem + std::string(".previous") + extension), error);
        if (error)
            return fail(ErrorCode::FileUnwritable,
                "The earlier run in '" + folder.string() + "' cannot be set aside (" + error.message() + "); choose another folder.",
                folder.string());
    }
    return {};
}

} // namespace

Result<ModelPackage> withHeadFor(
    ModelPackage package, const std::vector<std::string> &classNames, std::uint64_t seed, const std::vector<LabelSet> &labelSets)
{
    HeadPlan plan;
    plan.classes = std::ssize(classNames);
    plan.labelSets = labelSets;
    if (package.classNames == classNames && package.labelSets == labelSets && classCount(package.network) == plan.classes)
        return package;
    if (auto replaced = replaceHead(package.network, package.weights, plan); !replaced)
        return fail(replaced.error());
    const auto head = headWeights(package.network, seed);
    if (!head)
        return fail(head.error());
    for (const auto &[name, tensor] : head->entries())
        package.weights.set(name, tensor);
    package.classNames = classNames;
    package.labelSets = labelSets;
    return package;
}

/// Stands between the session and the front end's observer: keeps the run folder up to date. The training thread's alone once the run has
/// started.
struct Adaptation::Data : TrainingObserver {
    Data(TrainingObserver &frontEnd, ModelPackage startingPackage, RunRecord runRecord, std::filesystem::path outputFolder)
        : observer(frontEnd), package(std::move(startingPackage)), record(std::move(runRecord)), folder(std::move(outputFolder))
    {
    }

    void stepDone(const MetricSample &sample) override
    {
        if (!stepped) {
            // A failure to write shows again at the end of the epoch, which can end the run.
            stepped = true;
            if (!resumes)
                static_cast<void>(record.writeRunning({}));
        }
        tellOfDecoded();
        observer.stepDone(sample);
    }
    void progressChanged(const Progress &progress) override { observer.progressChanged(progress); }
    void noteMade(const std::string &sentence) override { observer.noteMade(sentence); }
    void gradientsMeasured(const GradientNorms &norms) override { observer.gradientsMeasured(norms); }
    void epochDone(const EpochResult &epoch) override
    {
        tellOfDecoded();
        observer.epochDone(epoch);
    }
    void tellOfDecoded()
    {
        if (const std::string problem = decoded ? decoded->takeProblem() : std::string(); !problem.empty())
            observer.noteMade(problem);
    }
    void leaveOut(const BrokenFile &file)
    {
        record.addLeftOut(file);
        observer.noteMade("A picture is left out of this run: " + file.reason);
    }
    void finished(const TrainingResult &result) override;

    [[nodiscard]] Result<void> keepEpoch(const std::vector<EpochResult> &epochs, const StateDict &bestWeights);
    [[nodiscard]] Result<void> writeBest(const StateDict &bestWeights);

    TrainingObserver &observer;
    ModelPackage package; ///< without weights until the run has ended: they would be a copy more
    RunRecord record;
    std::filesystem::path folder; ///< empty = nothing is written
    std::shared_ptr<DecodedCache> decoded; ///< null = decoded pictures are not kept
    std::optional<FolderLock> lock;
    bool stepped = false, modelWritten = false, resumes = false;
    int writtenEpoch = 0; ///< whose weights `model.safetensors` has, of those that this run has finished
    std::unique_ptr<TrainingSession> session; ///< last, so that its thread ends before the rest goes
};

Result<void> Adaptation::Data::writeBest(const StateDict &bestWeights)
{
    if (folder.empty())
        return {};
    ModelPackage best = package;
    best.weights = bestWeights;
    auto written = writeModel(folder / "model.safetensors", "safetensors", best);
    modelWritten = modelWritten || written.has_value();
    return written;
}

Result<void> Adaptation::Data::keepEpoch(const std::vector<EpochResult> &epochs, const StateDict &bestWeights)
{
    const auto best = std::ranges::find(epochs.rbegin(), epochs.rend(), true, &EpochResult::isBest);
    if (best != epochs.rend() && best->epoch != writtenEpoch) {
        if (auto written = writeBest(bestWeights); !written)
            return written;
        writtenEpoch = best->epoch;
    }
    return record.writeRunning(epochs);
}

void Adaptation::Data::finished(const TrainingResult &result)
{
    TrainingResult end = result;
    // After a crash between checkpoint and model, or in a run that was already complete, the model is still to be written.
    if (end.reason != StopReason::Failed && end.bestEpoch > 0 && !modelWritten)
        if (auto written = writeBest(end.bestWeights); !written) {
            end.reason = StopReason::Failed;
            end.error = written.error();
        }
    if (stepped || end.reason != StopReason::Failed)
        if (auto written = record.writeEnd(end); !written && end.reason != StopReason::Failed) {
            end.reason = StopReason::Failed;
            end.error = written.error();
        }
    package.weights = end.bestWeights;
    lock.reset();
    observer.finished(end);
}

Result<std::unique_ptr<Adaptation>> Adaptation::start(AdaptationPlan plan, TrainingObserver &observer)
{
    if (auto sensible = requireSensible(plan); !sensible)
        return fail(sensible.error());
    auto package = withHeadFor(std::move(plan.package), plan.dataset.classNames, plan.config.seed, plan.dataset.labelSets);
    if (!package)
        return fail(package.error());
    plan.package = std::move(*package);
    auto weights = preparedWeights(plan.package.network, plan.package.weights, plan.config.seed);
    if (!weights)
        return fail(weights.error());
    plan.package.weights = std::move(*weights);
    if (auto fitting = requireFittingPictures(plan.package); !fitting)
        return fail(fitting.error());
    Split parts = split(plan.dataset, plan.validationShare, plan.config.seed);
    if (auto enough = requireEnoughPictures(parts, plan.dataset); !enough)
        return fail(enough.error());

    auto data = std::make_unique<Data>(observer, plan.package, RunRecord(plan, parts), plan.outputFolder);
    if (!plan.outputFolder.empty()) {
        if (auto made = makeFolder(plan.outputFolder); !made)
            return fail(made.error());
        auto lock = FolderLock::acquire(plan.outputFolder);
        if (!lock)
            return fail(lock.error());
        data->lock = std::move(*lock);
        if (auto ready = plan.resume ? data->record.requireSameRun() : setEarlierRunAside(plan.outputFolder); !ready)
            return fail(ready.error());
    }
    data->resumes = plan.resume;
    data->package.weights = {};
    TrainingInput input;
    input.network = plan.package.network;
    input.weights = std::move(plan.package.weights);
    input.labelSets = plan.package.labelSets;
    if (!plan.decodedCache.folder.empty())
        data->decoded = std::make_shared<DecodedCache>(plan.decodedCache, plan.package.preprocessing.crop);
    const LoadingPart loading{std::make_shared<ContentDigests>(plan.dataset.folder), data->decoded,
        [keeper = data.get()](const BrokenFile &file) { keeper->leaveOut(file); }};
    input.train = trainingLoader(plan, loading, std::move(parts.train));
    input.validation = validationLoader(plan, loading, std::move(parts.validation));
    input.featureCache = plan.featureCache;
    input.variants = changesPictures(plan.augmentation) ? plan.augmentation.variants : 1;
    input.checkpointFolder = plan.outputFolder;
    input.resume = plan.resume;
    input.afterCheckpoint = [keeper = data.get()](const auto &epochs, const StateDict &best) { return keeper->keepEpoch(epochs, best); };
    auto session = TrainingSession::start(plan.config, std::move(input), *data);
    if (!session)
        return fail(session.error());
    data->session = std::move(*session);
    return std::unique_ptr<Adaptation>(new Adaptation(std::move(data)));
}

Adaptation::Adaptation(std::unique_ptr<Data> data) : m_data(std::move(data)) { }

Adaptation::~Adaptation() = default;

TrainingSession &Adaptation::session()
{
    return *m_data->session;
}

ModelPackage Adaptation::trainedPackage() const
{
    return m_data->package;
}

} // namespace graft
