#include "properties/surgerypanel.h"

#include "common/text.h"
#include "properties/activationchoices.h"
#include "properties/foldingsection.h"
#include "properties/headpreview.h"
#include "properties/numberfield.h"
#include "properties/panelparts.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

namespace graft {

namespace {

constexpr int largestSize = 4096, mostChannels = 1024, mostFeatures = 65536;
constexpr double smallestAlpha = 0.001, largestAlpha = 10'000;

QHBoxLayout *makeLine(std::initializer_list<QWidget *> parts)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    for (QWidget *part : parts)
        line->addWidget(part, part->sizePolicy().horizontalPolicy() == QSizePolicy::Expanding ? 1 : 0);
    return line;
}

QLabel *makeTitle()
{
    auto *label = new QLabel;
    label->setWordWrap(true);
    label->setContentsMargins(0, 4, 0, 0);
    return label;
}

std::int64_t whole(const NumberField &field)
{
    const auto value = field.value();
    return value ? std::get<std::int64_t>(*value) : 0;
}

} // namespace

SurgeryPanel::SurgeryPanel(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    for (FoldingSection *&section : m_sections) {
        section = new FoldingSection;
        column->addWidget(section);
    }
    m_texts.add([this] {
        m_sections[Adapters]->setTitle(tr("Adapters (LoRA, bottleneck)"));
        m_sections[Input]->setTitle(tr("Input: size, channels"));
        m_sections[Activations]->setTitle(tr("Activations"));
        m_sections[Cut]->setTitle(tr("Cut the network"));
        Q_EMIT titlesChanged();
    });
    buildAdapters(m_sections[Adapters]->column());
    buildInput(m_sections[Input]->column());
    buildActivation(m_sections[Activations]->column());
    buildCut(m_sections[Cut]->column());
    connectParts();
    connectAdapters();
    m_texts.add([this] { refresh(); });
}

void SurgeryPanel::buildCut(QVBoxLayout *column)
{
    m_cut = new QPushButton;
    m_cut->setMinimumWidth(1);
    m_cutMeaning = makeNote();
    column->addWidget(m_cut);
    column->addWidget(m_cutMeaning);
}

void SurgeryPanel::buildInput(QVBoxLayout *column)
{
    auto *sizeTitle = makeTitle();
    m_size = new NumberField(NumberField::Kind::Whole, 1, largestSize);
    m_setSize = new QPushButton;
    column->addWidget(sizeTitle);
    column->addLayout(makeLine({m_size, m_setSize}));
    auto *channelsTitle = makeTitle();
    m_channels = new NumberField(NumberField::Kind::Whole, 1, mostChannels);
    m_channels->setUsualCharacters(3);
    m_rule = new QComboBox;
    m_rule->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_rule->addItems({QString(), QString()});
    makeNarrow(m_rule);
    m_setChannels = new QPushButton;
    column->addWidget(channelsTitle);
    column->addLayout(makeLine({m_channels, m_rule, m_setChannels}));
    sizeTitle->setBuddy(m_size);
    channelsTitle->setBuddy(m_channels);
    m_texts.add([this, sizeTitle, channelsTitle] {
        sizeTitle->setText(tr("Side of the input pictures (px)"));
        m_size->setAccessibleName(sizeTitle->text());
        m_size->setToolTip(tr("Pictures are brought to this height and width. Larger ones show more and cost more."));
        m_setSize->setText(tr("Set"));
        m_setSize->setAccessibleName(tr("Set the side of the input pictures"));
        channelsTitle->setText(tr("Channels of the input"));
        m_channels->setAccessibleName(channelsTitle->text());
        m_channels->setToolTip(tr("3 for colour, 1 for grey pictures such as X-rays."));
        m_rule->setItemText(0, tr("Sum filters"));
        m_rule->setItemText(1, tr("Average filters"));
        m_rule->setAccessibleName(tr("What becomes of the first convolution's filters"));
        m_rule->setToolTip(tr("What becomes of the first convolution's filters. Their sum over the colours keeps what grey pictures gave "
                              "before; their mean is weaker."));
        m_setChannels->setText(tr("Set"));
        m_setChannels->setAccessibleName(tr("Set the channels of the input"));
    });
}

