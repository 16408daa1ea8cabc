#include "library/librarytree.h"

#include "graph/overlaylegend.h"

#include <QDrag>
#include <QMimeData>
#include <QPainter>

namespace graft {

namespace {

constexpr int padding = 8;
constexpr int fromPointer = 6;

} // namespace

void LibraryTree::startDrag(Qt::DropActions actions)
{
    const QModelIndex index = currentIndex();
    QMimeData *dragged = index.isValid() ? model()->mimeData({index}) : nullptr;
    if (!dragged || dragged->formats().isEmpty()) {
        delete dragged;
        return;
    }
    const QString text = index.data().toString();
    const QSize size(fontMetrics().horizontalAdvance(text) + 2 * padding, fontMetrics().height() + padding);
    QPixmap picture(size * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paintGraphPanel(painter, QRect(QPoint(), size), palette());
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(QPoint(), size), Qt::AlignCenter, text);
    painter.end();
    auto *drag = new QDrag(this);
    drag->setMimeData(dragged);
    drag->setPixmap(picture);
    // Left above the pointer.
    drag->setHotSpot(QPoint(size.width() + fromPointer, size.height() + fromPointer));
    drag->exec(actions);
}

} // namespace graft
