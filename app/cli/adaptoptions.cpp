#include "adaptoptions.h"
#include "modelopening.h"

#include "training/optimizer.h"
#include "training/schedule.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <sstream>

namespace graft::cli {
namespace {

Augmentation classicAugmentation()
{
    Augmentation classic;
    classic.randomResizedCrop = false;
    classic.rotation = 20;
    classic.widthShift = 0.2;
    classic.heightShift = 0.2;
    classic.zoom = 0.2;
    classic.channelShift = 20;
    classic.fillMode = "nearest";
    return classic;
}

/// `true`, numbers and lists as in JSON; anything else is a word.
nlohmann::json parseValue(const std::string &text)
{
    auto value = nlohmann::json::parse(text, nullptr, false);
    return value.is_discarded() ? nlohmann::json(text) : value;
}

} // namespace

void addTo(CLI::App &command, AdaptOptions &options)
{
    TrainingConfig &config = options.config;
    command.add_option("--model", options.model, modelHelp)->required();
    command.add_option("--preprocessing", options.preprocessing, preprocessingHelp);
    command.add_option("--data", options.data, "a folder of class folders, with or without train/ and val/")->required();
    command.add_option("--out", options.out, "the folder for model.safetensors, run.json and the checkpoint")->required();
    command.add_option("--freeze", options.freeze, "all-but-head, none, or layers to freeze: names, blocks, patterns with * and ?")
        ->capture_default_str();
    command.add_option("--head", options.head, "published (the network's own form), linear, dropout, classic, mlp or convolutional")
        ->capture_default_str();
    command.add_option("--lora", options.lora, "RANK or RANK:ALPHA: train low-rank branches beside frozen layers");
    command.add_option("--lora-layers", options.loraLayers, "with --lora, the layers that get one: names, blocks, patterns with * and ?")
        ->capture_default_str();
    command.add_option("--augment", options.augmentation, "standard, classic, none; settings may follow: standard,rotation=20,zoom=0.2")
        ->capture_default_str();
    command.add_option("--variants", options.variants,
        "views of each picture that are drawn once and shown by turns, so that what the frozen part makes of them is kept; or fresh: new "
        "ones every epoch (default 4)");
    command.add_option("--feature-cache", options.featureCache,
        "the folder where the frozen part's features are kept between runs, or off (default: graft/features in the user's cache folder)");
    command
        .add_option("--feature-cache-limit", options.featureCacheLimit,
            "what that folder may take, such as 2GB (default: a tenth of the free disk, 10 GB at most)")
        ->transform(CLI::AsSizeValue(true));
    command
        .add_option("--decoded-cache", options.decodedCache,
            "on, off or a folder: keep pictures decoded, which spares decoding them again where their views are fresh or nothing is frozen "
            "(on: graft/decoded in the user's cache folder)")
        ->capture_default_str();
    command
        .add_option("--decoded-cache-limit", options.decodedCacheLimit,
            "what that folder may take, such as 2GB (default: a tenth of the free disk, 10 GB at most)")
        ->transform(CLI::AsSizeValue(true));
    command.add_flag("--check-pictures", options.checkPictures, "decode every picture first, rather than look at its first and last bytes");
    command.add_option("--validation-share", options.validationShare, "share kept for validation when the folder has no val/")
        ->check(CLI::Range(0.0, 0.9))
        ->capture_default_str();
    command.add_option("--epochs", config.epochs)->capture_default_str();
    command
        .add_option("--batch", options.batch,
            "pictures a step; or auto: as many as memory allows, at most 256 and an eighth of the training pictures. Larger batches make "
            "fewer steps, which changes what is learned: a higher learning rate may be wanted")
        ->capture_default_str();
    command
        .add_option("--micro-batch", config.microBatchSize,
            "pictures that go through the network at once, their gradients added up to a step; 0 = the whole batch")
        ->capture_default_str();
    command
        .add_option("--activation-checkpointing", config.activationCheckpointing,
            "on, off or auto (when memory is short): make most activations again in the backward pass rather than keep them, which takes "
            "less memory and more time and learns the same")
        ->capture_default_str();
    command.add_option("--lr", config.learningRate, "learning rate")->capture_default_str();
    command.add_option("--optimizer", config.optimizer, optimizerTypes().names())->capture_default_str();
    command.add_option("--momentum", config.momentum, "of sgd")->capture_default_str();
    command.add_flag("--nesterov", config.nesterov, "Nesterov's momentum, of sgd");
    command.add_option("--weight-decay", config.weightDecay)->capture_default_str();
    command.add_option("--schedule", config.schedule, scheduleTypes().names())->capture_default_str();
    command.add_option("--step-epochs", config.stepEpochs, "of step: epochs between drops")->capture_default_str();
    command.add_option("--step-factor", config.stepFactor, "of step: factor of a drop")->capture_default_str();
    command.add_option("--warmup-share", config.warmupShare, "of onecycle: share of the run spent rising")->capture_default_str();
    command.add_option("--label-smoothing", config.labelSmoothing)->capture_default_str();
    command.add_option("--seed", config.seed)->capture_default_str();
    command.add_option("--device", options.device, "auto, cpu, cuda or cuda:N")->capture_default_str();
    command.add_option("--precision", config.precision, "auto, fp32 or bf16")->capture_default_str();
    command.add_flag("--deterministic,!--no-deterministic", config.deterministic,
        "on a GPU: the same numbers from the same seed (the default), or the fastest algorithms, found by trying");
    command.add_flag("--cuda-graphs", config.cudaGraphs,
        "on a GPU: record a step's work and start it as a whole, which spares the processor; never run on a GPU yet, so compare the "
        "losses");
    command.add_flag("--resume", options.resume, "go on from the checkpoint in --out");
    command.add_flag("--json", options.json, "one JSON object a line");
}

Result<LoraPlan> parseLora(const std::string &text)
{
    LoraPlan plan;
    std::istringstream in(text);
    char colon = 0;
    in >> plan.rank;
    plan.alpha = 2.0 * static_cast<double>(plan.rank);
    const bool hasRank = !in.fail();
    const bool isWhole = hasRank && (in >> std::ws).eof();
    if (isWhole || (hasRank && in >> colon && colon == ':' && in >> plan.alpha && (in >> std::ws).eof()))
        return plan;
    return fail(ErrorCode::SettingInvalid, "'" + text + "' is no rank; give a number such as 8, or rank and alpha such as 8:16.", "lora");
}

Result<std::optional<int>> parseBatch(const std::string &text)
{
    if (text == "auto")
        return std::nullopt;
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return fail(ErrorCode::SettingInvalid, "'" + text + "' is no batch size; give a number such as 32, or auto.", "batchSize");
    return number;
}

Result<int> parseVariants(const std::string &text)
{
    if (text == "fresh")
        return 0;
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 1 || number > maximumVariants)
        return fail(ErrorCode::SettingInvalid,
            "'" + text + "' is no number of variants; give one from 1 to " + std::to_string(maximumVariants) + ", or fresh.", "variants");
    return number;
}

Result<Augmentation> parseAugmentation(const std::string &text)
{
    std::stringstream parts(text);
    std::string part;
    Augmentation chosen;
    nlohmann::json changes = nlohmann::json::object();
    while (std::getline(parts, part, ',')) {
        const auto equals = part.find('=');
        if (equals != std::string::npos)
            changes[part.substr(0, equals)] = parseValue(part.substr(equals + 1));
        else if (part == "classic")
            chosen = classicAugmentation();
        else if (part == "none")
            chosen = noAugmentation();
        else if (part != "standard")
            return fail(ErrorCode::SettingInvalid,
                "There is no augmentation '" + part + "'; choose standard, classic or none, or name=value.", "augment");
    }
    auto json = toJson(chosen);
    for (const auto &[key, value] : changes.items()) {
        if (!json.contains(key))
            return fail(ErrorCode::SettingInvalid,
                "There is no augmentation setting '" + key + "'; the settings are those of " + json.dump() + ".", "augment");
        json[key] = value;
    }
    return augmentationFromJson(json);
}

} // namespace graft::cli
