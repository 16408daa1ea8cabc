// Which parts of the graph are painted, and in which order; graphpainter.cpp paints each.
#include "graph/graphpainter.h"
#include "graph/graphscene.h"

#include <algorithm>

namespace graft {

namespace {

constexpr double leastNamed = 44; ///< pixels: a lower frame has no room for a name
constexpr std::ptrdiff_t mostRounded = 200; ///< boxes with smooth corners and hatching in a frame's time
constexpr std::ptrdiff_t mostRead = 500; ///< boxes whose letters anybody reads at a time
constexpr std::size_t mostNames = 60;
constexpr double belowTools = 46; ///< pixels: the view's tools lie over its upper edge

} // namespace

void GraphPainter::paint(const QRectF &exposed)
{
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing, m_zoom >= speckZoom);
    if (m_graph.transition())
        paintGliding(exposed);
    else
        paintStill(exposed);
    m_painter.restore();
}

void GraphPainter::paintStill(const QRectF &exposed)
{
    const DrawnGraph &drawn = m_graph.drawn();
    constexpr double reach = 6; // of outlines beyond their boxes
    const QRectF touched = exposed.adjusted(-reach, -reach, reach, reach);
    for (const NodeItem &item : drawn.items) {
        if (item.isFrame() && item.rect().intersects(touched))
            paintFrame(item);
    }
    const auto isShown = [&touched](const NodeItem &item) { return !item.isFrame() && item.rect().intersects(touched); };
    const bool mayLeaveOut = m_purpose == Purpose::Screen && m_zoom < nearZoom;
    const auto shown = mayLeaveOut ? std::count_if(drawn.items.begin(), drawn.items.end(), isShown) : 0;
    m_isCrowded = shown > mostRounded;
    m_isUnreadable = shown > mostRead;
    if (m_zoom >= edgeZoom) {
        for (const EdgeItem &item : drawn.edges) {
            if (item.bounds.intersects(exposed))
                paintEdge(item);
        }
    }
    for (const NodeItem &item : drawn.items) {
        if (isShown(item))
            paintBox(item);
    }
    if (m_zoom < farZoom)
        paintNames();
}

void GraphPainter::paintGliding(const QRectF &exposed)
{
    const GraphTransition &transition = *m_graph.transition();
    const DrawnGraph &drawn = m_graph.drawn();
    const auto paintItems = [&](bool frames) {
        for (std::size_t index = 0; index < drawn.items.size(); ++index) {
            const NodeItem &item = drawn.items[index];
            const GraphTransition::Pose pose = item.isFrame() == frames ? transition.pose(index) : GraphTransition::Pose();
            if (pose.rect.intersects(exposed))
                paintAt(item, pose);
        }
    };
    paintItems(true);
    for (const EdgeItem &edge : drawn.edges) {
        if (edge.placed.ends.empty())
            continue;
        const auto [from, to] = edge.placed.ends.front();
        PlacedEdge moved = edge.placed;
        const QPointF start = transition.offset(from), end = transition.offset(to);
        for (qsizetype point = 0; point < moved.route.size(); ++point)
            moved.route[point] += start + (end - start) * (double(point) / double(std::max<qsizetype>(1, moved.route.size() - 1)));
        if (!moved.route.boundingRect().intersects(exposed))
            continue;
        m_opacity = transition.wasThere(edge.placed) ? 1 : transition.progress();
        paintEdge(EdgeItem(std::move(moved)));
        m_opacity = 1;
    }
    paintItems(false);
    // What goes shrinks as it is, above what takes its place.
    for (std::size_t index = 0; index < transition.leaving().size(); ++index) {
        const GraphTransition::Pose pose = transition.leavingPose(index);
        if (pose.rect.intersects(exposed))
            paintLeaving(transition.leaving()[index], pose);
    }
}

/// What grows out of its block is painted as it will be, only smaller; what was there before keeps its letters' size.
void GraphPainter::paintAt(const NodeItem &item, const GraphTransition::Pose &pose)
{
    m_opacity = pose.opacity;
    m_painter.save();
    const bool isGrowing = pose.opacity < 1;
    if (isGrowing) {
        m_painter.translate(pose.rect.topLeft());
        m_painter.scale(pose.rect.width() / item.rect().width(), pose.rect.height() / item.rect().height());
        m_painter.translate(-item.rect().topLeft());
    }
    const NodeItem &painted = isGrowing ? item : item.movedTo(pose.rect);
    if (item.isFrame())
        paintFrame(painted);
    else
        paintBox(painted);
    m_painter.restore();
    m_opacity = 1;
}

/// In plain colour: its node may not be in the tree any more.
void GraphPainter::paintLeaving(const NodeItem &item, const GraphTransition::Pose &pose)
{
    m_painter.setOpacity(pose.opacity * (item.isFrame() ? 0.35 : 0.8));
    m_painter.setPen(QPen(m_border, 1.1));
    m_painter.setBrush(item.isFrame() ? Qt::NoBrush : QBrush(m_ground));
    m_painter.drawRoundedRect(pose.rect, 7, 7);
}

/// The names of blocks, in letters that stay readable, where they find room: the largest blocks first. A frame's name stays in sight while
/// any of the frame does.
void GraphPainter::paintNames()
{
    const QTransform toScreen = m_painter.worldTransform();
    // All of the window, so that names stand in the same places when a part of it is painted anew.
    const QRectF screen(m_painter.window());
    const QRectF shown = toScreen.inverted().mapRect(screen);
    std::vector<std::pair<std::size_t, const NodeItem *>> named;
    for (const NodeItem &item : m_graph.drawn().items) {
        if (item.isBlock() && item.rect().intersects(shown) && (!item.isFrame() || item.rect().height() * m_zoom >= leastNamed))
            named.emplace_back(treeNode(item).layers.size(), &item);
    }
    std::stable_sort(named.begin(), named.end(), [](const auto &one, const auto &two) { return one.first > two.first; });
    QFont font = m_fonts.title;
    font.setPixelSize(12);
    const QFontMetricsF metrics(font);
    std::vector<QRectF> taken;
    m_painter.save();
    m_painter.resetTransform();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setFont(font);
    for (const auto &[layers, item] : named) {
        if (taken.size() >= mostNames)
            break;
        const QRectF rect = toScreen.mapRect(item->rect());
        QRectF plate(0, 0, metrics.horizontalAdvance(item->texts().title) + 12, metrics.height() + 4);
        plate.moveCenter(rect.center());
        if (item->isFrame())
            plate.moveTop(
                std::clamp(screen.top() + belowTools, rect.top() + 2, std::max(rect.top() + 2, rect.bottom() - plate.height() - 2)));
        const auto collides = [&plate](const QRectF &other) { return other.adjusted(-3, -3, 3, 3).intersects(plate); };
        if (std::any_of(taken.begin(), taken.end(), collides))
            continue;
        taken.push_back(plate);
        m_painter.setOpacity(isDimmed(item->node()) ? 0.4 : 1);
        m_painter.setPen(QPen(m_border, 1));
        m_painter.setBrush(m_ground);
        m_painter.drawRoundedRect(plate, 4, 4);
        m_painter.setPen(m_ink);
        m_painter.drawText(plate, Qt::AlignCenter, item->texts().title);
    }
    m_painter.restore();
}

} // namespace graft
