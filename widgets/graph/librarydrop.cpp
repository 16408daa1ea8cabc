#include "graph/librarydrop.h"

#include "common/theme.h"
#include "graph/graphcanvas.h"
#include "graph/overlayscale.h"
#include "graph/pointerlabel.h"
#include "library/librarymodel.h"

#include <QDropEvent>
#include <QMimeData>
#include <QPainter>
#include <algorithm>

namespace graft {

namespace {

constexpr double lineReach = 24; ///< pixels
constexpr double boxLineReach = 6; ///< where a box is under the pointer
constexpr double litWidth = 4;
constexpr double plusRadius = 8;

/// Where the new layer will be.
void paintPlus(QPainter &painter, const QPointF &center)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(accentColor());
    painter.drawEllipse(center, plusRadius, plusRadius);
    painter.setPen(QPen(inkOn(accentColor()), 2));
    painter.drawLine(center - QPointF(4, 0), center + QPointF(4, 0));
    painter.drawLine(center - QPointF(0, 4), center + QPointF(0, 4));
}

QString typeOf(const QMimeData &data)
{
    return QString::fromUtf8(data.data(QLatin1String(LibraryModel::layerTypeMime)));
}

} // namespace

LibraryDrop::LibraryDrop(GraphCanvas &canvas) : QObject(&canvas), m_canvas(canvas)
{
    canvas.setAcceptDrops(true);
    canvas.viewport()->setAcceptDrops(true);
    canvas.viewport()->installEventFilter(this);
}

bool LibraryDrop::eventFilter(QObject *, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto *drag = static_cast<QDropEvent *>(event);
        m_type = typeOf(*drag->mimeData());
        // Whoever lies around the graph may want it: a picture, a model file. The view itself would keep it.
        if (m_type.isEmpty()) {
            drag->ignore();
            return true;
        }
        drag->setDropAction(Qt::CopyAction);
        drag->accept();
        follow(drag->position());
        return true;
    }
    case QEvent::DragLeave: {
        const bool wasOurs = m_isOver;
        leave();
        return wasOurs;
    }
    case QEvent::Drop: {
        auto *dropped = static_cast<QDropEvent *>(event);
        m_type = typeOf(*dropped->mimeData());
        if (m_type.isEmpty()) {
            dropped->ignore();
            return true;
        }
        dropped->setDropAction(Qt::CopyAction);
        dropped->accept();
        drop(*dropped);
        return true;
    }
    default: return false;
    }
}

const EdgeItem *LibraryDrop::edge() const
{
    if (!m_isOver)
        return nullptr;
    const QPointF place = m_canvas.mapToScene(m_place.toPoint());
    const double reach = m_canvas.graph().itemAt(place) ? boxLineReach : lineReach;
    return edgeNear(m_canvas.graph().drawn(), place, reach / m_canvas.transform().m11());
}

const NodeItem *LibraryDrop::box() const
{
    const NodeItem *item = m_isOver && !edge() ? m_canvas.graph().itemAt(m_canvas.mapToScene(m_place.toPoint())) : nullptr;
    return item && !item->isFrame() ? item : nullptr;
}

QString LibraryDrop::label() const
{
    if (edge())
        return tr("Insert %1 here").arg(m_type);
    if (const NodeItem *item = box())
        return tr("Insert %1 behind %2").arg(m_type, m_canvas.graph().tree().node(item->node()).path);
    return tr("Add %1").arg(m_type);
}

void LibraryDrop::follow(const QPointF &place)
{
    m_isOver = true;
    m_place = place;
    m_canvas.viewport()->update();
}

void LibraryDrop::leave()
{
    m_isOver = false;
    m_canvas.viewport()->update();
}

void LibraryDrop::drop(const QDropEvent &event)
{
    follow(event.position());
    const BlockTree &tree = m_canvas.graph().tree();
    const EdgeItem *taken = edge();
    const NodeItem *item = box();
    const std::vector<Connection> connections = taken ? connectionsOf(tree, taken->placed) : std::vector<Connection>();
    const LayerId from = item ? outputLayer(tree, item->node()) : LayerId{};
    leave();
    if (!connections.empty())
        Q_EMIT inserted(m_type, connections);
    else if (from.isValid())
        Q_EMIT insertedBehind(m_type, from);
    else
        Q_EMIT added(m_type);
}

void LibraryDrop::paint(QPainter &painter) const
{
    if (!m_isOver)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    if (const EdgeItem *taken = edge()) {
        const QPainterPath path = m_canvas.viewportTransform().map(taken->path);
        painter.setPen(QPen(accentColor(), litWidth, Qt::SolidLine, Qt::RoundCap));
        painter.drawPath(path);
        paintPlus(painter, path.pointAtPercent(0.5));
    } else if (const NodeItem *item = box()) {
        const QRectF rect = m_canvas.viewportTransform().mapRect(item->rect());
        painter.setPen(QPen(accentColor(), litWidth, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(rect.bottomLeft(), rect.bottomRight());
        paintPlus(painter, QPointF(rect.center().x(), rect.bottom()));
    } else {
        painter.setPen(QPen(accentColor(), 2, Qt::DashLine));
        painter.drawRoundedRect(QRectF(m_canvas.viewport()->rect()).adjusted(3, 3, -3, -3), 7, 7);
    }
    paintPointerLabel(painter, m_canvas, m_place, label(), m_canvas.palette().color(QPalette::WindowText));
}

} // namespace graft
