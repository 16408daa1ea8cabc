#include "graph/graphscene.h"

#include "common/text.h"
#include "graph/graphpainter.h"
#include "graph/layerquery.h"
#include "graph/layertext.h"
#include "graph/treechanges.h"

#include <QGraphicsView>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace graft {

namespace {

constexpr int mostDrawnAtOnce = 160; ///< boxes that are drawn in a few milliseconds, sooner than a worker's answer would be seen
constexpr std::size_t mostGliding = 1500; ///< boxes; more take too long a frame

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
    m_marks.setGraph(*m_drawn);
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this, [this](const QVariant &progress) {
        if (m_transition)
            m_transition->setProgress(progress.toDouble());
        repaintViews();
    });
    connect(&m_animation, &QVariantAnimation::finished, this, [this] {
        m_transition.reset();
        repaintViews();
    });
    connect(&m_layouter, &GraphLayouter::finished, this, &GraphScene::show);
}

void GraphScene::setTree(BlockTree tree)
{
    const auto next = std::make_shared<const BlockTree>(std::move(tree));
    const auto before = std::exchange(m_wanted.tree, next);
    m_classifier = classifierLayer(next->network());
    if (!before->nodes().empty() && next->hasSameTopology(*before)) {
        const auto redrawn = isBehind() ? nullptr : m_layouter.redraw(*m_drawn, next);
        if (redrawn)
            show(redrawn);
        else
            draw();
        return;
    }
    if (isEditOf(*before, *next)) {
        m_wanted.unfolded = carriedUnfolded(*before, m_wanted.unfolded, *next);
        std::erase_if(m_selectedLayers, [&next](LayerId layer) { return next->layerIndex(layer) < 0; });
    } else {
        m_wanted.unfolded = initiallyUnfolded(*next);
        m_selectedLayers.clear();
    }
    findSelected();
    draw();
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
    if (!isBehind())
        return node;
    const std::shared_ptr<const BlockTree> before = m_drawn->tree;
    show(m_layouter.drawNow(m_wanted));
    return carriedNode(*before, node, tree());
}

void GraphScene::show(const std::shared_ptr<const DrawnGraph> &drawn)
{
    Q_EMIT redrawing(*drawn);
    if (drawn->tree != m_drawn->tree || drawn->items.size() != m_drawn->items.size())
        m_hovered = -1;
    m_animation.stop();
    m_transition.reset();
    m_before = std::exchange(m_drawn, drawn);
    m_marks.setGraph(*m_drawn);
    ++m_revision;
    findSelected();
    search(m_search);
    Q_EMIT redrawn();
    m_before.reset();
    repaintViews();
}

void GraphScene::repaintViews()
{
    for (QGraphicsView *view : views())
        view->viewport()->update();
    Q_EMIT changed({}); // the minimap listens
}

void GraphScene::glide(const QPointF &shift, int milliseconds)
{
    if (!m_before || milliseconds <= 0 || std::max(m_before->items.size(), m_drawn->items.size()) > mostGliding)
        return;
    m_transition = std::make_unique<GraphTransition>(m_before, m_drawn, shift);
    m_animation.setDuration(milliseconds);
    m_animation.start();
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
    repaintViews();
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
    repaintViews();
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
    repaintViews();
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
