#include "graph/graphcanvas.h"

#include "graph/edits.h"
#include "graph/treechanges.h"

#include <QAccessible>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace graft {

namespace {

constexpr double leastReadingZoom = 0.85;
constexpr double largestPictureSide = 16384;
constexpr int longestGlide = 170; ///< milliseconds

/// Stays on the screen while its box becomes a frame or the other way round.
QPointF anchorOf(const NodeItem &item)
{
    return item.rect().topLeft() + QPointF(20, 0);
}

} // namespace

GraphCanvas::GraphCanvas(QWidget *parent) : QGraphicsView(parent), m_scene(new GraphScene(this))
{
    setScene(m_scene);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(AnchorViewCenter);
    setViewportUpdateMode(FullViewportUpdate);
    setOptimizationFlag(DontSavePainterState);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->grabGesture(Qt::PinchGesture);
    setBackgroundRole(QPalette::Base);
    connect(m_scene, &GraphScene::redrawing, this, &GraphCanvas::beforeRedrawing);
    connect(m_scene, &GraphScene::redrawn, this, &GraphCanvas::afterRedrawing);
}

void GraphCanvas::setTree(BlockTree tree)
{
    m_scene->setTree(std::move(tree));
}

void GraphCanvas::rebuild()
{
    m_scene->rebuild();
}

void GraphCanvas::beforeRedrawing(const DrawnGraph &next)
{
    const DrawnGraph &now = m_scene->drawn();
    m_anchorPlace.reset();
    if (!isEditOf(*now.tree, *next.tree)) {
        m_current = -1;
        m_followsSize = true;
        return;
    }
    if (next.tree != now.tree) {
        m_current = carriedNode(*now.tree, m_current, *next.tree);
        m_then = m_then == Then::Stay && !next.tree->hasSameTopology(*now.tree) ? Then::KeepAnchor : m_then;
    }
    if (m_then != Then::KeepAnchor)
        return;
    if (!now.item(m_anchor))
        m_anchor = anchorIn(next);
    if (const NodeItem *anchor = now.item(m_anchor)) {
        m_anchorPlace = {anchorOf(*anchor), QPointF(mapFromScene(anchorOf(*anchor)))};
        m_anchor = carriedNode(*now.tree, m_anchor, *next.tree);
        if (m_anchor > 0 && !next.item(m_anchor) && next.tree->node(m_anchor).isRun)
            m_anchor = next.tree->node(m_anchor).children.front();
        m_anchor = next.shown(m_anchor);
    }
}

/// What is nearest to the middle of the view and will still be there.
int GraphCanvas::anchorIn(const DrawnGraph &next) const
{
    const DrawnGraph &now = m_scene->drawn();
    const QPointF middle = visibleScene().center();
    int best = -1;
    double least = std::numeric_limits<double>::max();
    for (const NodeItem &item : now.items) {
        const QPointF way = anchorOf(item) - middle;
        const double distance = std::hypot(way.x(), way.y());
        if (distance < least && next.item(carriedNode(*now.tree, item.node(), *next.tree))) {
            best = item.node();
            least = distance;
        }
    }
    return best;
}

void GraphCanvas::afterRedrawing()
{
    const DrawnGraph &now = m_scene->drawn();
    if (m_current > 0)
        m_current = now.shown(m_current);
    updateSceneRect();
    const Then then = std::exchange(m_then, Then::Stay);
    const NodeItem *anchor = m_anchorPlace ? now.item(m_anchor) : nullptr;
    m_anchor = -1;
    if (then == Then::ShowLayer) {
        bringIntoView(m_shownLayer);
    } else if (anchor) {
        const QPointF moved = mapFromScene(anchorOf(*anchor)) - m_anchorPlace->second;
        const bool followed = m_followsSize;
        pan(-moved.toPoint());
        m_followsSize = followed;
        const int animation = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this);
        m_scene->glide(anchorOf(*anchor) - m_anchorPlace->first, std::min(animation, longestGlide));
    } else if (then == Then::Fit || m_followsSize) {
        fit();
    }
    Q_EMIT viewChanged();
}

std::vector<LayerId> GraphCanvas::idsOf(const std::set<int> &layers) const
{
    std::vector<LayerId> ids;
    for (const int layer : layers)
        ids.push_back(m_scene->tree().layer(layer).id);
    return ids;
}

void GraphCanvas::setSelection(const std::vector<LayerId> &layers)
{
    const std::set<LayerId> wanted(layers.begin(), layers.end());
    if (wanted == m_scene->selectedLayers())
        return;
    m_scene->selectLayers(wanted);
    const std::set<int> &indices = m_scene->selection();
    if (indices.empty())
        return;
    m_current = m_scene->drawn().shown(m_scene->tree().leafOf(*indices.begin()));
    if (const NodeItem *shown = m_scene->item(m_current); shown && !visibleScene().intersects(shown->clickRect()))
        moveTo(shown->clickRect().center());
}

std::vector<LayerId> GraphCanvas::selection() const
{
    return idsOf(m_scene->selection());
}

void GraphCanvas::select(std::set<int> layers)
{
    if (layers == m_scene->selection())
        return;
    m_scene->setSelection(layers);
    const TreeNode *node = m_current > 0 ? &m_scene->tree().node(m_current) : nullptr;
    const QString what = node ? boxTexts(m_scene->tree(), m_current).title + QLatin1Char(' ') + node->path : QString();
    setAccessibleDescription(node && node->frozenShare() >= 1 ? tr("%1, frozen").arg(what) : what);
    Q_EMIT selectionChanged(selection());
}

