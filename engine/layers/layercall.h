#pragma once
#include "graph/layertype.h"

#include <ATen/ATen.h>

namespace graft {

/// What a layer's forward function gets. Internal to the engine: needs LibTorch.
struct LayerCall {
    const Layer &layer;
    std::span<const at::Tensor> inputs; ///< with the batch dimension first
    std::span<const at::Tensor> tensors; ///< in the order of LayerType::tensors
    bool training = false; ///< false for a frozen layer, whatever the session does
};

} // namespace graft
