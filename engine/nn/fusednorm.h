#pragma once
#include "nn/normkernels.h"

#include <ATen/ATen.h>

namespace graft {

/// A batch normalisation with what follows it, in one pass over memory forward and two backward. Internal to the engine: needs LibTorch.
struct FusedNorm {
    at::Tensor weight, bias; ///< float32
    at::Tensor runningMean, runningVariance; ///< float32; changed in place where the batch's statistics are used
    bool usesBatch = false; ///< the batch's statistics rather than the running ones
    double momentum = 0.1, epsilon = 1e-5;
    normkernels::Activation activation = normkernels::Activation::None;
};

/// Whether fusedNorm() takes such an input: float32 or bfloat16 on the CPU, channels-last pictures or rows of features.
[[nodiscard]] bool canFuseNorm(const at::Tensor &input);
/// activation(batch_norm(input) + residual), differentiable in the input, the residual (which may be undefined), weight and bias. The sums
/// are float32 and exact enough for any number of pixels; the same on each run with as many threads.
[[nodiscard]] at::Tensor fusedNorm(const at::Tensor &input, const at::Tensor &residual, const FusedNorm &norm);

} // namespace graft
