#pragma once
#include "graph/fusedlayers.h"

#include <ATen/ATen.h>
#include <span>

namespace graft {

/// Runs a group; `tensors` are the norm's, `training` as in LayerCall. Internal to the engine: needs LibTorch.
[[nodiscard]] at::Tensor runFused(const FusedGroup &group, const Layer &norm, const at::Tensor &input, const at::Tensor &residual,
    std::span<const at::Tensor> tensors, bool training);

} // namespace graft
