#include "graph/rowspans.h"

#include <algorithm>
#include <limits>

namespace graft {

namespace {

constexpr double muchTaller = 1.6;

/// Per node how many rows it may fill and still leave the longest way longer.
std::vector<int> roomBelow(const LayeredGraph &graph, const std::vector<int> &rows)
{
    std::vector<int> room(graph.nodes.size(), std::numeric_limits<int>::max());
    for (const LayeredGraph::Edge &edge : graph.edges) {
        int &least = room[std::size_t(edge.from)];
        least = std::min(least, rows[std::size_t(edge.to)] - rows[std::size_t(edge.from)] - 1);
    }
    for (int &rowsLeft : room)
        rowsLeft = rowsLeft == std::numeric_limits<int>::max() ? 1 : std::max(1, rowsLeft);
    return room;
}

} // namespace

SpannedGraph spanTallNodes(const LayeredGraph &graph, const std::vector<int> &rows, double rowGap)
{
    SpannedGraph spanned{graph, rows, {}};
    const std::size_t count = graph.nodes.size();
    const std::vector<int> room = roomBelow(graph, rows);
    std::vector<double> heights(std::size_t(*std::max_element(rows.begin(), rows.end())) + 1, 0.0);
    for (std::size_t node = 0; node < count; ++node) {
        if (room[node] < 2)
            heights[std::size_t(rows[node])] = std::max(heights[std::size_t(rows[node])], graph.nodes[node].size.height());
    }
    for (std::size_t node = 0; node < count; ++node) {
        spanned.lastParts.push_back(int(node));
        const QSizeF size = graph.nodes[node].size;
        const int row = rows[node];
        if (room[node] < 2 || heights[std::size_t(row)] <= 0 || size.height() < muchTaller * heights[std::size_t(row)])
            continue;
        double available = heights[std::size_t(row)];
        spanned.graph.nodes[node].size.setHeight(available);
        for (int part = 1; part < room[node] && available < size.height(); ++part) {
            const int partRow = row + part;
            const int added = int(spanned.graph.nodes.size());
            spanned.graph.nodes.push_back({QSizeF(size.width(), heights[std::size_t(partRow)]), LayeredGraph::Place::Free, false});
            spanned.rows.push_back(partRow);
            spanned.graph.edges.push_back({spanned.lastParts[node], added});
            spanned.lastParts[node] = added;
            available += rowGap + heights[std::size_t(partRow)];
        }
        QSizeF &last = spanned.graph.nodes[std::size_t(spanned.lastParts[node])].size;
        last.setHeight(last.height() + std::max(0.0, size.height() - available));
    }
    for (std::size_t edge = 0; edge < graph.edges.size(); ++edge) {
        int &from = spanned.graph.edges[edge].from;
        from = spanned.lastParts[std::size_t(from)];
    }
    return spanned;
}

} // namespace graft
