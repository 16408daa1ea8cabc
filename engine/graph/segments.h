#pragma once
#include "graph/analysis.h"

namespace graft {

/// Where a training step is cut into segments for activation checkpointing (Chen et al. 2016, «Training Deep Nets with Sublinear Memory
/// Cost»): its forward pass keeps the outputs that a later segment uses, and the backward pass makes all else again, one segment at a time.
/// Places in Network::layers(), ascending: from each on, and from the start, the layers up to the next are one segment, of which those
/// before the frozen frontier are no part. The cuts lie where little crosses, so that at no time more is held than has to be. The last
/// segment, whose activations are kept since they are wanted at once, is as large as a tenth more than that memory allows. The same for any
/// batch. Empty when cutting would save less than a tenth. Any thread; microseconds a layer.
[[nodiscard]] std::vector<std::size_t> segmentCuts(const Network &network, const NetworkAnalysis &analysis);

} // namespace graft
