#include "training/config.h"

#include "training/optimizer.h"
#include "training/schedule.h"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

namespace graft {
namespace {

tl::unexpected<Error> outOfRange(const std::string &setting, const std::string &words, const std::string &value, const std::string &range)
{
    return fail(ErrorCode::SettingInvalid, "The " + words + " is " + value + "; choose " + range + ".", setting);
}

std::string text(double value)
{
    std::ostringstream stream;
    stream << value;
    return stream.str();
}

struct NumberRange {
    const char *setting;
    const char *words;
    double value;
    double minimum, maximum;
    const char *range; ///< in words
    bool minimumExcluded = false, maximumExcluded = false;
    [[nodiscard]] bool holds() const
    {
        return std::isfinite(value) && (minimumExcluded ? value > minimum : value >= minimum)
            && (maximumExcluded ? value < maximum : value <= maximum);
    }
};

/// "cpu" or "cuda:0", whether or not this machine has it: a checkpoint may have been made elsewhere.
std::optional<Device> deviceFromName(const std::string &text)
{
    if (text == "cpu")
        return Device{};
    const std::string prefix = "cuda:";
    Device device;
    const char *end = text.data() + text.size();
    if (!text.starts_with(prefix))
        return std::nullopt;
    const auto parsed = std::from_chars(text.data() + prefix.size(), end, device.cudaIndex);
    if (parsed.ec != std::errc() || parsed.ptr != end || device.cudaIndex < 0)
        return std::nullopt;
    return device;
}

} // namespace

nlohmann::json toJson(const TrainingConfig &config)
{
    return {{"epochs", config.epochs}, {"batchSize", config.batchSize}, {"microBatchSize", config.microBatchSize},
        {"optimizer", config.optimizer}, {"learningRate", config.learningRate}, {"momentum", config.momentum},
        {"nesterov", config.nesterov}, {"weightDecay", config.weightDecay}, {"schedule", config.schedule},
        {"stepEpochs", config.stepEpochs}, {"stepFactor", config.stepFactor}, {"warmupShare", config.warmupShare},
        {"labelSmoothing", config.labelSmoothing}, {"seed", config.seed},
        {"device", config.device.isCuda() ? "cuda:" + std::to_string(config.device.cudaIndex) : "cpu"}, {"precision", config.precision},
        {"activationCheckpointing", config.activationCheckpointing}, {"deterministic", config.deterministic},
        {"cudaGraphs", config.cudaGraphs}};
}

Result<TrainingConfig> trainingConfigFromJson(const nlohmann::json &json)
{
    TrainingConfig config;
    try {
        config.epochs = json.at("epochs").get<int>();
        config.batchSize = json.at("batchSize").get<int>();
        config.microBatchSize = json.value("microBatchSize", 0); // runs of earlier versions have none
        config.optimizer = json.at("optimizer").get<std::string>();
        config.learningRate = json.at("learningRate").get<double>();
        config.momentum = json.at("momentum").get<double>();
        config.nesterov = json.at("nesterov").get<bool>();
        config.weightDecay = json.at("weightDecay").get<double>();
        config.schedule = json.at("schedule").get<std::string>();
        config.stepEpochs = json.at("stepEpochs").get<int>();
        config.stepFactor = json.at("stepFactor").get<double>();
        config.warmupShare = json.at("warmupShare").get<double>();
        config.labelSmoothing = json.at("labelSmoothing").get<double>();
        config.seed = json.at("seed").get<std::uint64_t>();
        config.precision = json.at("precision").get<std::string>();
        config.activationCheckpointing = json.value("activationCheckpointing", config.activationCheckpointing);
        config.deterministic = json.value("deterministic", config.deterministic);
        config.cudaGraphs = json.value("cudaGraphs", config.cudaGraphs);
        const auto device = deviceFromName(json.at("device").get<std::string>());
        if (!device)
            return fail(ErrorCode::SettingInvalid,
                "The training settings name the device '" + json.at("device").get<std::string>() + "'; use cpu or cuda:0.", "device");
        config.device = *device;
    } catch (const nlohmann::json::exception &exception) {
        return fail(ErrorCode::SettingInvalid,
            std::string("The training settings cannot be read (") + exception.what() + "); write them again with Graft.", "config");
    }
    if (auto valid = validate(config); !valid)
        return fail(valid.error());
    return config;
}

Result<void> validate(const TrainingConfig &config)
{
    const NumberRange ranges[] = {
        {"epochs", "number of epochs", static_cast<double>(config.epochs), 1, 100000, "1 … 100000"},
        {"batchSize", "batch size", static_cast<double>(config.batchSize), 1, 65536, "1 … 65536"},
        {"microBatchSize", "number of pictures at once", static_cast<double>(config.microBatchSize), 0, 65536, "0 … 65536"},
        {"learningRate", "learning rate", config.learningRate, 0, 100, "a number above 0 and up to 100", true},
        {"momentum", "momentum", config.momentum, 0, 1, "a number from 0 to below 1", false, true},
        {"weightDecay", "weight decay", config.weightDecay, 0, 1, "0 … 1"},
        {"stepEpochs", "number of epochs between steps of the learning rate", static_cast<double>(config.stepEpochs), 1, 100000,
            "1 … 100000"},
        {"stepFactor", "factor of a step of the learning rate", config.stepFactor, 0, 1, "a number above 0 and up to 1", true},
        {"warmupShare", "share of the one-cycle schedule spent rising", config.warmupShare, 0, 1, "0 … 1"},
        {"labelSmoothing", "label smoothing", config.labelSmoothing, 0, 1, "a number from 0 to below 1", false, true},
    };
    for (const NumberRange &range : ranges)
        if (!range.holds())
            return outOfRange(range.setting, range.words, text(range.value), range.range);
    const OptimizerType *optimizer = optimizerTypes().find(config.optimizer);
    if (!optimizer)
        return outOfRange(
            "optimizer", "optimizer", "'" + config.optimizer + "', which Graft does not know", "one of " + optimizerTypes().names());
    if (!scheduleTypes().find(config.schedule))
        return outOfRange(
            "schedule", "schedule", "'" + config.schedule + "', which Graft does not know", "one of " + scheduleTypes().names());
    if (optimizer->usesMomentum && config.nesterov && config.momentum == 0)
        return fail(ErrorCode::SettingInvalid,
            "Nesterov needs a momentum, and the momentum is 0; choose a momentum above 0 or switch Nesterov off.", "nesterov");
    if (config.precision != "auto" && config.precision != "fp32" && config.precision != "bf16")
        return outOfRange("precision", "precision", "'" + config.precision + "', which Graft does not know", "one of auto, fp32, bf16");
    if (const std::string &chosen = config.activationCheckpointing; chosen != "auto" && chosen != "on" && chosen != "off")
        return outOfRange(
            "activationCheckpointing", "activation checkpointing", "'" + chosen + "', which Graft does not know", "one of auto, on, off");
    return {};
}

} // namespace graft