void SurgeryPanel::buildActivation(QVBoxLayout *column)
{
    m_from = new QComboBox;
    m_to = new QComboBox;
    m_to->addItems(activationChoices());
    for (QComboBox *box : {m_from, m_to}) {
        box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        makeNarrow(box);
        guardAgainstWheel(box);
    }
    m_swap = new QPushButton;
    column->addLayout(makeLine({m_from, new QLabel(QStringLiteral("→")), m_to}));
    column->addWidget(m_swap);
    m_texts.add([this] {
        m_from->setAccessibleName(tr("Activation to replace"));
        m_to->setAccessibleName(tr("Activation to put in its place"));
        m_swap->setText(tr("Swap activations"));
        m_swap->setToolTip(tr("In the chosen layers when there are such among them, otherwise in the whole network."));
    });
}

void SurgeryPanel::buildAdapters(QVBoxLayout *column)
{
    auto *title = makeTitle();
    m_adapter = new QComboBox;
    m_adapter->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_adapter->addItems({QString(), QString()});
    makeNarrow(m_adapter);
    guardAgainstWheel(m_adapter);
    const LoraPlan usual;
    auto *rankTitle = new QLabel;
    m_rank = new NumberField(NumberField::Kind::Whole, 1, mostFeatures);
    m_rank->setValue(AttributeValue(usual.rank));
    m_alphaTitle = new QLabel;
    m_alpha = new NumberField(NumberField::Kind::Decimal, smallestAlpha, largestAlpha);
    m_alpha->setValue(AttributeValue(usual.alpha));
    m_addAdapters = new QPushButton;
    m_mergeAdapters = new QPushButton;
    for (NumberField *field : {m_rank, m_alpha}) {
        field->setUsualCharacters(3);
        guardAgainstWheel(field);
    }
    column->addWidget(title);
    column->addWidget(m_adapter);
    column->addLayout(makeLine({rankTitle, m_rank, m_alphaTitle, m_alpha}));
    column->addWidget(m_addAdapters);
    column->addWidget(m_mergeAdapters);
    m_texts.add([this, title, rankTitle] {
        title->setText(tr("Adapters for the chosen layers"));
        title->setToolTip(tr("Few new weights learn beside frozen ones: little memory, and the old network stays as it is."));
        m_adapter->setItemText(0, tr("LoRA, beside the layer"));
        m_adapter->setItemText(1, tr("Bottleneck, behind the layer"));
        m_adapter->setAccessibleName(tr("Kind of adapter"));
        rankTitle->setText(tr("Rank"));
        m_rank->setAccessibleName(tr("Rank of the adapters"));
        m_rank->setToolTip(tr("How many features the adapter has in between: more learn more and cost more."));
        m_alphaTitle->setText(tr("Alpha"));
        m_alpha->setAccessibleName(tr("Alpha of the adapters"));
        m_alpha->setToolTip(tr("The branch counts alpha / rank times."));
        m_mergeAdapters->setText(tr("Merge LoRA into the weights"));
        m_mergeAdapters->setToolTip(tr("Folds each branch into the layer beside it; the answers stay."));
    });
}

void SurgeryPanel::connectAdapters()
{
    connect(m_addAdapters, &QPushButton::clicked, this, [this] {
        if (m_adapter->currentIndex() == 0)
            Q_EMIT loraRequested(adaptable(), {whole(*m_rank), std::get<double>(m_alpha->value().value_or(LoraPlan().alpha))});
        else
            Q_EMIT bottlenecksRequested(adaptable(), whole(*m_rank));
    });
    connect(m_mergeAdapters, &QPushButton::clicked, this, &SurgeryPanel::mergeAdaptersRequested);
    connect(m_adapter, &QComboBox::currentIndexChanged, this, &SurgeryPanel::refreshAdapters);
    for (NumberField *field : {m_rank, m_alpha}) {
        connect(field, &NumberField::typed, this, &SurgeryPanel::refreshAdapters);
        connect(field, &NumberField::entered, this, &SurgeryPanel::refreshAdapters);
    }
}

