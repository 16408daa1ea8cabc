#include "adaptation/adaptation.h"
#include "adaptoptions.h"
#include "command.h"
#include "console.h"
#include "graph/edits.h"
#include "graph/heads.h"
#include "interruption.h"
#include "modelopening.h"
#include "training/checkpoint.h"
#include "training/forecastsettings.h"

#include <cstdio>
#include <iostream>

namespace graft::cli {
namespace {

nlohmann::ordered_json toJson(const Metrics &metrics)
{
    nlohmann::ordered_json json = {{"loss", metrics.loss}, {"accuracy", metrics.accuracy}};
    for (const SetMetrics &set : metrics.labelSets)
        json["labelSets"].push_back({{"name", set.name}, {"loss", set.loss}, {"accuracy", set.accuracy}});
    return json;
}

/// " (species 91.0 %, health 72.5 %)"; nothing for one label set.
std::string bySets(const Metrics &metrics)
{
    std::string text;
    for (const SetMetrics &set : metrics.labelSets)
        text += (text.empty() ? " (" : ", ") + set.name + " " + percent(set.accuracy);
    return text.empty() ? text : text + ")";
}

/// Prints the run as it goes. Called on the training thread.
class AdaptPrinter : public TrainingObserver {
public:
    AdaptPrinter(bool json, int epochs) : m_json(json), m_epochs(epochs) { }

    void progressChanged(const Progress &progress) override
    {
        std::string text
            = "epoch " + std::to_string(progress.epoch) + " of " + std::to_string(m_epochs) + (progress.validating ? ", validating" : "");
        if (progress.secondsLeft >= 0)
            text += ", " + duration(progress.secondsLeft) + " left";
        const auto total = std::max<std::int64_t>(1, progress.batchesTotal);
        m_progress.show(static_cast<double>(progress.batchesDone) / static_cast<double>(total), text);
    }

    void epochDone(const EpochResult &epoch) override
    {
        m_progress.clear();
        if (m_json) {
            nlohmann::ordered_json line = {{"event", "epoch"}, {"epoch", epoch.epoch}, {"train", toJson(epoch.train)}};
            line["validation"] = epoch.validation ? toJson(*epoch.validation) : nlohmann::ordered_json();
            line["seconds"] = epoch.seconds;
            line["cached"] = epoch.cached;
            printLine(line);
            return;
        }
        std::printf("epoch %d of %d  training loss %.4f accuracy %s", epoch.epoch, m_epochs, epoch.train.loss,
            percent(epoch.train.accuracy).c_str());
        if (epoch.validation)
            std::printf("  validation loss %.4f accuracy %s%s", epoch.validation->loss, percent(epoch.validation->accuracy).c_str(),
                bySets(*epoch.validation).c_str());
        std::printf("  %s", duration(epoch.seconds).c_str());
        if (epoch.cached > 0)
            std::printf("  %s from the cache", percent(epoch.cached).c_str());
        std::printf("%s\n", epoch.isBest ? "  best so far" : "");
        std::fflush(stdout);
    }

    void noteMade(const std::string &sentence) override
    {
        m_progress.clear();
        note(sentence);
    }

    void finished(const TrainingResult &result) override
    {
        m_progress.clear();
        m_result = result;
    }

