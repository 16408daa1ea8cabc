#include "properties/layerpanel.h"
#include "common/text.h"
#include "graph/layertype.h"
#include "properties/panelparts.h"
#include "properties/trimmedspinbox.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

namespace graft {

namespace {

void clearForm(QFormLayout *form)
{
    while (form->rowCount() > 0)
        form->removeRow(0);
}

QString significant(double value)
{
    return QLocale().toString(value, 'g', 3);
}

/// The innermost block that holds all the layers; empty when they have none in common.
QString commonBlock(const std::vector<const Layer *> &layers)
{
    std::string_view block = parentBlock(layers.front()->name);
    for (const Layer *layer : layers) {
        while (!isInBlock(layer->name, block))
            block = parentBlock(block);
    }
    return fromEngine(std::string(block));
}

bool isType(const Layer &layer, std::string_view part)
{
    return layer.type.find(part) != std::string::npos;
}

} // namespace

LayerPanel::LayerPanel(QWidget *parent) : QWidget(parent)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_pages = new QStackedWidget;
    outer->addWidget(m_pages);

    auto *nothing = makeNote();
    nothing->setAlignment(Qt::AlignCenter);
    nothing->setMargin(24);
    m_texts.add([nothing] { nothing->setText(tr("Click a layer or a block in the graph to see what it does and what it costs.")); });
    m_pages->addWidget(nothing);

    auto *page = new QWidget;
    QVBoxLayout *column = makeScrollingColumn(page);
    buildHeader(column);
    buildFacts(column);
    buildAdaptation(column);
    buildStatistics(column);
    column->addStretch(1);
    m_pages->addWidget(page);
    m_texts.add([this] { refresh(); });
}

void LayerPanel::buildHeader(QVBoxLayout *column)
{
    m_name = makeValueLabel();
    QFont font = m_name->font();
    font.setPointSizeF(font.pointSizeF() * 1.25);
    font.setBold(true);
    m_name->setFont(font);
    m_name->setMinimumWidth(1);
    column->addWidget(m_name);
    m_kind = makeValueLabel();
    column->addWidget(m_kind);
    m_help = makeNote();
    column->addWidget(m_help);
}

void LayerPanel::buildFacts(QVBoxLayout *column)
{
    m_facts = makeForm();
    m_facts->setVerticalSpacing(4);
    column->addSpacing(8);
    column->addLayout(m_facts);
    m_attributesTitle = makeHeading();
    column->addWidget(m_attributesTitle);
    m_attributes = makeForm();
    m_attributes->setVerticalSpacing(4);
    column->addLayout(m_attributes);
    m_texts.add([this] { m_attributesTitle->setText(tr("Attributes")); });
}

void LayerPanel::buildAdaptation(QVBoxLayout *column)
{
    auto *title = makeHeading();
    column->addWidget(title);
    m_frozen = new QCheckBox;
    column->addWidget(m_frozen);
    m_frozenMeaning = makeNote();
    column->addWidget(m_frozenMeaning);

    m_rateForm = makeForm();
    m_rateFactor = new TrimmedSpinBox;
    m_rateFactor->setRange(0.001, 100.0);
    m_rateFactor->setDecimals(3);
    m_rateFactor->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_rateFactor->setPrefix(QStringLiteral("× "));
    m_rateFactor->setKeyboardTracking(false);
    addFormRow(
        m_rateForm, m_rateFactor, m_texts, [] { return tr("Learning rate factor"); },
        [] { return tr("How much faster or slower than the rest this part learns: its learning rate is the run's times this number."); });
    column->addLayout(m_rateForm);
    m_freezeBefore = new QPushButton;
    column->addWidget(m_freezeBefore, 0, Qt::AlignLeft);

    m_texts.add([this, title] {
        title->setText(tr("Adapt"));
        m_frozen->setText(tr("Frozen"));
        m_frozen->setToolTip(tr("A frozen layer keeps what it has learned: training does not change it."));
        m_freezeBefore->setText(tr("Freeze everything before it"));
        m_freezeBefore->setToolTip(tr("Freezes all layers whose output reaches this one, and leaves the others as they are."));
    });
    connect(m_frozen, &QCheckBox::clicked, this, [this] {
        m_frozen->setTristate(false);
        Q_EMIT freezeRequested(m_layers, m_frozen->isChecked());
    });
    connect(m_freezeBefore, &QPushButton::clicked, this, [this] {
        if (!m_layers.empty())
            Q_EMIT freezeBeforeRequested(m_layers.front());
    });
    connect(
        m_rateFactor, &QDoubleSpinBox::valueChanged, this, [this](double factor) { Q_EMIT learningRateFactorRequested(m_layers, factor); });
}

void LayerPanel::buildStatistics(QVBoxLayout *column)
{
    m_statisticsTitle = makeHeading();
    column->addWidget(m_statisticsTitle);
    m_table = new QTableWidget(0, 6);
    QFont small = m_table->font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    m_table->setFont(small);
    m_table->horizontalHeader()->setFont(small);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    makeCopyable(m_table);
    column->addWidget(m_table);
    m_texts.add([this] {
        m_statisticsTitle->setText(tr("Weights"));
        m_table->setAccessibleName(tr("Weight statistics"));
        m_table->setHorizontalHeaderLabels({tr("Tensor"), tr("Min"), tr("Max"), tr("Mean"), tr("Std"), tr("Zeros")});
    });
}

