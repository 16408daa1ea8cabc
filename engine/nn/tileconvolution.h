#pragma once
#include "nn/foldedweights.h"

#include <ATen/ATen.h>
#include <array>
#include <limits>
#include <memory>

namespace graft {

/// How a window slides over a picture: height first.
struct SlidingWindow {
    std::array<std::int64_t, 2> kernel{1, 1}, stride{1, 1}, padding{0, 0}, dilation{1, 1};
    /// Positions along `axis` of an input of that size.
    [[nodiscard]] std::int64_t outputs(std::size_t axis, std::int64_t size) const
    {
        return (size + 2 * padding[axis] - dilation[axis] * (kernel[axis] - 1) - 1) / stride[axis] + 1;
    }
};

/// What is done to a sum before it is rounded: it is cut to lowest … highest.
struct ValueRange {
    float lowest = -std::numeric_limits<float>::infinity();
    float highest = std::numeric_limits<float>::infinity();
};

/// A convolution in bfloat16 on AMX's tiles with the bias, a second term and a cut done in the same pass; sums are float32. Made for
/// pictures with the channels innermost. Internal to the engine: needs LibTorch.
class TileConvolution {
public:
    /// Whether this processor has tiles that this process may use, and the window and its channels fill them well.
    [[nodiscard]] static bool canRun(const SlidingWindow &window, std::int64_t channels);
    /// The weights are [O, I, height, width].
    TileConvolution(const FoldedWeights &weights, const SlidingWindow &window, ValueRange range);

    /// `input`: bfloat16 [N, I, H, W], channels innermost; `added`: undefined or like the result. Threads as LibTorch's.
    [[nodiscard]] at::Tensor run(const at::Tensor &input, const at::Tensor &added) const;

    struct Plan; ///< for its own file

private:
    std::shared_ptr<const Plan> m_plan;
};

} // namespace graft
