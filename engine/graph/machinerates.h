#pragma once
#include "graph/layerwork.h"

#include <nlohmann/json_fwd.hpp>

namespace graft {

/// Seconds that one pass through a layer takes, as a sum of parts.
struct PassRate {
    double perMultiplyAdd = 0, perValue = 0, perParameter = 0;
    bool operator==(const PassRate &) const = default;
};

struct WorkRate {
    PassRate forward;
    PassRate backward; ///< of the gradient that goes on to the layers before
    PassRate weightGradient; ///< of the layer's own tensors
    PassRate compiled; ///< forward, as the frozen part and validation are run (graph/compiledwork.h)
    bool operator==(const WorkRate &) const = default;
};

/// How fast one device of this machine is in one precision; measured by nn/calibration.h. A plain value.
struct MachineRates {
    std::array<WorkRate, allWork.size()> work;
    double forwardCall = 0, backwardCall = 0; ///< seconds that a layer takes beside its numbers
    double freshByte = 0; ///< seconds for a byte of memory that the system has to hand out first
    double optimizerValue = 0; ///< seconds for one step of the optimiser's arithmetic on one parameter
    [[nodiscard]] const WorkRate &of(Work kind) const { return work[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] WorkRate &of(Work kind) { return work[static_cast<std::size_t>(kind)]; }
    bool operator==(const MachineRates &) const = default;
};

[[nodiscard]] nlohmann::json toJson(const MachineRates &rates);
/// FileCorrupt unless it is what toJson() makes, with numbers that are finite and not negative.
[[nodiscard]] Result<MachineRates> machineRatesFromJson(const nlohmann::json &json);

/// Of a block of memory of that size the bytes that the system hands out anew where the allocator gives back what is let go.
[[nodiscard]] double freshBytes(double blockBytes);

/// One measured pass.
struct PassSample {
    double multiplyAdds = 0, values = 0, parameters = 0;
    double seconds = 0;
};
/// The rates that come closest to all samples, each weighed by how far off it is in parts of its own time; none is negative.
[[nodiscard]] PassRate fitRate(const std::vector<PassSample> &samples);

} // namespace graft
