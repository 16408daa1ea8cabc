#pragma once
#include "graph/layertype.h"

namespace graft {

/// What a layer type's `python` function gets: expressions, each ready to stand in another one. The script has imported `torch`, `nn`,
/// `functional` (torch.nn.functional) and `ops` (torchvision.ops).
struct PythonCall {
    const Layer &layer;
    std::span<const std::string> inputs; ///< names of variables
    InputShapes inputShapes; ///< without the batch dimension
    std::span<const std::string> tensors; ///< in the order of LayerType::tensors
    std::string training; ///< "self.training", or "False" for a frozen layer
};

/// A value as Python writes it: True, 3, 0.5, "text", (1, 2).
[[nodiscard]] std::string toPython(const AttributeValue &value);
/// A text as a Python string literal, with what cannot stand in one escaped.
[[nodiscard]] std::string toPython(const std::string &text);

} // namespace graft
