#include "properties/headpanel.h"

#include "common/text.h"
#include "common/theme.h"
#include "properties/foldingsection.h"
#include "properties/freezefinder.h"
#include "properties/headform.h"
#include "properties/headpreview.h"
#include "properties/headsketch.h"
#include "properties/panelparts.h"
#include "properties/sharebar.h"
#include "properties/surgerypanel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace graft {

HeadPanel::HeadPanel(QWidget *parent) : QWidget(parent)
{
    QVBoxLayout *column = makeScrollingColumn(this);
    auto *headTitle = makeHeading();
    headTitle->setContentsMargins(0, 0, 0, 0);
    m_more = makeNote();
    m_more->setTextFormat(Qt::RichText);
    m_more->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    column->addWidget(m_more);
    m_head = makeValueLabel();
    m_advice = makeNote();
    m_form = new HeadForm;
    m_sketch = new HeadSketch;
    m_sketchNote = makeNote();
    m_replace = new QPushButton;
    for (QWidget *part : std::initializer_list<QWidget *>{headTitle, m_head, m_advice, m_form, m_sketch, m_sketchNote})
        column->addWidget(part);
    column->addWidget(m_replace, 0, Qt::AlignLeft);

    auto *shareTitle = makeHeading();
    m_bar = new ShareBar;
    m_totals = makeValueLabel();
    m_freezeTrunk = new QPushButton;
    m_freezeNothing = new QPushButton;
    m_freezeFinder = new FreezeFinder;
    m_surgery = new SurgeryPanel;
    for (QWidget *part :
        std::initializer_list<QWidget *>{shareTitle, m_bar, m_totals, m_freezeTrunk, m_freezeNothing, m_freezeFinder, m_surgery})
        column->addWidget(part);
    column->addStretch(1);
    connectParts();
    m_texts.add([this, headTitle, shareTitle] {
        headTitle->setText(tr("Head"));
        headTitle->setToolTip(tr("The last layers, which turn what the network sees into answers: one output for each class."));
        shareTitle->setText(tr("What is trained"));
        m_freezeTrunk->setText(tr("Freeze all but the head"));
        m_freezeTrunk->setToolTip(tr("Only the head learns. Fast, and the best choice for few pictures."));
        m_freezeNothing->setText(tr("Freeze nothing"));
        m_freezeNothing->setToolTip(tr("Every layer learns. Slow; pays off with many pictures and a low learning rate."));
        refreshMore();
        refresh();
        refreshSketch();
    });
    connect(m_surgery, &SurgeryPanel::titlesChanged, this, &HeadPanel::refreshMore);
}

void HeadPanel::refreshMore()
{
    QStringList links;
    for (const FoldingSection *section : m_surgery->sections())
        links << QStringLiteral("<a href='%1' style='color:%2'>%3</a>")
                     .arg(links.size())
                     .arg(accentColor().name(), section->title().toHtmlEscaped());
    m_more->setText(tr("Below: %1", "links to parts of the panel").arg(links.join(QStringLiteral(" · "))));
}

void HeadPanel::showSection(int index)
{
    FoldingSection *section = m_surgery->sections()[static_cast<std::size_t>(index)];
    section->setOpen(true);
    auto *area = findChild<QScrollArea *>();
    QTimer::singleShot(0, section, [section, area] { area->ensureWidgetVisible(section, 0, 0); }); // once it has its place
}

void HeadPanel::connectParts()
{
    m_sketchLater.setSingleShot(true);
    m_sketchLater.setInterval(0);
    connect(&m_sketchLater, &QTimer::timeout, this, &HeadPanel::refreshSketch);
    connect(m_form, &HeadForm::planChanged, this, [this] {
        m_surgery->setPlan(m_form->plan());
        m_sketchLater.start();
        refreshHead();
    });
    connect(m_replace, &QPushButton::clicked, this, [this] { Q_EMIT replaceHeadRequested(m_form->plan()); });
    connect(m_freezeTrunk, &QPushButton::clicked, this, [this] { Q_EMIT freezeSettingRequested(QStringLiteral("all-but-head")); });
    connect(m_freezeNothing, &QPushButton::clicked, this, [this] { Q_EMIT freezeSettingRequested(QStringLiteral("none")); });
    connect(m_more, &QLabel::linkActivated, this, [this](const QString &index) { showSection(index.toInt()); });
    connect(m_freezeFinder, &FreezeFinder::freezeRequested, this, &HeadPanel::freezeRequested);
    connect(m_surgery, &SurgeryPanel::cutRequested, this, [this](LayerId layer) { Q_EMIT cutRequested(layer, m_form->plan()); });
    connect(m_surgery, &SurgeryPanel::inputSizeRequested, this, &HeadPanel::inputSizeRequested);
    connect(m_surgery, &SurgeryPanel::inputChannelsRequested, this, &HeadPanel::inputChannelsRequested);
    connect(m_surgery, &SurgeryPanel::swapActivationsRequested, this, &HeadPanel::swapActivationsRequested);
    connect(m_surgery, &SurgeryPanel::loraRequested, this, &HeadPanel::loraRequested);
    connect(m_surgery, &SurgeryPanel::bottlenecksRequested, this, &HeadPanel::bottlenecksRequested);
    connect(m_surgery, &SurgeryPanel::mergeAdaptersRequested, this, &HeadPanel::mergeAdaptersRequested);
}

void HeadPanel::setState(const QString &layerName, qint64 outputs, qint64 classesFound)
{
    m_layerName = layerName;
    m_outputs = outputs;
    m_classesFound = classesFound;
    m_form->setClassesFound(classesFound, outputs);
    m_form->setLabelSets(classesFound > 0 ? m_dataSets : m_modelSets);
    refresh();
}

