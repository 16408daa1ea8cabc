#include "properties/headsketch.h"

#include "common/text.h"
#include "common/theme.h"
#include "graph/layertext.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace graft {

namespace {

constexpr int gap = 8, margin = 8, barWidth = 4;

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
    const int rows = int(m_preview.steps.size());
    return {240, rows == 0 ? 0 : rows * rowHeight() + (rows - 1) * gap + 2};
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
    const int height = rowHeight();
    const QRectF box(0.5, row * (height + gap) + 0.5, width() - 1, height);
    const QColor ground = palette().color(QPalette::Window), ink = palette().color(QPalette::WindowText);
    if (!isTrunk) {
        painter.setPen(QPen(blend(ground, ink, 0.45), 1.2));
        painter.drawLine(QPointF(box.center().x(), box.top() - gap), QPointF(box.center().x(), box.top()));
    }
    painter.setPen(QPen(blend(ground, ink, 0.25), 1, isTrunk ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(isTrunk ? QBrush(Qt::NoBrush) : QBrush(palette().color(QPalette::Base)));
    painter.drawRoundedRect(box, 3, 3);
    const QColor color = categoryColor(categoryOf(step.type.toStdString()));
    painter.fillRect(QRectF(box.left() + 1, box.top() + 2, barWidth, box.height() - 4), color);

    QString figures = formatShape(step.shape);
    if (!isTrunk && step.parameters > 0)
        figures += QStringLiteral(" · ") + formatCount(step.parameters);
    const QRectF inner = box.adjusted(barWidth + margin, 0, -margin, 0);
    painter.setPen(mutedTextColor());
    painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, figures);
    const qreal room = inner.width() - fontMetrics().horizontalAdvance(figures) - margin;
    QString title = isTrunk ? tr("%1 (kept)").arg(step.name) : step.type;
    // The shapes say what Linear's and the others' settings are; a chance or a kernel is worth the room.
    if (!isTrunk && !step.settings.isEmpty() && step.type != QStringLiteral("Linear"))
        title += QStringLiteral("  ") + step.settings;
    painter.setPen(isTrunk ? mutedTextColor() : color);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(title, Qt::ElideMiddle, int(room)));
}

bool HeadSketch::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int row = help->pos().y() / (rowHeight() + gap);
    if (row >= 0 && row < int(m_preview.steps.size()))
        QToolTip::showText(help->globalPos(), text(row), this);
    return true;
}

} // namespace graft
