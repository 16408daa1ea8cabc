#pragma once
#include "nn/fusednorm.h"

#include "graph/analysis.h"

#include <map>
#include <optional>

namespace graft {

/// A BatchNorm2d, with the addition and the activation that follow it where nothing else wants what lies between, run as one. Internal to
/// the engine. All members are places in Network::layers().
struct FusedGroup {
    std::size_t norm = 0;
    std::size_t input = 0; ///< the layer whose output the norm takes
    std::optional<std::size_t> residual; ///< the layer whose output is added
    normkernels::Activation activation = normkernels::Activation::None;
};

struct FusedLayers {
    std::map<std::size_t, FusedGroup> groups; ///< by their last layer, whose output is the group's
    std::vector<bool> within; ///< per layer: of a group, and not its last
};

/// The groups of a network on the CPU; layers of one group lie on the same side of the frozen frontier. `left` are layers that are not run.
[[nodiscard]] FusedLayers findFusedLayers(
    const Network &network, const NetworkAnalysis &analysis, const std::vector<bool> &beforeFrontier, const std::vector<bool> &left);

/// Runs a group; `tensors` are the norm's, `training` as in LayerCall.
[[nodiscard]] at::Tensor runFused(const FusedGroup &group, const Layer &norm, const at::Tensor &input, const at::Tensor &residual,
    std::span<const at::Tensor> tensors, bool training);

} // namespace graft
