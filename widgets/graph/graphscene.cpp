#include "graph/graphscene.h"

#include "common/text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace graft {

bool GraphScene::setTree(BlockTree tree)
{
    const bool isOther = m_tree.nodes().empty() || !tree.hasSameTopology(m_tree);
    m_tree = std::move(tree);
    m_classifier = classifierLayer(m_tree.network());
    if (isOther) {
        m_unfolded = initiallyUnfolded(m_tree);
        m_selection.clear();
    }
    search(m_search);
    rebuild();
    return isOther;
}

void GraphScene::setUnfolded(std::set<int> blocks)
{
    m_unfolded = std::move(blocks);
    rebuild();
}

void GraphScene::reveal(int node)
{
    std::set<int> blocks = m_unfolded;
    for (int at = m_tree.node(node).parent; at > 0; at = m_tree.node(at).parent)
        blocks.insert(at);
    if (blocks != m_unfolded)
        setUnfolded(std::move(blocks));
}

void GraphScene::rebuild()
{
    m_items.clear();
    clear();
    m_marks.setTree(m_tree);
    ++m_revision;
    const GraphFonts fonts = graphFonts();
    const auto sizeOf = [&](int node) { return boxSize(m_tree, node, fonts, m_unfolded.contains(node)); };
    m_layout = layOutGraph(m_tree, m_unfolded, sizeOf);
    for (const PlacedNode &placed : m_layout.nodes) {
        NodeItem *made = nullptr;
        if (placed.isFrame)
            made = new FrameItem(*this, placed, fonts);
        else
            made = new BoxItem(*this, placed, fonts);
        addItem(made);
        m_items[placed.node] = made;
    }
    for (const PlacedEdge &placed : m_layout.edges)
        addItem(new EdgeItem(*this, placed));
}

void GraphScene::setSelection(std::set<int> layers)
{
    if (layers == m_selection)
        return;
    m_selection = std::move(layers);
    update();
}

GraphScene::Share GraphScene::selectedShare(int node) const
{
    if (m_selection.empty())
        return Share::None;
    const std::vector<int> &layers = m_tree.node(node).layers;
    const auto count = std::count_if(layers.begin(), layers.end(), [this](int layer) { return m_selection.contains(layer); });
    return count == 0 ? Share::None : std::size_t(count) == layers.size() ? Share::All : Share::Part;
}

int GraphScene::search(const QString &text)
{
    m_search = text;
    m_found.clear();
    m_lit.clear();
    for (std::size_t index = 0; !text.isEmpty() && index < m_tree.network().layers().size(); ++index) {
        const int leaf = m_tree.leafOf(int(index));
        const QString type = fromEngine(m_tree.layer(int(index)).type);
        if (!m_tree.node(leaf).path.contains(text, Qt::CaseInsensitive) && !type.contains(text, Qt::CaseInsensitive))
            continue;
        m_found.push_back(leaf);
        for (int at = leaf; at >= 0; at = m_tree.node(at).parent)
            m_lit.insert(at);
    }
    update();
    return int(m_found.size());
}

bool GraphScene::isDimmed(int node) const
{
    return (!m_search.isEmpty() && !m_lit.contains(node)) || m_marks.isBarred(node);
}

NodeItem *GraphScene::item(int node) const
{
    const auto found = m_items.find(node);
    return found == m_items.end() ? nullptr : found->second;
}

NodeItem *GraphScene::itemAt(const QPointF &place) const
{
    for (QGraphicsItem *under : items(place)) {
        if (auto *node = qgraphicsitem_cast<NodeItem *>(under); node && node->clickRect().contains(place))
            return node;
    }
    return nullptr;
}

int GraphScene::nearest(const QPointF &place) const
{
    int best = -1;
    double least = std::numeric_limits<double>::max();
    for (const auto &[node, candidate] : m_items) {
        const QPointF way = candidate->clickRect().center() - place;
        if (const double distance = std::hypot(way.x(), way.y()); distance < least) {
            best = node;
            least = distance;
        }
    }
    return best;
}

int GraphScene::neighbour(int node, Direction direction) const
{
    const NodeItem *start = item(node);
    if (!start)
        return m_layout.nodes.empty() ? -1 : m_layout.nodes.front().node;
    const QPointF from = start->clickRect().center();
    const bool isUpOrDown = direction == Direction::Up || direction == Direction::Down;
    int best = -1;
    double least = std::numeric_limits<double>::max();
    const auto offer = [&](int other, double cost) {
        if (other != node && cost < least) {
            best = other;
            least = cost;
        }
    };
    // Along the lines first: the straightest one.
    for (const PlacedEdge &edge : m_layout.edges) {
        for (const auto &[source, target] : edge.ends) {
            const bool follows = direction == Direction::Down ? source == node : direction == Direction::Up && target == node;
            const NodeItem *end = follows ? item(direction == Direction::Down ? target : source) : nullptr;
            if (end)
                offer(end->node(), std::abs(end->rect().center().x() - from.x()) + std::abs(end->rect().center().y() - from.y()));
        }
    }
    if (best >= 0)
        return best;
    for (const auto &[other, candidate] : m_items) {
        const QPointF way = candidate->clickRect().center() - from;
        const double along = direction == Direction::Down ? way.y()
            : direction == Direction::Up                  ? -way.y()
            : direction == Direction::Right               ? way.x()
                                                          : -way.x();
        if (along > 1)
            offer(other, along + 3 * std::abs(isUpOrDown ? way.x() : way.y()));
    }
    return best;
}

} // namespace graft
