#include "properties/forecastpanel.h"
#include "common/text.h"
#include "common/theme.h"
#include "properties/memorybar.h"
#include "properties/panelparts.h"

#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>

namespace graft {
namespace {

constexpr int leastHeight = 280; // pixels: all figures are seen beside the graph
constexpr int picturesShown = 1000; // what a time is for while there are no pictures

/// "2.1×", "14×".
QString formatTimes(double factor)
{
    return ForecastPanel::tr("%1×", "a factor").arg(QLocale().toString(factor, 'f', factor < 9.95 ? 1 : 0));
}

/// Finer than formatDuration: "86 ms", "0.52 s".
QString formatStep(double seconds)
{
    if (seconds < 0.0995)
        return ForecastPanel::tr("%1 ms").arg(QLocale().toString(seconds * 1000, 'f', seconds < 0.00995 ? 1 : 0));
    return seconds < 9.95 ? ForecastPanel::tr("%1 s").arg(QLocale().toString(seconds, 'f', seconds < 0.995 ? 2 : 1))
                          : formatDuration(seconds);
}

} // namespace

ForecastPanel::ForecastPanel(QWidget *parent) : QWidget(parent)
{
    setMinimumHeight(leastHeight);
    QVBoxLayout *column = makeScrollingColumn(this);
    m_reasonLabel = makeNote();
    m_figures = new QWidget;
    column->addWidget(m_reasonLabel);
    column->addWidget(m_figures);
    column->addStretch(1);
    buildFigures();
    m_texts.add([this] { refresh(); });
}

void ForecastPanel::buildFigures()
{
    auto *column = new QVBoxLayout(m_figures);
    column->setContentsMargins(0, 0, 0, 0);
    m_form = makeForm();
    column->addLayout(m_form);
    m_parameters = makeValueLabel();
    addFormRow(
        m_form, m_parameters, m_texts, [] { return tr("Parameters"); },
        [] { return tr("Trained are those of layers that are not frozen."); });

    m_memory = makeValueLabel();
    m_memoryBar = new MemoryBar;
    m_memoryParts = makeNote();
    m_memoryParts->setTextFormat(Qt::RichText);
    addFormRow(
        m_form, m_memory, m_texts, [] { return tr("Memory"); },
        [] { return tr("What a run takes at its peak, beside what Graft has already."); });
    m_form->addRow(m_memoryBar);

    m_time = makeValueLabel();
    addFormRow(
        m_form, m_time, m_texts, [] { return tr("An epoch"); },
        [] { return tr("Training on all pictures once, and validation, on this device as it was measured."); });
    m_step = makeValueLabel();
    addFormRow(
        m_form, m_step, m_texts, [] { return tr("A step"); }, [] { return tr("One batch, forward and backward."); });
    m_batch = makeValueLabel();
    m_batch->setTextFormat(Qt::RichText);
    m_batch->setTextInteractionFlags(Qt::TextBrowserInteraction);
    addFormRow(
        m_form, m_batch, m_texts, [] { return tr("Largest batch"); },
        [] { return tr("Pictures at a time that the free memory has room for, as the network is frozen now."); });
    connect(m_batch, &QLabel::linkActivated, this, [this] {
        if (m_editable && m_forecast && m_forecast->largestBatch > 0)
            Q_EMIT batchRequested(static_cast<int>(m_forecast->largestBatch));
    });
    m_saving = makeValueLabel();
    column->addWidget(m_memoryParts);
    column->addWidget(m_saving);
    buildMeasuring();
    column->addWidget(m_measuringRow);
}

void ForecastPanel::buildMeasuring()
{
    m_measuringRow = new QWidget;
    auto *column = new QVBoxLayout(m_measuringRow);
    column->setContentsMargins(0, 0, 0, 0);
    m_notMeasured = makeNote();
    m_progress = new QProgressBar;
    m_progress->setRange(0, 100);
    m_measure = new QPushButton;
    m_measure->setObjectName(QStringLiteral("measureMachine"));
    column->addWidget(m_notMeasured);
    column->addWidget(m_progress);
    column->addWidget(m_measure, 0, Qt::AlignLeft);
    connect(
        m_measure, &QPushButton::clicked, this, [this] { m_measuring ? Q_EMIT cancelMeasuringRequested() : Q_EMIT measureRequested(); });
}

void ForecastPanel::setForecast(const Forecast &forecast, const ForecastSettings &settings)
{
    m_forecast = forecast;
    m_settings = settings;
    m_reason.clear();
    refresh();
}

void ForecastPanel::setReason(const QString &sentence)
{
    m_forecast.reset();
    m_reason = sentence;
    refresh();
}

void ForecastPanel::setMeasuring(std::optional<double> progress)
{
    m_measuring = progress;
    refreshTime();
}

void ForecastPanel::setEditable(bool editable)
{
    m_editable = editable;
    refresh();
}

void ForecastPanel::refresh()
{
    m_reasonLabel->setVisible(!m_forecast);
    m_figures->setVisible(m_forecast.has_value());
    m_reasonLabel->setText(
        m_reason.isEmpty() ? tr("Open a model; what training it takes is then told here, and follows each click.") : m_reason);
    if (m_forecast) {
        const double share = m_forecast->parameters > 0
            ? static_cast<double>(m_forecast->trainableParameters) / static_cast<double>(m_forecast->parameters)
            : 0;
        m_parameters->setText(m_forecast->trainableParameters > 0
                ? tr("%1 of %2 trained (%3)")
                      .arg(
                          formatCount(m_forecast->trainableParameters), formatCount(m_forecast->parameters), unbroken(formatPercent(share)))
                : tr("None is trained: every layer is frozen"));
        refreshMemory();
        refreshBatch();
        refreshSaving();
    }
    refreshTime();
}

void ForecastPanel::refreshMemory()
{
    const MemoryForecast &memory = m_forecast->memory;
    const bool isTooMuch = m_settings.freeBytes > 0 && memory.total() > m_settings.freeBytes;
    const QString total = formatBytes(memory.total());
    m_memory->setText(m_settings.freeBytes <= 0 ? total
            : isTooMuch                         ? tr("%1, more than the %2 that are free").arg(total, formatBytes(m_settings.freeBytes))
                                                : tr("%1 of %2 free").arg(total, formatBytes(m_settings.freeBytes)));
    m_memoryBar->setMemory(memory, m_settings.freeBytes);
    const std::array parts = {std::pair{tr("weights"), memory.weights}, std::pair{tr("gradients"), memory.gradients},
        std::pair{tr("optimizer"), memory.optimizer}, std::pair{tr("activations"), memory.activations},
        std::pair{tr("pictures"), memory.pictures}};
    QStringList texts;
    for (std::size_t part = 0; part < parts.size(); ++part)
        if (parts[part].second > 0)
            texts += QStringLiteral("<span style='color:%1'>■</span>&nbsp;%2")
                         .arg(MemoryBar::partColor(static_cast<int>(part)).name(),
                             unbroken(parts[part].first + QLatin1Char(' ') + formatBytes(parts[part].second)));
    QString note = tr("Memory: %1").arg(texts.join(QStringLiteral("&nbsp;&nbsp; ")));
    if (m_forecast->checkpointsActivations)
        note += QStringLiteral("<br>") + tr("Most activations are computed a second time, to save memory.");
    m_memoryParts->setText(note);
    m_memoryBar->setAccessibleName(m_memory->text());
}

QString ForecastPanel::epochText(const TimeForecast &time) const
{
    QString text = tr("%1 for %2 pictures")
                       .arg(formatDuration(time.secondsPerEpoch))
                       .arg(QLocale().toString(static_cast<qlonglong>(m_settings.trainPictures + m_settings.validationPictures)));
    if (m_forecast->featureBytes > 0)
        text += tr("; %1 once what the frozen part makes of them is kept (%2 on disk)")
                    .arg(formatDuration(time.laterSecondsPerEpoch), formatBytes(m_forecast->featureBytes));
    return text;
}

void ForecastPanel::refreshTime()
{
    const bool isMeasured = m_forecast && m_forecast->time;
    m_progress->setVisible(m_measuring.has_value());
    m_progress->setValue(static_cast<int>(m_measuring.value_or(0) * 100));
    m_notMeasured->setVisible(!isMeasured && !m_measuring);
    m_notMeasured->setText(tr("How fast this machine is has not been measured yet."));
    m_measure->setText(m_measuring ? tr("Cancel") : isMeasured ? tr("Measure again") : tr("Measure this machine (5 s)"));
    m_measure->setEnabled(m_editable || m_measuring);
    if (!isMeasured) {
        m_time->setText(tr("Not measured yet"));
        m_step->setText(tr("Not measured yet"));
        return;
    }
    const TimeForecast &time = *m_forecast->time;
    if (m_settings.trainPictures > 0)
        m_time->setText(epochText(time));
    else
        m_time->setText(tr("%1 for each 1000 pictures").arg(formatDuration(time.secondsPerPicture * picturesShown)));
    QString step = tr("%1 for %2 pictures").arg(formatStep(time.secondsPerStep)).arg(m_settings.batchSize);
    if (time.frozenShare >= 0.005)
        step += tr(", %1 of it in the frozen part").arg(formatPercent(time.frozenShare));
    m_step->setText(step);
}

void ForecastPanel::refreshBatch()
{
    const qint64 largest = m_forecast->largestBatch;
    if (largest < 0)
        return m_batch->setText(tr("Unknown: the device does not say what is free"));
    if (largest == 0)
        return m_batch->setText(tr("Not even one picture fits; freeze more layers"));
    QString text = largest >= maximumForecastBatch ? tr("%L1 or more").arg(largest) : tr("%L1 pictures").arg(largest);
    if (m_editable && largest != m_settings.batchSize && largest < maximumForecastBatch)
        text += QStringLiteral(" · <a href='batch' style='color:%1'>%2</a>").arg(accentColor().name(), tr("use it"));
    m_batch->setText(text);
}

void ForecastPanel::refreshSaving()
{
    QStringList parts;
    if (m_forecast->timesFaster >= 1.05)
        parts += tr("%1 faster").arg(formatTimes(m_forecast->timesFaster));
    if (m_forecast->bytesSaved > 1'000'000)
        parts += tr("%1 less memory").arg(formatBytes(m_forecast->bytesSaved));
    m_saving->setText(tr("Frozen layers: %1 than training everything.").arg(parts.join(tr(" and "))));
    m_saving->setVisible(!parts.isEmpty());
}

void ForecastPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    else if (event->type() == QEvent::PaletteChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace graft
