#pragma once
#include "graph/layertype.h"

#include <QString>

namespace graft {

/// What the numbers of an attribute count: "px"; empty for plain numbers.
[[nodiscard]] QString attributeUnit(const AttributeSchema &schema);
/// "Height and width of the window, in pixels. At least 1. Default: 3 × 3."
[[nodiscard]] QString attributeHelp(const AttributeSchema &schema);
/// Why a layer of this type and name cannot have the value; empty when it can. Judges the value alone, not what it does to shapes.
[[nodiscard]] QString attributeProblem(
    const LayerType &type, const std::string &layerName, const AttributeSchema &schema, const AttributeValue &value);
/// What the layer has or the default.
[[nodiscard]] const AttributeValue &attributeValue(const Layer &layer, const AttributeSchema &schema);

} // namespace graft
