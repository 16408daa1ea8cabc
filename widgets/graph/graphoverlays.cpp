#include "graph/graphoverlays.h"

#include "common/theme.h"
#include "graph/graphcanvas.h"
#include "graph/overlaylegend.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace graft {

namespace {

constexpr QSizeF largestMinimap(150, 190);
constexpr double minimapPadding = 6;

} // namespace

GraphMinimap::GraphMinimap(GraphCanvas &canvas, QWidget *parent) : QWidget(parent), m_canvas(canvas)
{
    setCursor(Qt::PointingHandCursor);
    hide();
}

double GraphMinimap::scale() const
{
    const QSizeF graph = m_canvas.graph().layout().bounds.size();
    return std::min(largestMinimap.width() / std::max(1.0, graph.width()), largestMinimap.height() / std::max(1.0, graph.height()));
}

QSize GraphMinimap::sizeHint() const
{
    const QSizeF graph = m_canvas.graph().layout().bounds.size() * scale();
    return QSizeF(std::max(30.0, graph.width()) + 2 * minimapPadding, std::max(30.0, graph.height()) + 2 * minimapPadding).toSize();
}

void GraphMinimap::follow()
{
    const QRectF bounds = m_canvas.graph().layout().bounds;
    setVisible(!bounds.isEmpty() && !m_canvas.visibleScene().contains(bounds));
    update();
}

void GraphMinimap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintGraphPanel(painter, rect(), palette());
    const QRectF bounds = m_canvas.graph().layout().bounds;
    const double zoom = scale();
    painter.setClipRect(rect().adjusted(2, 2, -2, -2));
    painter.translate(QRectF(rect()).center() - bounds.center() * zoom);
    painter.setPen(Qt::NoPen);
    const QColor ink = palette().color(QPalette::Text), ground = palette().color(QPalette::Window);
    const GraphMarks &marks = m_canvas.graph().marks();
    // What an overlay leaves without a colour is seen all the same.
    const auto shadeOf = [&](const QColor &fill) { return fill == palette().color(QPalette::Base) ? blend(ground, ink, 0.25) : fill; };
    for (const PlacedNode &placed : m_canvas.graph().layout().nodes) {
        const TreeNode &node = m_canvas.graph().tree().node(placed.node);
        const QColor state = node.frozenShare() >= 0.5 ? frozenColor() : node.parameters > 0 ? trainableColor() : ink;
        const QColor color = marks.isColored() && !placed.isFrame ? shadeOf(marks.fill(placed.node))
            : placed.isFrame                                      ? blend(ground, ink, 0.07 + 0.04 * placed.depth)
                                                                  : blend(ground, state, node.parameters > 0 ? 0.65 : 0.35);
        const bool isSelected = !placed.isFrame && m_canvas.graph().selectedShare(placed.node) != GraphScene::Share::None;
        const QRectF box(placed.rect.topLeft() * zoom, (placed.rect.size() * zoom).expandedTo(QSizeF(1, 1)));
        painter.fillRect(box, isSelected ? accentColor() : color);
    }
    const QRectF shown = m_canvas.visibleScene();
    QColor veil = accentColor();
    veil.setAlphaF(0.12f);
    painter.setBrush(veil);
    painter.setPen(QPen(accentColor(), 1.4));
    const QRectF clipped
        = shown.intersected(bounds.adjusted(-minimapPadding / zoom, -minimapPadding / zoom, minimapPadding / zoom, minimapPadding / zoom));
    painter.drawRect(QRectF(clipped.topLeft() * zoom, clipped.size() * zoom).adjusted(2, 2, -2, -2));
}

void GraphMinimap::goTo(const QPointF &place)
{
    const QRectF bounds = m_canvas.graph().layout().bounds;
    m_canvas.moveTo(bounds.center() + (place - QRectF(rect()).center()) / scale());
}

void GraphMinimap::mousePressEvent(QMouseEvent *event)
{
    goTo(event->position());
}

void GraphMinimap::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        goTo(event->position());
}

} // namespace graft
