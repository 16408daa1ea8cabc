#pragma once
#include "core/result.h"
#include "nn/device.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace graft {

/// Everything about a run that a person chooses and that is not in the Network or the data. Immutable once a run has started.
struct TrainingConfig {
    int epochs = 10;
    int batchSize = 32;
    /// Pictures that go through the network at once; 0 = the whole batch. Gradients of a batch's parts are added up, so that a step needs
    /// less memory and learns the same, except that a BatchNorm in training sees the statistics of each part by itself.
    int microBatchSize = 0;
    std::string optimizer = "sgd"; ///< a name in optimizerTypes(): "sgd", "adam", "adamw"
    double learningRate = 0.001;
    double momentum = 0.9; ///< SGD only
    bool nesterov = false; ///< SGD only
    double weightDecay = 0.0;
    std::string schedule = "constant"; ///< a name in scheduleTypes(): "constant", "step", "cosine", "onecycle"
    int stepEpochs = 7; ///< step: epochs between drops
    double stepFactor = 0.1; ///< step: factor of a drop
    double warmupShare = 0.3; ///< one-cycle: share of the steps spent rising
    double labelSmoothing = 0.0;
    std::uint64_t seed = 0;
    Device device;
    std::string precision = "auto"; ///< "auto", "fp32", "bf16": see usesBfloat16() in nn/device.h
    /// "on", "off", or "auto": whether most activations are made again in the backward pass rather than kept for it, which takes less
    /// memory and more time and learns the same. With "auto" when the device has too little memory free at the start, or when it runs out
    /// although single pictures go through.
    std::string activationCheckpointing = "auto";
    /// Whether the same seed gives the same numbers again, as far as LibTorch can. On a CPU it always does; without it a GPU may take
    /// faster algorithms, found by trying.
    bool deterministic = true;
    /// On a GPU: whether the work of steps of one size is recorded and then started as a whole, which spares the processor; see
    /// training/stepgraph.h. It learns the same.
    bool cudaGraphs = false;
    bool operator==(const TrainingConfig &) const = default;
};

[[nodiscard]] nlohmann::json toJson(const TrainingConfig &config);
[[nodiscard]] Result<TrainingConfig> trainingConfigFromJson(const nlohmann::json &json);
/// SettingInvalid with the setting's name, its value and its range.
[[nodiscard]] Result<void> validate(const TrainingConfig &config);

} // namespace graft
