#include "graph/pointerlabel.h"

#include "graph/overlaylegend.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QWidget>

namespace graft {

namespace {

constexpr QPointF fromPointer(16, 16);
constexpr QSizeF padding(16, 8);
/// Beyond this share of the width the word stands left of the pointer: the overview lies in the right corner.
constexpr double rightPart = 0.6;

} // namespace

void paintPointerLabel(QPainter &painter, const QWidget &widget, const QPointF &place, const QString &text, const QColor &ink)
{
    if (text.isEmpty())
        return;
    const QFontMetricsF metrics(widget.font());
    const QSizeF size = QSizeF(metrics.horizontalAdvance(text), metrics.height()) + padding;
    QRectF panel(place + fromPointer, size);
    if (place.x() > widget.width() * rightPart)
        panel.moveRight(place.x() - fromPointer.x());
    if (panel.bottom() > widget.height())
        panel.moveBottom(place.y() - fromPointer.y() / 2);
    paintGraphPanel(painter, panel.toAlignedRect(), widget.palette());
    painter.setFont(widget.font());
    painter.setPen(ink);
    painter.drawText(panel, Qt::AlignCenter, text);
}

} // namespace graft
