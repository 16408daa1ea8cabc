#pragma once
#include "formats/format.h"
#include "graph/layertype.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace graft {

/// Builds a trainable Network and its weights from the steps of a file's own graph (ONNX, TorchScript, torch.export, Keras). The readers
/// say what each step is; this keeps names unique, infers shapes on the way, ties what shares its bytes, and lets a step that Graft has no
/// layer for stand as Opaque. No LibTorch. One thread.
class GraphImport {
public:
    /// Starts with the Input; `shape` without the batch dimension.
    GraphImport(std::string inputName, Shape shape);

    [[nodiscard]] LayerId input() const { return m_network.layers().front().id; }

    using NamedTensors = std::vector<std::pair<std::string, Tensor>>; ///< names inside the layer ("weight"), any floating-point type
    /// Appends a layer. `name` is the file's; characters that cannot stand in a name become `_`, and a taken name gets `_1`, `_2`, …
    /// Attributes that have their default are left out. The error of analyseLayer(), WeightsMismatch when `tensors` are not just those the
    /// type asks for; nothing is appended then. Shapes are not judged behind a step whose shape is unknown.
    [[nodiscard]] Result<LayerId> add(const std::string &name, const std::string &type, Attributes attributes, std::vector<LayerId> inputs,
        const NamedTensors &tensors = {});
    /// Appends a step that Graft has no layer for. `reason` may be empty; `outputShape` without the batch dimension, when the file says it.
    LayerId addOpaque(const std::string &name, const std::string &operatorName, std::vector<LayerId> inputs, const std::string &reason,
        const std::optional<Shape> &outputShape);

    /// Without the batch dimension; nothing when it cannot be known.
    [[nodiscard]] const std::optional<Shape> &shape(LayerId layer) const;
    [[nodiscard]] const Network &network() const { return m_network; }

    /// The network that ends with `output`, without layers that lead nowhere; one remark lists all steps without a layer.
    [[nodiscard]] FileContents finish(LayerId output) &&;

private:
    [[nodiscard]] std::string freeName(const std::string &wanted) const;
    LayerId append(Layer layer, std::optional<Shape> shape);
    [[nodiscard]] Result<void> checkTensors(const Layer &layer, const std::vector<TensorSpec> &expected, const NamedTensors &tensors) const;
    void keepTensors(const Layer &layer, const std::vector<TensorSpec> &expected, const NamedTensors &tensors);
    void removeUnused(LayerId output);
    [[nodiscard]] std::optional<std::string> opaqueRemark() const;

    Network m_network;
    StateDict m_weights;
    std::vector<std::optional<Shape>> m_shapes; ///< per layer id
    std::map<std::pair<const std::byte *, Shape>, std::string> m_owners; ///< what has been kept, by its bytes
    std::set<std::string, std::less<>> m_names;
};

} // namespace graft
