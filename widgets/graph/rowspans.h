#pragma once
#include "graph/layout.h"

namespace graft {

/// A layered graph whose tall boxes beside a longer way stand in several rows, so that they do not tear that way apart.
struct SpannedGraph {
    LayeredGraph graph; ///< the nodes and edges that there were, then the further parts of tall nodes and what holds them together
    std::vector<int> rows; ///< per node of `graph`
    std::vector<int> lastParts; ///< per node that there was: its lowest part, itself for most
};

/// `rows` says in which row each node starts; edges run to later rows; rows are at least `rowGap` apart.
[[nodiscard]] SpannedGraph spanTallNodes(const LayeredGraph &graph, const std::vector<int> &rows, double rowGap);

} // namespace graft
