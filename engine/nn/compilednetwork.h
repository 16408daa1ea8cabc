#pragma once
#include "core/tensor.h"
#include "graph/fusion.h"
#include "nn/device.h"

#include <ATen/ATen.h>
#include <memory>

namespace graft {

/// Part of a network put together for its answers alone: evaluation mode, BatchNorm folded into the weights, activations and sums done
/// where their input is made, no gradients. Internal to the engine: needs LibTorch.
///
/// In float32 the outputs are those of TorchModel in evaluation mode but for rounding (1e-5 of the largest value). In bfloat16 weights and
/// values are rounded to 8 bits on their way and sums are kept in float32: tests hold outputs of whole networks with random weights to 5 %
/// of the largest value. With published weights the logits of photos are held to 6 % of a picture's largest logit, 0.6 % as a root mean
/// square, and 98 of 100 photos keep their class; those of networks with very few channels to 20 %, 2.5 % and 90 of 100. Accuracy stays
/// within 2 points of float32's.
class CompiledNetwork {
public:
    /// What the `outputs` need, starting from the picture or, when there are any, from the outputs of the layers `from`. NetworkInvalid
    /// when these do not suffice; WeightsMismatch and whatever analyse() says. The weights' bytes may be shared; later changes to a live
    /// model are not seen: make another then, which costs about as much as copying the weights. Throws c10::Error when memory runs out.
    [[nodiscard]] static Result<CompiledNetwork> create(const Network &network, const StateDict &weights,
        const std::vector<LayerId> &outputs, Device device, bool bfloat16, const std::vector<LayerId> &from = {});
    /// Of a larger batch run() takes that many at once on a CPU; a GPU all.
    [[nodiscard]] static std::int64_t picturesTogether();
    CompiledNetwork(CompiledNetwork &&) noexcept;
    CompiledNetwork &operator=(CompiledNetwork &&) noexcept;
    ~CompiledNetwork();

    /// The batch of pictures (or the outputs of `from`, in their order, in any floating type), on the device → the outputs in their order,
    /// in float32 or bfloat16 as the network made them. They may enter autograd. One thread at a time. Throws c10::Error.
    [[nodiscard]] std::vector<at::Tensor> run(const std::vector<at::Tensor> &inputs) const;

private:
    struct Program;
    explicit CompiledNetwork(std::unique_ptr<Program> program);
    std::unique_ptr<Program> m_program;
};

} // namespace graft
