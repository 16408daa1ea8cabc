#include "nn/fusedgroup.h"

#include "graph/layertype.h"
#include "nn/fusednorm.h"

namespace graft {
namespace {

normkernels::Activation kernelOf(FusedActivation activation)
{
    switch (activation) {
    case FusedActivation::ReLU: return normkernels::Activation::ReLU;
    case FusedActivation::ReLU6: return normkernels::Activation::ReLU6;
    case FusedActivation::Hardswish: return normkernels::Activation::Hardswish;
    case FusedActivation::None: break;
    }
    return normkernels::Activation::None;
}

} // namespace

at::Tensor runFused(const FusedGroup &group, const Layer &norm, const at::Tensor &input, const at::Tensor &residual,
    std::span<const at::Tensor> tensors, bool training)
{
    // One value a channel has no variance: keep the running statistics rather than make them NaN.
    const bool usesBatch = training && input.numel() > input.size(1);
    if (usesBatch)
        tensors[4].add_(1);
    return fusedNorm(input, residual,
        {tensors[0], tensors[1], tensors[2], tensors[3], usesBatch, doubleAttribute(norm, "momentum"), doubleAttribute(norm, "eps"),
            kernelOf(group.activation)});
}

} // namespace graft
