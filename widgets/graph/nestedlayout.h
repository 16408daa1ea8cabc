#pragma once
#include "graph/blocktree.h"
#include "graph/layout.h"

#include <functional>
#include <set>

namespace graft {

/// A box of the drawn graph: a layer, a folded block, or the frame of an unfolded one.
struct PlacedNode {
    int node = -1; ///< in the block tree
    QRectF rect;
    bool isFrame = false;
    int depth = 0; ///< frames around it
};

/// A line of the drawn graph. What goes into a frame ends at the frame's title and goes on below it as another line.
struct PlacedEdge {
    QPolygonF route;
    bool hasArrow = true; ///< not where it ends at a frame's lower border, from where another goes on
    /// The boxes (layers or folded blocks) that it connects, from and to; several where lines share a way.
    std::vector<std::pair<int, int>> ends;
};

struct GraphLayout {
    std::vector<PlacedNode> nodes; ///< frames before what they hold
    std::vector<PlacedEdge> edges;
    QRectF bounds;
    [[nodiscard]] const PlacedNode *find(int node) const;
};

inline constexpr double frameTitleHeight = 34;

/// The size that a box needs for its texts; of a frame: of its title.
using SizeOfNode = std::function<QSizeF(int node)>;

/// Lays out the boxes that show when the blocks of `unfolded` are open: each frame by itself, from the inside out.
[[nodiscard]] GraphLayout layOutGraph(const BlockTree &tree, const std::set<int> &unfolded, const SizeOfNode &sizeOf);

/// Per tree node the box that shows it: itself (an unfolded run too, though it has no frame), or the outermost folded block around it.
[[nodiscard]] std::vector<int> visibleBoxes(const BlockTree &tree, const std::set<int> &unfolded);

/// What to unfold at first so that one sees the plan of the network on one screen.
[[nodiscard]] std::set<int> initiallyUnfolded(const BlockTree &tree);

} // namespace graft
