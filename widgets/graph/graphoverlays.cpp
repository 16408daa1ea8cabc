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
constexpr double leastShown = 4;

} // namespace

GraphMinimap::GraphMinimap(GraphCanvas &canvas, QWidget *parent) : QWidget(parent), m_canvas(canvas)
{
    setCursor(Qt::PointingHandCursor);
    hide();
    // Another selection, other colours, another graph; not another part of it.
    connect(&canvas.graph(), &QGraphicsScene::changed, this, [this] {
        m_picture = {};
        update();
    });
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

QTransform GraphMinimap::transform() const
{
    const QPointF shift = QRectF(rect()).center() - m_canvas.graph().layout().bounds.center() * scale();
    return QTransform::fromTranslate(shift.x(), shift.y()).scale(scale(), scale());
}

QPixmap GraphMinimap::picture() const
{
    QPixmap picture(size() * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paintGraphPanel(painter, rect(), palette());
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setClipRect(rect().adjusted(2, 2, -2, -2));
    const QTransform map = transform();
    const GraphScene &graph = m_canvas.graph();
    const QColor ink = palette().color(QPalette::Text), ground = palette().color(QPalette::Window);
    // What an overlay leaves without a colour is seen all the same.
    const auto shadeOf = [&](const QColor &fill) { return fill == palette().color(QPalette::Base) ? blend(ground, ink, 0.25) : fill; };
    for (const PlacedNode &placed : graph.layout().nodes) {
        const TreeNode &node = graph.tree().node(placed.node);
        const double share = graph.marks().frozenShare(placed.node);
        const QColor state = share >= 0.5 ? frozenColor() : node.parameters > 0 ? trainableColor() : ink;
        const bool isSelected = !placed.isFrame && graph.selectedShare(placed.node) != GraphScene::Share::None;
        const QColor color = isSelected ? accentColor()
            : placed.isFrame            ? blend(ground, ink, 0.07 + 0.04 * placed.depth)
            : graph.marks().isColored() ? shadeOf(graph.marks().fill(placed.node))
                                        : blend(ground, state, node.parameters > 0 ? 0.65 : 0.35);
        QRectF box = map.mapRect(placed.rect);
        box.setSize(box.size().expandedTo(QSizeF(1, 1)));
        painter.fillRect(box, color);
    }
    return picture;
}

void GraphMinimap::paintEvent(QPaintEvent *)
{
    if (m_picture.isNull() || m_picture.size() != size() * devicePixelRatioF())
        m_picture = picture();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    const QTransform map = transform();
    const QRectF inner = QRectF(rect()).adjusted(minimapPadding / 2, minimapPadding / 2, -minimapPadding / 2, -minimapPadding / 2);
    QColor veil = accentColor();
    veil.setAlphaF(0.12f);
    painter.setBrush(veil);
    painter.setPen(QPen(accentColor(), 1.4));
    // Of a long graph what shows may be less than a pixel.
    QRectF shown = map.mapRect(m_canvas.visibleScene());
    if (shown.height() < leastShown)
        shown.adjust(0, (shown.height() - leastShown) / 2, 0, (leastShown - shown.height()) / 2);
    painter.drawRect(shown.intersected(inner));
}

void GraphMinimap::goTo(const QPointF &place)
{
    m_canvas.moveTo(transform().inverted().map(place));
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
