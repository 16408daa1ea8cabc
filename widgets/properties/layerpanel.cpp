#include "properties/layerpanel.h"

#include "common/text.h"
#include "common/theme.h"
#include "properties/attributeform.h"
#include "properties/freezesection.h"
#include "properties/namefield.h"
#include "properties/panelparts.h"
#include "properties/tensortable.h"

#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QStackedWidget>
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

/// The innermost block that holds all the layers; empty when they have none in common.
std::string commonBlock(const std::vector<const Layer *> &layers)
{
    std::string_view block = parentBlock(layers.front()->name);
    for (const Layer *layer : layers) {
        while (!isInBlock(layer->name, block))
            block = parentBlock(block);
    }
    return std::string(block);
}

std::ptrdiff_t layersIn(const Network &network, const std::string &block)
{
    const auto &all = network.layers();
    return std::count_if(all.begin(), all.end(), [&](const Layer &layer) { return isInBlock(layer.name, block); });
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
    buildAttributes(column);
    m_freeze = new FreezeSection;
    column->addWidget(m_freeze);
    m_statisticsTitle = makeHeading();
    m_table = new TensorTable;
    column->addWidget(m_statisticsTitle);
    column->addWidget(m_table);
    column->addStretch(1);
    m_pages->addWidget(page);
    connectParts();
    m_texts.add([this] {
        m_attributesTitle->setText(tr("Attributes"));
        m_statisticsTitle->setText(tr("Weights"));
        m_name->setAccessibleName(tr("Name of the layer or block"));
        refresh();
    });
}

LayerPanel::~LayerPanel()
{
    // A field that loses the keyboard now must not ask for anything any more.
    m_name->disconnect(this);
    m_attributes->disconnect(this);
    m_freeze->disconnect(this);
}

void LayerPanel::buildHeader(QVBoxLayout *column)
{
    m_name = new NameField;
    column->addWidget(m_name);
    m_kind = makeValueLabel();
    column->addWidget(m_kind);
    m_help = makeNote();
    column->addWidget(m_help);
    m_problem = makeValueLabel();
    column->addWidget(m_problem);
    m_facts = makeForm();
    m_facts->setVerticalSpacing(4);
    column->addSpacing(8);
    column->addLayout(m_facts);
}

void LayerPanel::buildAttributes(QVBoxLayout *column)
{
    m_attributesTitle = makeHeading();
    m_attributes = new AttributeForm;
    column->addWidget(m_attributesTitle);
    column->addWidget(m_attributes);
}

void LayerPanel::connectParts()
{
    connect(m_name, &NameField::renameRequested, this, &LayerPanel::askForName);
    connect(m_attributes, &AttributeForm::attributeRequested, this, &LayerPanel::attributeRequested);
    connect(m_freeze, &FreezeSection::freezeRequested, this, [this](bool frozen) { Q_EMIT freezeRequested(m_layers, frozen); });
    connect(m_freeze, &FreezeSection::freezeBeforeRequested, this, [this] {
        if (!m_layers.empty())
            Q_EMIT freezeBeforeRequested(m_layers.front());
    });
    connect(m_freeze, &FreezeSection::learningRateFactorRequested, this,
        [this](double factor) { Q_EMIT learningRateFactorRequested(m_layers, factor); });
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

void LayerPanel::setProblems(const std::vector<Error> &problems)
{
    m_problems = problems;
    refreshProblems(shownLayers());
}

void LayerPanel::setStatistics(const std::vector<std::pair<QString, TensorStatistics>> &statistics)
{
    m_statistics = statistics;
    refreshStatistics();
}

void LayerPanel::setEditable(bool editable)
{
    if (editable == m_editable)
        return;
    m_editable = editable;
    refresh();
}

void LayerPanel::showAttributeError(const QString &attribute, const QString &sentence)
{
    m_attributes->showError(attribute, sentence);
}

void LayerPanel::showNameError(const QString &sentence)
{
    m_name->showError(sentence);
}

void LayerPanel::editName()
{
    m_name->startEditing();
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
    qint64 parameters = 0;
    for (const LayerId id : m_layers)
        if (const LayerAnalysis *facts = m_analysis.find(id))
            parameters += facts->parameters;
    clearForm(m_facts);
    m_block.clear();
    if (layers.size() == 1)
        refreshOne(*layers.front());
    else
        refreshSums(layers);
    m_name->setReadOnly(!m_editable || (layers.size() > 1 && m_block.isEmpty()));
    m_attributes->setEditable(m_editable);
    m_attributes->setLayers(layers);
    m_attributesTitle->setVisible(!m_attributes->isEmpty());
    m_freeze->setLayers(layers, parameters);
    m_freeze->setEditable(m_editable);
    refreshProblems(layers);
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
    m_name->setName(fromEngine(layer.name));
    m_kind->setText(block.isEmpty() ? fromEngine(layer.type) : tr("%1 in %2", "layer type in block").arg(fromEngine(layer.type), block));
    m_help->setText(type ? engineText(type->help) : QString());
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
    const std::string common = commonBlock(layers);
    const QString block = fromEngine(common);
    if (!common.empty() && layersIn(m_network, common) == static_cast<std::ptrdiff_t>(layers.size()))
        m_block = block;
    const QString count = tr("%n layers", nullptr, static_cast<int>(layers.size()));
    m_name->setName(block.isEmpty() ? count : block);
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

void LayerPanel::refreshProblems(const std::vector<const Layer *> &layers)
{
    QStringList sentences;
    for (const Error &problem : m_problems) {
        if (std::any_of(layers.begin(), layers.end(), [&](const Layer *layer) { return layer->name == problem.subject; }))
            sentences << fromEngine(problem.message);
    }
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText, errorColor());
    m_problem->setPalette(palette);
    m_problem->setText(sentences.join(QLatin1Char('\n')));
    m_problem->setVisible(!sentences.isEmpty());
}

void LayerPanel::askForName(const QString &name)
{
    const std::string wanted = name.toStdString();
    const bool taken = m_network.find(wanted) || layersIn(m_network, wanted) > 0;
    if (taken)
        m_name->showError(tr("There is a layer or block `%1` already; choose another name.").arg(name));
    else if (m_layers.size() == 1)
        Q_EMIT renameRequested(m_layers.front(), name);
    else if (!m_block.isEmpty())
        Q_EMIT renameBlockRequested(m_block, name);
}

void LayerPanel::refreshStatistics()
{
    std::vector<TensorTable::Row> rows;
    for (const auto &[name, figures] : m_statistics)
        rows.push_back({name, shapeOf(name), figures});
    m_statisticsTitle->setVisible(!rows.empty());
    m_table->setVisible(!rows.empty());
    m_table->setRows(rows);
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
