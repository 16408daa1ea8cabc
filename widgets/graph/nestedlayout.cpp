#include "graph/nestedlayout.h"

#include <algorithm>
#include <map>

namespace graft {

namespace {

constexpr double framePadding = 16;
constexpr int enoughBoxes = 8; ///< a plan with fewer says too little
constexpr int mostBoxes = 44; ///< more are not read on one screen

/// A line within one frame, between children or where lines enter (Source) and leave (Sink) it. `source` is the box that the data comes
/// from.
struct InnerEdge {
    int from = -1; ///< a child's tree node; -1 = enters from outside
    int to = -1; ///< -1 = leaves
    int source = -1;
    auto operator<=>(const InnerEdge &) const = default;
};

/// One frame laid out by itself; its origin is its left upper corner.
struct FrameLayout {
    QSizeF size;
    std::vector<PlacedNode> nodes;
    std::vector<PlacedEdge> edges;
    std::map<int, double> entries, exits; ///< per source box: where its line goes in or out, from the left
};

class NestedLayout {
public:
    NestedLayout(const BlockTree &tree, const std::set<int> &unfolded, const SizeOfNode &sizeOf)
        : m_tree(tree), m_unfolded(unfolded), m_sizeOf(sizeOf), m_boxes(visibleBoxes(tree, unfolded))
    {
        collectEdges();
    }

    [[nodiscard]] FrameLayout frame(int node, int depth) const;

private:
    using Edges = std::map<InnerEdge, std::vector<std::pair<int, int>>>;

    [[nodiscard]] bool isFrame(int node) const { return node == 0 || m_unfolded.contains(node); }
    void collectEdges();
    void addEdge(int from, int to);
    [[nodiscard]] std::vector<int> pathTo(int node) const;