std::vector<LayerId> SurgeryPanel::adaptable() const
{
    std::vector<LayerId> found;
    for (const LayerId id : m_selection) {
        const Layer *layer = m_network.find(id);
        if (layer && (layer->type == "Linear" || layer->type == "Conv2d"))
            found.push_back(id);
    }
    return found;
}

void SurgeryPanel::refreshAdapters()
{
    const bool isLora = m_adapter->currentIndex() == 0;
    const auto count = static_cast<int>(adaptable().size());
    m_alpha->setVisible(isLora);
    m_alphaTitle->setVisible(isLora);
    const auto alpha = m_alpha->value();
    const bool valid = whole(*m_rank) >= 1 && whole(*m_rank) <= mostFeatures
        && (!isLora || (alpha && std::get<double>(*alpha) >= smallestAlpha && std::get<double>(*alpha) <= largestAlpha));
    m_addAdapters->setText(count == 0 ? tr("Add to the chosen layers")
                                      : counted(count, tr("Add to 1 chosen layer"), tr("Add to %n chosen layers", nullptr, count)));
    m_addAdapters->setToolTip(tr("Choose Linear or Conv2d layers, or blocks that hold some. They are frozen then; the adapters learn."));
    m_addAdapters->setEnabled(m_editable && count > 0 && valid);
    m_mergeAdapters->setEnabled(m_editable && hasLora(m_network));
}

void SurgeryPanel::connectParts()
{
    const auto setSize = [this] { Q_EMIT inputSizeRequested(static_cast<int>(whole(*m_size))); };
    const auto setChannels = [this] {
        Q_EMIT inputChannelsRequested(
            static_cast<int>(whole(*m_channels)), m_rule->currentIndex() == 0 ? ChannelWeights::Sum : ChannelWeights::Average);
    };
    connect(m_cut, &QPushButton::clicked, this, [this] {
        if (const Layer *layer = cutLayer())
            Q_EMIT cutRequested(layer->id);
    });
    connect(m_setSize, &QPushButton::clicked, this, setSize);
    connect(m_setChannels, &QPushButton::clicked, this, setChannels);
    connect(m_swap, &QPushButton::clicked, this,
        [this] { Q_EMIT swapActivationsRequested(activations(m_from->currentData().toString().toStdString()), m_to->currentText()); });
    for (NumberField *field : {m_size, m_channels}) {
        guardAgainstWheel(field);
        connect(field, &NumberField::typed, this, &SurgeryPanel::refreshInput);
        connect(field, &NumberField::entered, this, &SurgeryPanel::refreshInput);
    }
    connect(m_from, &QComboBox::currentIndexChanged, this, &SurgeryPanel::refreshSwap);
    connect(m_to, &QComboBox::currentIndexChanged, this, &SurgeryPanel::refreshSwap);
}

void SurgeryPanel::setNetwork(const Network &network)
{
    const Shape before = m_network.inputShape(), now = network.inputShape();
    m_network = network;
    if (before != now && now.size() == 3) {
        m_channels->setValue(AttributeValue(now[0]));
        m_size->setValue(AttributeValue(now[1]));
    }
    refresh();
}

void SurgeryPanel::setSelection(const std::vector<LayerId> &layers)
{
    m_selection = layers;
    refresh();
}

void SurgeryPanel::setPlan(const HeadPlan &plan)
{
    m_plan = plan;
    refreshCut();
}

