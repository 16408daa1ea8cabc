#include "data/probabilitybars.h"
#include "common/text.h"
#include "common/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <algorithm>

namespace graft {

namespace {

constexpr int barHeight = 8;
constexpr int gap = 12;

QString percentOf(double probability)
{
    return probability > 0 && probability < 0.0005 ? ProbabilityBars::tr("< %1").arg(formatPercent(0.001)) : formatPercent(probability);
}

} // namespace

ProbabilityBars::ProbabilityBars(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProbabilityBars::setClasses(const std::vector<ClassProbability> &classes)
{
    m_classes = classes;
    setAccessibleDescription(asText());
    updateGeometry();
    update();
}

QString ProbabilityBars::asText() const
{
    QStringList lines;
    for (const ClassProbability &one : m_classes)
        lines << fromEngine(one.className) + QLatin1Char('\t') + percentOf(one.probability);
    return lines.join(QLatin1Char('\n'));
}

int ProbabilityBars::rowHeight() const
{
    return fontMetrics().height() + 4 + barHeight + gap;
}

QSize ProbabilityBars::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 36, rowHeight() * std::max<int>(1, static_cast<int>(m_classes.size()))};
}

QSize ProbabilityBars::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 18, sizeHint().height()};
}

void ProbabilityBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor text = palette().color(QPalette::WindowText);
    const QColor track = blend(palette().color(QPalette::Window), text, 0.1);
    int y = 2;
    for (std::size_t index = 0; index < m_classes.size(); ++index) {
        const ClassProbability &one = m_classes[index];
        QFont rowFont = font();
        rowFont.setBold(index == 0);
        painter.setFont(rowFont);
        const QFontMetrics metrics(rowFont);
        const QString percent = percentOf(one.probability);
        const int percentWidth = metrics.horizontalAdvance(percent);
        const QRect line(4, y, width() - 8, metrics.height());
        painter.setPen(text);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, percent);
        const QRect nameArea = line.adjusted(0, 0, -percentWidth - gap, 0);
        painter.drawText(
            nameArea, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(fromEngine(one.className), Qt::ElideRight, nameArea.width()));
        const QRectF bar(4, y + metrics.height() + 4, width() - 8, barHeight);
        painter.setPen(Qt::NoPen);
        painter.setBrush(track);
        painter.drawRoundedRect(bar, barHeight / 2.0, barHeight / 2.0);
        QPainterPath outline;
        outline.addRoundedRect(bar, barHeight / 2.0, barHeight / 2.0);
        painter.save();
        painter.setClipPath(outline);
        painter.fillRect(QRectF(bar.left(), bar.top(), std::max(1.0, bar.width() * std::clamp(one.probability, 0.0, 1.0)), barHeight),
            index == 0 ? accentColor() : blend(palette().color(QPalette::Window), accentColor(), 0.6));
        painter.restore();
        y += rowHeight();
    }
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

void ProbabilityBars::copy() const
{
    QApplication::clipboard()->setText(asText());
}

void ProbabilityBars::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else
        QWidget::keyPressEvent(event);
}

void ProbabilityBars::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    menu.addAction(tr("Copy"), this, &ProbabilityBars::copy)->setEnabled(!m_classes.empty());
    menu.exec(event->globalPos());
}

} // namespace graft
