#pragma once
#include "core/levelscale.h"
#include "core/tensor.h"
#include "graph/network.h"
#include "nn/device.h"

#include <memory>

namespace graft {

/// Network + weights on a device, ready to answer. Evaluation only (training is TrainingSession's). Not for two threads at once.
class Model {
public:
    /// Checks the network and that the weights fit. `precision` as usesBfloat16() reads it; what bf16 costs in
    /// accuracy stands in compilednetwork.h. NetworkInvalid, WeightsMismatch, DeviceUnavailable, OutOfMemory.
    [[nodiscard]] static Result<Model> create(
        const Network &network, const StateDict &weights, Device device, std::string_view precision = "fp32");
    Model(Model &&) noexcept;
    Model &operator=(Model &&) noexcept;
    ~Model();

    /// [N, C, H, W] float32, preprocessed, or with one scale for each channel uint8 levels → the output of the network, [N, classes] logits
    /// for a classifier, float32.
    [[nodiscard]] Result<Tensor> forward(const Tensor &batch, const std::vector<LevelScale> &scales = {}) const;
    /// The outputs of the named layers for that batch in fp32, in the order asked; NetworkInvalid for one that is run in training only.
    [[nodiscard]] Result<std::vector<Tensor>> intermediates(const Tensor &batch, const std::vector<std::string> &layerNames) const;

private:
    struct Data;
    explicit Model(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

/// Fresh weights for all tensors of the network, by each layer type's rule; the same seed gives the same numbers anywhere.
[[nodiscard]] Result<StateDict> initialWeights(const Network &network, std::uint64_t seed);
/// Keeps what `weights` has and initialises what is missing (a replaced head).
[[nodiscard]] Result<StateDict> completeWeights(const Network &network, const StateDict &weights, std::uint64_t seed);

/// Weights for new classifier layers, auxiliary ones among them: N(0, 0.01), biases 0. Small ones let the first steps follow the pictures
/// instead of undoing a random start, which a short run with a frozen trunk has no time for.
[[nodiscard]] Result<StateDict> headWeights(const Network &network, std::uint64_t seed);

/// The weights that a network under edit runs with: keeps what has the right name and shape, leaves out the rest, and makes what is
/// missing, classifier layers' as headWeights() does. The same seed and tensor's name give the same numbers, whatever else is missing.
/// Fails with the first problem of a network that cannot run. Call it on a worker: large networks take a second.
[[nodiscard]] Result<StateDict> preparedWeights(const Network &network, const StateDict &weights, std::uint64_t seed);

/// softmax over the last dimension of [N, K] logits, in double precision.
[[nodiscard]] std::vector<std::vector<double>> probabilities(const Tensor &logits);

} // namespace graft
