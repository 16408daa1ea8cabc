#pragma once
#include "graph/fusion.h"

#include <ATen/ATen.h>
#include <functional>

namespace graft {

/// A FusedStep with its weights folded and rounded, ready to run on its inputs (what is added comes last). The inputs stay as they are;
/// the result may share memory with them. Internal to the engine: needs LibTorch; throws c10::Error.
using CompiledStep = std::function<at::Tensor(std::span<const at::Tensor> inputs)>;

/// The tensors of a layer in the order of its type, float32 on the device; not to be written to.
using LayerTensors = std::function<Result<std::vector<at::Tensor>>(LayerId layer)>;

/// To be run under autocast to bfloat16 when `bfloat16` says so, and without gradients. A Linear whose result is an output is computed in
/// float32 all the same. Fails as `tensors` does.
[[nodiscard]] Result<CompiledStep> compiledStep(const Network &network, const NetworkAnalysis &analysis, const FusedStep &step,
    const LayerTensors &tensors, bool bfloat16, bool isOutput);

} // namespace graft
