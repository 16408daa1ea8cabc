#include "data/drophighlight.h"
#include "common/theme.h"

#include <QFileInfo>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

namespace graft {

DropHighlight::DropHighlight(QWidget *parent) : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropHighlight::setActive(bool active)
{
    setGeometry(parentWidget()->rect());
    raise();
    setVisible(active);
}

void DropHighlight::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = accentColor();
    fill.setAlphaF(0.1F);
    painter.setBrush(fill);
    painter.setPen(QPen(accentColor(), 2, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(6, 6, -6, -6), 8, 8);
}

QString droppedPath(const QMimeData *data, DroppedKind kind)
{
    for (const QUrl &url : data->urls()) {
        const QString path = url.toLocalFile();
        if (!path.isEmpty() && QFileInfo(path).isDir() == (kind == DroppedKind::Folder))
            return path;
    }
    return {};
}

} // namespace graft
