#pragma once
#include "graph/analysis.h"

#include <span>

namespace graft {

/// One step of a network that is run for its answers only: a layer, and what is done to its output in the same pass.
struct FusedStep {
    LayerId layer; ///< what computes
    std::vector<LayerId> inputs; ///< whose values it takes: results of earlier steps, or given ones
    LayerId normalization; ///< a BatchNorm whose factors go into the weights of `layer`; invalid = none
    LayerId added; ///< the result of an earlier step, or a given one, that is added to the output; invalid = none
    LayerId activation; ///< applied to the output, after the sum; invalid = none
    LayerId result; ///< the layer whose output this is: the last of those above that there are
    bool operator==(const FusedStep &) const = default;
};

/// How outputs of a network are computed in evaluation mode with as few passes over the values as possible.
struct FusedNetwork {
    std::vector<FusedStep> steps; ///< in the order of running
    std::vector<LayerId> outputs; ///< for each wanted layer the result (or given layer) that has its value
};

/// What the `wanted` layers need, from the picture or from the outputs of the `given` layers. Of a convolution or Linear that only a
/// BatchNorm uses, the BatchNorm goes into the weights; an Add of equal shapes goes into the convolution or Linear that makes one of its
/// terms for it alone; an activation goes into what makes its input for it alone. What does nothing when it is not trained (Dropout,
/// StochasticDepth, Identity) has no step. The network must be one that analyse() accepts. Any thread; microseconds a layer.
[[nodiscard]] FusedNetwork fuse(
    const Network &network, const NetworkAnalysis &analysis, std::span<const LayerId> wanted, std::span<const LayerId> given = {});

} // namespace graft
