#pragma once
#include <ATen/ATen.h>

namespace graft {

/// [N, C, H, W] → the same values in bfloat16 with the channels innermost; float32 pictures of three channels in one pass. On the CPU;
/// threads as LibTorch's. Internal to the engine: needs LibTorch.
[[nodiscard]] at::Tensor innermostChannels(const at::Tensor &values);

} // namespace graft
