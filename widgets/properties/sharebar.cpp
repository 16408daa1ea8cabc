#include "properties/sharebar.h"
#include "common/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace graft {

ShareBar::ShareBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareBar::setShare(double trainable)
{
    m_share = std::clamp(trainable, 0.0, 1.0);
    update();
}

QSize ShareBar::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 12, fontMetrics().height() / 2 + 2};
}

void ShareBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF all = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath outline;
    outline.addRoundedRect(all, all.height() / 2, all.height() / 2);
    painter.setClipPath(outline);
    painter.fillRect(all, frozenColor());
    painter.fillRect(all, QBrush(palette().color(QPalette::Base), Qt::BDiagPattern));
    // A share that is not nothing stays visible.
    const double width = m_share > 0 ? std::max(3.0, all.width() * m_share) : 0;
    const QRectF trained(all.left(), all.top(), width, all.height());
    painter.fillRect(trained, trainableColor());
    if (width > 0 && width < all.width())
        painter.fillRect(QRectF(trained.right(), all.top(), 1.5, all.height()), palette().color(QPalette::Window));
}

} // namespace graft
