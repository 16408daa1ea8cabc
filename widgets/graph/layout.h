#pragma once
#include <QPolygonF>
#include <QRectF>
#include <QSizeF>
#include <vector>

namespace graft {

/// A flat directed graph to be laid out from top to bottom. Pure data: no widget, no network.
struct LayeredGraph {
    enum class Place {
        Free,
        Top,
        Bottom
    }; ///< Top and Bottom: alone with its like on the first or last row (where lines enter and leave a frame)
    struct Node {
        QSizeF size;
        Place place = Place::Free;
        bool spreadsInputs = true; ///< several lines end side by side; otherwise where their offset says
    };
    struct Edge {
        int from = -1;
        int to = -1;
        double fromOffset = 0; ///< where it leaves, to the right of the middle of the source's bottom
        double toOffset = 0; ///< where it ends, to the right of the middle of the target's top
    };
    std::vector<Node> nodes; ///< about in the order of the data's flow; what runs against it ends a cycle
    std::vector<Edge> edges; ///< no edge from a node to itself
};

struct LayeredLayout {
    std::vector<QRectF> nodes; ///< per node; the left and top of all is 0
    /// Per edge: points that curve() joins. Each stretch runs straight down beside the boxes or crosses the free band between two rows.
    std::vector<QPolygonF> routes;
    QSizeF size;
};

/// Sugiyama's rows and orders (igraph), our own coordinates: no two boxes overlap, the longest chain stays straight, lines that pass boxes
/// run beside them. Milliseconds for hundreds of nodes. Any thread.
[[nodiscard]] LayeredLayout layOut(const LayeredGraph &graph);

} // namespace graft
