#pragma once
#include "graph/analysis.h"

#include <map>
#include <optional>

namespace graft {

enum class FusedActivation { None, ReLU, ReLU6, Hardswish };

/// A BatchNorm2d, with the addition and the activation that follow it where nothing else wants what lies between, run as one in training
/// on the CPU. All members are places in Network::layers().
struct FusedGroup {
    std::size_t norm = 0;
    std::size_t input = 0; ///< the layer whose output the norm takes
    std::optional<std::size_t> residual = {}; ///< the layer whose output is added
    FusedActivation activation = FusedActivation::None;
};

struct FusedLayers {
    std::map<std::size_t, FusedGroup> groups; ///< by their last layer, whose output is the group's
    std::vector<bool> within; ///< per layer: of a group, and not its last
};

/// The groups of a network; layers of one group lie on the same side of the frozen frontier. `left` are layers that are not run.
[[nodiscard]] FusedLayers findFusedLayers(
    const Network &network, const NetworkAnalysis &analysis, const std::vector<bool> &beforeFrontier, const std::vector<bool> &left);

} // namespace graft
