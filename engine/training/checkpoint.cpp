#include "training/checkpoint.h"

#include "formats/safetensors.h"
#include "graph/analysis.h"
#include "graph/networkjson.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace graft {
namespace {

const std::string metadataKey = "graftCheckpoint";
const std::string weightsPrefix = "weights/";
const std::string bestPrefix = "best/";
const std::string optimizerPrefix = "optimizer/";
constexpr int checkpointVersion = 2;

nlohmann::json toJson(const Metrics &metrics)
{
    nlohmann::json json = {{"loss", metrics.loss}, {"accuracy", metrics.accuracy}};
    for (const SetMetrics &set : metrics.labelSets)
        json["labelSets"].push_back({{"name", set.name}, {"loss", set.loss}, {"accuracy", set.accuracy}});
    return json;
}

nlohmann::json toJson(const std::vector<SetFigures> &sums)
{
    auto json = nlohmann::json::array();
    for (const SetFigures &set : sums)
        json.push_back({{"loss", set.loss}, {"correct", set.correct}, {"samples", set.samples}});
    return json;
}

Metrics metricsFromJson(const nlohmann::json &json)
{
    Metrics metrics{json.at("loss").get<double>(), json.at("accuracy").get<double>()};
    if (json.contains("labelSets"))
        for (const nlohmann::json &set : json.at("labelSets"))
            metrics.labelSets.push_back(
                {set.at("name").get<std::string>(), set.at("loss").get<double>(), set.at("accuracy").get<double>()});
    return metrics;
}

EpochResult epochFromJson(const nlohmann::json &json)
{
    EpochResult result;
    result.epoch = json.at("epoch").get<int>();
    result.train = metricsFromJson(json.at("train"));
    if (json.contains("validation"))
        result.validation = metricsFromJson(json.at("validation"));
    result.seconds = json.at("seconds").get<double>();
    result.cached = json.value("cached", 0.0);
    result.isBest = json.at("isBest").get<bool>();
    return result;
}

tl::unexpected<Error> corrupt(const std::filesystem::path &file, const std::string &what)
{
    return fail(ErrorCode::FileCorrupt,
        "The checkpoint '" + file.string() + "' is damaged (" + what + "); delete it and start the run anew.", file.string());
}

nlohmann::json headerOf(const Checkpoint &checkpoint)
{
    nlohmann::json epochs = nlohmann::json::array();
    for (const EpochResult &result : checkpoint.epochs)
        epochs.push_back(toJson(result));
    return {{"version", checkpointVersion}, {"network", toJson(checkpoint.network)}, {"config", toJson(checkpoint.config)},
        {"epochs", std::move(epochs)}, {"bestEpoch", checkpoint.bestEpoch}, {"step", checkpoint.step},
        {"batchInEpoch", checkpoint.batchInEpoch}, {"sums", toJson(checkpoint.sums)}, {"seconds", checkpoint.seconds},
        {"secondsInEpoch", checkpoint.secondsInEpoch}, {"trainSamples", checkpoint.trainSamples},
        {"hasBest", !checkpoint.bestWeights.empty()}};
}

/// Counters that cannot be: the sentence's part in brackets, or empty.
std::string implausible(const Checkpoint &checkpoint)
{
    for (std::size_t i = 0; i < checkpoint.epochs.size(); ++i)
        if (checkpoint.epochs[i].epoch != static_cast<int>(i) + 1)
            return "its epochs are not in order";
    if (checkpoint.bestEpoch < 0 || checkpoint.bestEpoch > static_cast<int>(checkpoint.epochs.size()))
        return "its best epoch is none of its epochs";
    if (checkpoint.step < 0 || checkpoint.batchInEpoch < 0 || checkpoint.trainSamples < 0)
        return "it counts below zero";
    return {};
}

Result<void> fillFromHeader(Checkpoint &checkpoint, bool &hasBest, const std::string &text, const std::filesystem::path &file)
{
    try {
        const nlohmann::json json = nlohmann::json::parse(text);
        if (json.at("version").get<int>() != checkpointVersion)
            return fail(ErrorCode::FormatUnknown,
                "The checkpoint '" + file.string()
                    + "' was written by another version of Graft; finish the run with that version or start it anew.",
                file.string());
        auto network = networkFromJson(json.at("network"));
        if (!network)
            return fail(network.error());
        auto config = trainingConfigFromJson(json.at("config"));
        if (!config)
            return fail(config.error());
        checkpoint.network = std::move(*network);
        checkpoint.config = std::move(*config);
        for (const nlohmann::json &epoch : json.at("epochs"))
            checkpoint.epochs.push_back(epochFromJson(epoch));
        checkpoint.bestEpoch = json.at("bestEpoch").get<int>();
        checkpoint.step = json.at("step").get<std::int64_t>();
        checkpoint.batchInEpoch = json.at("batchInEpoch").get<std::int64_t>();
        for (const nlohmann::json &set : json.at("sums"))
            checkpoint.sums.push_back({set.at("loss").get<double>(), set.at("correct").get<double>(), set.at("samples").get<double>()});
        checkpoint.seconds = json.at("seconds").get<double>();
        checkpoint.secondsInEpoch = json.at("secondsInEpoch").get<double>();
        checkpoint.trainSamples = json.at("trainSamples").get<std::int64_t>();
        hasBest = json.at("hasBest").get<bool>();
    } catch (const nlohmann::json::exception &exception) {
        return corrupt(file, exception.what());
    }
    if (const std::string reason = implausible(checkpoint); !reason.empty())
        return corrupt(file, reason);
    return {};
}

/// The network's tensors, in its order; what is missing under `prefix` is taken from `fallback`.
Result<StateDict> networkTensors(
    const Network &network, const StateDict &all, const std::string &prefix, const StateDict &fallback, const std::filesystem::path &file)
{
    const auto expected = expectedTensors(network);
    if (!expected)
        return fail(expected.error());
    StateDict result;
    for (const auto &[name, spec] : *expected) {
        const Tensor *tensor = all.find(prefix + name);
        if (!tensor)
            tensor = fallback.find(name);
        if (!tensor)
            return corrupt(file, "'" + name + "' is missing");
        if (tensor->shape() != spec.shape || tensor->type() != spec.type)
            return corrupt(file, "'" + name + "' is " + describe(tensor->shape()) + " instead of " + describe(spec.shape));
        result.set(name, *tensor);
    }
    return result;
}

std::string firstDifference(const Network &before, const Network &now)
{
    for (const Layer &layer : now.layers()) {
        const Layer *other = before.find(layer.name);
        if (!other)
            return "it has no layer `" + layer.name + "`";
        if (other->frozen != layer.frozen)
            return "layer `" + layer.name + "` was " + (other->frozen ? "frozen" : "not frozen");
        if (other->type != layer.type || other->attributes != layer.attributes)
            return "layer `" + layer.name + "` had other attributes";
        if (other->learningRateFactor != layer.learningRateFactor)
            return "layer `" + layer.name + "` had another learning-rate factor";
    }
    return "its layers are connected otherwise";
}

} // namespace

