#include "properties/memorybar.h"
#include "common/theme.h"

#include <QPainter>
#include <algorithm>
#include <array>

namespace graft {
namespace {

constexpr int barHeight = 10;

} // namespace

MemoryBar::MemoryBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(barHeight);
}

void MemoryBar::setMemory(const MemoryForecast &memory, qint64 free)
{
    m_memory = memory;
    m_free = free;
    update();
}

QColor MemoryBar::partColor(int part)
{
    const std::array colors = {accentColor(), trainableColor(), categoryColor(QStringLiteral("normalization")),
        categoryColor(QStringLiteral("pooling")), mutedTextColor()};
    return colors[static_cast<std::size_t>(part)];
}

QSize MemoryBar::sizeHint() const
{
    return {120, barHeight};
}

void MemoryBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool isTooMuch = m_free > 0 && m_memory.total() > m_free;
    painter.fillRect(rect(), palette().color(QPalette::Base));
    const std::array parts = {m_memory.weights, m_memory.gradients, m_memory.optimizer, m_memory.activations, m_memory.pictures};
    const auto whole = static_cast<double>(std::max({m_memory.total(), static_cast<std::int64_t>(m_free), std::int64_t{1}}));
    double begin = 0;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const double length = width() * static_cast<double>(parts[part]) / whole;
        painter.fillRect(QRectF(begin, 0, length, height()), partColor(static_cast<int>(part)));
        begin += length;
    }
    painter.setPen(isTooMuch ? errorColor() : palette().color(QPalette::Mid));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace graft
