#include "plots/bubbleitem.h"
#include "common/theme.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace graft {
namespace {

constexpr double reach = 3; // pixels around a bubble that still count as it
constexpr double labelGap = 3;
constexpr double labelPadding = 3;
constexpr double haloWidth = 3;

} // namespace

BubbleItem::BubbleItem(QCustomPlot *plot) : QCPAbstractItem(plot)
{
    setSelectable(false);
    setClipAxisRect(plot->axisRect());
    setClipToAxisRect(true);
}

void BubbleItem::setBubbles(std::vector<Bubble> bubbles)
{
    m_bubbles = std::move(bubbles);
    m_order.resize(m_bubbles.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    std::ranges::stable_sort(m_order, [this](int one, int two) {
        const Bubble &first = m_bubbles[std::size_t(one)], &second = m_bubbles[std::size_t(two)];
        return first.isFaded != second.isFaded ? first.isFaded : first.radius > second.radius;
    });
    const int count = int(m_bubbles.size());
    m_chosen = m_chosen < count ? m_chosen : -1;
    m_hovered = m_hovered < count ? m_hovered : -1;
}

QPointF BubbleItem::placeOf(int index) const
{
    const Bubble &bubble = m_bubbles[std::size_t(index)];
    return {parentPlot()->xAxis->coordToPixel(bubble.x), parentPlot()->yAxis->coordToPixel(bubble.y)};
}

int BubbleItem::bubbleAt(const QPointF &place) const
{
    for (auto index = m_order.rbegin(); index != m_order.rend(); ++index) {
        const Bubble &bubble = m_bubbles[std::size_t(*index)];
        const QPointF away = place - placeOf(*index);
        if (bubble.isDrawn && !bubble.isFaded && std::hypot(away.x(), away.y()) <= bubble.radius + reach)
            return *index;
    }
    return -1;
}

double BubbleItem::selectTest(const QPointF &place, bool, QVariant *) const
{
    return bubbleAt(place) >= 0 ? 0 : -1;
}

void BubbleItem::draw(QCPPainter *painter)
{
    painter->setAntialiasing(true);
    for (const int index : m_order)
        drawBubble(painter, index);
    for (const int index : {m_hovered, m_chosen}) {
        if (index >= 0 && m_bubbles[std::size_t(index)].isDrawn) {
            drawBubble(painter, index);
            drawLabel(painter, index);
        }
    }
}

void BubbleItem::drawBubble(QCPPainter *painter, int index) const
{
    const Bubble &bubble = m_bubbles[std::size_t(index)];
    if (!bubble.isDrawn)
        return;
    const QPalette palette = parentPlot()->palette();
    const bool isMarked = index == m_chosen || index == m_hovered;
    QColor fill = bubble.color, line = bubble.color;
    fill.setAlphaF(bubble.isFaded ? 0.06F : isMarked ? 0.75F : 0.35F);
    line.setAlphaF(bubble.isFaded ? 0.15F : 1.0F);
    painter->setBrush(fill);
    painter->setPen(index == m_chosen ? QPen(palette.color(QPalette::Text), 2.5) : QPen(line, isMarked ? 2 : 1));
    painter->drawEllipse(placeOf(index), bubble.radius, bubble.radius);
}

void BubbleItem::drawLabel(QCPPainter *painter, int index) const
{
    const Bubble &bubble = m_bubbles[std::size_t(index)];
    const QPalette palette = parentPlot()->palette();
    QFont font = parentPlot()->font();
    font.setBold(index == m_chosen);
    const QFontMetricsF metrics(font);
    QRectF box(0, 0, metrics.horizontalAdvance(bubble.label) + 2 * labelPadding, metrics.height() + 2);
    const QPointF place = placeOf(index);
    box.moveLeft(place.x() + bubble.radius + labelGap);
    box.moveTop(place.y() - box.height() / 2);
    const QRectF area = clipRect();
    if (box.right() > area.right())
        box.moveRight(place.x() - bubble.radius - labelGap);
    box.moveTop(std::clamp(box.top(), area.top(), std::max(area.top(), area.bottom() - box.height())));
    QPainterPath letters;
    letters.addText(box.left() + labelPadding, box.top() + metrics.ascent() + 1, font, bubble.label);
    painter->strokePath(letters, QPen(palette.color(QPalette::Base), haloWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->fillPath(letters, palette.color(QPalette::Text));
}

} // namespace graft
