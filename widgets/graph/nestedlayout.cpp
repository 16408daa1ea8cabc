#include "graph/nestedlayout.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>

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

/// A frame's children as a flat graph: inner frames are laid out already and stand as boxes.
struct FlatFrame {
    LayeredGraph graph;
    std::map<int, FrameLayout> frames; ///< per child that is a frame
    std::map<int, int> places; ///< child → node of the graph
    std::map<int, int> entries, exits; ///< source box → node of the graph
};

/// Repeated blocks have the same plan: it is laid out once.
class KnownLayouts {
public:
    [[nodiscard]] const LayeredLayout &layoutOf(const LayeredGraph &graph)
    {
        const auto [place, isNew] = m_known.try_emplace(keyOf(graph));
        if (isNew)
            place->second = layOut(graph);
        return place->second;
    }

private:
    [[nodiscard]] static std::string keyOf(const LayeredGraph &graph)
    {
        std::vector<double> numbers{double(graph.nodes.size())};
        for (const LayeredGraph::Node &node : graph.nodes)
            numbers.insert(numbers.end(), {node.size.width(), node.size.height(), double(node.place), double(node.spreadsInputs)});
        for (const LayeredGraph::Edge &edge : graph.edges)
            numbers.insert(numbers.end(), {double(edge.from), double(edge.to), edge.fromOffset, edge.toOffset});
        return {reinterpret_cast<const char *>(numbers.data()), numbers.size() * sizeof(double)};
    }

    std::unordered_map<std::string, LayeredLayout> m_known;
};

class NestedLayout {
public:
    NestedLayout(const BlockTree &tree, const std::set<int> &unfolded, const SizeOfNode &sizeOf)
        : m_tree(tree), m_unfolded(unfolded), m_sizeOf(sizeOf), m_boxes(visibleBoxes(tree, unfolded))
    {
        collectEdges();
    }

    [[nodiscard]] FrameLayout frame(int node, int depth);

private:
    using Edges = std::map<InnerEdge, std::vector<std::pair<int, int>>>;

    [[nodiscard]] bool isFrame(int node) const { return node == 0 || m_unfolded.contains(node); }
    /// An unfolded run has no frame: its blocks stand in the frame around it.
    [[nodiscard]] bool isOpenRun(int node) const { return m_tree.node(node).isRun && m_unfolded.contains(node); }
    [[nodiscard]] std::vector<int> childrenOf(int node) const;
    void collectEdges();
    void addEdge(int from, int to);
    [[nodiscard]] std::vector<int> pathTo(int node) const;
    [[nodiscard]] const Edges &edgesOf(int frame) const;
    [[nodiscard]] FlatFrame flatten(int node, int depth);
    void addChildren(FlatFrame &flat, int node, int depth);
    void addLines(FlatFrame &flat, const Edges &edges) const;
    [[nodiscard]] FrameLayout assemble(int node, int depth, const FlatFrame &flat);

    const BlockTree &m_tree;
    const std::set<int> &m_unfolded;
    const SizeOfNode &m_sizeOf;
    std::vector<int> m_boxes;
    std::map<int, Edges> m_edges; ///< per frame
    KnownLayouts m_known;
};

std::vector<int> NestedLayout::pathTo(int node) const
{
    std::vector<int> path;
    for (int at = node; at >= 0; at = m_tree.node(at).parent) {
        if (!isOpenRun(at))
            path.push_back(at);
    }
    std::reverse(path.begin(), path.end());
    return path;
}

