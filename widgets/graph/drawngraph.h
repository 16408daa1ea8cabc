#pragma once
#include "graph/graphitems.h"

#include <memory>
#include <set>

namespace graft {

/// What is to be drawn: a tree with these of its blocks unfolded.
struct DrawRequest {
    std::shared_ptr<const BlockTree> tree;
    std::set<int> unfolded;
};

/// A graph with everything that painting it needs. Made on any thread, then only read.
struct DrawnGraph {
    std::shared_ptr<const BlockTree> tree;
    std::set<int> unfolded;
    GraphLayout layout;
    std::vector<NodeItem> items; ///< frames before what they hold
    std::vector<EdgeItem> edges;
    std::vector<int> itemOf; ///< per tree node: in `items`; -1 when it is hidden in a folded block

    [[nodiscard]] const NodeItem *item(int node) const;
    /// The node itself, or the folded block that hides it; -1 when there is none.
    [[nodiscard]] int shown(int node) const;
};

/// Texts, sizes, places and lines: all that showing a graph costs before it is painted. Any thread; `widths` is this call's alone.
[[nodiscard]] std::shared_ptr<const DrawnGraph> drawGraph(const DrawRequest &request, TextWidths &widths);

/// The same places with another tree of the same topology; nullptr when a text has outgrown its box, so that the graph must be drawn anew.
[[nodiscard]] std::shared_ptr<const DrawnGraph> redrawGraph(
    const DrawnGraph &drawn, std::shared_ptr<const BlockTree> tree, TextWidths &widths);

} // namespace graft
