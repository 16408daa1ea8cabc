#include "data/picturelabel.h"

#include <QPainter>
#include <QPainterPath>

namespace graft {

PictureLabel::PictureLabel(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PictureLabel::setPicture(const QImage &picture)
{
    m_picture = picture;
    update();
}

void PictureLabel::paintEvent(QPaintEvent *)
{
    if (m_picture.isNull())
        return;
    const QSizeF size = QSizeF(m_picture.size()).scaled(QSizeF(this->size()).boundedTo(QSizeF(m_picture.size()) * 2), Qt::KeepAspectRatio);
    const QRectF place(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size);
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath outline;
    outline.addRoundedRect(place, 6, 6);
    painter.setClipPath(outline);
    painter.drawImage(place, m_picture);
}

} // namespace graft
