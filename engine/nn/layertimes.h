#pragma once
#include "core/cancellation.h"
#include "core/tensor.h"
#include "graph/network.h"
#include "nn/device.h"

#include <functional>

namespace graft {

struct LayerTimes {
    /// Seconds per layer, in the order of Network::layers(); NaN where nothing ran: auxiliary classifiers, in backward the frozen part.
    std::vector<double> forward, backward;
    int batchSize = 0;
    int passes = 0; ///< that the medians are of
};

struct LayerTimesOptions {
    Device device;
    int batchSize = 8;
    bool bfloat16 = false;
};

/// Runs training steps (without changing a weight) on pictures of noise and tells how long each layer takes, forward and backward, as it is
/// frozen now: the median of some passes, a few seconds in all. Blocks; `progress` gets shares from 0 to 1 on the calling thread and may
/// be empty. Cancelled, NetworkInvalid, WeightsMismatch, OutOfMemory.
[[nodiscard]] Result<LayerTimes> measureLayerTimes(const Network &network, const StateDict &weights, const LayerTimesOptions &options,
    const std::function<void(double)> &progress, const Cancellation &cancellation);

} // namespace graft
