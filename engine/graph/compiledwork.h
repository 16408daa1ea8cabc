#pragma once
#include "graph/forecast.h"
#include "graph/network.h"

#include <span>

namespace graft {

/// What a part of a network takes that is run for its answers alone: what is fused (graph/fusion.h) is one step, values are let go as
/// soon as they have been used, and few pictures are run at once. A plain value.
struct CompiledWork {
    struct Step {
        LayerWork work;
        double outputValues = 0;
        Work activation = Work::None; ///< of its own pass over the output; None = there is none, or it is done where the output is made
    };
    std::vector<Step> steps;
    double mostValues = 0; ///< that are held at once for a picture
};

/// What makes the outputs of `wanted` from those of `given`. All shapes must be known.
[[nodiscard]] CompiledWork compiledWork(
    const Network &network, const NetworkAnalysis &analysis, std::span<const LayerId> wanted, std::span<const LayerId> given);
/// Of a batch.
[[nodiscard]] double secondsOf(
    const CompiledWork &part, std::int64_t batchSize, const ForecastSettings &settings, const MachineRates &rates);
/// Of one pass of a layer that many pictures take at once.
[[nodiscard]] double seconds(const PassRate &rate, const LayerWork &work, double pictures);

} // namespace graft
