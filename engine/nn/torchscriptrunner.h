#pragma once
#include "core/tensor.h"

#include <filesystem>

namespace graft {

/// Runs a TorchScript file with LibTorch's own interpreter, on the CPU: [N, C, H, W] → its first output. For checking what we wrote
/// ourselves: TorchScript is a program, so files from strangers do not go through here.
[[nodiscard]] Result<Tensor> runTorchScript(const std::filesystem::path &path, const Tensor &batch);

} // namespace graft
