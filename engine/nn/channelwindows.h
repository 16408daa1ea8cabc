#pragma once
#include "nn/tileconvolution.h"

namespace graft {

/// Windows that slide over each channel by itself, in bfloat16 with the channels innermost. Internal to the engine: needs LibTorch. Threads
/// as LibTorch's.
namespace channelwindows {

/// Whether this processor has the instructions.
[[nodiscard]] bool canRun();

/// A depthwise convolution, with the bias and a cut in the same pass; sums are float32.
class Convolution {
public:
    /// `weight`: float32 [C, 1, height, width]; `bias`: float32 [C] or undefined.
    Convolution(const at::Tensor &weight, const at::Tensor &bias, const SlidingWindow &window, ValueRange range);
    /// `input`: bfloat16 [N, C, H, W], channels innermost.
    [[nodiscard]] at::Tensor run(const at::Tensor &input) const;

private:
    SlidingWindow m_window;
    ValueRange m_range;
    at::Tensor m_weights, m_bias; ///< as the kernel takes them
};

/// The largest value of each window that has one; `size`: the result's height and width.
[[nodiscard]] at::Tensor maximum(const at::Tensor &input, const SlidingWindow &window, const std::array<std::int64_t, 2> &size);

} // namespace channelwindows
} // namespace graft
