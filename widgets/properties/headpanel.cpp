#include "properties/headpanel.h"
#include "common/text.h"
#include "properties/panelparts.h"
#include "properties/sharebar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace graft {

HeadPanel::HeadPanel(QWidget *parent) : QWidget(parent)
{
    QVBoxLayout *column = makeScrollingColumn(this);
    auto *headTitle = makeHeading();
    headTitle->setContentsMargins(0, 0, 0, 0);
    m_head = makeValueLabel();
    m_advice = makeNote();
    m_replace = new QPushButton;
    column->addWidget(headTitle);
    column->addWidget(m_head);
    column->addWidget(m_advice);
    column->addWidget(m_replace, 0, Qt::AlignLeft);

    auto *shareTitle = makeHeading();
    m_bar = new ShareBar;
    m_totals = makeValueLabel();
    m_freezeTrunk = new QPushButton;
    m_freezeNothing = new QPushButton;
    column->addWidget(shareTitle);
    column->addWidget(m_bar);
    column->addWidget(m_totals);
    column->addWidget(m_freezeTrunk);
    column->addWidget(m_freezeNothing);
    column->addStretch(1);

    m_texts.add([this, headTitle, shareTitle] {
        headTitle->setText(tr("Head"));
        headTitle->setToolTip(tr("The last layers, which turn what the network sees into answers: one output for each class."));
        shareTitle->setText(tr("What is trained"));
        m_freezeTrunk->setText(tr("Freeze all but the head"));
        m_freezeTrunk->setToolTip(tr("Only the head learns. Fast, and the best choice for few pictures."));
        m_freezeNothing->setText(tr("Freeze nothing"));
        m_freezeNothing->setToolTip(tr("Every layer learns. Slow; pays off with many pictures and a low learning rate."));
        refresh();
    });
    connect(m_replace, &QPushButton::clicked, this, &HeadPanel::replaceHeadRequested);
    connect(m_freezeTrunk, &QPushButton::clicked, this, [this] { Q_EMIT freezeSettingRequested(QStringLiteral("all-but-head")); });
    connect(m_freezeNothing, &QPushButton::clicked, this, [this] { Q_EMIT freezeSettingRequested(QStringLiteral("none")); });
}

void HeadPanel::setState(const QString &layerName, qint64 outputs, qint64 classesFound)
{
    m_layerName = layerName;
    m_outputs = outputs;
    m_classesFound = classesFound;
    refresh();
}

void HeadPanel::setTotals(qint64 trainable, qint64 total)
{
    m_trainable = trainable;
    m_total = total;
    refresh();
}

void HeadPanel::setEditable(bool editable)
{
    m_editable = editable;
    refresh();
}

void HeadPanel::refresh()
{
    const int outputs = static_cast<int>(m_outputs);
    const int found = static_cast<int>(m_classesFound);
    const bool hasHead = !m_layerName.isEmpty();
    const bool fits = hasHead && m_outputs == m_classesFound;
    m_head->setText(
        hasHead ? counted(outputs, tr("%1 has 1 output"), tr("%1 has %n outputs", nullptr, outputs)).arg(m_layerName) : tr("No head"));
    if (!hasHead)
        m_advice->setText(tr("Open a model first; its last layer with weights is the head."));
    else if (m_classesFound == 0)
        m_advice->setText(tr("Choose a folder of pictures; the head is then sized for its classes."));
    else if (fits)
        m_advice->setText(counted(
            found, tr("It fits the one class found in the data."), tr("It fits the %n classes found in the data.", nullptr, found)));
    else
        m_advice->setText(counted(found, tr("The data has one class, so the head does not fit yet."),
            tr("The data has %n classes, so the head does not fit yet.", nullptr, found)));
    m_replace->setText(m_classesFound > 0
            ? counted(found, tr("Replace the head: 1 class"), tr("Replace the head: %n classes", nullptr, found))
            : tr("Replace the head"));
    m_replace->setToolTip(
        tr("Puts a fresh last layer with one output for each class in place of the old one and keeps everything before it."));
    m_replace->setEnabled(m_editable && hasHead && m_classesFound > 0);
    m_replace->setDefault(!fits);

    const double share = m_total > 0 ? static_cast<double>(m_trainable) / static_cast<double>(m_total) : 0;
    m_bar->setShare(share);
    m_bar->setVisible(m_total > 0);
    m_totals->setText(m_total > 0
            ? tr("%1 of %2 parameters trainable (%3)").arg(formatCount(m_trainable), formatCount(m_total), formatPercent(share))
            : tr("No parameters"));
    m_totals->setToolTip(tr("%L1 of %L2").arg(m_trainable).arg(m_total));
    m_bar->setAccessibleName(m_totals->text());
    m_bar->setToolTip(tr("Warm and plain: trained. Cool and hatched: frozen."));
    m_freezeTrunk->setEnabled(m_editable && hasHead);
    m_freezeNothing->setEnabled(m_editable && m_total > 0);
}

void HeadPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    QWidget::changeEvent(event);
}

} // namespace graft
