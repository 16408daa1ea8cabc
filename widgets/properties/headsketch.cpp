#include "properties/headsketch.h"

#include "common/text.h"
#include "common/theme.h"
#include "graph/layertext.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace graft {

namespace {

constexpr int gap = 8, margin = 8, barWidth = 4;
constexpr int mostColumns = 3; // more have no room for their words

} // namespace

HeadSketch::HeadSketch(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void HeadSketch::setPreview(const HeadPreview &preview)
{
    m_preview = preview;
    QStringList lines;
    for (int row = 0; row < int(m_preview.steps.size()); ++row)
        lines << text(row);
    setAccessibleName(tr("The new head's layers"));
    setAccessibleDescription(lines.join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

int HeadSketch::rowHeight() const
{
    return fontMetrics().height() + 10;
}

QSize HeadSketch::sizeHint() const
{
    int rows = 0;
    for (int step = 0; step < int(m_preview.steps.size()); ++step)
        rows = std::max(rows, rowOf(step) + 1);
    return {240, rows == 0 ? 0 : rows * rowHeight() + (rows - 1) * gap + 2};
}

bool HeadSketch::hasColumns() const
{
    return !m_preview.branches.empty() && int(m_preview.branches.size()) <= mostColumns;
}

int HeadSketch::rowOf(int step) const
{
    return hasColumns() ? m_preview.steps[std::size_t(step)].row : step;
}

QRectF HeadSketch::boxOf(int step) const
{
    const int branch = hasColumns() ? m_preview.steps[std::size_t(step)].branch : -1;
    const double columns = branch < 0 ? 1 : double(m_preview.branches.size());
    const double column = (width() - gap * (columns - 1)) / columns;
    return {std::max(branch, 0) * (column + gap) + 0.5, rowOf(step) * (rowHeight() + gap) + 0.5, column - 1, double(rowHeight())};
}

QString HeadSketch::text(int row) const
{
    const HeadPreview::Step &step = m_preview.steps[std::size_t(row)];
    QString line = QStringLiteral("%1 (%2)").arg(step.name, step.type);
    if (!step.settings.isEmpty())
        line += QStringLiteral(", ") + step.settings;
    line += QStringLiteral(": ") + formatShape(step.shape);
    if (step.parameters > 0)
        line += tr(", %L1 parameters").arg(step.parameters);
    return line;
}

void HeadSketch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int row = 0; row < int(m_preview.steps.size()); ++row)
        paintStep(painter, row);
}

void HeadSketch::paintStep(QPainter &painter, int row) const
{
    const HeadPreview::Step &step = m_preview.steps[std::size_t(row)];
    const bool isTrunk = row == 0;
    const QRectF box = boxOf(row);
    const QColor ground = palette().color(QPalette::Window), ink = palette().color(QPalette::WindowText);
    if (!isTrunk) {
        painter.setPen(QPen(blend(ground, ink, 0.45), 1.2));
        const int lines = hasColumns() && step.branch < 0 ? int(m_preview.branches.size()) : 1; // that join here
        for (int line = 0; line < lines; ++line) {
            const double x = box.left() + box.width() * (line + 0.5) / lines;
            painter.drawLine(QPointF(x, box.top() - gap), QPointF(x, box.top()));
        }
    }
    painter.setPen(QPen(blend(ground, ink, 0.25), 1, isTrunk ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(isTrunk ? QBrush(Qt::NoBrush) : QBrush(palette().color(QPalette::Base)));
    painter.drawRoundedRect(box, 3, 3);
    const QColor color = categoryColor(categoryOf(step.type.toStdString()));
    painter.fillRect(QRectF(box.left() + 1, box.top() + 2, barWidth, box.height() - 4), color);

    const bool isNarrow = hasColumns() && step.branch >= 0;
    QString figures = formatShape(step.shape);
    if (!isTrunk && !isNarrow && step.parameters > 0)
        figures += QStringLiteral(" · ") + formatCount(step.parameters);
    const QRectF inner = box.adjusted(barWidth + margin, 0, -margin, 0);
    painter.setPen(mutedTextColor());
    painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, figures);
    const qreal room = inner.width() - fontMetrics().horizontalAdvance(figures) - margin;
    QString title = isTrunk ? tr("%1 (kept)").arg(step.name) : step.type;
    if (!isTrunk && step.branch >= 0 && (step.row == 1 || !hasColumns()))
        title = m_preview.branches[std::size_t(step.branch)] + QStringLiteral(" · ") + title;
    // The shapes say what Linear's and the others' settings are; a chance or a kernel is worth the room.
    if (!isTrunk && !isNarrow && !step.settings.isEmpty() && step.type != QStringLiteral("Linear"))
        title += QStringLiteral("  ") + step.settings;
    painter.setPen(isTrunk ? mutedTextColor() : color);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(title, Qt::ElideMiddle, int(room)));
}

bool HeadSketch::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (int step = 0; step < int(m_preview.steps.size()); ++step)
        if (boxOf(step).contains(help->pos()))
            QToolTip::showText(help->globalPos(), text(step), this);
    return true;
}

} // namespace graft