void GraphCanvas::selectNode(int node)
{
    if (std::size_t(node) >= m_scene->tree().nodes().size())
        return;
    m_current = node;
    const std::vector<int> &layers = m_scene->tree().node(node).layers;
    select({layers.begin(), layers.end()});
}

void GraphCanvas::click(int node, Qt::KeyboardModifiers modifiers)
{
    const BlockTree &tree = m_scene->tree();
    if ((modifiers & Qt::ShiftModifier) && m_current > 0) {
        const int first = std::min(tree.node(m_current).layers.front(), tree.node(node).layers.front());
        const int last = std::max(tree.node(m_current).layers.back(), tree.node(node).layers.back());
        std::set<int> range;
        for (int layer = first; layer <= last; ++layer)
            range.insert(range.end(), layer);
        select(std::move(range));
        return;
    }
    if (!(modifiers & Qt::ControlModifier)) {
        selectNode(node);
        return;
    }
    std::set<int> layers = m_scene->selection();
    const bool wasSelected = m_scene->selectedShare(node) == GraphScene::Share::All;
    for (const int layer : tree.node(node).layers) {
        if (wasSelected)
            layers.erase(layer);
        else
            layers.insert(layer);
    }
    m_current = node;
    select(std::move(layers));
}

void GraphCanvas::toggle(int node)
{
    node = m_scene->catchUp(node);
    if (node < 0)
        return;
    std::set<int> unfolded = m_scene->unfolded();
    if (!unfolded.erase(node))
        unfolded.insert(node);
    // An unfolded run has no frame; what folds into it stands for it.
    const int anchor = m_scene->item(node) ? node : m_scene->tree().runOf(m_current) == node ? m_current : -1;
    changeFolding(std::move(unfolded), anchor);
}

/// Keeps the upper edge of the anchor where it is on the screen; without one, of what is nearest to the middle.
void GraphCanvas::changeFolding(std::set<int> unfolded, int anchor)
{
    if (m_scene->newestTree().nodes().empty())
        return;
    m_followsSize = false;
    m_then = Then::KeepAnchor;
    m_anchor = anchor;
    m_scene->setUnfolded(std::move(unfolded));
}

void GraphCanvas::unfoldAll()
{
    const std::vector<TreeNode> &nodes = m_scene->newestTree().nodes();
    std::set<int> all;
    for (std::size_t node = 1; node < nodes.size(); ++node) {
        if (nodes[node].isBlock)
            all.insert(all.end(), int(node));
    }
    changeFolding(std::move(all), m_current);
}

void GraphCanvas::foldAll()
{
    m_then = Then::Fit;
    m_scene->setUnfolded(initiallyUnfolded(m_scene->newestTree()));
}

void GraphCanvas::showLayer(LayerId layer)
{
    const BlockTree &tree = m_scene->newestTree();
    const int index = tree.layerIndex(layer);
    if (index < 0)
        return;
    m_followsSize = false;
    m_then = Then::ShowLayer;
    m_shownLayer = layer;
    if (m_scene->reveal(tree.leafOf(index)) || m_scene->isBehind())
        return;
    m_then = Then::Stay;
    bringIntoView(layer);
}

void GraphCanvas::bringIntoView(LayerId layer)
{
    const int index = m_scene->tree().layerIndex(layer);
    if (transform().m11() < leastReadingZoom)
        setZoom(leastReadingZoom);
    if (const NodeItem *shown = index < 0 ? nullptr : m_scene->item(m_scene->tree().leafOf(index)))
        moveTo(shown->rect().center());
}

int GraphCanvas::search(const QString &text)
{
    return m_scene->search(text);
}

void GraphCanvas::showFound(int index)
{
    const std::vector<int> &found = m_scene->found();
    if (index < 0 || std::size_t(index) >= found.size())
        return;
    const int leaf = found[std::size_t(index)];
    showLayer(m_scene->tree().layer(m_scene->tree().node(leaf).layers.front()).id);
    selectNode(leaf);
}

QImage GraphCanvas::grabGraph(double scale)
{
    m_scene->catchUp();
    const QRectF bounds = m_scene->layout().bounds.adjusted(-margin, -margin, margin, margin);
    const double fitting = std::min({scale, largestPictureSide / bounds.width(), largestPictureSide / bounds.height()});
    QImage image((bounds.size() * fitting).toSize().expandedTo(QSize(1, 1)), QImage::Format_ARGB32_Premultiplied);
    image.fill(palette().color(QPalette::Base));
    QPainter painter(&image);
    m_scene->render(&painter, QRectF(image.rect()), bounds);
    return image;
}

std::vector<LayerId> GraphCanvas::layersBefore(int node) const
{
    const BlockTree &tree = m_scene->tree();
    const std::vector<int> &within = tree.node(node).layers;
    std::set<int> before;
    for (const int layer : within) {
        for (const LayerId id : ancestors(tree.network(), tree.layer(layer).id))
            before.insert(tree.layerIndex(id));
    }
    for (const int layer : within)
        before.erase(layer);
    return idsOf(before);
}

} // namespace graft