void HeadPanel::setLabelSets(const std::vector<LabelSet> &ofModel, const std::vector<LabelSet> &ofData)
{
    m_modelSets = ofModel;
    m_dataSets = ofData;
}

void HeadPanel::setTotals(qint64 trainable, qint64 total)
{
    m_trainable = trainable;
    m_total = total;
    refresh();
}

void HeadPanel::setNetwork(const Network &network)
{
    m_network = network;
    m_freezeFinder->setNetwork(network);
    m_surgery->setNetwork(network);
    m_sketchLater.start();
}

void HeadPanel::setSelection(const std::vector<LayerId> &layers)
{
    m_surgery->setSelection(layers);
}

void HeadPanel::setEditable(bool editable)
{
    if (editable == m_editable)
        return;
    m_editable = editable;
    m_form->setEnabled(editable);
    m_freezeFinder->setEditable(editable);
    m_surgery->setEditable(editable);
    refresh();
}

void HeadPanel::refresh()
{
    refreshHead();
    refreshShare();
}

QString HeadPanel::headText() const
{
    const int outputs = static_cast<int>(m_outputs);
    if (m_layerName.isEmpty())
        return tr("No head");
    if (!m_modelSets.empty())
        return tr("A head for each of %n label sets: %1", nullptr, static_cast<int>(m_modelSets.size())).arg(labelSetsText(m_modelSets));
    return counted(outputs, tr("%1 has 1 output"), tr("%1 has %n outputs", nullptr, outputs)).arg(m_layerName);
}

QString HeadPanel::adviceText(bool fits) const
{
    const int found = static_cast<int>(m_classesFound), sets = static_cast<int>(m_dataSets.size());
    if (m_layerName.isEmpty())
        return tr("Open a model first; its last layer with weights is the head.");
    if (found == 0)
        return tr("Choose a folder of pictures, and the head is sized for its classes; or say how many there will be.");
    if (sets > 0)
        return fits ? tr("It fits the %n label sets found in the data.", nullptr, sets)
                    : tr("The data has %n label sets, so the head does not fit yet.", nullptr, sets);
    if (fits)
        return counted(
            found, tr("It fits the one class found in the data."), tr("It fits the %n classes found in the data.", nullptr, found));
    return counted(found, tr("The data has one class, so the head does not fit yet."),
        tr("The data has %n classes, so the head does not fit yet.", nullptr, found));
}

QString HeadPanel::replaceText() const
{
    const HeadPlan plan = m_form->plan();
    const int classes = static_cast<int>(plan.classes);
    if (!plan.labelSets.empty())
        return tr("Replace the head: one for each of %n label sets", nullptr, static_cast<int>(plan.labelSets.size()));
    return classes > 0 ? counted(classes, tr("Replace the head: 1 class"), tr("Replace the head: %n classes", nullptr, classes))
                       : tr("Replace the head");
}

void HeadPanel::refreshHead()
{
    const bool hasHead = !m_layerName.isEmpty();
    const bool fits = hasHead && m_outputs == m_classesFound && m_modelSets == m_dataSets;
    m_head->setText(headText());
    m_advice->setText(adviceText(fits));
    m_form->setVisible(hasHead);
    m_replace->setText(replaceText());
    m_replace->setToolTip(tr("Puts this head in place of the old one and keeps everything before it. One step of undo."));
    m_replace->setEnabled(m_editable && hasHead && m_form->plan().classes > 0 && m_problem.isEmpty());
    m_replace->setDefault(!fits);
}

void HeadPanel::refreshShare()
{
    const double share = m_total > 0 ? static_cast<double>(m_trainable) / static_cast<double>(m_total) : 0;
    m_bar->setShare(share);
    m_bar->setVisible(m_total > 0);
    m_totals->setText(m_total > 0
            ? tr("%1 of %2 parameters trainable (%3)").arg(formatCount(m_trainable), formatCount(m_total), formatPercent(share))
            : tr("No parameters"));
    m_totals->setToolTip(tr("%L1 of %L2").arg(m_trainable).arg(m_total));
    m_bar->setAccessibleName(m_totals->text());
    m_bar->setToolTip(tr("Warm and plain: trained. Cool and hatched: frozen."));
    m_freezeTrunk->setEnabled(m_editable && !m_layerName.isEmpty());
    m_freezeNothing->setEnabled(m_editable && m_total > 0);
}

void HeadPanel::refreshSketch()
{
    if (!isVisible())
        return;
    const HeadPlan plan = m_form->plan();
    HeadPreview preview;
    if (!m_network.empty() && !m_layerName.isEmpty() && (plan.classes > 0 || m_classesFound > 0))
        preview = previewHead(m_network, plan);
    m_problem = preview.problem;
    m_sketch->setPreview(preview);
    m_sketch->setVisible(!preview.steps.empty());
    QStringList notes;
    if (!preview.problem.isEmpty())
        notes << preview.problem;
    else if (!preview.steps.empty())
        notes << tr("%1 parameters in this head.").arg(formatCount(preview.parameters));
    if (preview.auxiliaryClassifiers > 0)
        notes << counted(preview.auxiliaryClassifiers, tr("The auxiliary classifier gets the same number of outputs."),
            tr("The %n auxiliary classifiers get the same number of outputs.", nullptr, preview.auxiliaryClassifiers));
    QPalette palette = this->palette();
    if (!preview.problem.isEmpty())
        palette.setColor(QPalette::PlaceholderText, errorColor());
    m_sketchNote->setPalette(palette);
    m_sketchNote->setText(notes.join(QLatin1Char(' ')));
    m_sketchNote->setVisible(!notes.isEmpty());
    refreshHead();
}

void HeadPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_sketchLater.start();
}

void HeadPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    QWidget::changeEvent(event);
}

} // namespace graft