void LayerPanel::showNothing()
{
    m_layers.clear();
    m_statistics.clear();
    refresh();
}

void LayerPanel::showLayers(const Network &network, const NetworkAnalysis &analysis, const std::vector<LayerId> &layers)
{
    std::vector<LayerId> known;
    std::copy_if(layers.begin(), layers.end(), std::back_inserter(known), [&](LayerId id) { return network.find(id) != nullptr; });
    if (known != m_layers)
        m_statistics.clear();
    m_network = network;
    m_analysis = analysis;
    m_layers = std::move(known);
    refresh();
}

void LayerPanel::setStatistics(const std::vector<std::pair<QString, TensorStatistics>> &statistics)
{
    m_statistics = statistics;
    refreshStatistics();
}

void LayerPanel::setEditable(bool editable)
{
    m_editable = editable;
    refresh();
}

std::vector<const Layer *> LayerPanel::shownLayers() const
{
    std::vector<const Layer *> layers;
    for (const LayerId id : m_layers)
        layers.push_back(m_network.find(id));
    return layers;
}

void LayerPanel::refresh()
{
    m_pages->setCurrentIndex(m_layers.empty() ? 0 : 1);
    if (m_layers.empty())
        return;
    const auto layers = shownLayers();
    clearForm(m_facts);
    clearForm(m_attributes);
    if (layers.size() == 1)
        refreshOne(*layers.front());
    else
        refreshSums(layers);
    m_attributesTitle->setVisible(m_attributes->rowCount() > 0);
    refreshAdaptation(layers);
    refreshStatistics();
}

void LayerPanel::addFact(QFormLayout *form, const QString &title, const QString &value, const QString &help)
{
    auto *label = new QLabel(title);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setToolTip(help);
    QLabel *text = makeValueLabel();
    text->setText(value);
    text->setToolTip(help);
    text->setAccessibleName(title);
    form->addRow(label, text);
}

void LayerPanel::refreshOne(const Layer &layer)
{
    const LayerType *type = layerTypes().find(layer.type);
    const LayerAnalysis *facts = m_analysis.find(layer.id);
    const QString block = fromEngine(std::string(parentBlock(layer.name)));
    m_name->setText(fromEngine(layer.name));
    m_kind->setText(block.isEmpty() ? fromEngine(layer.type) : tr("%1 in %2", "layer type in block").arg(fromEngine(layer.type), block));
    m_help->setText(type ? fromEngine(type->help) : QString());
    m_help->setVisible(!m_help->text().isEmpty());

    for (const LayerId input : layer.inputs) {
        const Layer *source = m_network.find(input);
        const LayerAnalysis *sourceFacts = m_analysis.find(input);
        if (source && sourceFacts)
            addFact(m_facts, layer.inputs.size() == 1 ? tr("Input") : tr("Input from %1").arg(fromEngine(source->name)),
                formatShape(sourceFacts->outputShape),
                tr("Comes from %1. Channels × height × width of one picture.").arg(fromEngine(source->name)));
    }
    if (facts) {
        addFact(m_facts, tr("Output"), formatShape(facts->outputShape), tr("Channels × height × width of one picture."));
        addFact(
            m_facts, tr("Parameters"), formatCount(facts->parameters), tr("%L1 numbers that training can change").arg(facts->parameters));
        addFact(m_facts, tr("Multiply-adds"), formatMultiplyAdds(facts->multiplyAdds), tr("%L1 for one picture").arg(facts->multiplyAdds));
    }
    if (!type)
        return;
    for (const AttributeSchema &attribute : type->schema) {
        const auto found = layer.attributes.find(attribute.name);
        const AttributeValue &value = found == layer.attributes.end() ? attribute.defaultValue : found->second;
        const QString help = attribute.required
            ? fromEngine(attribute.help)
            : tr("%1 Default: %2").arg(fromEngine(attribute.help), fromEngine(describe(attribute.defaultValue)));
        addFact(m_attributes, fromEngine(attribute.name), fromEngine(describe(value)), help);
    }
}

