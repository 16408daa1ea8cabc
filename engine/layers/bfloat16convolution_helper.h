#pragma once
#include <ATen/ATen.h>

/// Internal to layers/: needs LibTorch.
namespace graft::layers {

struct ConvolutionShape {
    std::vector<std::int64_t> stride, padding, dilation;
    std::int64_t groups = 1;
};

/// Whether a convolution is one that convolveInBfloat16() is for: trained on the CPU while bf16 autocast is on.
[[nodiscard]] bool trainsInBfloat16(const at::Tensor &input, const at::Tensor &weight);
/// A convolution whose products are bf16 and whose weights, with their gradients, are float32. Gradients of the weights are summed in
/// float32 over shares of the batch, one a thread, so that no thread waits for another within: oneDNN's threads wait by spinning, which on
/// a machine that does anything besides costs many times the work.
[[nodiscard]] at::Tensor convolveInBfloat16(
    const at::Tensor &input, const at::Tensor &weight, const at::Tensor &bias, const ConvolutionShape &shape);

} // namespace graft::layers
