#include "properties/attributeform.h"

#include "common/text.h"
#include "properties/attributerow.h"
#include "properties/attributetext.h"
#include "properties/panelparts.h"

#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

namespace graft {

namespace {

using Content = AttributeRow::Content;

constexpr int helpLines = 3;

/// Editors of one attribute fit layers of several types.
Content &contentFor(std::vector<Content> &contents, const LayerType &type, const AttributeSchema &schema)
{
    const auto alike = [&](const Content &known) {
        const AttributeSchema &other = *known.schema;
        return other.name == schema.name && other.defaultValue.index() == schema.defaultValue.index() && other.length == schema.length
            && other.choices == schema.choices && other.minimum == schema.minimum && other.maximum == schema.maximum;
    };
    const auto found = std::find_if(contents.begin(), contents.end(), alike);
    return found == contents.end() ? contents.emplace_back(Content{&type, &schema, {}, {}, {}}) : *found;
}

std::vector<Content> contentsOf(const std::vector<const Layer *> &layers)
{
    std::vector<const LayerType *> types; // in the order of their first layers
    std::map<const LayerType *, std::vector<const Layer *>> ofType;
    for (const Layer *layer : layers) {
        const LayerType *type = layerTypes().find(layer->type);
        if (!type)
            continue;
        auto &those = ofType[type];
        if (those.empty())
            types.push_back(type);
        those.push_back(layer);
    }
    std::vector<Content> contents;
    for (const LayerType *type : types) {
        for (const AttributeSchema &schema : type->schema) {
            Content &content = contentFor(contents, *type, schema);
            for (const Layer *layer : ofType[type]) {
                const AttributeValue &value = attributeValue(*layer, schema);
                content.layers.push_back(layer->id);
                if (std::find(content.values.begin(), content.values.end(), value) == content.values.end())
                    content.values.push_back(value);
                if (content.firstName.empty())
                    content.firstName = layer->name;
            }
        }
    }
    return contents;
}

} // namespace

AttributeForm::AttributeForm(QWidget *parent) : QWidget(parent), m_form(makeForm()), m_help(makeNote())
{
    m_form->setVerticalSpacing(2);
    m_help->setMinimumHeight(helpLines * m_help->fontMetrics().lineSpacing());
    m_help->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(m_form);
    column->addWidget(m_help);
}

void AttributeForm::setLayers(const std::vector<const Layer *> &layers)
{
    const std::vector<Content> contents = contentsOf(layers);
    const bool same = std::equal(m_rows.begin(), m_rows.end(), contents.begin(), contents.end(),
        [](const AttributeRow *row, const Content &content) { return row->fits(*content.schema); });
    if (!same)
        arrange(contents);
    for (std::size_t i = 0; i < contents.size(); ++i) {
        m_rows[i]->setContent(contents[i]);
        m_rows[i]->setEditable(m_editable);
    }
    setVisible(!contents.empty());
}

void AttributeForm::arrange(const std::vector<Content> &contents)
{
    std::vector<AttributeRow *> before = std::exchange(m_rows, {});
    for (AttributeRow *row : before) {
        const QFormLayout::TakeRowResult taken = m_form->takeRow(row);
        delete taken.labelItem->widget();
        delete taken.labelItem;
        delete taken.fieldItem;
    }
    for (const Content &content : contents) {
        const auto fitting
            = std::find_if(before.begin(), before.end(), [&](const AttributeRow *row) { return row && row->fits(*content.schema); });
        AttributeRow *row = fitting == before.end() ? makeRow(content) : std::exchange(*fitting, nullptr);
        auto *label = new QLabel(row->title());
        label->setBuddy(row);
        label->setToolTip(row->help());
        m_form->addRow(label, row);
        if (!m_rows.empty())
            setTabOrder(m_rows.back(), row);
        m_rows.push_back(row);
    }
    for (AttributeRow *row : before) {
        if (!row)
            continue;
        row->hide();
        row->deleteLater();
    }
    showHelp(nullptr);
}

AttributeRow *AttributeForm::makeRow(const Content &content)
{
    auto *row = new AttributeRow(content, this);
    connect(row, &AttributeRow::requested, this, &AttributeForm::attributeRequested);
    connect(row, &AttributeRow::focused, this, [this, row] { showHelp(row); });
    return row;
}

void AttributeForm::showHelp(const AttributeRow *row)
{
    m_helped = row;
    m_help->setText(row ? tr("%1: %2", "attribute: help").arg(fromEngine(row->schema().name), row->help())
                        : tr("Point at an attribute to see what it means."));
}

void AttributeForm::setEditable(bool editable)
{
    m_editable = editable;
    for (AttributeRow *row : m_rows)
        row->setEditable(editable);
}

void AttributeForm::showError(const QString &attribute, const QString &sentence)
{
    for (AttributeRow *row : m_rows)
        if (fromEngine(row->schema().name) == attribute)
            row->showError(sentence);
}

void AttributeForm::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        for (AttributeRow *row : m_rows)
            row->retranslate();
        showHelp(m_helped);
    }
    QWidget::changeEvent(event);
}

} // namespace graft
