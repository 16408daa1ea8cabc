#pragma once
#include "core/tensor.h"
#include "graph/analysis.h"
#include "graph/fusedlayers.h"
#include "nn/device.h"
#include "nn/recomputation.h"

#include <ATen/ATen.h>
#include <functional>
#include <map>

namespace graft {

/// A Network with live tensors, shared by Model, TrainingSession and the TorchScript writer. Internal to the engine: needs
/// LibTorch; used by one thread at a time. Its functions throw c10::Error; who calls them catches it.
class TorchModel {
public:
    /// The tensors are copied to `device`; those of layers that are not frozen require gradients (buffers never).
    /// With `from` the model starts from the outputs of these layers (see crossingLayers()) instead of from pictures: layers that only they
    /// depend on are not run and have no live tensors.
    [[nodiscard]] static Result<TorchModel> create(
        const Network &network, const StateDict &weights, Device device, const std::vector<LayerId> &from = {});

    enum class Mode { Evaluation, Training };
    /// [N, C, H, W] on the device → the output. In Training mode, layers that are not frozen behave as in training; what lies before
    /// the frozen frontier runs without gradients. In Evaluation mode nothing has gradients, and auxiliary classifiers are not run; in
    /// Training mode those are left out that lie before the frontier, since they could change nothing.
    [[nodiscard]] at::Tensor forward(const at::Tensor &batch, Mode mode) const;
    using Visit = std::function<void(const Layer &, const at::Tensor &)>;
    /// Calls `visit` with each layer's output as it is made; in Training mode on the CPU, layers that are run as one (FusedGroup) give the
    /// last one's alone.
    [[nodiscard]] at::Tensor forward(const at::Tensor &batch, Mode mode, const Visit &visit) const;
    /// Of a model that starts from layers' outputs: takes these, in the order of `from`. (One that starts from pictures: the batch alone.)
    [[nodiscard]] at::Tensor forward(const std::vector<at::Tensor> &inputs, Mode mode, const Visit &visit = {}) const;

    /// With activation checkpointing a forward pass in training keeps only what crosses from one segment of layers to the next (see
    /// graph/segments.h), and its backward pass makes the rest again: the same numbers for less memory and more time. The model must stay
    /// in place in between. Outputs within a segment that is to be made again have no gradients when they are visited; those that leave it
    /// and those of auxiliary classifiers, which are visited after the others, have. False where there is nothing to save.
    bool setActivationCheckpointing(bool on);

    struct NamedTensor {
        std::string name; ///< "layer1.0.conv1.weight"
        LayerId layer;
        bool isBuffer = false;
        bool isTied = false; ///< the same live tensor as an earlier entry
        at::Tensor tensor;
    };
    [[nodiscard]] const std::vector<NamedTensor> &tensors() const { return m_tensors; } ///< the live ones
    [[nodiscard]] const Network &network() const { return m_network; }
    [[nodiscard]] at::Device device() const { return m_device; }
    /// A copy in the computer's memory; what has no live tensor is as create() was given it.
    [[nodiscard]] StateDict stateDict() const;
    /// Overwrites the values in place; the names and shapes must be the same (asserted).
    void load(const StateDict &weights);

private:
    /// The entry whose values the tensor of that name shares; nullptr when it has its own.
    [[nodiscard]] const NamedTensor *ownerOf(const std::string &name) const;
    void chooseLayers(const std::vector<LayerId> &from);
    /// One way through layers.
    struct Pass {
        Mode mode;
        Visit visit;
        bool again = false; ///< statistics have seen the batch already
        at::Tensor pictures = {};
        std::vector<at::Tensor> outputs = {}; ///< per layer, as long as they are wanted
    };
    /// Layers that are run together.
    struct Segment {
        std::vector<std::size_t> layers; ///< the places of those that are run; of a FusedGroup its last
        std::vector<std::size_t> inputs, outputs; ///< the places of layers whose outputs come in, and go out
        std::vector<at::Tensor> parameters; ///< those with gradients, each once
    };
    [[nodiscard]] std::vector<std::size_t> layersRun(Mode mode) const;
    /// The group whose last layer that is, if it is run as one.
    [[nodiscard]] const FusedGroup *groupAt(std::size_t index, Mode mode) const;
    [[nodiscard]] std::vector<at::Tensor> runSegment(const Segment &segment, const std::vector<at::Tensor> &inputs, Pass pass) const;
    [[nodiscard]] Recomputable recomputable(const Segment &segment, const Visit &visit) const;
    void runInSegments(Pass &pass) const;
    /// Runs layers, of whose outputs the wanted ones stay in the pass.
    void runLayers(const std::vector<std::size_t> &layers, const std::vector<std::size_t> &wanted, Pass &pass) const;
    [[nodiscard]] at::Tensor runLayer(std::size_t index, const Pass &pass, const std::vector<at::Tensor> &inputs) const;
    [[nodiscard]] at::Tensor runGroup(const FusedGroup &group, const Pass &pass, const std::vector<at::Tensor> &inputs) const;
    [[nodiscard]] std::vector<at::Tensor> tensorsOf(std::size_t index, bool again = false) const;
    [[nodiscard]] std::vector<std::size_t> sourcesOf(std::size_t index, Mode mode) const;
    void connectSegments();
    [[nodiscard]] Result<void> addTensor(const Layer &layer, const TensorSpec &spec, const StateDict &weights, bool isLive);

    Network m_network;
    std::vector<NamedTensor> m_tensors;
    StateDict m_kept; ///< all names in their order, with the tensors that are not live
    std::vector<std::size_t> m_from; ///< places of the layers whose outputs are given; none = pictures are
    std::map<Mode, std::vector<bool>> m_skipped; ///< per layer
    std::vector<std::size_t> m_firstTensor; ///< per layer: its first entry in m_tensors; one more at the end
    std::vector<bool> m_beforeFrontier; ///< per layer
    FusedLayers m_fused; ///< in training
    Segment m_beforeSegments; ///< what lies before the frontier
    std::vector<Segment> m_segments; ///< of the rest in training; none = it is run as a whole
    at::Device m_device = at::kCPU;
};

[[nodiscard]] at::Device torchDevice(Device device);
/// Shares the bytes when they are aligned and float32/int64 on the CPU, copies otherwise; the result must not be written to.
[[nodiscard]] at::Tensor toTorch(const Tensor &tensor);
/// toTorch() of the tensor of that name; WeightsMismatch when there is none or its shape is another than the specification's.
[[nodiscard]] Result<at::Tensor> sourceTensor(const StateDict &weights, const std::string &name, const TensorSpec &specification);
/// A contiguous copy in the computer's memory.
[[nodiscard]] Tensor fromTorch(const at::Tensor &tensor);
/// Whether all its numbers are.
[[nodiscard]] bool isFinite(const at::Tensor &tensor);
/// Our sentence for what LibTorch threw: OutOfMemory, DeviceUnavailable or Internal.
[[nodiscard]] Error errorFromTorch(const std::exception &exception, const std::string &subject);

} // namespace graft
