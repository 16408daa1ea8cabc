#pragma once
#include "graph/drawngraph.h"
#include "graph/layeredits.h"

namespace graft {

struct Connection {
    LayerId from;
    InputPort to;
    bool operator==(const Connection &) const = default;
};

/// What a drawn line stands for: several connections where lines share a way or end at a folded block.
[[nodiscard]] std::vector<Connection> connectionsOf(const BlockTree &tree, const PlacedEdge &edge);
/// The layer whose output leaves a box: of a block the last that something outside takes, or its last.
[[nodiscard]] LayerId outputLayer(const BlockTree &tree, int node);

/// The line that passes nearest to a place in the scene, within `reach`; nullptr when there is none.
[[nodiscard]] const EdgeItem *edgeNear(const DrawnGraph &drawn, const QPointF &place, double reach);
/// The line whose arrow ends within `reach`.
[[nodiscard]] const EdgeItem *arrowNear(const DrawnGraph &drawn, const QPointF &place, double reach);

/// Of the targets in a box those that a line to the box may end at: of a block only what it takes from outside, or misses.
[[nodiscard]] std::vector<ConnectionTarget> boxTargets(const BlockTree &tree, int node, std::vector<ConnectionTarget> inside);
/// Which of a box's inputs a line that is dropped at `place` gets; nothing when there is none. The arrow's where the place is at one; else
/// a free one comes first, and one that fits.
[[nodiscard]] std::optional<ConnectionTarget> targetAt(
    const DrawnGraph &drawn, int node, const std::vector<ConnectionTarget> &targets, const QPointF &place);

} // namespace graft