void LayerPanel::refreshSums(const std::vector<const Layer *> &layers)
{
    std::map<std::string, int> types;
    qint64 parameters = 0, trainable = 0, multiplyAdds = 0;
    for (const Layer *layer : layers) {
        ++types[layer->type];
        if (const LayerAnalysis *facts = m_analysis.find(layer->id)) {
            parameters += facts->parameters;
            trainable += layer->frozen ? 0 : facts->parameters;
            multiplyAdds += facts->multiplyAdds;
        }
    }
    QStringList kinds;
    for (const auto &[type, count] : types)
        kinds << tr("%1 × %2", "count × layer type").arg(count).arg(fromEngine(type));
    const QString block = commonBlock(layers);
    const QString count = tr("%n layers", nullptr, static_cast<int>(layers.size()));
    m_name->setText(block.isEmpty() ? count : block);
    m_kind->setText(block.isEmpty() ? kinds.join(QStringLiteral(", "))
                                    : tr("%1: %2", "number of layers: their kinds").arg(count, kinds.join(QStringLiteral(", "))));
    m_help->hide();
    if (const LayerAnalysis *last = m_analysis.find(layers.back()->id))
        addFact(m_facts, tr("Last output"), formatShape(last->outputShape),
            tr("Of %1. Channels × height × width of one picture.").arg(fromEngine(layers.back()->name)));
    addFact(m_facts, tr("Parameters"), formatCount(parameters), tr("%L1 numbers that training can change").arg(parameters));
    addFact(m_facts, tr("Trainable"), formatCount(trainable), tr("%L1 of them are not frozen").arg(trainable));
    addFact(m_facts, tr("Multiply-adds"), formatMultiplyAdds(multiplyAdds), tr("%L1 for one picture").arg(multiplyAdds));
}

void LayerPanel::refreshAdaptation(const std::vector<const Layer *> &layers)
{
    const auto frozen = std::count_if(layers.begin(), layers.end(), [](const Layer *layer) { return layer->frozen; });
    const bool all = frozen == static_cast<std::ptrdiff_t>(layers.size());
    m_frozen->setTristate(frozen > 0 && !all);
    m_frozen->setCheckState(all ? Qt::Checked : frozen > 0 ? Qt::PartiallyChecked : Qt::Unchecked);
    m_frozen->setEnabled(m_editable);
    m_frozenMeaning->setText(frozenMeaning(layers, frozen));

    const QSignalBlocker blocker(m_rateFactor);
    m_rateFactor->setValue(layers.front()->learningRateFactor);
    m_rateFactor->setEnabled(m_editable && !all);
    m_freezeBefore->setVisible(layers.size() == 1 && !layers.front()->inputs.empty());
    m_freezeBefore->setEnabled(m_editable);
}

QString LayerPanel::frozenMeaning(const std::vector<const Layer *> &layers, std::ptrdiff_t frozen) const
{
    const auto some = [&](std::string_view type) {
        return std::any_of(layers.begin(), layers.end(), [&](const Layer *layer) { return layer->frozen && isType(*layer, type); });
    };
    if (frozen == 0)
        return tr("Training changes it.");
    QStringList sentences;
    if (frozen < static_cast<std::ptrdiff_t>(layers.size()))
        sentences << tr("%1 of %2 layers are frozen.").arg(frozen).arg(layers.size());
    else
        sentences << tr("Training leaves it as it is.");
    if (some("BatchNorm"))
        sentences << tr("BatchNorm keeps its statistics.");
    if (some("Dropout"))
        sentences << tr("Dropout is off.");
    return sentences.join(QLatin1Char(' '));
}

void LayerPanel::refreshStatistics()
{
    m_table->setRowCount(static_cast<int>(m_statistics.size()));
    const bool any = !m_statistics.empty();
    m_statisticsTitle->setVisible(any);
    m_table->setVisible(any);
    int row = 0;
    for (const auto &[name, figures] : m_statistics)
        setStatisticsRow(row++, name, figures);
    m_table->resizeColumnsToContents();
    m_table->resizeRowsToContents();
    int height = m_table->horizontalHeader()->sizeHint().height() + 2 * m_table->frameWidth()
        + m_table->horizontalScrollBar()->sizeHint().height();
    for (int line = 0; line < m_table->rowCount(); ++line)
        height += m_table->rowHeight(line);
    m_table->setFixedHeight(height);
}

void LayerPanel::setStatisticsRow(int row, const QString &name, const TensorStatistics &figures)
{
    const QString shape = shapeOf(name);
    const QString warning = figures.notFinite > 0
        ? tr("%L1 elements are not finite (NaN or infinite) and left out of these figures.").arg(figures.notFinite)
        : QString();
    const QStringList cells
        = {(warning.isEmpty() ? name : QStringLiteral("⚠ ") + name) + (shape.isEmpty() ? QString() : QLatin1Char('\n') + shape),
            significant(figures.minimum), significant(figures.maximum), significant(figures.mean), significant(figures.standardDeviation),
            formatPercent(figures.zeroShare)};
    for (int column = 0; column < cells.size(); ++column) {
        auto *item = new QTableWidgetItem(cells[column]);
        item->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        item->setToolTip(warning);
        m_table->setItem(row, column, item);
    }
}

QString LayerPanel::shapeOf(const QString &tensorName) const
{
    const std::string name = tensorName.toStdString();
    for (const LayerId id : m_layers) {
        const Layer *layer = m_network.find(id);
        const LayerAnalysis *facts = m_analysis.find(id);
        if (!layer || !facts)
            continue;
        for (const TensorSpec &tensor : facts->tensors) {
            if (name == layer->name + "." + tensor.name || (m_layers.size() == 1 && name == tensor.name))
                return formatShape(tensor.shape);
        }
    }
    return {};
}

void LayerPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_texts.run();
    QWidget::changeEvent(event);
}

} // namespace graft
