#pragma once
#include "graph/network.h"

#include <string>

namespace graft {

/// A value as Python writes it: True, 3, 0.5, "text", (1, 2).
[[nodiscard]] std::string toPython(const AttributeValue &value);
/// A text as a Python string literal, with what cannot stand in one escaped.
[[nodiscard]] std::string toPython(const std::string &text);

} // namespace graft
