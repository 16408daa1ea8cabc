#pragma once
#include <ATen/ATen.h>
#include <functional>

namespace graft {

/// Gives outputs for inputs. `again` = it did so before, and nothing but its outputs may come of it.
using Recomputable = std::function<std::vector<at::Tensor>(const std::vector<at::Tensor> &inputs, bool again)>;

/// The outputs of `run`, differentiable in the inputs and in the `parameters` (all leaves that it uses, each once). Nothing of what lies
/// between is kept: the backward pass runs it again, with the same random numbers of the device and under the same autocast. What `run`
/// refers to must live and stay in place until then. Internal to the engine: needs LibTorch; throws c10::Error.
[[nodiscard]] std::vector<at::Tensor> runWithRecomputation(
    Recomputable run, const std::vector<at::Tensor> &inputs, const std::vector<at::Tensor> &parameters, at::Device device);

} // namespace graft
