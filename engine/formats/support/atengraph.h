#pragma once
#include "formats/support/atenvalue.h"
#include "formats/support/graphimport.h"

#include <functional>

namespace graft {

/// Where a step stands in the file's modules: its name follows from that.
struct AtenScope {
    std::string path; ///< "layer1.0"
    bool isLeaf = false; ///< a module of torch.nn's: its step bears its name; others' are named after the operator, as torch.fx does
};

/// Turns calls of PyTorch's operators into layers: what TorchScript and torch.export archives share. Calls about numbers, lists and shapes
/// are worked out at once, the number of pictures left open. What has no layer stands as Opaque. One thread.
class AtenGraph {
public:
    using TensorFinder = std::function<std::optional<Tensor>(const std::string &)>;
    /// `shape` without the batch dimension. `findTensor` gives a tensor of the file by its attribute's path, or nothing. A hostile file may
    /// use one tensor again and again, and each use counts: `tensorBytes` is what all may take together.
    AtenGraph(const std::string &inputName, Shape shape, TensorFinder findTensor, std::uint64_t tensorBytes);

    [[nodiscard]] AtenValue input() const { return AtenValue::ofLayer(m_import.input()); }

    /// `name` is the operator's without namespace and overload: "conv2d", "add_". Never fails: see above.
    AtenValue call(const std::string &name, const AtenArguments &arguments, const AtenScope &scope);
    /// A whole module of the file that is one layer of Graft's; `name` is the module's path. The error of GraphImport::add().
    [[nodiscard]] Result<AtenValue> addModule(
        const std::string &name, const std::string &type, Attributes attributes, LayerId input, const GraphImport::NamedTensors &tensors);

    /// The dimensions of a tensor as PyTorch counts them, the batch first; nothing when they are not known.
    [[nodiscard]] std::optional<std::vector<AtenValue>> sizes(const AtenValue &tensor) const;

    [[nodiscard]] GraphImport &import() { return m_import; }
    [[nodiscard]] const GraphImport &import() const { return m_import; }
    [[nodiscard]] std::optional<Tensor> findTensor(const std::string &path) const { return m_findTensor(path); }

    /// How many steps became Opaque, and the first layer that did not fit its input, as a hint at the input's true shape.
    [[nodiscard]] std::size_t opaqueSteps() const { return m_opaqueSteps; }
    struct Misfit {
        std::int64_t channels = 0; ///< what the first convolution wants, or 0
        std::int64_t features = 0; ///< what the first Linear wants, or 0
    };
    [[nodiscard]] const Misfit &misfit() const { return m_misfit; }
    void noteMisfit(const Misfit &misfit);
    /// Whether more steps may be added: networks have limits.
    [[nodiscard]] bool isFull() const;
    /// Takes the tensors' bytes from what all may take; false when that is not enough.
    [[nodiscard]] bool spend(const GraphImport::NamedTensors &tensors);

private:
    AtenValue opaque(const std::string &name, const AtenArguments &arguments, const AtenScope &scope, const std::string &reason);

    GraphImport m_import;
    TensorFinder m_findTensor;
    std::uint64_t m_bytesLeft;
    std::size_t m_opaqueSteps = 0;
    Misfit m_misfit;
};

} // namespace graft
