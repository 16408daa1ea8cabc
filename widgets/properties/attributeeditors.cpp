#include "properties/attributeeditors.h"

#include "common/icons.h"
#include "common/text.h"
#include "properties/numberfield.h"
#include "properties/panelparts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QToolButton>
#include <set>

namespace graft {

namespace {

using Ints = std::vector<std::int64_t>;

QHBoxLayout *makeRow(QWidget *editor)
{
    auto *row = new QHBoxLayout(editor);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    return row;
}

NumberField::Kind kindOf(const AttributeSchema &schema)
{
    return std::holds_alternative<double>(schema.defaultValue) ? NumberField::Kind::Decimal : NumberField::Kind::Whole;
}

QString listText(const Ints &numbers)
{
    QStringList parts;
    for (const std::int64_t number : numbers)
        parts << QString::number(number);
    return parts.join(QStringLiteral(", "));
}

} // namespace

FlagEditor::FlagEditor(QWidget *parent) : AttributeEditor(parent), m_box(new QCheckBox)
{
    makeRow(this)->addWidget(m_box);
    setFocusProxy(m_box);
    connect(m_box, &QCheckBox::clicked, this, [this] {
        m_box->setTristate(false);
        Q_EMIT proposed(m_box->isChecked(), InputMoment::Entered);
    });
}

void FlagEditor::setValues(const std::vector<AttributeValue> &values)
{
    m_box->setTristate(values.size() > 1);
    m_box->setCheckState(values.size() > 1 ? Qt::PartiallyChecked : std::get<bool>(values.front()) ? Qt::Checked : Qt::Unchecked);
}

void FlagEditor::setNames(const QString &name, const QString &help)
{
    m_box->setAccessibleName(name);
    m_box->setAccessibleDescription(help);
}

ChoiceEditor::ChoiceEditor(const AttributeSchema &schema, QWidget *parent) : AttributeEditor(parent), m_box(new QComboBox)
{
    for (const std::string &choice : schema.choices)
        m_box->addItem(fromEngine(choice));
    makeRow(this)->addWidget(m_box, 1);
    setFocusProxy(m_box);
    guardAgainstWheel(m_box);
    connect(m_box, &QComboBox::activated, this,
        [this](int index) { Q_EMIT proposed(m_box->itemText(index).toStdString(), InputMoment::Entered); });
}

void ChoiceEditor::setValues(const std::vector<AttributeValue> &values)
{
    m_box->setPlaceholderText(values.size() > 1 ? tr("several values") : QString());
    m_box->setCurrentIndex(values.size() > 1 ? -1 : m_box->findText(fromEngine(std::get<std::string>(values.front()))));
}

void ChoiceEditor::setNames(const QString &name, const QString &help)
{
    m_box->setAccessibleName(name);
    m_box->setAccessibleDescription(help);
}

NumberEditor::NumberEditor(const AttributeSchema &schema, QWidget *parent)
    : AttributeEditor(parent), m_field(new NumberField(kindOf(schema), schema.minimum, schema.maximum))
{
    m_field->setStep(schema.step);
    makeRow(this)->addWidget(m_field, 1);
    setFocusProxy(m_field);
    guardAgainstWheel(m_field);
    connect(m_field, &NumberField::typed, this, [this] { say(InputMoment::Typing); });
    connect(m_field, &NumberField::entered, this, [this] { say(InputMoment::Entered); });
    connect(m_field, &NumberField::left, this, [this] { say(InputMoment::Left); });
    connect(m_field, &NumberField::escaped, this, &NumberEditor::escaped);
}

void NumberEditor::setValues(const std::vector<AttributeValue> &values)
{
    m_mixed = values.size() > 1;
    m_field->setPlaceholder(m_mixed ? tr("several values") : QString());
    m_field->setValue(m_mixed ? std::nullopt : std::optional(values.front()));
}

void NumberEditor::setNames(const QString &name, const QString &help)
{
    m_field->setAccessibleName(name);
    m_field->setAccessibleDescription(help);
}

void NumberEditor::say(InputMoment moment)
{
    if (m_mixed && m_field->isBlank()) {
        if (moment == InputMoment::Left)
            Q_EMIT escaped();
        return;
    }
    if (const auto value = m_field->value())
        Q_EMIT proposed(*value, moment);
    else
        Q_EMIT unreadable(tr("Type a number."), moment);
}

PairEditor::PairEditor(const AttributeSchema &schema, QWidget *parent)
    : AttributeEditor(parent), m_first(new NumberField(NumberField::Kind::Whole, schema.minimum, schema.maximum)),
      m_second(new NumberField(NumberField::Kind::Whole, schema.minimum, schema.maximum)), m_link(new QToolButton)
{
    m_link->setCheckable(true);
    m_link->setAutoRaise(true);
    m_link->setIcon(icon(QStringLiteral("link")));
    QHBoxLayout *row = makeRow(this);
    row->addWidget(m_first, 1);
    row->addWidget(new QLabel(QStringLiteral("×")));
    row->addWidget(m_second, 1);
    row->addWidget(m_link);
    setFocusProxy(m_first);
    connectField(m_first, m_second);
    connectField(m_second, m_first);
    connect(m_link, &QToolButton::clicked, this, [this](bool linked) {
        if (!linked || m_first->isBlank())
            return;
        m_second->setValue(m_first->value());
        say(InputMoment::Entered);
    });
}

void PairEditor::connectField(NumberField *field, NumberField *other)
{
    field->setUsualCharacters(3);
    guardAgainstWheel(field);
    connect(field, &NumberField::typed, this, [this, field, other] {
        m_editing = true;
        follow(field, other);
        say(InputMoment::Typing);
    });
    connect(field, &NumberField::entered, this, [this, field, other] {
        m_editing = true;
        follow(field, other);
        say(InputMoment::Entered);
    });
    connect(field, &NumberField::left, this, [this] {
        m_editing = false;
        say(InputMoment::Left);
    });
    connect(field, &NumberField::escaped, this, &PairEditor::escaped);
}

void PairEditor::follow(const NumberField *field, NumberField *other)
{
    // Of several values one alone cannot be set without the other: they get the same.
    if (field->value() && (m_link->isChecked() || other->isBlank()))
        other->setValue(field->value());
}

void PairEditor::setValues(const std::vector<AttributeValue> &values)
{
    std::set<std::int64_t> firsts, seconds;
    for (const AttributeValue &value : values) {
        const auto &pair = std::get<Ints>(value);
        firsts.insert(pair.empty() ? 0 : pair.front());
        seconds.insert(pair.empty() ? 0 : pair.back());
    }
    m_mixed = values.size() > 1;
    const auto shown = [](const std::set<std::int64_t> &numbers) {
        return numbers.size() == 1 ? std::optional<AttributeValue>(*numbers.begin()) : std::nullopt;
    };
    for (NumberField *field : {m_first, m_second})
        field->setPlaceholder(m_mixed ? tr("several") : QString());
    m_first->setValue(shown(firsts));
    m_second->setValue(shown(seconds));
    if (!m_editing && values != m_shown)
        m_link->setChecked(firsts == seconds);
    m_shown = values;
}

void PairEditor::setNames(const QString &name, const QString &help)
{
    m_first->setAccessibleName(tr("%1, height").arg(name));
    m_second->setAccessibleName(tr("%1, width").arg(name));
    m_link->setAccessibleName(tr("%1: height and width equal").arg(name));
    m_link->setToolTip(tr("Keeps height and width equal"));
    for (NumberField *field : {m_first, m_second})
        field->setAccessibleDescription(help);
}

void PairEditor::say(InputMoment moment)
{
    if (m_mixed && (m_first->isBlank() || m_second->isBlank())) {
        if (moment == InputMoment::Left)
            Q_EMIT escaped();
        return;
    }
    const auto first = m_first->value(), second = m_second->value();
    if (first && second)
        Q_EMIT proposed(Ints{std::get<std::int64_t>(*first), std::get<std::int64_t>(*second)}, moment);
    else
        Q_EMIT unreadable(tr("Type whole numbers."), moment);
}

LineEditor::LineEditor(const AttributeSchema &schema, QWidget *parent)
    : AttributeEditor(parent), m_isList(std::holds_alternative<Ints>(schema.defaultValue)), m_length(schema.length), m_line(new QLineEdit)
{
    makeRow(this)->addWidget(m_line, 1);
    setFocusProxy(m_line);
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textEdited, this, [this] { say(InputMoment::Typing); });
    connect(m_line, &QLineEdit::returnPressed, this, [this] { say(InputMoment::Entered); });
}

