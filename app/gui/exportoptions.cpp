#include "gui/exportoptions.h"
#include "common/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFormLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <limits>

namespace graft {
namespace {

/// Options that Graft's own formats have go by a name for people; others by their own.
QString title(const AttributeSchema &option)
{
    if (option.name == "opset")
        return ExportOptions::tr("ONNX version (opset)");
    if (option.name == "preprocessing")
        return ExportOptions::tr("The file prepares pictures itself");
    return fromEngine(option.name);
}

QString help(const AttributeSchema &option)
{
    if (option.name == "opset")
        return ExportOptions::tr("A higher one is for newer programs, a lower one for older ones. The proposal suits most.");
    if (option.name == "preprocessing")
        return ExportOptions::tr("Scaling and colour normalisation become part of the network: it takes pictures as they are, cut to its "
                                 "size. Otherwise the file "
                                 "only says how to prepare them.");
    return fromEngine(option.help);
}

} // namespace

ExportOptions::ExportOptions(QWidget *parent) : QWidget(parent)
{
    m_rows = new QFormLayout(this);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setLabelAlignment(Qt::AlignLeft);
    hide();
}

void ExportOptions::setSchema(const std::vector<AttributeSchema> &schema)
{
    m_schema = schema;
    Attributes values;
    for (const AttributeSchema &option : schema) {
        const auto before = m_values.find(option.name);
        const bool stays = before != m_values.end() && before->second.index() == option.defaultValue.index();
        values.emplace(option.name, stays ? before->second : option.defaultValue);
    }
    m_values = std::move(values);
    rebuild();
    setVisible(!schema.empty());
}

void ExportOptions::rebuild()
{
    while (m_rows->rowCount() > 0)
        m_rows->removeRow(0);
    for (const AttributeSchema &option : m_schema) {
        QWidget *field = makeField(option);
        field->setObjectName(QStringLiteral("exportOption_") + fromEngine(option.name));
        field->setToolTip(help(option));
        if (auto *check = qobject_cast<QCheckBox *>(field)) {
            check->setText(title(option));
            m_rows->addRow(check);
        } else {
            m_rows->addRow(title(option), field);
        }
    }
}

QWidget *ExportOptions::makeField(const AttributeSchema &option)
{
    const auto set = [this, name = option.name](AttributeValue value) { m_values.insert_or_assign(name, std::move(value)); };
    const AttributeValue &value = m_values.at(option.name);
    const auto limit = [](std::optional<double> wanted, double otherwise) { return wanted.value_or(otherwise); };
    if (const auto *flag = std::get_if<bool>(&value)) {
        auto *field = new QCheckBox;
        field->setChecked(*flag);
        connect(field, &QCheckBox::toggled, this, [set](bool checked) { set(checked); });
        return field;
    }
    if (const auto *integer = std::get_if<std::int64_t>(&value)) {
        auto *field = new QSpinBox;
        constexpr int most = std::numeric_limits<int>::max();
        field->setRange(static_cast<int>(limit(option.minimum, -most)), static_cast<int>(limit(option.maximum, most)));
        field->setValue(static_cast<int>(*integer));
        field->setMaximumWidth(96);
        connect(field, &QSpinBox::valueChanged, this, [set](int chosen) { set(std::int64_t{chosen}); });
        return field;
    }
    if (const auto *number = std::get_if<double>(&value)) {
        auto *field = new QDoubleSpinBox;
        field->setRange(limit(option.minimum, -1e9), limit(option.maximum, 1e9));
        field->setValue(*number);
        connect(field, &QDoubleSpinBox::valueChanged, this, [set](double chosen) { set(chosen); });
        return field;
    }
    const auto *text = std::get_if<std::string>(&value);
    if (option.choices.empty()) {
        auto *field = new QLineEdit(text ? fromEngine(*text) : QString());
        field->setEnabled(text != nullptr);
        connect(field, &QLineEdit::textChanged, this, [set](const QString &written) { set(written.toStdString()); });
        return field;
    }
    auto *field = new QComboBox;
    for (const std::string &choice : option.choices)
        field->addItem(fromEngine(choice));
    field->setCurrentText(fromEngine(*text));
    connect(field, &QComboBox::currentTextChanged, this, [set](const QString &chosen) { set(chosen.toStdString()); });
    return field;
}

void ExportOptions::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        rebuild();
    QWidget::changeEvent(event);
}

} // namespace graft