nlohmann::json toJson(const EpochResult &result)
{
    nlohmann::json json = {{"epoch", result.epoch}, {"train", toJson(result.train)}, {"seconds", result.seconds}, {"cached", result.cached},
        {"isBest", result.isBest}};
    if (result.validation)
        json["validation"] = toJson(*result.validation);
    return json;
}

Result<void> writeCheckpoint(const std::filesystem::path &file, const Checkpoint &checkpoint)
{
    FileContents contents;
    contents.metadata[metadataKey] = headerOf(checkpoint).dump();
    for (const auto &[name, tensor] : checkpoint.weights.entries())
        contents.tensors.set(weightsPrefix + name, tensor);
    for (const auto &[name, tensor] : checkpoint.bestWeights.entries()) {
        // Frozen tensors are the same in both and are written once.
        const Tensor *current = checkpoint.weights.find(name);
        if (!current || !(*current == tensor))
            contents.tensors.set(bestPrefix + name, tensor);
    }
    for (const auto &[name, tensor] : checkpoint.optimizerState.entries())
        contents.tensors.set(optimizerPrefix + name, tensor);
    return writeSafetensors(file, contents);
}

Result<Checkpoint> readCheckpoint(const std::filesystem::path &file)
{
    auto contents = readSafetensors(file);
    if (!contents)
        return fail(contents.error());
    const auto header = contents->metadata.find(metadataKey);
    if (header == contents->metadata.end())
        return fail(
            ErrorCode::FormatUnknown, "'" + file.string() + "' is no checkpoint of Graft; choose the folder of a run.", file.string());
    Checkpoint checkpoint;
    bool hasBest = false;
    if (auto filled = fillFromHeader(checkpoint, hasBest, header->second, file); !filled)
        return fail(filled.error());
    auto weights = networkTensors(checkpoint.network, contents->tensors, weightsPrefix, {}, file);
    if (!weights)
        return fail(weights.error());
    checkpoint.weights = std::move(*weights);
    if (hasBest) {
        auto best = networkTensors(checkpoint.network, contents->tensors, bestPrefix, checkpoint.weights, file);
        if (!best)
            return fail(best.error());
        checkpoint.bestWeights = std::move(*best);
    }
    for (const auto &[name, tensor] : contents->tensors.entries())
        if (name.starts_with(optimizerPrefix))
            checkpoint.optimizerState.set(name.substr(optimizerPrefix.size()), tensor);
    return checkpoint;
}

