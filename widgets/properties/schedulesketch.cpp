#include "properties/schedulesketch.h"
#include "common/theme.h"
#include "properties/panelparts.h"
#include "training/schedule.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace graft {

namespace {
constexpr int stepsPerEpoch = 20;
}

ScheduleSketch::ScheduleSketch(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ScheduleSketch::setConfig(const TrainingConfig &config)
{
    m_rates.clear();
    m_epochs = config.epochs;
    const ScheduleType *schedule = scheduleTypes().find(config.schedule);
    if (schedule && config.epochs > 0) {
        // As many points as a sketch can show, however long the run is.
        const std::int64_t total = static_cast<std::int64_t>(config.epochs) * stepsPerEpoch;
        const std::int64_t points = std::min<std::int64_t>(total, 400);
        for (std::int64_t point = 0; point < points; ++point)
            m_rates.push_back(schedule->learningRate(config, point * total / points, stepsPerEpoch, total));
    }
    const QString highest = locale().toString(m_rates.empty() ? 0.0 : *std::max_element(m_rates.begin(), m_rates.end()), 'g', 3);
    setToolTip(counted(config.epochs, tr("The learning rate over one epoch; at its highest %1."),
        tr("The learning rate over %n epochs; at its highest %1.", nullptr, config.epochs))
                   .arg(highest));
    setAccessibleName(toolTip());
    update();
}

QSize ScheduleSketch::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 16, fontMetrics().height() * 3};
}

void ScheduleSketch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(palette().color(QPalette::Mid), 1));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(frame, 4, 4);
    if (m_rates.empty())
        return;
    const QRectF area = frame.adjusted(8, 8, -8, -8);
    const double highest = std::max(*std::max_element(m_rates.begin(), m_rates.end()), 1e-300);
    QPainterPath line;
    for (std::size_t index = 0; index < m_rates.size(); ++index) {
        const double share = m_rates.size() > 1 ? static_cast<double>(index) / static_cast<double>(m_rates.size() - 1) : 0;
        const QPointF point(area.left() + share * area.width(), area.bottom() - m_rates[index] / highest * area.height());
        index == 0 ? line.moveTo(point) : line.lineTo(point);
    }
    QPainterPath filled = line;
    filled.lineTo(area.bottomRight());
    filled.lineTo(area.bottomLeft());
    QColor shade = accentColor();
    shade.setAlphaF(0.15F);
    painter.fillPath(filled, shade);
    painter.strokePath(line, QPen(accentColor(), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

} // namespace graft
