// How the graph moves under the eye: zoom, pan, fit.
#include "graph/graphcanvas.h"

#include <QFocusEvent>
#include <QGestureEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace graft {

namespace {

constexpr double largestFit = 1.0;
constexpr double largestSelectionFit = 1.5;
constexpr double leastZoom = 0.04;
constexpr double largestZoom = 3.0;
constexpr double wheelZoom = 1.0015; ///< per eighth of a degree

/// Two fingers on a touchpad mean to move; a wheel zooms.
bool comesFromTouchpad(const QWheelEvent &event)
{
    return event.device() && event.device()->type() == QInputDevice::DeviceType::TouchPad;
}

} // namespace

void GraphCanvas::setZoom(double zoom)
{
    // A very long graph may be fitted below the usual limit.
    const double least = std::min(leastZoom, zoomToFit(m_scene->layout().bounds));
    const double wanted = std::clamp(zoom, least, largestZoom);
    setTransform(QTransform::fromScale(wanted, wanted));
    updateSceneRect();
}

void GraphCanvas::keepTopFree(int pixels)
{
    m_topMargin = margin + pixels;
}

double GraphCanvas::zoomToFit(const QRectF &part) const
{
    if (part.isEmpty())
        return largestZoom;
    return std::min((viewport()->width() - 2 * margin) / part.width(), (viewport()->height() - margin - m_topMargin) / part.height());
}

void GraphCanvas::fitTo(const QRectF &part, double largest)
{
    setZoom(std::min(zoomToFit(part), largest));
    moveTo(part.center() - QPointF(0, (m_topMargin - margin) / 2 / transform().m11()));
}

void GraphCanvas::fit()
{
    const QRectF bounds = m_scene->layout().bounds;
    if (bounds.isEmpty())
        return;
    fitTo(bounds, largestFit);
    m_followsSize = true;
}

void GraphCanvas::fitSelection()
{
    QRectF selected;
    for (const NodeItem &item : m_scene->drawn().items) {
        const GraphScene::Share share = m_scene->selectedShare(item.node());
        // Of a frame that holds more than the selection what is selected counts alone.
        if (share == GraphScene::Share::All || (share == GraphScene::Share::Part && !item.isFrame()))
            selected |= item.rect();
    }
    if (selected.isEmpty())
        return fit();
    fitTo(selected, largestSelectionFit);
    m_followsSize = false;
}

void GraphCanvas::showActualSize()
{
    zoomAt(1 / transform().m11(), viewport()->rect().center());
}

void GraphCanvas::zoom(double factor)
{
    zoomAt(factor, viewport()->rect().center());
}

void GraphCanvas::zoomAt(double factor, const QPoint &place)
{
    const QPointF before = mapToScene(place);
    setZoom(transform().m11() * factor);
    pan(place - mapFromScene(before));
    m_followsSize = false;
    Q_EMIT viewChanged();
}

void GraphCanvas::pan(const QPoint &moved)
{
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - moved.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - moved.y());
    m_followsSize = false;
}

/// The graph can be dragged until only its edge is seen.
void GraphCanvas::updateSceneRect()
{
    const double zoom = transform().m11();
    const double across = viewport()->width() / zoom, down = viewport()->height() / zoom;
    setSceneRect(m_scene->layout().bounds.adjusted(-across, -down, across, down));
}

QRectF GraphCanvas::visibleScene() const
{
    return mapToScene(viewport()->rect()).boundingRect();
}

void GraphCanvas::moveTo(const QPointF &center)
{
    centerOn(center);
    Q_EMIT viewChanged();
}

void GraphCanvas::scrollContentsBy(int dx, int dy)
{
    QGraphicsView::scrollContentsBy(dx, dy);
    Q_EMIT viewChanged();
}

void GraphCanvas::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    updateSceneRect();
    if (m_followsSize)
        fit();
}

void GraphCanvas::drawForeground(QPainter *painter, const QRectF &)
{
    if (!m_foreground)
        return;
    painter->save();
    painter->resetTransform();
    m_foreground(*painter);
    painter->restore();
}

void GraphCanvas::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    const bool zooms = event->modifiers() & Qt::ControlModifier;
    if (!zooms && comesFromTouchpad(*event)) {
        pan(event->hasPixelDelta() ? event->pixelDelta() : turned / 2);
    } else if (event->modifiers() & Qt::ShiftModifier) {
        pan(QPoint((turned.y() != 0 ? turned.y() : turned.x()) / 2, 0));
    } else if (turned.y() != 0) {
        zoomAt(std::pow(wheelZoom, turned.y()), event->position().toPoint());
    }
    event->accept();
}

bool GraphCanvas::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::Leave: m_scene->setHovered(-1); break;
    case QEvent::ToolTip: {
        const auto *help = static_cast<QHelpEvent *>(event);
        const NodeItem *hit = m_scene->itemAt(mapToScene(help->pos()));
        QToolTip::showText(help->globalPos(), hit ? m_scene->toolTip(hit->node()) : QString(), viewport());
        return true;
    }
    case QEvent::NativeGesture: {
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() != Qt::ZoomNativeGesture)
            break;
        zoomAt(1 + gesture->value(), gesture->position().toPoint());
        return true;
    }
    case QEvent::Gesture: {
        auto *gestures = static_cast<QGestureEvent *>(event);
        const auto *pinch = static_cast<QPinchGesture *>(gestures->gesture(Qt::PinchGesture));
        if (!pinch || pinch->scaleFactor() <= 0)
            break;
        zoomAt(pinch->scaleFactor(), viewport()->mapFromGlobal(pinch->centerPoint().toPoint()));
        gestures->accept();
        return true;
    }
    default: break;
    }
    return QGraphicsView::viewportEvent(event);
}

void GraphCanvas::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Space || event->isAutoRepeat())
        return QGraphicsView::keyReleaseEvent(event);
    const bool wasTap = m_hand == Hand::Ready;
    m_hand = Hand::None;
    viewport()->unsetCursor();
    if (wasTap)
        toggleFrozen();
    event->accept();
}

void GraphCanvas::focusOutEvent(QFocusEvent *event)
{
    m_hand = Hand::None;
    QGraphicsView::focusOutEvent(event);
}

} // namespace graft