Result<void> requireSameRun(const Checkpoint &checkpoint, const TrainingConfig &config, const Network &network, std::int64_t trainSamples,
    const std::filesystem::path &file)
{
    if (toJson(checkpoint.network) != toJson(network))
        return fail(ErrorCode::WeightsMismatch,
            "The checkpoint '" + file.string() + "' is of another network: " + firstDifference(checkpoint.network, network)
                + "; go on with the network it was made with or start the run anew.",
            file.string());
    const nlohmann::json before = toJson(checkpoint.config);
    const nlohmann::json now = toJson(config);
    const auto mayDiffer = [](const std::string &setting) {
        constexpr std::string_view free[] = {"epochs", "device", "activationCheckpointing", "deterministic", "cudaGraphs"};
        return std::ranges::find(free, setting) != std::end(free);
    };
    for (const auto &[setting, value] : now.items())
        if (!mayDiffer(setting) && before.at(setting) != value)
            return fail(ErrorCode::SettingInvalid,
                "The checkpoint '" + file.string() + "' was made with " + setting + " " + before.at(setting).dump()
                    + " and the settings say " + value.dump() + "; go on with the same settings or start the run anew.",
                setting);
    const int epochsBegun = static_cast<int>(checkpoint.epochs.size()) + (checkpoint.batchInEpoch > 0 ? 1 : 0);
    if (config.epochs < epochsBegun)
        return fail(ErrorCode::SettingInvalid,
            "The checkpoint '" + file.string() + "' is in epoch " + std::to_string(epochsBegun) + " and the settings say "
                + std::to_string(config.epochs) + " epochs; choose at least " + std::to_string(epochsBegun) + ".",
            "epochs");
    if (checkpoint.trainSamples != trainSamples)
        return fail(ErrorCode::SettingInvalid,
            "The checkpoint '" + file.string() + "' was made with " + std::to_string(checkpoint.trainSamples)
                + " training pictures and there are " + std::to_string(trainSamples)
                + " now; go on with the same pictures or start the run anew.",
            "data");
    return {};
}

} // namespace graft
