#include "graph/graphgestures.h"

#include "graph/graphcanvas.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>

namespace graft {

namespace {

constexpr int edgeInterval = 30; ///< milliseconds
constexpr double edgeReach = 28; ///< pixels within which the graph moves along
constexpr double edgeSpeed = 0.5; ///< pixels a step for each pixel beyond

} // namespace

GraphGestures::GraphGestures(GraphCanvas &canvas) : QObject(&canvas), m_canvas(canvas)
{
    canvas.viewport()->installEventFilter(this);
    canvas.installEventFilter(this);
    canvas.setForeground([this](QPainter &painter) { paint(painter); });
    m_edgeTimer.setInterval(edgeInterval);
    connect(&m_edgeTimer, &QTimer::timeout, this, &GraphGestures::scrollAtEdge);
}

GraphGestures::~GraphGestures() = default;

void GraphGestures::add(std::unique_ptr<GraphGesture> gesture)
{
    m_gestures.push_back(std::move(gesture));
}

bool GraphGestures::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_canvas) {
        const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
        if (!m_active || !isKey || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape)
            return false;
        event->accept();
        if (event->type() == QEvent::KeyPress)
            cancel();
        return true;
    }
    switch (event->type()) {
    case QEvent::MouseButtonPress: return press(*static_cast<QMouseEvent *>(event));
    case QEvent::MouseMove: return move(*static_cast<QMouseEvent *>(event));
    case QEvent::MouseButtonRelease: return release(*static_cast<QMouseEvent *>(event));
    case QEvent::MouseButtonDblClick: return m_active != nullptr || press(*static_cast<QMouseEvent *>(event));
    case QEvent::Leave: hover(nullptr); return false;
    case QEvent::ToolTip: {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = m_hovered ? m_hovered->tip(help->pos()) : QString();
        if (!tip.isEmpty())
            QToolTip::showText(help->globalPos(), tip, m_canvas.viewport());
        return !tip.isEmpty();
    }
    default: return false;
    }
}

bool GraphGestures::press(const QMouseEvent &event)
{
    if (m_active)
        return true;
    if (event.button() != Qt::LeftButton || m_canvas.holdsHand())
        return false;
    m_place = event.position();
    for (const auto &gesture : m_gestures) {
        if (!gesture->press(m_place, event.modifiers()))
            continue;
        m_active = gesture.get();
        m_edgeTimer.start();
        m_canvas.setFocus(Qt::MouseFocusReason);
        m_canvas.viewport()->update();
        return true;
    }
    return false;
}

bool GraphGestures::move(const QMouseEvent &event)
{
    m_place = event.position();
    if (m_active) {
        m_active->drag(m_place);
        m_canvas.viewport()->update();
        return true;
    }
    if (event.buttons() != Qt::NoButton || m_canvas.holdsHand())
        return false;
    for (const auto &gesture : m_gestures) {
        const std::optional<Qt::CursorShape> cursor = gesture->hover(m_place, event.modifiers());
        if (!cursor)
            continue;
        hover(gesture.get());
        m_canvas.viewport()->setCursor(*cursor);
        return true;
    }
    hover(nullptr);
    return false;
}

bool GraphGestures::release(const QMouseEvent &event)
{
    if (!m_active)
        return false;
    if (event.button() != Qt::LeftButton)
        return true;
    m_edgeTimer.stop();
    GraphGesture *ended = std::exchange(m_active, nullptr);
    ended->release(event.position());
    m_canvas.viewport()->update();
    return true;
}

void GraphGestures::cancel()
{
    m_edgeTimer.stop();
    std::exchange(m_active, nullptr)->cancel();
    m_canvas.viewport()->update();
}

void GraphGestures::hover(GraphGesture *gesture)
{
    if (m_hovered == gesture)
        return;
    if (m_hovered)
        m_hovered->leave();
    m_hovered = gesture;
    m_canvas.viewport()->update();
}

void GraphGestures::scrollAtEdge()
{
    const QRectF inner = QRectF(m_canvas.viewport()->rect()).adjusted(edgeReach, edgeReach, -edgeReach, -edgeReach);
    const QPointF beyond(m_place.x() - std::clamp(m_place.x(), inner.left(), std::max(inner.left(), inner.right())),
        m_place.y() - std::clamp(m_place.y(), inner.top(), std::max(inner.top(), inner.bottom())));
    if (!m_active || beyond.isNull())
        return;
    const QPointF center = QRectF(m_canvas.viewport()->rect()).center() + beyond * edgeSpeed;
    m_canvas.moveTo(m_canvas.mapToScene(center.toPoint()));
    m_active->drag(m_place);
    m_canvas.viewport()->update();
}

void GraphGestures::paint(QPainter &painter)
{
    for (const auto &paintBelow : m_painters)
        paintBelow(painter);
    for (const auto &gesture : m_gestures)
        gesture->paint(painter);
}

} // namespace graft
