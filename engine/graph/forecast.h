#pragma once
#include "graph/machinerates.h"

#include <optional>

namespace graft {

/// What an optimiser costs beside the gradients, in whole sets of the trained parameters.
struct OptimizerCost {
    int slots = 0; ///< numbers kept for each parameter from step to step
    int passes = 1; ///< operations on each parameter in a step
    int temporaries = 0; ///< numbers for each parameter that a step makes and drops
    bool operator==(const OptimizerCost &) const = default;
};

/// Whether most activations are made again in the backward pass rather than kept for it; see graph/segments.h.
enum class ActivationCheckpointing {
    Off,
    On,
    Auto, ///< when what is free does not suffice without, and it helps
};

/// What a forecast depends on beside the network.
struct ForecastSettings {
    std::int64_t batchSize = 32;
    std::int64_t microBatchSize = 0; ///< pictures that go through at once; 0 = the whole batch. Counts for memory alone.
    ActivationCheckpointing checkpointing = ActivationCheckpointing::Off;
    bool bfloat16 = false;
    bool onGpu = false; ///< decoding goes on beside the training then
    std::int64_t picturesTogether = 16; ///< of which the frozen part is run on at once; of a larger batch few after few
    OptimizerCost optimizer;
    std::int64_t trainPictures = 0, validationPictures = 0; ///< 0 = none chosen yet
    double decodeSeconds = 0; ///< of one picture, read and transformed on one thread; 0 = unknown
    int decodeThreads = 1;
    int variants = 1; ///< views of each training picture; 0 = fresh ones every epoch, of which nothing is kept
    std::int64_t freeBytes = 0; ///< what the device has free for training; 0 = unknown
};

/// What a run takes beside what the program has already, in bytes. Parts that are needed at different times do not count twice: the sum is
/// the most that is needed at any time.
struct MemoryForecast {
    std::int64_t weights = 0; ///< those in training, the best ones so far, and the frozen part's as it is run
    std::int64_t gradients = 0; ///< of the trained parameters
    std::int64_t optimizer = 0; ///< its state, and what it needs while it steps
    std::int64_t activations = 0; ///< what backward needs kept, and what is on its way; also in the frozen part
    std::int64_t pictures = 0; ///< batches that wait
    [[nodiscard]] std::int64_t total() const { return weights + gradients + optimizer + activations + pictures; }
    bool operator==(const MemoryForecast &) const = default;
};

struct TimeForecast {
    double secondsPerStep = 0; ///< of one whole batch, decoding not counted
    double frozenShare = 0; ///< of that step: the part before the frontier, which runs without gradients
    double secondsPerPicture = 0; ///< of an epoch: all there is to do for one training picture, decoding counted
    double secondsPerEpoch = 0; ///< training and validation, nothing kept yet; 0 without training pictures
    double laterSecondsPerEpoch = 0; ///< from when all variants' features are kept; as secondsPerEpoch where there are none
    bool operator==(const TimeForecast &) const = default;
};

struct Forecast {
    std::int64_t parameters = 0, trainableParameters = 0;
    MemoryForecast memory;
    std::optional<TimeForecast> time; ///< none without rates
    double timesFaster = 0; ///< than training everything, by the step; 0 without rates
    std::int64_t featureBytes = 0; ///< on disk, for the kept features of all pictures; 0 = nothing before the frontier, or no pictures
    std::int64_t bytesSaved = 0; ///< against training everything
    /// That fits into what is free, at most maximumForecastBatch; 0 = not even one picture; -1 = unknown. With checkpointing on request
    /// (Auto) it is used for no larger a batch than one picture, since it costs time.
    std::int64_t largestBatch = 0;
    bool checkpointsActivations = false; ///< whether the other figures are those of a run that does
    bool operator==(const Forecast &) const = default;
};
inline constexpr std::int64_t maximumForecastBatch = 4096;

/// What training this network will take: memory from what runs when (outputs that are let go, what backward needs kept, gradients on
/// their way), time from the machine's rates. `rates` may be null: then there is no time. NetworkInvalid for a network that cannot run
/// or whose shapes are not all known. Any thread; some microseconds a layer, so that it can follow every click.
[[nodiscard]] Result<Forecast> forecast(
    const Network &network, const NetworkAnalysis &analysis, const ForecastSettings &settings, const MachineRates *rates);

} // namespace graft