void SurgeryPanel::setEditable(bool editable)
{
    if (editable == m_editable)
        return;
    m_editable = editable;
    refresh();
}

const Layer *SurgeryPanel::cutLayer() const
{
    return m_selection.empty() ? nullptr : m_network.find(m_selection.back());
}

void SurgeryPanel::refresh()
{
    if (!isVisible())
        return;
    refreshCut();
    refreshInput();
    refreshActivations();
    refreshAdapters();
}

void SurgeryPanel::refreshCut()
{
    if (!isVisible())
        return;
    const Layer *layer = cutLayer();
    m_cut->setEnabled(false);
    if (!layer) {
        m_cut->setText(tr("Cut here and put this head on"));
        m_cutMeaning->setText(tr("Choose a layer or block; the network can end behind it, with the head from above."));
        return;
    }
    const QString name = fromEngine(layer->name);
    const QString text = tr("Cut behind %1").arg(name);
    m_cut->setText(m_cut->fontMetrics().elidedText(text, Qt::ElideMiddle, std::max(120, width() - 24)));
    m_cut->setToolTip(text);
    const HeadPreview preview = previewCut(m_network, layer->id, m_plan);
    if (!preview.problem.isEmpty())
        return m_cutMeaning->setText(preview.problem);
    m_cut->setEnabled(m_editable);
    m_cutMeaning->setText(tr("Takes away %1 behind it and puts the head from above there (%2 parameters).")
                              .arg(counted(preview.removedLayers, tr("1 layer"), tr("%n layers", nullptr, preview.removedLayers)),
                                  formatCount(preview.parameters)));
}

void SurgeryPanel::refreshInput()
{
    const Shape shape = m_network.inputShape();
    const bool isPicture = shape.size() == 3;
    const std::int64_t size = whole(*m_size), channels = whole(*m_channels);
    m_size->setEnabled(m_editable && isPicture);
    m_setSize->setEnabled(m_editable && isPicture && size > 0 && size <= largestSize && (size != shape[1] || size != shape[2]));
    m_channels->setEnabled(m_editable && isPicture);
    m_rule->setEnabled(m_editable && isPicture);
    m_setChannels->setEnabled(m_editable && isPicture && channels > 0 && channels <= mostChannels && channels != shape[0]);
}

std::vector<LayerId> SurgeryPanel::activations(const std::string &type) const
{
    const auto collect = [&](auto wanted) {
        std::vector<LayerId> found;
        for (const Layer &layer : m_network.layers()) {
            const LayerType *known = layerTypes().find(layer.type);
            if (known && known->category == "activation" && (type.empty() || layer.type == type) && wanted(layer.id))
                found.push_back(layer.id);
        }
        return found;
    };
    const auto chosen = collect([&](LayerId id) { return std::find(m_selection.begin(), m_selection.end(), id) != m_selection.end(); });
    return chosen.empty() ? collect([](LayerId) { return true; }) : chosen;
}

void SurgeryPanel::refreshActivations()
{
    std::map<std::string, int> counts;
    for (const LayerId id : activations({}))
        ++counts[m_network.find(id)->type];
    const QVariant chosen = m_from->currentData();
    const QSignalBlocker blocker(m_from);
    m_from->clear();
    for (const auto &[type, count] : counts)
        m_from->addItem(tr("%1 (%2)", "layer type (how many)").arg(fromEngine(type)).arg(count), fromEngine(type));
    m_from->setCurrentIndex(std::max(0, m_from->findData(chosen)));
    refreshSwap();
}

void SurgeryPanel::refreshSwap()
{
    const QString from = m_from->currentData().toString();
    m_from->setEnabled(m_editable && m_from->count() > 0);
    m_to->setEnabled(m_editable && m_from->count() > 0);
    m_swap->setEnabled(m_editable && !from.isEmpty() && from != m_to->currentText());
}

void SurgeryPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void SurgeryPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    QWidget::changeEvent(event);
}

} // namespace graft