std::vector<int> NestedLayout::childrenOf(int node) const
{
    std::vector<int> children;
    for (const int child : m_tree.node(node).children) {
        if (isOpenRun(child))
            children.insert(children.end(), m_tree.node(child).children.begin(), m_tree.node(child).children.end());
        else
            children.push_back(child);
    }
    return children;
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

const NestedLayout::Edges &NestedLayout::edgesOf(int frame) const
{
    static const Edges none;
    const auto found = m_edges.find(frame);
    return found == m_edges.end() ? none : found->second;
}

FrameLayout NestedLayout::frame(int node, int depth)
{
    return assemble(node, depth, flatten(node, depth));
}

FlatFrame NestedLayout::flatten(int node, int depth)
{
    FlatFrame flat;
    for (const auto &[edge, ends] : edgesOf(node)) {
        if (edge.from < 0 && flat.entries.emplace(edge.source, int(flat.graph.nodes.size())).second)
            flat.graph.nodes.push_back({QSizeF(1, 0), LayeredGraph::Place::Top, false});
    }
    addChildren(flat, node, depth);
    for (const auto &[edge, ends] : edgesOf(node)) {
        if (edge.to < 0 && flat.exits.emplace(edge.source, int(flat.graph.nodes.size())).second)
            flat.graph.nodes.push_back({QSizeF(1, 0), LayeredGraph::Place::Bottom, false});
    }
    addLines(flat, edgesOf(node));
    return flat;
}

/// Boxes of one frame are equally wide, so that a chain of them has straight sides.
void NestedLayout::addChildren(FlatFrame &flat, int node, int depth)
{
    double boxWidth = 0;
    const std::vector<int> children = childrenOf(node);
    for (const int child : children) {
        if (!isFrame(child))
            boxWidth = std::max(boxWidth, m_sizeOf(child).width());
    }
    for (const int child : children) {
        flat.places[child] = int(flat.graph.nodes.size());
        if (!isFrame(child)) {
            flat.graph.nodes.push_back({QSizeF(boxWidth, m_sizeOf(child).height()), LayeredGraph::Place::Free, true});
            continue;
        }
        const FrameLayout &inner = flat.frames[child] = frame(child, depth + 1);
        flat.graph.nodes.push_back({inner.size, LayeredGraph::Place::Free, false});
    }
}

void NestedLayout::addLines(FlatFrame &flat, const Edges &edges) const
{
    for (const auto &[edge, ends] : edges) {
        const int from = edge.from < 0 ? flat.entries[edge.source] : flat.places[edge.from];
        const int to = edge.to < 0 ? flat.exits[edge.source] : flat.places[edge.to];
        LayeredGraph::Edge line{from, to};
        if (const auto inner = flat.frames.find(edge.from); inner != flat.frames.end())
            line.fromOffset = inner->second.exits.at(edge.source) - inner->second.size.width() / 2;
        if (const auto inner = flat.frames.find(edge.to); inner != flat.frames.end())
            line.toOffset = inner->second.entries.at(edge.source) - inner->second.size.width() / 2;
        flat.graph.edges.push_back(line);
    }
}

FrameLayout NestedLayout::assemble(int node, int depth, const FlatFrame &flat)
{
    const LayeredLayout &layout = m_known.layoutOf(flat.graph);
    const bool isRoot = node == 0;
    const double padding = isRoot ? 0 : framePadding, title = isRoot ? 0 : frameTitleHeight;
    const double innerWidth = std::max(layout.size.width(), isRoot ? 0 : m_sizeOf(node).width() - 2 * padding);
    const QPointF shift(padding + (innerWidth - layout.size.width()) / 2, title + (isRoot || !flat.entries.empty() ? 0 : padding));
    FrameLayout result;
    result.size = QSizeF(innerWidth + 2 * padding, shift.y() + layout.size.height() + (isRoot || !flat.exits.empty() ? 0 : padding));
    for (const auto &[source, place] : flat.entries)
        result.entries[source] = layout.nodes[std::size_t(place)].center().x() + shift.x();
    for (const auto &[source, place] : flat.exits)
        result.exits[source] = layout.nodes[std::size_t(place)].center().x() + shift.x();
    if (!isRoot)
        result.nodes.push_back({node, QRectF(QPointF(0, 0), result.size), true, depth});
    for (const auto &[child, place] : flat.places) {
        const QRectF rect = layout.nodes[std::size_t(place)].translated(shift);
        const auto inner = flat.frames.find(child);
        if (inner == flat.frames.end()) {
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
    for (const auto &[edge, ends] : edgesOf(node))
        result.edges.push_back({layout.routes[index++].translated(shift), edge.to >= 0, ends});
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
    std::vector<int> boxes(tree.nodes().size(), 0);
    std::vector<int> waiting;
    if (!tree.nodes().empty())
        waiting.push_back(0);
    while (!waiting.empty()) {
        const int parent = waiting.back();
        waiting.pop_back();
        const int box = boxes[std::size_t(parent)];
        const bool isOpen = box == parent && (parent == 0 || unfolded.contains(parent));
        for (const int child : tree.node(parent).children) {
            boxes[std::size_t(child)] = isOpen ? child : box;
            waiting.push_back(child);
        }
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
            const auto weight = [](const TreeNode &node) { return node.isBlock && !node.isRun ? node.layers.size() : 0; };
            return weight(tree.node(one)) < weight(tree.node(two));
        });
        if (largest == boxes.end() || !tree.node(*largest).isBlock || tree.node(*largest).isRun)
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
