#include "graph/graphediting.h"

#include "graph/freezeline.h"
#include "graph/graphcanvas.h"
#include "graph/graphgestures.h"
#include "graph/graphmenu.h"
#include "graph/graphview.h"
#include "graph/rubberband.h"

#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>

namespace graft {

GraphEditing::GraphEditing(GraphView &view, GraphCanvas &canvas)
    : QObject(&view), m_view(view), m_canvas(canvas), m_gestures(new GraphGestures(canvas))
{
    auto line
        = std::make_unique<FreezeLine>(canvas, [this](const std::vector<LayerId> &frozen) { Q_EMIT m_view.freezeLineRequested(frozen); });
    m_freezeLine = line.get();
    m_gestures->add(std::move(line));
    m_gestures->add(std::make_unique<RubberBand>(canvas));
    canvas.installEventFilter(this);
    canvas.viewport()->installEventFilter(this);
    connect(&canvas, &GraphCanvas::menuOpening, this, &GraphEditing::fillMenu);
}

void GraphEditing::setObstacle(const QRect &obstacle)
{
    m_freezeLine->setObstacle(obstacle.translated(-m_canvas.pos()));
}

std::vector<GraphCommand> GraphEditing::keyCommands()
{
    std::vector<GraphCommand> commands = editCommands(m_view, m_canvas);
    const auto add = [&commands](QKeySequence keys, std::function<void()> run) {
        commands.push_back({{}, {}, {std::move(keys)}, true, std::move(run)});
    };
    add(Qt::CTRL | Qt::SHIFT | Qt::Key_Up, [this] { m_freezeLine->moveByRow(-1); });
    add(Qt::CTRL | Qt::SHIFT | Qt::Key_Down, [this] { m_freezeLine->moveByRow(1); });
    add(Qt::Key_F3, [this] { Q_EMIT findNextRequested(1); });
    add(Qt::SHIFT | Qt::Key_F3, [this] { Q_EMIT findNextRequested(-1); });
    return commands;
}

bool GraphEditing::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_canvas) {
        const bool isAnnouncement = event->type() == QEvent::ShortcutOverride;
        return (isAnnouncement || event->type() == QEvent::KeyPress) && pressKey(*static_cast<QKeyEvent *>(event), isAnnouncement);
    }
    return event->type() == QEvent::MouseButtonDblClick && !m_gestures->isBusy() && doubleClick(*static_cast<QMouseEvent *>(event));
}

/// The graph has its keys before the window's menus have them, while the keyboard is here.
bool GraphEditing::pressKey(QKeyEvent &event, bool isAnnouncement)
{
    if (m_gestures->isBusy())
        return false;
    const QKeySequence pressed(event.keyCombination());
    for (const GraphCommand &command : keyCommands()) {
        if (!command.shortcuts.contains(pressed))
            continue;
        event.accept();
        if (!isAnnouncement && command.isEnabled)
            command.run();
        return true;
    }
    return false;
}

bool GraphEditing::doubleClick(const QMouseEvent &event)
{
    const NodeItem *hit = m_canvas.graph().itemAt(m_canvas.mapToScene(event.position().toPoint()));
    if (event.button() != Qt::LeftButton || event.modifiers() != Qt::NoModifier || !hit || hit->isBlock())
        return false;
    startRenaming(m_view, m_canvas, hit->node());
    return true;
}

void GraphEditing::fillMenu(QMenu &menu, int node)
{
    if (node < 0) {
        addEditActions(menu, m_view, m_canvas);
        addTypeMenu(menu, GraphView::tr("Add layer"), [this](const QString &type) { Q_EMIT m_view.addRequested(type); });
        return;
    }
    addFreezeChoices(menu, m_view, m_canvas, node);
    addRateChoices(menu, m_view, m_canvas);
    menu.addSeparator();
    addEditActions(menu, m_view, m_canvas);
}

} // namespace graft
