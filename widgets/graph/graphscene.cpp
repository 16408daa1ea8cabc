#include "graph/graphscene.h"

#include "common/text.h"
#include "graph/graphpainter.h"
#include "graph/layerquery.h"
#include "graph/layertext.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <limits>

namespace graft {

namespace {

constexpr int mostDrawnAtOnce = 160; ///< boxes that are drawn in a few milliseconds, sooner than a worker's answer would be seen

int boxCount(const DrawRequest &request)
{
    const std::vector<int> boxes = visibleBoxes(*request.tree, request.unfolded);
    int count = 0;
    for (std::size_t node = 1; node < boxes.size(); ++node)
        count += boxes[node] == int(node) ? 1 : 0;
    return count;
}

} // namespace

GraphScene::GraphScene(QObject *parent) : QGraphicsScene(parent)
{
    m_wanted.tree = std::make_shared<BlockTree>();
    m_drawn = m_layouter.drawNow(m_wanted);
    m_marks.setTree(tree());
    connect(&m_layouter, &GraphLayouter::finished, this, &GraphScene::show);
}

bool GraphScene::setTree(BlockTree tree)
{
    const auto next = std::make_shared<const BlockTree>(std::move(tree));
    m_classifier = classifierLayer(next->network());
    const bool isOther = m_wanted.tree->nodes().empty() || !next->hasSameTopology(*m_wanted.tree);
    m_wanted.tree = next;
    if (!isOther) {
        const auto redrawn = isBehind() ? nullptr : m_layouter.redraw(*m_drawn, next);
        if (redrawn)
            show(redrawn);
        else
            draw();
        return false;
    }
    m_wanted.unfolded = initiallyUnfolded(*next);
    m_selectedLayers.clear();
    findSelected();
    draw();
    return true;
}

void GraphScene::setUnfolded(std::set<int> blocks)
{
    m_wanted.unfolded = std::move(blocks);
    draw();
}

bool GraphScene::reveal(int node)
{
    std::set<int> blocks = m_wanted.unfolded;
    for (int at = m_wanted.tree->node(node).parent; at > 0; at = m_wanted.tree->node(at).parent)
        blocks.insert(at);
    if (blocks == m_wanted.unfolded)
        return false;
    setUnfolded(std::move(blocks));
    return true;
}

void GraphScene::rebuild()
{
    m_layouter.forgetTexts();
    draw();
}

void GraphScene::draw()
{
    if (boxCount(m_wanted) <= mostDrawnAtOnce)
        show(m_layouter.drawNow(m_wanted));
    else
        m_layouter.request(m_wanted);
}

int GraphScene::catchUp(int node)
{
    const QString path = node > 0 ? tree().node(node).path : QString();
    if (isBehind())
        show(m_layouter.drawNow(m_wanted));
    return node > 0 ? tree().find(path) : node;
}

void GraphScene::show(const std::shared_ptr<const DrawnGraph> &drawn)
{
    Q_EMIT redrawing(*drawn);
    if (drawn->tree != m_drawn->tree || drawn->items.size() != m_drawn->items.size())
        m_hovered = -1;
    m_drawn = drawn;
    m_marks.setTree(tree());
    ++m_revision;
    findSelected();
    search(m_search);
    Q_EMIT redrawn();
    update();
}

void GraphScene::setSelection(const std::set<int> &layers)
{
    std::set<LayerId> ids;
    for (const int layer : layers)
        ids.insert(tree().layer(layer).id);
    selectLayers(std::move(ids));
}

void GraphScene::selectLayers(std::set<LayerId> layers)
{
    if (layers == m_selectedLayers)
        return;
    m_selectedLayers = std::move(layers);
    findSelected();
    update();
}

void GraphScene::findSelected()
{
    m_selection.clear();
    m_selectedCounts.assign(tree().nodes().size(), 0);
    for (const LayerId id : m_selectedLayers) {
        const int layer = tree().layerIndex(id);
        if (layer < 0)
            continue;
        m_selection.insert(layer);
        for (int at = tree().leafOf(layer); at >= 0; at = tree().node(at).parent)
            ++m_selectedCounts[std::size_t(at)];
    }
}

GraphScene::Share GraphScene::selectedShare(int node) const
{
    const int count = m_selectedCounts[std::size_t(node)];
    return count == 0 ? Share::None : std::size_t(count) == tree().node(node).layers.size() ? Share::All : Share::Part;
}

void GraphScene::setHovered(int node)
{
    if (node == m_hovered)
        return;
    m_hovered = node;
    update();
}

QString GraphScene::toolTip(int node) const
{
    const TreeNode &at = tree().node(node);
    QStringList lines{at.path};
    const BoxTexts texts = boxTexts(tree(), node);
    if (!at.isBlock)
        lines << texts.title << attributeList(tree().layer(at.layers.front()));
    else
        lines << layerCountText(int(at.layers.size()));
    lines << tr("Output: %1").arg(texts.shape);
    lines << tr("%1 parameters, %2 frozen").arg(QLocale().toString(qint64(at.parameters)), formatPercent(at.frozenShare()));
    lines << formatMultiplyAdds(at.multiplyAdds);
    lines << m_marks.explanations(node);
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

int GraphScene::search(const QString &text)
{
    const LayerQuery query(text);
    m_search = query.isEmpty() ? QString() : text;
    m_found.clear();
    m_lit.assign(tree().nodes().size(), 0);
    for (std::size_t index = 0; !query.isEmpty() && index < tree().network().layers().size(); ++index) {
        if (!query.matches(tree(), int(index)))
            continue;
        const int leaf = tree().leafOf(int(index));
        m_found.push_back(leaf);
        for (int at = leaf; at >= 0; at = tree().node(at).parent)
            m_lit[std::size_t(at)] = 1;
    }
    update();
    return int(m_found.size());
}

void GraphScene::drawBackground(QPainter *painter, const QRectF &exposed)
{
    GraphPainter(*this, *painter).paint(exposed);
}

const NodeItem *GraphScene::itemAt(const QPointF &place) const
{
    // What lies within comes after what it lies in.
    const auto &items = drawn().items;
    const auto found = std::find_if(items.rbegin(), items.rend(), [&](const NodeItem &item) { return item.clickRect().contains(place); });
    return found == items.rend() ? nullptr : &*found;
}

int GraphScene::nearest(const QPointF &place) const
{
    int best = -1;
    double least = std::numeric_limits<double>::max();
    for (const NodeItem &candidate : drawn().items) {
        const QPointF way = candidate.clickRect().center() - place;
        if (const double distance = std::hypot(way.x(), way.y()); distance < least) {
            best = candidate.node();
            least = distance;
        }
    }
    return best;
}

int GraphScene::neighbour(int node, Direction direction) const
{
    const NodeItem *start = item(node);
    if (!start)
        return layout().nodes.empty() ? -1 : layout().nodes.front().node;
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
    for (const PlacedEdge &edge : layout().edges) {
        for (const auto &[source, target] : edge.ends) {
            const bool follows = direction == Direction::Down ? source == node : direction == Direction::Up && target == node;
            const NodeItem *end = follows ? item(direction == Direction::Down ? target : source) : nullptr;
            if (end)
                offer(end->node(), std::abs(end->rect().center().x() - from.x()) + std::abs(end->rect().center().y() - from.y()));
        }
    }
    if (best >= 0)
        return best;
    for (const NodeItem &candidate : drawn().items) {
        const QPointF way = candidate.clickRect().center() - from;
        const double along = direction == Direction::Down ? way.y()
            : direction == Direction::Up                  ? -way.y()
            : direction == Direction::Right               ? way.x()
                                                          : -way.x();
        if (along > 1)
            offer(candidate.node(), along + 3 * std::abs(isUpOrDown ? way.x() : way.y()));
    }
    return best;
}

} // namespace graft
