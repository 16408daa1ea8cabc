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

/// Which of a box's inputs a line that is dropped at `place` gets, among the targets that lie in the box; nothing when none does. A free
/// input comes first, unless the place is at an arrow; of a block, an input that comes from outside.
[[nodiscard]] std::optional<ConnectionTarget> targetAt(
    const DrawnGraph &drawn, int node, const std::vector<ConnectionTarget> &targets, const QPointF &place);

} // namespace graft
