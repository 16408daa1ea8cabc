#include "properties/picturestrip.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace graft {

namespace {
constexpr int gap = 8;
constexpr int wantedSide = 88;
constexpr int emptyHeight = 72;
} // namespace

PictureStrip::PictureStrip(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void PictureStrip::setPictures(const std::vector<QImage> &pictures)
{
    m_pictures = pictures;
    updateGeometry();
    update();
}

void PictureStrip::setEmptyText(const QString &text)
{
    m_emptyText = text;
    update();
}

int PictureStrip::columns(int width) const
{
    return std::max(1, (width + gap) / (wantedSide + gap));
}

int PictureStrip::cellSide(int width) const
{
    return std::max(16, (width - (columns(width) - 1) * gap) / columns(width));
}

int PictureStrip::heightForWidth(int width) const
{
    if (m_pictures.empty())
        return emptyHeight;
    const int perRow = columns(width);
    const int rows = (static_cast<int>(m_pictures.size()) + perRow - 1) / perRow;
    return rows * cellSide(width) + (rows - 1) * gap;
}

QSize PictureStrip::sizeHint() const
{
    const int width = 3 * wantedSide + 2 * gap;
    return {width, heightForWidth(width)};
}

QSize PictureStrip::minimumSizeHint() const
{
    return {wantedSide, m_pictures.empty() ? emptyHeight : wantedSide};
}

void PictureStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    if (m_pictures.empty()) {
        painter.setPen(QPen(palette().color(QPalette::Mid), 1, Qt::DashLine));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    const int side = cellSide(width());
    const int perRow = columns(width());
    for (int index = 0; index < static_cast<int>(m_pictures.size()); ++index) {
        const QRectF cell((index % perRow) * (side + gap), (index / perRow) * (side + gap), side, side);
        const QImage &picture = m_pictures[static_cast<std::size_t>(index)];
        QPainterPath outline;
        outline.addRoundedRect(cell, 4, 4);
        painter.save();
        painter.setClipPath(outline);
        const QSizeF size = QSizeF(picture.size()).scaled(cell.size(), Qt::KeepAspectRatioByExpanding);
        painter.drawImage(QRectF(cell.center() - QPointF(size.width() / 2, size.height() / 2), size), picture);
        painter.restore();
    }
}

} // namespace graft