    [[nodiscard]] const TrainingResult &result() const { return m_result; } ///< after wait()

private:
    bool m_json;
    int m_epochs;
    ProgressLine m_progress;
    TrainingResult m_result;
};

nlohmann::ordered_json bestOf(const EpochResult &epoch)
{
    const nlohmann::ordered_json figures = toJson(epoch.validation ? *epoch.validation : epoch.train);
    nlohmann::ordered_json best = {{"epoch", epoch.epoch}, {"accuracy", figures["accuracy"]}, {"loss", figures["loss"]}};
    if (figures.contains("labelSets"))
        best["labelSets"] = figures["labelSets"];
    return best;
}

int finish(const TrainingResult &result, const AdaptOptions &options, bool interrupted)
{
    if (result.reason == StopReason::Failed)
        return report(result.error, options.json);
    if (result.reason == StopReason::Stopped) {
        const Error stopped{ErrorCode::Cancelled,
            "Stopped" + std::string(interrupted ? " by a signal" : "") + "; the checkpoint in '" + options.out
                + "' holds the run: repeat the command with --resume to go on.",
            options.out};
        return report(stopped, options.json);
    }
    const auto best = std::ranges::find(result.epochs, result.bestEpoch, &EpochResult::epoch);
    if (best == result.epochs.end())
        return report({ErrorCode::Internal, "The run in '" + options.out + "' ended without a finished epoch.", options.out}, options.json);
    const Metrics &figures = best->validation ? *best->validation : best->train;
    if (options.json)
        printLine({{"event", "done"}, {"best", bestOf(*best)}, {"out", options.out}, {"seconds", result.seconds}});
    else
        std::cout << "best: epoch " << best->epoch << ", " << (best->validation ? "validation" : "training") << " accuracy "
                  << percent(figures.accuracy) << bySets(figures)
                  << "\nwritten: " << (std::filesystem::path(options.out) / "model.safetensors").string() << std::endl;
    return 0;
}

/// The head by its name, for the data's classes; without tensors of its own yet unless it is the published one.
Result<ModelPackage> withHead(ModelPackage package, const std::string &head, const AdaptationPlan &plan)
{
    const auto kind = headKindFromName(head);
    if (!kind)
        return fail(kind.error());
    if (*kind == HeadKind::AsPublished)
        return withHeadFor(std::move(package), plan.dataset.classNames, plan.config.seed, plan.dataset.labelSets);
    HeadPlan form;
    form.kind = *kind;
    form.classes = std::ssize(plan.dataset.classNames);
    form.labelSets = plan.dataset.labelSets;
    if (auto replaced = replaceHead(package.network, package.weights, form); !replaced)
        return fail(replaced.error());
    package.classNames = plan.dataset.classNames;
    package.labelSets = plan.dataset.labelSets;
    return package;
}

Result<void> addLoraTo(ModelPackage &package, const AdaptOptions &options)
{
    const auto lora = parseLora(options.lora);
    if (!lora)
        return fail(lora.error());
    const auto layers = matchLayers(package.network, options.loraLayers);
    if (!layers)
        return fail(layers.error());
    const auto adapted = addLora(package.network, package.weights, *layers, *lora);
    return adapted ? Result<void>() : fail(adapted.error());
}

/// As many pictures as memory allows, of which a fifth is left alone; with bounds, since large batches learn in fewer steps. A run that
/// goes on keeps its batch size.
Result<int> automaticBatch(const AdaptationPlan &plan)
{
    constexpr std::int64_t most = 256, fewestSteps = 8, whenUnknown = 32;
    if (plan.resume) {
        const auto checkpoint = readCheckpoint(plan.outputFolder / "checkpoint.safetensors");
        return checkpoint ? Result<int>(checkpoint->config.batchSize) : fail(checkpoint.error());
    }
    const auto analysis = analyse(plan.package.network);
    if (!analysis)
        return fail(analysis.error());
    ForecastSettings settings = forecastSettings(plan.config);
    settings.freeBytes = settings.freeBytes / 5 * 4;
    const auto expected = forecast(plan.package.network, *analysis, settings, nullptr);
    if (!expected)
        return fail(expected.error());
    const auto pictures = std::ssize(split(plan.dataset, plan.validationShare, plan.config.seed).train);
    const std::int64_t fitting = expected->largestBatch < 0 ? whenUnknown : expected->largestBatch;
    const std::int64_t batch = std::max<std::int64_t>(1, std::min({fitting, most, pictures / fewestSteps}));
    return static_cast<int>(batch > 8 ? batch / 8 * 8 : batch);
}

Result<AdaptationPlan> makePlan(const AdaptOptions &options)
{
    AdaptationPlan plan;
    plan.config = options.config;
    plan.validationShare = options.validationShare;
    plan.outputFolder = options.out;
    plan.resume = options.resume;
    auto device = parseDevice(options.device);
    if (!device)
        return fail(device.error());
    plan.config.device = *device;
    const auto batch = parseBatch(options.batch);
    if (!batch)
        return fail(batch.error());
    plan.config.batchSize = batch->value_or(plan.config.batchSize);
    if (auto valid = validate(plan.config); !valid)
        return fail(valid.error());
    auto augmentation = parseAugmentation(options.augmentation);
    if (!augmentation)
        return fail(augmentation.error());
    plan.augmentation = *augmentation;
    if (!options.variants.empty()) {
        const auto variants = parseVariants(options.variants);
        if (!variants)
            return fail(variants.error());
        plan.augmentation.variants = *variants;
    }
    if (options.featureCache != "off")
        plan.featureCache = {
            options.featureCache.empty() ? defaultFeatureFolder() : std::filesystem::path(options.featureCache), options.featureCacheLimit};
    if (options.decodedCache != "off")
        plan.decodedCache = {
            options.decodedCache == "on" ? defaultDecodedFolder() : std::filesystem::path(options.decodedCache), options.decodedCacheLimit};
    auto package = openOrDownload(options.model, options.preprocessing);
    if (!package)
        return fail(package.error());
    plan.package = std::move(*package);
    ProgressLine progress;
    const auto show = [&](const ScanProgress &scan) {
        progress.show(static_cast<double>(scan.done) / static_cast<double>(std::max<std::int64_t>(1, scan.total)), "checking pictures");
    };
    auto dataset = scanDataset(options.data, show, {}, options.checkPictures ? PictureCheck::Whole : PictureCheck::Header);
    if (!dataset)
        return fail(dataset.error());
    plan.dataset = std::move(*dataset);
    // The head first: «all but the head» means the new one.
    auto adapted = withHead(std::move(plan.package), options.head, plan);
    if (!adapted)
        return fail(adapted.error());
    plan.package = std::move(*adapted);
    if (auto frozen = freeze(plan.package.network, options.freeze); !frozen)
        return fail(frozen.error());
    if (!options.lora.empty())
        if (auto added = addLoraTo(plan.package, options); !added)
            return fail(added.error());
    if (!*batch) {
        const auto chosen = automaticBatch(plan);
        if (!chosen)
            return fail(chosen.error());
        plan.config.batchSize = *chosen;
        note("The run takes batches of " + std::to_string(*chosen) + " pictures.");
    }
    return plan;
}

/// " of 2 label sets (species 3, health 2)"; nothing for one.
std::string ofSets(const Dataset &dataset)
{
    std::string text;
    for (const LabelSet &set : dataset.labelSets)
        text += (text.empty() ? "" : ", ") + set.name + " " + std::to_string(set.classes);
    return text.empty() ? text : " of " + std::to_string(dataset.labelSets.size()) + " label sets (" + text + ")";
}

void printSummary(const AdaptationPlan &plan, bool json)
{
    noteLeftOut(plan.dataset);
    if (const std::string slow = plan.config.device.isCuda() ? "" : slowMathWarning(); !slow.empty())
        note(slow);
    const auto analysis = analyse(plan.package.network);
    if (json || !analysis)
        return;
    const Split parts = split(plan.dataset, plan.validationShare, plan.config.seed);
    std::cout << plan.package.network.architecture << " on " << name(plan.config.device) << ": " << plan.dataset.classNames.size()
              << " classes" << ofSets(plan.dataset) << ", " << parts.train.size() << " training and " << parts.validation.size()
              << " validation pictures, " << shortCount(static_cast<double>(analysis->trainableParameters)) << " of "
              << shortCount(static_cast<double>(analysis->parameters)) << " parameters trainable" << std::endl;
}

int adapt(const AdaptOptions &options)
{
    auto plan = makePlan(options);
    if (!plan)
        return report(plan.error(), options.json);
    printSummary(*plan, options.json);
    AdaptPrinter printer(options.json, plan->config.epochs);
    auto adaptation = Adaptation::start(std::move(*plan), printer);
    if (!adaptation)
        return report(adaptation.error(), options.json);
    TrainingSession &session = (*adaptation)->session();
    bool interrupted = false;
    {
        const Interruption interruption([&session] { session.stop(); });
        session.wait();
        interrupted = interruption.happened();
    }
    return finish(printer.result(), options, interrupted);
}

} // namespace

void addAdapt(CLI::App &program, int &status)
{
    auto options = std::make_shared<AdaptOptions>();
    CLI::App *command
        = program.add_subcommand("adapt", "Fine-tune a pretrained network on a folder of class folders, or with a labels.csv");
    addTo(*command, *options);
    command->callback([options, &status] { status = adapt(*options); });
}

} // namespace graft::cli
