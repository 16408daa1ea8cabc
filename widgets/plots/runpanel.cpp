#include "plots/runpanel.h"
#include "common/icons.h"
#include "common/text.h"
#include "common/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace graft {

namespace {
constexpr int barSteps = 1000;
}

RunPanel::RunPanel(QWidget *parent)
    : QWidget(parent), m_start(new QPushButton), m_pause(new QPushButton), m_stop(new QPushButton), m_bar(new QProgressBar),
      m_progressText(new QLabel), m_status(new QLabel), m_best(new QLabel)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_start, 2);
    buttons->addWidget(m_pause, 1);
    buttons->addWidget(m_stop, 1);
    column->addLayout(buttons);
    m_bar->setRange(0, barSteps);
    m_bar->setTextVisible(false);
    column->addWidget(m_bar);
    for (QLabel *label : {m_progressText, m_status, m_best}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        column->addWidget(label);
    }
    column->addStretch(1);
    connect(m_start, &QPushButton::clicked, this, &RunPanel::startRequested);
    connect(m_stop, &QPushButton::clicked, this, &RunPanel::stopRequested);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_state == RunState::Paused)
            Q_EMIT resumeRequested();
        else
            Q_EMIT pauseRequested();
    });
    m_texts.add([this] { refresh(); });
}

void RunPanel::setState(RunState state)
{
    if (state == RunState::Running && m_state != RunState::Paused && m_state != RunState::Running) {
        m_progress = {};
        m_bestEpoch = 0;
    }
    m_state = state;
    refresh();
}

void RunPanel::setProgress(const Progress &progress, int epochs)
{
    m_progress = progress;
    m_epochs = epochs;
    refresh();
}

void RunPanel::setBest(int epoch, double accuracy, const std::vector<SetMetrics> &sets)
{
    m_bestOfSets = sets;
    m_bestEpoch = epoch;
    m_bestAccuracy = accuracy;
    refresh();
}

QString RunPanel::bestText() const
{
    if (m_bestEpoch == 0)
        return {};
    QStringList parts = {tr("Best so far: %1 in epoch %2").arg(formatPercent(m_bestAccuracy)).arg(m_bestEpoch)};
    for (const SetMetrics &set : m_bestOfSets)
        parts << QStringLiteral("%1 %2").arg(fromEngine(set.name), formatPercent(set.accuracy));
    return parts.join(QStringLiteral(" · "));
}

void RunPanel::setMessage(const QString &message)
{
    m_message = message;
    refresh();
}

void RunPanel::setHint(const QString &hint)
{
    m_hint = hint;
    refresh();
}

QString RunPanel::stateText() const
{
    if (m_state == RunState::Idle)
        return m_hint;
    if (!m_message.isEmpty())
        return m_message;
    switch (m_state) {
    case RunState::Ready: return tr("Ready to train.");
    case RunState::Running: return m_progress.validating ? tr("Measuring on the validation pictures…") : tr("Training…");
    case RunState::Paused: return tr("Paused. The settings stay as they are until the run ends.");
    case RunState::Stopping: return tr("Stopping after this batch; a checkpoint is written…");
    case RunState::Done: return tr("Training has ended.");
    case RunState::Failed: return tr("Training failed.");
    case RunState::Idle: break;
    }
    return {};
}

QString RunPanel::progressText() const
{
    if (m_progress.epoch == 0)
        return {};
    const QString epoch = tr("epoch %1 of %2").arg(m_progress.epoch).arg(m_epochs);
    const bool busy = m_state == RunState::Running || m_state == RunState::Paused;
    if (!busy)
        return tr("%1 · took %2").arg(epoch, formatDuration(m_progress.secondsElapsed));
    if (m_progress.secondsLeft < 0)
        return tr("%1 · estimating the time left").arg(epoch);
    return tr("%1 · %2 left").arg(epoch, formatDuration(m_progress.secondsLeft));
}

void RunPanel::refresh()
{
    const bool running = m_state == RunState::Running || m_state == RunState::Paused;
    const bool busy = running || m_state == RunState::Stopping;
    const bool paused = m_state == RunState::Paused;
    const bool again = m_state == RunState::Done || m_state == RunState::Failed;
    m_start->setText(again ? tr("Train again") : tr("Train"));
    m_start->setIcon(icon(QStringLiteral("play")));
    m_start->setEnabled(!busy && m_state != RunState::Idle);
    m_start->setToolTip(m_state == RunState::Idle ? m_hint : tr("Starts training with these settings."));
    m_pause->setText(paused ? tr("Go on") : tr("Pause"));
    m_pause->setIcon(icon(paused ? QStringLiteral("play") : QStringLiteral("pause")));
    m_pause->setEnabled(running);
    m_stop->setText(tr("Stop"));
    m_stop->setIcon(icon(QStringLiteral("stop")));
    m_stop->setEnabled(running);
    m_stop->setToolTip(tr("Ends the run after this batch and keeps the best epoch's weights."));

    const double share
        = m_progress.batchesTotal > 0 ? static_cast<double>(m_progress.batchesDone) / static_cast<double>(m_progress.batchesTotal) : 0;
    m_bar->setValue(static_cast<int>(std::clamp(share, 0.0, 1.0) * barSteps));
    m_bar->setVisible(busy || again);
    m_bar->setAccessibleName(tr("Progress of the run"));
    m_bar->setAccessibleDescription(progressText());
    m_progressText->setText(progressText());
    m_progressText->setVisible(!m_progressText->text().isEmpty());

    m_status->setText(stateText());
    m_status->setVisible(!m_status->text().isEmpty());
    QPalette colors = palette();
    if (m_state == RunState::Failed)
        colors.setColor(QPalette::WindowText, errorColor());
    else if (m_state == RunState::Idle)
        colors.setColor(QPalette::WindowText, mutedTextColor());
    m_status->setPalette(colors);
    m_best->setText(bestText());
    m_best->setVisible(m_bestEpoch > 0);
}

void RunPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    else if (event->type() == QEvent::PaletteChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace graft
