#include "graph/layout.h"

#include "graph/rowplacement.h"
#include "graph/rowspans.h"

#include <algorithm>
#include <cmath>
#include <igraph.h>
#include <mutex>
#include <numeric>

namespace graft {

namespace {

constexpr double baseRowGap = 22;
constexpr double largestExtraRowGap = 28; ///< where lines cross far to the side, for a gentler slope
constexpr double inputSpacing = 16;

/// Per node its place in an order in which as few edges as possible run backwards: Kahn's, taking the first node left where there is a
/// cycle.
std::vector<int> flowOrder(const LayeredGraph &graph)
{
    const std::size_t count = graph.nodes.size();
    std::vector<int> missing(count, 0);
    std::vector<std::vector<int>> targets(count);
    for (const LayeredGraph::Edge &edge : graph.edges) {
        ++missing[std::size_t(edge.to)];
        targets[std::size_t(edge.from)].push_back(edge.to);
    }
    std::vector<int> place(count, -1);
    std::vector<int> ready;
    std::size_t nextUnplaced = 0;
    for (int step = 0; step < int(count); ++step) {
        for (std::size_t node = nextUnplaced; step == 0 && node < count; ++node) {
            if (missing[node] == 0)
                ready.push_back(int(node));
        }
        while (nextUnplaced < count && place[nextUnplaced] >= 0)
            ++nextUnplaced;
        int node = int(nextUnplaced);
        if (!ready.empty()) {
            node = ready.back();
            ready.pop_back();
        }
        place[std::size_t(node)] = step;
        for (const int target : targets[std::size_t(node)]) {
            if (--missing[std::size_t(target)] == 0 && place[std::size_t(target)] < 0)
                ready.push_back(target);
        }
    }
    return place;
}

/// The longest way from the top, per node. All edges run forwards in `order`.
std::vector<int> rowsOf(const LayeredGraph &graph, const std::vector<int> &order)
{
    const std::size_t count = graph.nodes.size();
    const bool hasTop
        = std::any_of(graph.nodes.begin(), graph.nodes.end(), [](const auto &node) { return node.place == LayeredGraph::Place::Top; });
    std::vector<int> nodes(count);
    for (std::size_t node = 0; node < count; ++node)
        nodes[std::size_t(order[node])] = int(node);
    std::vector<std::vector<int>> sources(count), targets(count);
    for (const LayeredGraph::Edge &edge : graph.edges) {
        sources[std::size_t(edge.to)].push_back(edge.from);
        targets[std::size_t(edge.from)].push_back(edge.to);
    }
    std::vector<int> rows(count, 0);
    int afterLast = 0;
    for (const int node : nodes) {
        const LayeredGraph::Place place = graph.nodes[std::size_t(node)].place;
        int &row = rows[std::size_t(node)];
        row = hasTop && place != LayeredGraph::Place::Top ? 1 : 0;
        for (const int source : sources[std::size_t(node)])
            row = std::max(row, rows[std::size_t(source)] + 1);
        if (place != LayeredGraph::Place::Bottom)
            afterLast = std::max(afterLast, row + 1);
    }
    for (std::size_t node = 0; node < count; ++node) {
        if (graph.nodes[node].place == LayeredGraph::Place::Bottom)
            rows[node] = afterLast;
        // What has no input (a constant, say) stands just above what it feeds.
        if (graph.nodes[node].place == LayeredGraph::Place::Free && sources[node].empty() && !targets[node].empty()) {
            int nearest = rows[std::size_t(targets[node].front())];
            for (const int target : targets[node])
                nearest = std::min(nearest, rows[std::size_t(target)]);
            rows[node] = std::max(rows[node], nearest - 1);
        }
    }
    return rows;
}

/// igraph's C containers with an end.
struct IgraphVector {
    explicit IgraphVector(std::size_t size) { igraph_vector_int_init(&data, igraph_integer_t(size)); }
    ~IgraphVector() { igraph_vector_int_destroy(&data); }
    IgraphVector(const IgraphVector &) = delete;
    IgraphVector &operator=(const IgraphVector &) = delete;
    igraph_vector_int_t data;
};

/// igraph as Debian builds it keeps its stack of what to free in a global variable.
std::mutex igraphMutex;

/// Sugiyama's order in each row, with a waypoint wherever an edge passes a row.
Rows orderedRows(const LayeredGraph &graph, const std::vector<int> &rows)
{
    const std::vector<LayeredGraph::Edge> &edges = graph.edges;
    const std::lock_guard lock(igraphMutex);
    igraph_set_error_handler(igraph_error_handler_ignore);
    const std::size_t count = graph.nodes.size();
    IgraphVector ends(edges.size() * 2), layers(count), originals(0);
    for (std::size_t edge = 0; edge < edges.size(); ++edge) {
        VECTOR(ends.data)[edge * 2] = edges[edge].from;
        VECTOR(ends.data)[edge * 2 + 1] = edges[edge].to;
    }
    for (std::size_t node = 0; node < count; ++node)
        VECTOR(layers.data)[node] = rows[node];

    igraph_t plain, extended;
    igraph_matrix_t places;
    igraph_matrix_init(&places, 0, 0);
    igraph_create(&plain, &ends.data, igraph_integer_t(count), IGRAPH_DIRECTED);
    const bool done
        = igraph_layout_sugiyama(&plain, &places, &extended, &originals.data, &layers.data, 1, 1, 100, nullptr) == IGRAPH_SUCCESS;
    Rows result(count, edges.size());
    const std::size_t cells = done ? std::size_t(igraph_matrix_nrow(&places)) : count;
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const bool isNode = cell < count;
        const int row = isNode ? rows[cell] : int(std::lround(MATRIX(places, igraph_integer_t(cell), 1)));
        const double across = done ? MATRIX(places, igraph_integer_t(cell), 0) : double(cell);
        result.addCell(row, across, isNode ? graph.nodes[cell].size.width() : 0);
    }
    if (done) {
        for (igraph_integer_t piece = 0; piece < igraph_ecount(&extended); ++piece)
            result.addPiece(int(VECTOR(originals.data)[piece]), int(IGRAPH_FROM(&extended, piece)), int(IGRAPH_TO(&extended, piece)));
        igraph_destroy(&extended);
    } else {
        for (std::size_t edge = 0; edge < edges.size(); ++edge)
            result.addPiece(int(edge), edges[edge].from, edges[edge].to);
    }
    igraph_destroy(&plain);
    igraph_matrix_destroy(&places);
    return result;
}

struct Band {
    double top = 0;
    double bottom = 0;
};

std::vector<Band> bandsOf(const LayeredGraph &graph, const Rows &rows)
{
    std::vector<double> heights(rows.count(), 0.0), shifts(rows.count(), 0.0);
    for (std::size_t node = 0; node < graph.nodes.size(); ++node) {
        double &height = heights[std::size_t(rows.row(int(node)))];
        height = std::max(height, graph.nodes[node].size.height());
    }
    for (const Rows::Piece &piece : rows.pieces()) {
        double &shift = shifts[std::size_t(rows.row(piece.from))];
        shift = std::max(shift, std::abs(rows.x(piece.from) + piece.fromOffset - rows.x(piece.to) - piece.toOffset));
    }
    std::vector<Band> bands(rows.count());
    double y = 0;
    for (std::size_t row = 0; row < rows.count(); ++row) {
        bands[row] = {y, y + heights[row]};
        y = bands[row].bottom + baseRowGap + std::min(largestExtraRowGap, shifts[row] * 0.1);
    }
    return bands;
}

/// Where lines end on a box with several: what comes straight from above in the middle, the others beside it on their side.
void spreadInputs(const LayeredGraph &graph, Rows &rows)
{
    std::vector<std::vector<std::size_t>> inputs(graph.nodes.size());
    for (std::size_t piece = 0; piece < rows.pieces().size(); ++piece) {
        const int to = rows.pieces()[piece].to;
        if (to < int(graph.nodes.size()) && graph.nodes[std::size_t(to)].spreadsInputs)
            inputs[std::size_t(to)].push_back(piece);
    }
    for (std::size_t node = 0; node < inputs.size(); ++node) {
        if (inputs[node].size() < 2)
            continue;
        const auto shift
            = [&](std::size_t piece) { return rows.x(rows.pieces()[piece].from) + rows.pieces()[piece].fromOffset - rows.x(int(node)); };
        std::sort(
            inputs[node].begin(), inputs[node].end(), [&](auto one, auto two) { return std::abs(shift(one)) < std::abs(shift(two)); });
        const double spacing = std::min(inputSpacing, graph.nodes[node].size.width() / (2.0 * double(inputs[node].size())));
        int left = 0, right = 0;
        for (const std::size_t piece : inputs[node]) {
            const double away = shift(piece);
            if (std::abs(away) > 1)
                rows.setTargetOffset(piece, away < 0 ? -spacing * ++left : spacing * ++right);
        }
    }
}

void appendPoint(QPolygonF &route, QPointF point)
{
    if (route.isEmpty() || route.back() != point)
        route << point;
}

/// Turns around what would run against the order; returns which edges that were.
std::vector<bool> turnForward(LayeredGraph &graph)
{
    const std::vector<int> order = flowOrder(graph);
    std::vector<bool> turned;
    for (LayeredGraph::Edge &edge : graph.edges) {
        turned.push_back(order[std::size_t(edge.from)] > order[std::size_t(edge.to)]);
        if (turned.back())
            edge = {edge.to, edge.from, edge.toOffset, edge.fromOffset};
    }
    return turned;
}

QPolygonF routeOf(int edge, const Rows &rows, const std::vector<Band> &bands, const std::vector<QRectF> &boxes)
{
    QPolygonF route;
    for (const std::size_t index : rows.piecesOf(edge)) {
        const Rows::Piece &piece = rows.pieces()[index];
        const double fromX = rows.x(piece.from) + piece.fromOffset, toX = rows.x(piece.to) + piece.toOffset;
        if (std::size_t(piece.from) < boxes.size())
            appendPoint(route, QPointF(fromX, boxes[std::size_t(piece.from)].bottom()));
        appendPoint(route, QPointF(fromX, bands[std::size_t(rows.row(piece.from))].bottom));
        appendPoint(route, QPointF(toX, bands[std::size_t(rows.row(piece.to))].top));
        if (std::size_t(piece.to) < boxes.size())
            appendPoint(route, QPointF(toX, boxes[std::size_t(piece.to)].top()));
    }
    return route;
}

} // namespace

