#pragma once
#include "core/cancellation.h"
#include "graph/network.h"

namespace graft {

struct NetworkAnalysis;

/// How far a layer's parameters have moved, as L2 norms over all of them together.
struct WeightDrift {
    double change = 0; ///< of now less then; NaN when there is nothing to compare: no parameters, a new layer, another shape
    double reference = 0; ///< of then; NaN likewise
};

/// Per layer (in the order of Network::layers()) how its parameters differ from those that were opened; buffers are not counted. Layers
/// are the same by their id, whatever they are called now. Reads every weight; returns early, with what is
/// done so far, when cancelled. Any thread.
[[nodiscard]] std::vector<WeightDrift> weightDrift(const Network &network, const NetworkAnalysis &analysis, const StateDict &weights,
    const Network &openedNetwork, const StateDict &openedWeights, const Cancellation &cancellation = {});

} // namespace graft
