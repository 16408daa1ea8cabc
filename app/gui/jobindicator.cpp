#include "gui/jobindicator.h"
#include "common/icons.h"
#include "controllers/jobtracker.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace graft {
namespace {

constexpr int patience = 300; // milliseconds

} // namespace

JobIndicator::JobIndicator(JobTracker &jobs, QWidget *parent) : QWidget(parent), m_jobs(jobs)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 8, 0);
    m_title = new QLabel;
    m_bar = new QProgressBar;
    m_bar->setFixedWidth(160);
    m_bar->setMaximumHeight(14);
    m_bar->setTextVisible(false);
    m_cancel = new QToolButton;
    m_cancel->setAutoRaise(true);
    m_cancel->setIcon(icon(QStringLiteral("close")));
    row->addWidget(m_title);
    row->addWidget(m_bar);
    row->addWidget(m_cancel);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    hide();

    connect(&m_patience, &QTimer::timeout, this, &QWidget::show);
    connect(m_cancel, &QAbstractButton::clicked, this, [this] { m_jobs.cancel(m_lane); });
    connect(&jobs, &JobTracker::started, this, [this](const QString &lane, const QString &title) {
        if (title.isEmpty())
            return; // thumbnails and the like
        m_lane = lane;
        m_title->setText(title + QStringLiteral(" …"));
        m_bar->setRange(0, 0);
        m_patience.start();
    });
    connect(&jobs, &JobTracker::progressed, this, [this](const QString &lane, qint64 done, qint64 total) {
        if (lane != m_lane)
            return;
        m_bar->setRange(0, static_cast<int>(total));
        m_bar->setValue(static_cast<int>(done));
    });
    connect(&jobs, &JobTracker::ended, this, [this](const QString &lane) {
        if (lane != m_lane)
            return;
        m_patience.stop();
        hide();
    });
    retranslate();
}

void JobIndicator::retranslate()
{
    m_cancel->setToolTip(tr("Cancel"));
    m_cancel->setAccessibleName(m_cancel->toolTip());
}

void JobIndicator::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace graft
