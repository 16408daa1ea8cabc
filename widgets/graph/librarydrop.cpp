#include "graph/librarydrop.h"

#include "common/theme.h"
#include "graph/graphcanvas.h"
#include "graph/overlaylegend.h"
#include "library/librarymodel.h"

#include <QDropEvent>
#include <QMimeData>
#include <QPainter>
#include <algorithm>

namespace graft {

namespace {

constexpr double lineReach = 24; ///< pixels
constexpr double litWidth = 4;

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
        // Others may want what is no layer type: pictures, model files.
        if (m_type.isEmpty())
            return false;
        drag->setDropAction(Qt::CopyAction);
        drag->accept();
        follow(drag->position());
        return true;
    }
    case QEvent::DragLeave: leave(); return false;
    case QEvent::Drop: {
        auto *dropped = static_cast<QDropEvent *>(event);
        m_type = typeOf(*dropped->mimeData());
        if (m_type.isEmpty())
            return false;
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
    const double zoom = m_canvas.transform().m11();
    return edgeNear(m_canvas.graph().drawn(), m_canvas.mapToScene(m_place.toPoint()), lineReach / zoom);
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
    const EdgeItem *taken = edge();
    const std::vector<Connection> connections = taken ? connectionsOf(m_canvas.graph().tree(), taken->placed) : std::vector<Connection>();
    leave();
    if (connections.empty())
        Q_EMIT added(m_type);
    else
        Q_EMIT inserted(m_type, connections);
}

void LibraryDrop::paint(QPainter &painter) const
{
    if (!m_isOver)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const EdgeItem *taken = edge();
    if (taken) {
        painter.setPen(QPen(accentColor(), litWidth, Qt::SolidLine, Qt::RoundCap));
        painter.drawPath(m_canvas.viewportTransform().map(taken->path));
    } else {
        painter.setPen(QPen(accentColor(), 2, Qt::DashLine));
        painter.drawRoundedRect(QRectF(m_canvas.viewport()->rect()).adjusted(3, 3, -3, -3), 7, 7);
    }
    const QString text = taken ? tr("Insert %1 here").arg(m_type) : tr("Add %1").arg(m_type);
    const QFontMetricsF metrics(m_canvas.font());
    const QRectF panel(m_place + QPointF(16, 18), QSizeF(metrics.horizontalAdvance(text) + 16, metrics.height() + 8));
    paintGraphPanel(painter, panel.toAlignedRect(), m_canvas.palette());
    painter.setFont(m_canvas.font());
    painter.setPen(m_canvas.palette().color(QPalette::WindowText));
    painter.drawText(panel, Qt::AlignCenter, text);
}

} // namespace graft
