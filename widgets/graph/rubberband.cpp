#include "graph/rubberband.h"

#include "common/theme.h"
#include "graph/graphcanvas.h"

#include <QPainter>

namespace graft {

std::optional<Qt::CursorShape> RubberBand::hover(const QPointF &place, Qt::KeyboardModifiers modifiers)
{
    const bool takes = (modifiers & Qt::ShiftModifier) && !m_canvas.graph().itemAt(m_canvas.mapToScene(place.toPoint()));
    return takes ? std::optional(Qt::CrossCursor) : std::nullopt;
}

bool RubberBand::press(const QPointF &place, Qt::KeyboardModifiers modifiers)
{
    if (!hover(place, modifiers))
        return false;
    m_isActive = true;
    m_adds = modifiers & Qt::ControlModifier;
    m_from = m_to = m_canvas.mapToScene(place.toPoint());
    return true;
}

QRectF RubberBand::rect() const
{
    return QRectF(m_from, m_to).normalized();
}

void RubberBand::drag(const QPointF &place)
{
    m_to = m_canvas.mapToScene(place.toPoint());
}

void RubberBand::release(const QPointF &place)
{
    drag(place);
    m_isActive = false;
    std::set<int> layers = m_adds ? m_canvas.graph().selection() : std::set<int>();
    for (const PlacedNode &placed : m_canvas.graph().layout().nodes) {
        // A frame is selected by what lies in it.
        if (placed.isFrame || !placed.rect.intersects(rect()))
            continue;
        const std::vector<int> &within = m_canvas.graph().tree().node(placed.node).layers;
        layers.insert(within.begin(), within.end());
    }
    m_canvas.select(std::move(layers));
}

void RubberBand::paint(QPainter &painter)
{
    if (!m_isActive)
        return;
    QColor veil = accentColor();
    veil.setAlphaF(0.12f);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(accentColor(), 1));
    painter.setBrush(veil);
    painter.drawRect(QRect(m_canvas.mapFromScene(m_from), m_canvas.mapFromScene(m_to)).normalized());
}

} // namespace graft
