#pragma once
#include "graph/network.h"

#include <ATen/ATen.h>
#include <span>

namespace graft {

/// The weights of a Conv2d or Linear that does a BatchNorm's work as well. Internal to the engine: needs LibTorch.
struct FoldedWeights {
    at::Tensor weight; ///< float32, contiguous, as the product has it
    at::Tensor factors; ///< float32 [O]: what the outputs' weights are to be multiplied with; undefined = nothing
    at::Tensor bias; ///< float32; undefined = none

    /// The weights, multiplied.
    [[nodiscard]] at::Tensor scaled() const;
};

/// `tensors` are those of the product's layer type, `normTensors` those of the BatchNorm's, in their order; without `norm` the weights are
/// taken as they are. Computed in double precision.
[[nodiscard]] FoldedWeights foldedWeights(
    std::span<const at::Tensor> tensors, const Layer *norm = nullptr, std::span<const at::Tensor> normTensors = {});

} // namespace graft
