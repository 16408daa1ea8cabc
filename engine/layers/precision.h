#pragma once
#include <ATen/ATen.h>

/// What keeps reduced precision right. Internal to the engine: needs LibTorch.
namespace graft::layers {

/// `function` of the input, in float32 where it comes as bfloat16 on the CPU: many functions' backward passes know no
/// bfloat16 there. The result has the input's type again.
template <typename Function>
at::Tensor inFloat32OnCpu(const at::Tensor &input, Function function)
{
    if (input.is_cpu() && input.scalar_type() == at::kBFloat16)
        return function(input.to(at::kFloat)).to(at::kBFloat16);
    return function(input);
}

/// `function` of the input, in float32 where it comes in fewer bits, on any device: for sums over many values, and for functions
/// that take the layer's tensors, which are float32. The result has the input's type again.
template <typename Function>
at::Tensor inFloat32(const at::Tensor &input, Function function)
{
    const auto type = input.scalar_type();
    if (type == at::kBFloat16 || type == at::kHalf)
        return function(input.to(at::kFloat)).to(type);
    return function(input);
}

} // namespace graft::layers
