#include "graph/graphediting.h"

#include "graph/connectiondrag.h"
#include "graph/freezeline.h"
#include "graph/graphcanvas.h"
#include "graph/graphgestures.h"
#include "graph/graphmenu.h"
#include "graph/graphview.h"
#include "graph/librarydrop.h"
#include "graph/rubberband.h"

#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <algorithm>

namespace graft {

namespace {

constexpr int flashDuration = 1100; ///< milliseconds
constexpr double menuReach = 8; ///< pixels around a line

} // namespace

GraphEditing::GraphEditing(GraphView &view, GraphCanvas &canvas)
    : QObject(&view), m_view(view), m_canvas(canvas), m_gestures(new GraphGestures(canvas))
{
    auto line
        = std::make_unique<FreezeLine>(canvas, [this](const std::vector<LayerId> &frozen) { Q_EMIT m_view.freezeLineRequested(frozen); });
    m_freezeLine = line.get();
    m_gestures->add(std::move(line));
    addConnections();
    m_gestures->add(std::make_unique<RubberBand>(canvas));
    auto *library = new LibraryDrop(canvas);
    m_gestures->addPainter([library](QPainter &painter) { library->paint(painter); });
    connect(library, &LibraryDrop::added, &view, &GraphView::addRequested);
    connect(library, &LibraryDrop::inserted, this, &GraphEditing::insert);
    connect(library, &LibraryDrop::insertedBehind, &view, &GraphView::insertBehindRequested);
    m_flash.setDuration(flashDuration);
    m_flash.setStartValue(1.0);
    m_flash.setEndValue(0.0);
    connect(&m_flash, &QVariantAnimation::valueChanged, this, [this](const QVariant &strength) { paintFlash(strength.toDouble()); });
    canvas.installEventFilter(this);
    canvas.viewport()->installEventFilter(this);
    connect(&canvas, &GraphCanvas::menuOpening, this, &GraphEditing::fillMenu);
}

void GraphEditing::keepFree(int top, const QRect &legend)
{
    m_freezeLine->keepFree(top - m_canvas.y(), legend.translated(-m_canvas.pos()));
}

void GraphEditing::addConnections()
{
    ConnectionDrag::Requests requests;
    requests.connect = [this](LayerId from, InputPort to) { Q_EMIT m_view.connectRequested(from, to); };
    requests.disconnect = [this](const std::vector<InputPort> &ports) { Q_EMIT m_view.disconnectRequested(ports); };
    requests.reconnect
        = [this](LayerId from, const std::vector<InputPort> &ports, InputPort to) { Q_EMIT m_view.reconnectRequested(from, ports, to); };
    auto connections = std::make_unique<ConnectionDrag>(m_canvas, std::move(requests));
    m_connections = connections.get();
    m_gestures->add(std::move(connections));
}

void GraphEditing::setAnalysis(const NetworkAnalysis &analysis)
{
    m_connections->setAnalysis(analysis);
}

void GraphEditing::flash(LayerId layer)
{
    m_flash.stop();
    m_flashed = layer;
    m_flash.start();
}

void GraphEditing::paintFlash(double strength)
{
    GraphScene &graph = m_canvas.graph();
    const int layer = graph.tree().layerIndex(m_flashed);
    graph.marks().setFlash(layer < 0 ? -1 : graph.drawn().shown(graph.tree().leafOf(layer)), strength);
    graph.repaintViews();
}

/// A line into a folded block may stand for all that its source feeds: then the new layer comes before all of it.
void GraphEditing::insert(const QString &type, const std::vector<Connection> &connections)
{
    const LayerId from = connections.front().from;
    std::size_t taken = 0;
    for (const Layer &layer : m_canvas.graph().tree().network().layers())
        taken += std::size_t(std::count(layer.inputs.begin(), layer.inputs.end(), from));
    if (connections.size() > 1 && connections.size() == taken)
        Q_EMIT m_view.insertBehindRequested(type, from);
    else
        Q_EMIT m_view.insertRequested(type, from, connections.front().to);
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

void GraphEditing::fillMenu(QMenu &menu, int node, const QPointF &place)
{
    const double reach = menuReach / m_canvas.transform().m11();
    const EdgeItem *edge = node < 0 ? edgeNear(m_canvas.graph().drawn(), place, reach) : nullptr;
    const std::vector<Connection> connections = edge ? connectionsOf(m_canvas.graph().tree(), edge->placed) : std::vector<Connection>();
    if (!connections.empty()) {
        addTypeMenu(menu, tr("Insert layer here"), [this, connections](const QString &type) { insert(type, connections); });
        menu.addAction(tr("Disconnect"), this, [this, connections] {
            std::vector<InputPort> ports;
            for (const Connection &connection : connections)
                ports.push_back(connection.to);
            std::sort(ports.rbegin(), ports.rend());
            Q_EMIT m_view.disconnectRequested(ports);
        });
        return;
    }
    if (node >= 0) {
        const LayerId from = outputLayer(m_canvas.graph().tree(), node);
        addFreezeChoices(menu, m_view, m_canvas, node);
        addRateChoices(menu, m_view, m_canvas);
        menu.addSeparator();
        menu.addAction(tr("Connect output to…"), this,
            [this, from] { askForConnection(m_view, m_canvas.graph().tree().network(), from, m_connections->targetsOf(from)); });
        addTypeMenu(
            menu, tr("Insert layer behind"), [this, from](const QString &type) { Q_EMIT m_view.insertBehindRequested(type, from); });
        addShapeActions(menu, m_view, m_canvas, node);
    } else {
        addTypeMenu(menu, tr("Add layer"), [this](const QString &type) { Q_EMIT m_view.addRequested(type); });
        addFreezeChoices(menu, m_view, m_canvas, node);
    }
    addEditActions(menu, m_view, m_canvas);
}

} // namespace graft
