#include "graph/connectiondrag.h"

#include "common/text.h"
#include "common/theme.h"
#include "graph/graphcanvas.h"
#include "graph/pointerlabel.h"

#include <QApplication>
#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <map>

namespace graft {

namespace {

constexpr double portRadius = 5.5;
constexpr double portReach = 10; ///< pixels around a port's middle
constexpr double arrowReach = 9;
constexpr double leastZoom = 0.3; ///< below, ports and arrows are too small to aim at

QString translated(const char *text)
{
    return QCoreApplication::translate("graft::ConnectionDrag", text);
}

} // namespace

ConnectionDrag::ConnectionDrag(GraphCanvas &canvas, Requests requests) : m_canvas(canvas), m_requests(std::move(requests)) { }

void ConnectionDrag::setAnalysis(const NetworkAnalysis &analysis)
{
    m_shapes.layers.clear();
    m_shapes.positions = analysis.positions;
    for (const LayerAnalysis &layer : analysis.layers)
        m_shapes.layers.push_back({layer.id, layer.outputShape, {}, 0, 0});
}

std::vector<ConnectionTarget> ConnectionDrag::targetsOf(LayerId from) const
{
    return validTargets(m_canvas.graph().tree().network(), m_shapes, from);
}

QPointF ConnectionDrag::portOf(const NodeItem &item) const
{
    return m_canvas.mapFromScene(QPointF(item.rect().center().x(), item.rect().bottom()));
}

const NodeItem *ConnectionDrag::portAt(const QPointF &place) const
{
    if (m_canvas.transform().m11() < leastZoom)
        return nullptr;
    const auto isNear = [&](const NodeItem *item) {
        const QPointF apart = item ? portOf(*item) - place : QPointF();
        return item && !item->isFrame() && std::hypot(apart.x(), apart.y()) <= portReach;
    };
    const QPointF above(0, portReach);
    for (const QPointF &at : {place, place - above}) {
        if (const NodeItem *item = m_canvas.graph().itemAt(m_canvas.mapToScene(at.toPoint())); isNear(item))
            return item;
    }
    return nullptr;
}

const EdgeItem *ConnectionDrag::arrowAt(const QPointF &place) const
{
    const double zoom = m_canvas.transform().m11();
    return zoom < leastZoom ? nullptr : arrowNear(m_canvas.graph().drawn(), m_canvas.mapToScene(place.toPoint()), arrowReach / zoom);
}

std::optional<Qt::CursorShape> ConnectionDrag::hover(const QPointF &place, Qt::KeyboardModifiers modifiers)
{
    leave();
    if (modifiers != Qt::NoModifier)
        return std::nullopt;
    if (const NodeItem *item = portAt(place)) {
        m_portNode = item->node();
        m_canvas.graph().setHovered(item->node());
        return Qt::CrossCursor;
    }
    if (const EdgeItem *edge = arrowAt(place)) {
        m_arrow = edge->placed.route.back();
        return Qt::OpenHandCursor;
    }
    return std::nullopt;
}

void ConnectionDrag::leave()
{
    m_portNode = -1;
    m_arrow.reset();
}

QString ConnectionDrag::tip(const QPointF &) const
{
    return m_arrow
        ? translated(QT_TRANSLATE_NOOP("graft::ConnectionDrag", "Drag the arrow away to disconnect it or to connect another input"))
        : translated(QT_TRANSLATE_NOOP("graft::ConnectionDrag", "Drag to the layer that is to take this output"));
}

bool ConnectionDrag::press(const QPointF &place, Qt::KeyboardModifiers modifiers)
{
    if (modifiers != Qt::NoModifier)
        return false;
    const BlockTree &tree = m_canvas.graph().tree();
    if (const NodeItem *item = portAt(place)) {
        start(outputLayer(tree, item->node()), QPointF(item->rect().center().x(), item->rect().bottom()), {});
        m_end = place;
        return true;
    }
    const EdgeItem *edge = arrowAt(place);
    std::vector<Connection> pulled = edge ? connectionsOf(tree, edge->placed) : std::vector<Connection>();
    const auto isOther = [&pulled](const Connection &one) { return one.from != pulled.front().from; };
    if (pulled.empty() || std::any_of(pulled.begin(), pulled.end(), isOther))
        return false;
    const LayerId from = pulled.front().from;
    start(from, edge->placed.route.front(), std::move(pulled));
    m_end = place;
    return true;
}

void ConnectionDrag::start(LayerId from, const QPointF &begin, std::vector<Connection> pulled)
{
    m_isActive = true;
    m_hasMoved = false;
    m_from = from;
    m_begin = begin;
    m_pulled = std::move(pulled);
    m_target.reset();
    const BlockTree &tree = m_canvas.graph().tree();
    m_targets = targetsOf(from);
    const DrawnGraph &drawn = m_canvas.graph().drawn();
    GraphMarks::Targets marked;
    const auto keepAround = [&](int node) {
        for (int at = node; at > 0; at = tree.node(at).parent)
            marked.around.insert(at);
    };
    std::map<int, std::vector<ConnectionTarget>> inside; // per box or frame
    for (const ConnectionTarget &target : m_targets) {
        const int layer = tree.layerIndex(target.port.layer);
        for (int at = layer < 0 ? -1 : tree.leafOf(layer); at > 0; at = tree.node(at).parent) {
            if (drawn.item(at))
                inside[at].push_back(target);
        }
    }
    for (auto &[node, targets] : inside) {
        const std::vector<ConnectionTarget> ends = boxTargets(tree, node, std::move(targets));
        if (std::none_of(ends.begin(), ends.end(), [](const ConnectionTarget &end) { return end.fits; }))
            continue;
        marked.lit.insert(node);
        keepAround(tree.node(node).parent);
    }
    if (const int source = tree.layerIndex(from); source >= 0)
        keepAround(tree.leafOf(source));
    m_canvas.graph().marks().setTargets(std::move(marked));
    m_canvas.graph().repaintViews();
}

void ConnectionDrag::drag(const QPointF &place)
{
    m_hasMoved = m_hasMoved || (place - m_end).manhattanLength() >= QApplication::startDragDistance();
    if (!m_hasMoved)
        return;
    m_end = place;
    m_target.reset();
    const QPointF scene = m_canvas.mapToScene(place.toPoint());
    const NodeItem *item = m_canvas.graph().itemAt(scene);
    if (!item)
        return;
    m_target = targetAt(m_canvas.graph().drawn(), item->node(), m_targets, scene);
    m_targetPlace = QPointF(std::clamp(scene.x(), item->rect().left() + 8, item->rect().right() - 8), item->rect().top());
}

void ConnectionDrag::release(const QPointF &place)
{
    drag(place);
    std::vector<InputPort> ports;
    for (const Connection &connection : m_pulled)
        ports.push_back(connection.to);
    // The later inputs of a layer first: those behind a removed one move up.
    std::sort(ports.begin(), ports.end(), [](const InputPort &one, const InputPort &two) { return two < one; });
    const bool hasMoved = m_hasMoved;
    const std::optional<ConnectionTarget> target = m_target;
    const LayerId from = m_from;
    const NodeItem *item = m_canvas.graph().itemAt(m_canvas.mapToScene(place.toPoint()));
    finish();
    if (!hasMoved)
        return;
    if (target && ports.empty())
        m_requests.connect(from, target->port);
    else if (target)
        m_requests.reconnect(from, ports, target->port);
    else if (!ports.empty() && !item)
        m_requests.disconnect(ports);
}

void ConnectionDrag::cancel()
{
    finish();
}

void ConnectionDrag::finish()
{
    m_isActive = false;
    m_target.reset();
    m_targets.clear();
    m_pulled.clear();
    leave();
    m_canvas.graph().marks().setTargets(std::nullopt);
    m_canvas.graph().repaintViews();
}

QString ConnectionDrag::label() const
{
    const BlockTree &tree = m_canvas.graph().tree();
    const QPointF scene = m_canvas.mapToScene(m_end.toPoint());
    if (!m_target) {
        if (m_canvas.graph().itemAt(scene))
            return translated(QT_TRANSLATE_NOOP("graft::ConnectionDrag", "Cannot end here"));
        return m_pulled.empty() ? QString() : translated(QT_TRANSLATE_NOOP("graft::ConnectionDrag", "Disconnect"));
    }
    const Layer *layer = tree.network().find(m_target->port.layer);
    const QString name = layer ? fromEngine(layer->name) : QString();
    if (!m_target->fits)
        return translated(QT_TRANSLATE_NOOP("graft::ConnectionDrag", "%1: the shapes do not fit")).arg(name);
    return translated(QT_TRANSLATE_NOOP("graft::ConnectionDrag", "%1, input %2")).arg(name).arg(m_target->port.index + 1);
}

void ConnectionDrag::paintPort(QPainter &painter, const QPointF &place, bool isLit) const
{
    painter.setPen(QPen(accentColor(), 2));
    painter.setBrush(isLit ? accentColor() : m_canvas.palette().color(QPalette::Base));
    painter.drawEllipse(place, portRadius, portRadius);
}

void ConnectionDrag::paintLine(QPainter &painter) const
{
    const QPointF begin = m_canvas.mapFromScene(m_begin), end = m_target ? QPointF(m_canvas.mapFromScene(m_targetPlace)) : m_end;
    const double bend = std::clamp(std::abs(end.y() - begin.y()) / 2, 20.0, 120.0);
    QPainterPath path(begin);
    path.cubicTo(begin + QPointF(0, bend), end - QPointF(0, bend), end);
    const bool fits = m_target && m_target->fits;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_target && !fits ? warningColor() : accentColor(), 2.5, m_target ? Qt::SolidLine : Qt::DashLine, Qt::RoundCap));
    painter.drawPath(path);
    paintPort(painter, begin, true);
    if (m_target)
        paintPort(painter, end, true);
    paintPointerLabel(
        painter, m_canvas, m_end, label(), m_target && !fits ? warningColor() : m_canvas.palette().color(QPalette::WindowText));
}

void ConnectionDrag::paint(QPainter &painter)
{
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_isActive) {
        paintLine(painter);
        return;
    }
    if (m_arrow)
        paintPort(painter, m_canvas.mapFromScene(*m_arrow), true);
    const NodeItem *hovered = m_canvas.graph().hovered() > 0 ? m_canvas.graph().item(m_canvas.graph().hovered()) : nullptr;
    if (hovered && !hovered->isFrame() && m_canvas.transform().m11() >= leastZoom)
        paintPort(painter, portOf(*hovered), m_portNode == hovered->node());
}

} // namespace graft
