#include "data/foldersketch.h"
#include "common/icons.h"
#include "common/theme.h"

#include <QPainter>
#include <algorithm>

namespace graft {

namespace {
constexpr int padding = 16;
constexpr int symbol = 18;
constexpr int gap = 8;
constexpr int indent = 32;
constexpr int picturesShown = 3;
} // namespace

FolderSketch::FolderSketch(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void FolderSketch::setNames(const QString &folder, const QStringList &classes)
{
    m_folder = folder;
    m_classes = classes;
    updateGeometry();
    update();
}

int FolderSketch::lineHeight() const
{
    return std::max(fontMetrics().height(), symbol) + 6;
}

int FolderSketch::widestName() const
{
    int widest = 0;
    for (const QString &name : m_classes)
        widest = std::max(widest, fontMetrics().horizontalAdvance(name));
    return widest;
}

QSize FolderSketch::sizeHint() const
{
    const int row = indent + symbol + gap + widestName() + 2 * gap + picturesShown * (symbol + 4);
    return {2 * padding + std::max(row, symbol + gap + fontMetrics().horizontalAdvance(m_folder)),
        2 * padding + lineHeight() * (1 + static_cast<int>(m_classes.size()))};
}

void FolderSketch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::Mid), 1));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);

    const int height = lineHeight();
    const QColor line = blend(palette().color(QPalette::Base), palette().color(QPalette::Text), 0.4);
    const auto symbolAt = [&](const QString &name, int x, int y, const QColor &color) {
        icon(name, color).paint(&painter, QRect(x, y + (height - symbol) / 2, symbol, symbol));
    };
    const auto textAt = [&](const QString &text, int x, int y, const QColor &color) {
        painter.setPen(color);
        painter.drawText(QRect(x, y, width() - x, height), Qt::AlignVCenter | Qt::AlignLeft, text);
    };
    symbolAt(QStringLiteral("folder"), padding, padding, accentColor());
    textAt(m_folder, padding + symbol + gap, padding, palette().color(QPalette::Text));
    int y = padding + height;
    for (const QString &name : m_classes) {
        painter.setPen(QPen(line, 1));
        const int branch = padding + symbol / 2;
        painter.drawLine(branch, y - (name == m_classes.first() ? (height - symbol) / 2 : height / 2), branch, y + height / 2);
        painter.drawLine(branch, y + height / 2, padding + indent - 4, y + height / 2);
        symbolAt(QStringLiteral("folder"), padding + indent, y, accentColor());
        const int textX = padding + indent + symbol + gap;
        textAt(name, textX, y, palette().color(QPalette::Text));
        for (int picture = 0; picture < picturesShown; ++picture)
            symbolAt(QStringLiteral("picture"), textX + widestName() + 2 * gap + picture * (symbol + 4), y, mutedTextColor());
        y += height;
    }
}

} // namespace graft
