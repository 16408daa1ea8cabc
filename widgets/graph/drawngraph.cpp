#include "graph/drawngraph.h"

namespace graft {

namespace {

/// Boxes in a frame are as wide as the widest; a text that grows by less than this fits all the same, with its gap a bit smaller.
constexpr double spareWidth = 6;

} // namespace

const NodeItem *DrawnGraph::item(int node) const
{
    const int index = node >= 0 && std::size_t(node) < itemOf.size() ? itemOf[std::size_t(node)] : -1;
    return index < 0 ? nullptr : &items[std::size_t(index)];
}

int DrawnGraph::shown(int node) const
{
    while (node >= 0 && !item(node))
        node = tree->node(node).parent;
    return node;
}

std::shared_ptr<const DrawnGraph> drawGraph(const DrawRequest &request, TextWidths &widths)
{
    const auto drawn = std::make_shared<DrawnGraph>();
    drawn->tree = request.tree;
    drawn->unfolded = request.unfolded;
    const BlockTree &tree = *request.tree;
    std::vector<BoxTexts> texts(tree.nodes().size());
    std::vector<QSizeF> sizes(tree.nodes().size());
    const std::vector<int> boxes = visibleBoxes(tree, request.unfolded);
    for (std::size_t node = 1; node < boxes.size(); ++node) {
        if (boxes[node] != int(node))
            continue;
        texts[node] = boxTexts(tree, int(node));
        sizes[node] = boxSize(texts[node], widths, tree.node(int(node)).isBlock, request.unfolded.contains(int(node)));
    }
    drawn->layout = layOutGraph(tree, request.unfolded, [&sizes](int node) { return sizes[std::size_t(node)]; });
    drawn->itemOf.assign(tree.nodes().size(), -1);
    drawn->items.reserve(drawn->layout.nodes.size());
    for (const PlacedNode &placed : drawn->layout.nodes) {
        drawn->itemOf[std::size_t(placed.node)] = int(drawn->items.size());
        drawn->items.emplace_back(tree, placed, std::move(texts[std::size_t(placed.node)]));
    }
    drawn->edges.reserve(drawn->layout.edges.size());
    for (const PlacedEdge &placed : drawn->layout.edges)
        drawn->edges.emplace_back(placed);
    return drawn;
}

std::shared_ptr<const DrawnGraph> redrawGraph(const DrawnGraph &drawn, std::shared_ptr<const BlockTree> tree, TextWidths &widths)
{
    const auto redrawn = std::make_shared<DrawnGraph>(drawn);
    redrawn->tree = std::move(tree);
    for (NodeItem &item : redrawn->items) {
        BoxTexts texts = boxTexts(*redrawn->tree, item.node());
        if (texts == item.texts())
            continue;
        if (boxSize(texts, widths, item.isBlock(), item.isFrame()).width() > item.rect().width() + spareWidth)
            return nullptr;
        item.setTexts(std::move(texts));
    }
    return redrawn;
}

} // namespace graft