bool LineEditor::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
        say(InputMoment::Left);
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        Q_EMIT escaped();
        return true;
    }
    return false;
}

std::optional<AttributeValue> LineEditor::value() const
{
    if (!m_isList)
        return m_line->text().toStdString();
    static const QRegularExpression between(QStringLiteral("[\\s,;×x\\[\\]()]+"));
    Ints numbers;
    for (const QString &part : m_line->text().split(between, Qt::SkipEmptyParts)) {
        bool valid = false;
        numbers.push_back(part.toLongLong(&valid));
        if (!valid)
            return std::nullopt;
    }
    return numbers.empty() ? std::nullopt : std::optional<AttributeValue>(numbers);
}

void LineEditor::setValues(const std::vector<AttributeValue> &values)
{
    m_mixed = values.size() > 1;
    m_line->setPlaceholderText(m_mixed ? tr("several values") : QString());
    if (m_mixed)
        m_line->clear();
    else if (value() != values.front())
        m_line->setText(m_isList ? listText(std::get<Ints>(values.front())) : fromEngine(std::get<std::string>(values.front())));
}

void LineEditor::setNames(const QString &name, const QString &help)
{
    m_line->setAccessibleName(name);
    m_line->setAccessibleDescription(help);
}

void LineEditor::say(InputMoment moment)
{
    if (m_mixed && m_line->text().trimmed().isEmpty()) {
        if (moment == InputMoment::Left)
            Q_EMIT escaped();
        return;
    }
    if (const auto read = value())
        Q_EMIT proposed(*read, moment);
    else
        Q_EMIT unreadable(m_length > 0 ? tr("Type %1 whole numbers with commas between them.").arg(m_length)
                                       : tr("Type whole numbers with commas between them."),
            moment);
}

} // namespace graft
