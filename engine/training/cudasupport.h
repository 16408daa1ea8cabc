#pragma once
#include "training/batchsource.h"

#include <ATen/ATen.h>

namespace graft::cudasupport {

/// All that training does differently on a CUDA device is behind these and stepgraph.h. On the CPU they do nothing special.

/// For a run on this thread: with `deterministic` the libraries are asked for the same numbers every time, and what cannot give them is
/// told once; without it cuDNN tries its algorithms for each shape and keeps the fastest. Holds for the process. Throws c10::Error.
void prepare(at::Device device, bool deterministic);
/// The tensor on the device. On CUDA the copy is made from pinned memory by a stream of its own, while the device still computes what it
/// was given before; what the current stream is given next waits for it. Does not wait itself. Throws c10::Error.
[[nodiscard]] at::Tensor upload(const at::Tensor &tensor, at::Device device);
/// A batch's pictures: where there are scales, levels that are scaled on the device. Throws c10::Error.
[[nodiscard]] at::Tensor uploadScaled(const at::Tensor &pictures, const std::vector<LevelScale> &scales, at::Device device);
/// Steps whose figures are left on the device before they are read together (reading waits for the device); 1 on the CPU.
[[nodiscard]] std::size_t stepsPerReading(at::Device device);

} // namespace graft::cudasupport
