// What the mouse and the keyboard do to the graph.
#include "common/icons.h"
#include "graph/graphcanvas.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <algorithm>

namespace graft {

namespace {

constexpr double keyZoomStep = 1.25;

} // namespace

void GraphCanvas::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton;
    m_panning = m_pressed && (event->button() == Qt::MiddleButton || holdsHand());
    if (m_panning && holdsHand())
        m_hand = Hand::Used;
    m_pressPlace = m_lastPlace = event->position().toPoint();
    updateCursor(m_pressPlace);
}

void GraphCanvas::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint place = event->position().toPoint();
    if (m_pressed && (place - m_pressPlace).manhattanLength() >= QApplication::startDragDistance())
        m_panning = true;
    if (m_panning) {
        pan(place - m_lastPlace);
    } else if (!m_pressed) {
        const NodeItem *hit = m_scene->itemAt(mapToScene(place));
        m_scene->setHovered(hit ? hit->node() : -1);
    }
    m_lastPlace = place;
    updateCursor(place);
}

void GraphCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    const bool wasClick = m_pressed && !m_panning && event->button() == Qt::LeftButton;
    m_pressed = m_panning = false;
    updateCursor(event->position().toPoint());
    if (!wasClick)
        return;
    const QPointF place = mapToScene(m_pressPlace);
    const NodeItem *hit = m_scene->itemAt(place);
    if (!hit && !(event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier)))
        select({});
    else if (hit && hit->handleRect().adjusted(-4, -4, 4, 4).contains(place))
        toggle(hit->node());
    else if (hit)
        click(hit->node(), event->modifiers());
}

void GraphCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPointF place = mapToScene(event->position().toPoint());
    const NodeItem *hit = event->button() == Qt::LeftButton ? m_scene->itemAt(place) : nullptr;
    if (!hit || !m_scene->tree().node(hit->node()).isBlock)
        mousePressEvent(event);
    else
        toggle(hit->node());
}

void GraphCanvas::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Find)) {
        Q_EMIT searchRequested();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectNode(0);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Up: moveAlong(GraphScene::Direction::Up); break;
    case Qt::Key_Down: moveAlong(GraphScene::Direction::Down); break;
    case Qt::Key_Left: moveAlong(GraphScene::Direction::Left); break;
    case Qt::Key_Right: moveAlong(GraphScene::Direction::Right); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current > 0 && m_scene->tree().node(m_current).isBlock)
            toggle(m_current);
        break;
    case Qt::Key_Space:
        if (!event->isAutoRepeat()) {
            m_hand = Hand::Ready;
            updateCursor(m_lastPlace);
        }
        break;
    case Qt::Key_Escape: select({}); break;
    case Qt::Key_F:
        if (event->modifiers() & Qt::ShiftModifier)
            fitSelection();
        else
            fit();
        break;
    case Qt::Key_1: showActualSize(); break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(keyZoomStep); break;
    case Qt::Key_Minus: zoom(1 / keyZoomStep); break;
    default: QWidget::keyPressEvent(event); return;
    }
    event->accept();
}

void GraphCanvas::moveAlong(GraphScene::Direction direction)
{
    const int next = m_scene->neighbour(m_current, direction);
    if (next <= 0)
        return;
    selectNode(next);
    const NodeItem *shown = m_scene->item(next);
    if (!visibleScene().contains(shown->clickRect()))
        moveTo(shown->clickRect().center());
}

void GraphCanvas::toggleFrozen()
{
    const std::set<int> &layers = m_scene->selection();
    const auto frozen = [this](int layer) { return m_scene->tree().layer(layer).frozen; };
    if (!layers.empty())
        Q_EMIT freezeRequested(selection(), !std::all_of(layers.begin(), layers.end(), frozen));
}

void GraphCanvas::updateCursor(const QPoint &place)
{
    if (m_panning)
        viewport()->setCursor(Qt::ClosedHandCursor);
    else if (holdsHand())
        viewport()->setCursor(Qt::OpenHandCursor);
    else
        viewport()->setCursor(m_scene->itemAt(mapToScene(place)) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void GraphCanvas::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const NodeItem *hit = byKeyboard ? m_scene->item(m_current) : m_scene->itemAt(mapToScene(event->pos()));
    QMenu menu(this);
    if (hit) {
        if (m_scene->selectedShare(hit->node()) != GraphScene::Share::All)
            selectNode(hit->node());
        addFreezeActions(menu, hit->node());
    }
    Q_EMIT menuOpening(menu, hit ? hit->node() : -1, mapToScene(event->pos()));
    menu.addSeparator();
    if (hit && hit->isBlock())
        menu.addAction(hit->isFrame() ? tr("Fold") : tr("Unfold"), this, [this, node = hit->node()] { toggle(node); });
    if (const int run = hit ? m_scene->tree().runOf(hit->node()) : -1; run >= 0)
        menu.addAction(
            tr("Fold %1 equal blocks together").arg(m_scene->tree().node(run).children.size()), this, [this, run] { toggle(run); });
    menu.addAction(icon(QStringLiteral("unfold")), tr("Unfold all"), this, &GraphCanvas::unfoldAll);
    menu.addAction(icon(QStringLiteral("fold")), tr("Fold all"), this, &GraphCanvas::foldAll);
    menu.addAction(icon(QStringLiteral("fit")), tr("Fit in the window"), this, &GraphCanvas::fit);
    menu.addAction(icon(QStringLiteral("fit-selection")), tr("Fit the selection"), this, &GraphCanvas::fitSelection)
        ->setEnabled(!m_scene->selection().empty());
    menu.addAction(icon(QStringLiteral("actual-size")), tr("Actual size"), this, &GraphCanvas::showActualSize);
    const QPoint place = byKeyboard && hit ? viewport()->mapToGlobal(mapFromScene(hit->clickRect().bottomLeft())) : event->globalPos();
    menu.exec(place);
}

void GraphCanvas::addFreezeActions(QMenu &menu, int node)
{
    const std::vector<LayerId> layers = selection();
    const Network &network = m_scene->tree().network();
    const auto isFrozen = [&network](LayerId id) { return network.find(id)->frozen; };
    const bool all = std::all_of(layers.begin(), layers.end(), isFrozen), none = std::none_of(layers.begin(), layers.end(), isFrozen);
    QAction *freeze
        = menu.addAction(icon(QStringLiteral("freeze")), tr("Freeze"), this, [this, layers] { Q_EMIT freezeRequested(layers, true); });
    freeze->setEnabled(!all);
    QAction *thaw
        = menu.addAction(icon(QStringLiteral("thaw")), tr("Unfreeze"), this, [this, layers] { Q_EMIT freezeRequested(layers, false); });
    thaw->setEnabled(!none);
    const std::vector<LayerId> before = layersBefore(node);
    QAction *freezeBefore
        = menu.addAction(tr("Freeze everything before here"), this, [this, before] { Q_EMIT freezeRequested(before, true); });
    freezeBefore->setEnabled(!std::all_of(before.begin(), before.end(), isFrozen));
    const std::vector<LayerId> within = m_scene->tree().layerIds(node);
    if (std::find(within.begin(), within.end(), m_scene->classifier()) != within.end())
        menu.addAction(icon(QStringLiteral("head")), tr("Replace head…"), this, &GraphCanvas::replaceHeadRequested);
}

} // namespace graft