    const BlockTree &m_tree;
    const std::set<int> &m_unfolded;
    const SizeOfNode &m_sizeOf;
    std::vector<int> m_boxes;
    std::map<int, Edges> m_edges; ///< per frame
};

std::vector<int> NestedLayout::pathTo(int node) const
{
    std::vector<int> path;
    for (int at = node; at >= 0; at = m_tree.node(at).parent)
        path.push_back(at);
    std::reverse(path.begin(), path.end());
    return path;
}

void NestedLayout::collectEdges()
{
    std::set<std::pair<int, int>> seen;
    const std::vector<Layer> &layers = m_tree.network().layers();
    for (std::size_t index = 0; index < layers.size(); ++index) {
        const int to = m_boxes[std::size_t(m_tree.leafOf(int(index)))];
        for (const LayerId input : layers[index].inputs) {
            const int source = m_tree.layerIndex(input);
            if (source < 0)
                continue;
            const int from = m_boxes[std::size_t(m_tree.leafOf(source))];
            if (from != to && seen.emplace(from, to).second)
                addEdge(from, to);
        }
    }
}

/// Cuts the way between two boxes into a line per frame that it passes.
void NestedLayout::addEdge(int from, int to)
{
    const std::vector<int> fromPath = pathTo(from), toPath = pathTo(to);
    std::size_t common = 0;
    while (fromPath[common + 1] == toPath[common + 1])
        ++common;
    const std::pair ends(from, to);
    m_edges[fromPath[common]][{fromPath[common + 1], toPath[common + 1], from}].push_back(ends);
    for (std::size_t at = common + 1; at + 1 < fromPath.size(); ++at)
        m_edges[fromPath[at]][{fromPath[at + 1], -1, from}].push_back(ends);
    for (std::size_t at = common + 1; at + 1 < toPath.size(); ++at)
        m_edges[toPath[at]][{-1, toPath[at + 1], from}].push_back(ends);
}

FrameLayout NestedLayout::frame(int node, int depth) const
{
    const std::vector<int> &children = m_tree.node(node).children;
    const auto found = m_edges.find(node);
    static const Edges none;
    const Edges &edges = found == m_edges.end() ? none : found->second;

    // Boxes of one frame are equally wide, so that a chain of them has straight sides.
    double boxWidth = 0;
    std::map<int, FrameLayout> frames;
    std::map<int, QSizeF> sizes;
    for (const int child : children) {
        if (isFrame(child)) {
            frames[child] = frame(child, depth + 1);
            continue;
        }
        sizes[child] = m_sizeOf(child);
        boxWidth = std::max(boxWidth, sizes[child].width());
    }
    LayeredGraph graph;
    std::map<int, int> places, entries, exits; // tree node, or source box → node of the flat graph
    for (const auto &[edge, ends] : edges) {
        if (edge.from < 0 && entries.emplace(edge.source, int(graph.nodes.size())).second)
            graph.nodes.push_back({QSizeF(1, 0), LayeredGraph::Place::Top, false});
    }
    for (const int child : children) {
        places[child] = int(graph.nodes.size());
        if (const auto inner = frames.find(child); inner != frames.end())
            graph.nodes.push_back({inner->second.size, LayeredGraph::Place::Free, false});
        else
            graph.nodes.push_back({QSizeF(boxWidth, sizes[child].height()), LayeredGraph::Place::Free, true});
    }
    for (const auto &[edge, ends] : edges) {
        if (edge.to < 0 && exits.emplace(edge.source, int(graph.nodes.size())).second)
            graph.nodes.push_back({QSizeF(1, 0), LayeredGraph::Place::Bottom, false});
    }
    for (const auto &[edge, ends] : edges) {
        LayeredGraph::Edge flat{
            edge.from < 0 ? entries[edge.source] : places[edge.from], edge.to < 0 ? exits[edge.source] : places[edge.to]};
        if (const auto inner = frames.find(edge.from); inner != frames.end())
            flat.fromOffset = inner->second.exits.at(edge.source) - inner->second.size.width() / 2;
        if (const auto inner = frames.find(edge.to); inner != frames.end())
            flat.toOffset = inner->second.entries.at(edge.source) - inner->second.size.width() / 2;
        graph.edges.push_back(flat);
    }
    const LayeredLayout flat = layOut(graph);

    FrameLayout result;
    const bool isRoot = node == 0;
    const double padding = isRoot ? 0 : framePadding, title = isRoot ? 0 : frameTitleHeight;
    const double innerWidth = std::max(flat.size.width(), isRoot ? 0 : m_sizeOf(node).width() - 2 * padding);
    const QPointF shift(padding + (innerWidth - flat.size.width()) / 2, title + (isRoot || !entries.empty() ? 0 : padding));
    result.size = QSizeF(innerWidth + 2 * padding, shift.y() + flat.size.height() + (isRoot || !exits.empty() ? 0 : padding));
    for (const auto &[source, place] : entries)
        result.entries[source] = flat.nodes[std::size_t(place)].center().x() + shift.x();
    for (const auto &[source, place] : exits)
        result.exits[source] = flat.nodes[std::size_t(place)].center().x() + shift.x();
    if (!isRoot)
        result.nodes.push_back({node, QRectF(QPointF(0, 0), result.size), true, depth});
    for (const int child : children) {
        const QRectF rect = flat.nodes[std::size_t(places[child])].translated(shift);
        const auto inner = frames.find(child);
        if (inner == frames.end()) {
            result.nodes.push_back({child, rect, false, depth + 1});
            continue;
        }
        for (PlacedNode placed : inner->second.nodes) {
            placed.rect.translate(rect.topLeft());
            result.nodes.push_back(placed);
        }
        for (PlacedEdge placed : inner->second.edges) {
            placed.route.translate(rect.topLeft());
            result.edges.push_back(std::move(placed));
        }
    }
    std::size_t index = 0;
    for (const auto &[edge, ends] : edges)
        result.edges.push_back({flat.routes[index++].translated(shift), edge.to >= 0, ends});
    return result;
}

} // namespace

const PlacedNode *GraphLayout::find(int node) const
{
    const auto found = std::find_if(nodes.begin(), nodes.end(), [node](const PlacedNode &placed) { return placed.node == node; });
    return found == nodes.end() ? nullptr : &*found;
}

std::vector<int> visibleBoxes(const BlockTree &tree, const std::set<int> &unfolded)
{
    // Parents stand before their children in the tree.
    std::vector<int> boxes(tree.nodes().size(), 0);
    for (std::size_t index = 1; index < boxes.size(); ++index) {
        const int parent = tree.node(int(index)).parent;
        const bool parentIsOpen = parent == 0 || (unfolded.contains(parent) && boxes[std::size_t(parent)] == parent);
        boxes[index] = parentIsOpen ? int(index) : boxes[std::size_t(parent)];
    }
    return boxes;
}

GraphLayout layOutGraph(const BlockTree &tree, const std::set<int> &unfolded, const SizeOfNode &sizeOf)
{
    if (tree.nodes().empty())
        return {};
    FrameLayout root = NestedLayout(tree, unfolded, sizeOf).frame(0, 0);
    return {std::move(root.nodes), std::move(root.edges), QRectF(QPointF(0, 0), root.size)};
}

std::set<int> initiallyUnfolded(const BlockTree &tree)
{
    std::set<int> unfolded;
    if (tree.nodes().empty())
        return unfolded;
    std::vector<int> boxes = tree.node(0).children;
    while (int(boxes.size()) < enoughBoxes) {
        const auto largest = std::max_element(boxes.begin(), boxes.end(), [&tree](int one, int two) {
            const TreeNode &first = tree.node(one), &second = tree.node(two);
            return (first.isBlock ? first.layers.size() : 0) < (second.isBlock ? second.layers.size() : 0);
        });
        if (largest == boxes.end() || !tree.node(*largest).isBlock)
            break;
        const int block = *largest;
        if (boxes.size() + tree.node(block).children.size() > mostBoxes)
            break;
        boxes.erase(largest);
        boxes.insert(boxes.end(), tree.node(block).children.begin(), tree.node(block).children.end());
        unfolded.insert(block);
    }
    return unfolded;
}

} // namespace graft
