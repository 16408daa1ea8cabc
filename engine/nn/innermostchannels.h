#pragma once
#include "core/levelscale.h"

#include <ATen/ATen.h>
#include <vector>

namespace graft {

/// [N, C, H, W] → the same values in bfloat16 with the channels innermost; float32 pictures of three channels in one pass. On the CPU;
/// threads as LibTorch's. Internal to the engine: needs LibTorch.
[[nodiscard]] at::Tensor innermostChannels(const at::Tensor &values);
/// The same of uint8 levels, which are scaled.
[[nodiscard]] at::Tensor innermostChannels(const at::Tensor &levels, const std::vector<LevelScale> &scales);

/// Scales as scaled() takes them: [2, 1, C, 1, 1], to be brought to the levels' device.
[[nodiscard]] at::Tensor scaleTable(const std::vector<LevelScale> &scales);
/// uint8 [N, C, H, W] → float32, the channels innermost. On any device.
[[nodiscard]] at::Tensor scaled(const at::Tensor &levels, const at::Tensor &scaleTable);

} // namespace graft
