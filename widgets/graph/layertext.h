#pragma once
#include "graph/network.h"

#include <QString>

namespace graft {

/// What a layer's box says of its settings: "7 × 7, stride 2"; the most telling first, defaults left out; may be empty.
[[nodiscard]] QString attributeSummary(const Layer &layer);
/// All settings, one on a line, for tool tips.
[[nodiscard]] QString attributeList(const Layer &layer);
/// "1 layer", "32 layers".
[[nodiscard]] QString layerCountText(int count);
/// "convolution", …; empty for a type that this build does not know, "input" for the network's input.
[[nodiscard]] QString categoryOf(const std::string &layerType);
/// Whether the layer normalizes by statistics that it gathers while training (BatchNorm).
[[nodiscard]] bool hasRunningStatistics(const Layer &layer);
/// The category's word for people.
[[nodiscard]] QString categoryTitle(const QString &category);

} // namespace graft