LayeredLayout layOut(const LayeredGraph &graph)
{
    LayeredLayout layout;
    if (graph.nodes.empty())
        return layout;
    LayeredGraph forward = graph;
    const std::vector<bool> turned = turnForward(forward);
    const SpannedGraph spanned = spanTallNodes(forward, rowsOf(forward, flowOrder(forward)), baseRowGap);
    Rows rows = orderedRows(spanned.graph, spanned.rows);
    for (std::size_t edge = 0; edge < spanned.graph.edges.size(); ++edge)
        rows.setOffsets(int(edge), spanned.graph.edges[edge].fromOffset, spanned.graph.edges[edge].toOffset);
    rows.placeAcross();
    spreadInputs(spanned.graph, rows);
    const std::vector<Band> bands = bandsOf(spanned.graph, rows);

    std::vector<QRectF> boxes;
    for (std::size_t node = 0; node < spanned.graph.nodes.size(); ++node) {
        QRectF box(QPointF(0, 0), spanned.graph.nodes[node].size);
        const Band &band = bands[std::size_t(rows.row(int(node)))];
        box.moveCenter(QPointF(rows.x(int(node)), (band.top + band.bottom) / 2));
        if (node < graph.nodes.size() && spanned.lastParts[node] != int(node))
            box = QRectF(QPointF(box.left(), band.top), graph.nodes[node].size);
        boxes.push_back(box);
    }
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
        boxes[std::size_t(spanned.lastParts[node])] = boxes[node];
    layout.nodes.assign(boxes.begin(), boxes.begin() + std::ptrdiff_t(graph.nodes.size()));
    layout.size = QSizeF(rows.width(), bands.back().bottom);
    for (std::size_t edge = 0; edge < graph.edges.size(); ++edge) {
        layout.routes.push_back(routeOf(int(edge), rows, bands, boxes));
        if (turned[edge])
            std::reverse(layout.routes.back().begin(), layout.routes.back().end());
    }
    return layout;
}

} // namespace graft
