#include "graph/freezeline.h"

#include "common/icons.h"
#include "common/theme.h"
#include "graph/graphcanvas.h"
#include "graph/overlayscale.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <algorithm>

namespace graft {

namespace {

constexpr double handleHeight = 24;
constexpr double iconSide = 14;
constexpr double handlePadding = 8;
constexpr double fromGraph = 18; ///< between the handle and the graph
constexpr double fromEdge = 6;
constexpr double beyondGraph = 24; ///< how far the line goes on to the right
constexpr double lineReach = 4;

QString translated(const char *text)
{
    return QCoreApplication::translate("graft::FreezeLine", text);
}

QFont handleFont(const QWidget &widget)
{
    QFont font = widget.font();
    font.setPixelSize(12);
    return font;
}

} // namespace

FreezeLine::FreezeLine(GraphCanvas &canvas, Request request) : m_canvas(canvas), m_request(std::move(request)) { }

/// The graph may have changed since the last look.
void FreezeLine::follow()
{
    const GraphScene &graph = m_canvas.graph();
    if (m_revision == graph.revision())
        return;
    m_revision = graph.revision();
    m_stops = FreezeStops(graph.drawn());
    m_place = m_stops.place();
    const std::vector<Layer> &layers = graph.tree().network().layers();
    m_frozenCount = int(std::count_if(layers.begin(), layers.end(), [](const Layer &layer) { return layer.frozen; }));
    m_dragged = std::min(m_dragged, m_stops.count() - 1);
}

double FreezeLine::lineY() const
{
    return m_canvas.mapFromScene(QPointF(0, m_stops.y(m_dragged >= 0 ? m_dragged : m_place.stop))).y();
}

QString FreezeLine::text() const
{
    const QLocale locale;
    const QString all = locale.toString(int(m_canvas.graph().tree().network().layers().size()));
    if (m_dragged >= 0)
        return translated(QT_TRANSLATE_NOOP("graft::FreezeLine", "freezes %1 of %2 layers")).arg(locale.toString(m_frozenCount), all);
    if (m_place.isExact)
        return {};
    return translated(QT_TRANSLATE_NOOP("graft::FreezeLine", "mixed: %1 of %2")).arg(locale.toString(m_frozenCount), all);
}

QRectF FreezeLine::handle()
{
    follow();
    if (m_stops.count() == 0)
        return {};
    const QString words = text();
    const double width
        = 2 * handlePadding + iconSide + (words.isEmpty() ? 0 : 6 + QFontMetricsF(handleFont(m_canvas)).horizontalAdvance(words));
    const double graphLeft = m_canvas.mapFromScene(m_canvas.graph().layout().bounds.topLeft()).x();
    const double bottom = m_canvas.viewport()->height() - fromEdge - handleHeight;
    const double right = std::max(fromEdge, m_canvas.viewport()->width() - fromEdge - width);
    QRectF rect(std::clamp(graphLeft - fromGraph - width, fromEdge, right),
        std::clamp(lineY() - handleHeight / 2, m_top, std::max(m_top, bottom)), width, handleHeight);
    if (rect.intersects(m_obstacle))
        rect.moveLeft(m_obstacle.right() + fromEdge);
    return rect;
}

bool FreezeLine::takes(const QPointF &place)
{
    const QRectF rect = handle();
    if (rect.isEmpty() || rect.adjusted(-2, -2, 2, 2).contains(place))
        return !rect.isEmpty();
    const double right = m_canvas.mapFromScene(m_canvas.graph().layout().bounds.topRight()).x() + beyondGraph;
    return std::abs(place.y() - lineY()) <= lineReach && place.x() >= rect.left() && place.x() <= right
        && !m_canvas.graph().itemAt(m_canvas.mapToScene(place.toPoint()));
}

std::optional<Qt::CursorShape> FreezeLine::hover(const QPointF &place, Qt::KeyboardModifiers)
{
    m_isHovered = takes(place);
    return m_isHovered ? std::optional(Qt::SizeVerCursor) : std::nullopt;
}

QString FreezeLine::tip(const QPointF &) const
{
    return m_place.isExact
        ? translated(QT_TRANSLATE_NOOP("graft::FreezeLine", "Freeze line: drag it; all above is frozen (Ctrl+Shift+Up, Ctrl+Shift+Down)"))
        : translated(QT_TRANSLATE_NOOP("graft::FreezeLine",
            "Freeze line: layers below it are frozen as well. Drag it, and exactly what lies above is frozen (Ctrl+Shift+Up, "
            "Ctrl+Shift+Down)"));
}

bool FreezeLine::press(const QPointF &place, Qt::KeyboardModifiers modifiers)
{
    if (modifiers != Qt::NoModifier || !takes(place))
        return false;
    m_dragged = m_place.stop;
    return true;
}

void FreezeLine::drag(const QPointF &place)
{
    follow();
    const int stop = m_stops.count() == 0 ? -1 : m_stops.nearest(m_canvas.mapToScene(place.toPoint()).y());
    if (stop < 0 || (stop == m_dragged && m_hasPreview))
        return;
    m_dragged = stop;
    m_hasPreview = true;
    const std::vector<bool> frozen = m_stops.frozen(stop);
    m_frozenCount = int(std::count(frozen.begin(), frozen.end(), true));
    m_canvas.graph().marks().setFreezePreview(frozen);
}

void FreezeLine::release(const QPointF &)
{
    const int stop = m_dragged;
    const bool hasMoved = stop >= 0 && (stop != m_place.stop || !m_place.isExact);
    const std::vector<bool> frozen = hasMoved ? m_stops.frozen(stop) : std::vector<bool>();
    endDrag();
    if (hasMoved)
        request(frozen);
}

void FreezeLine::cancel()
{
    endDrag();
}

void FreezeLine::endDrag()
{
    m_dragged = -1;
    m_hasPreview = false;
    m_revision = -1;
    m_canvas.graph().marks().setFreezePreview(std::nullopt);
}

void FreezeLine::moveByRow(int step)
{
    follow();
    const int stop = m_stops.count() == 0 ? m_place.stop : m_stops.next(m_place.stop, step);
    if (stop != m_place.stop)
        request(m_stops.frozen(stop));
}

void FreezeLine::request(const std::vector<bool> &frozen)
{
    std::vector<LayerId> layers;
    for (std::size_t layer = 0; layer < frozen.size(); ++layer) {
        if (frozen[layer])
            layers.push_back(m_canvas.graph().tree().layer(int(layer)).id);
    }
    m_request(layers);
}

void FreezeLine::paint(QPainter &painter)
{
    const QRectF rect = handle();
    if (rect.isEmpty())
        return;
    const bool isActive = m_isHovered || m_dragged >= 0;
    const bool isMixed = !m_place.isExact && m_dragged < 0;
    const QColor color = frozenColor();
    const double y = std::round(lineY()), right = m_canvas.mapFromScene(m_canvas.graph().layout().bounds.topRight()).x() + beyondGraph;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, isActive ? 2.5 : 1.5, isMixed ? Qt::DashLine : Qt::SolidLine));
    painter.drawLine(QPointF(rect.right(), y), QPointF(right, y));
    const QColor ground = isActive ? color : m_canvas.palette().color(QPalette::Base);
    const QColor ink = isActive ? inkOn(color) : color;
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(ground);
    painter.drawRoundedRect(rect, handleHeight / 2, handleHeight / 2);
    const QPointF corner(rect.left() + handlePadding, rect.center().y() - iconSide / 2);
    icon(QStringLiteral("freeze"), ink).paint(&painter, QRectF(corner, QSizeF(iconSide, iconSide)).toRect());
    painter.setFont(handleFont(m_canvas));
    painter.setPen(ink);
    painter.drawText(rect.adjusted(handlePadding + iconSide + 6, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
}

} // namespace graft
