#pragma once
#include <ATen/ATen.h>

namespace graft::cudasupport {

/// All that training does differently on a CUDA device is behind these. On the CPU they do nothing special.

/// Asks the libraries for the same numbers every time. Throws c10::Error.
void prepare(at::Device device);
/// The tensor on the device; from pinned memory and without waiting on CUDA. Throws c10::Error.
[[nodiscard]] at::Tensor upload(const at::Tensor &tensor, at::Device device);
/// Steps whose figures are left on the device before they are read together (reading waits for the device); 1 on the CPU.
[[nodiscard]] std::size_t stepsPerReading(at::Device device);

} // namespace graft::cudasupport
