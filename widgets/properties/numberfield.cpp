#include "properties/numberfield.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

namespace graft {

namespace {

constexpr int fewestCharacters = 3;
constexpr double smallestStep = 1e-6;

/// The neighbour of a positive value on the ladder 1, 2, 5, 10, …
double nextOnLadder(double value, bool up)
{
    static constexpr std::array mantissas{1.0, 2.0, 5.0};
    const int exponent = static_cast<int>(std::floor(std::log10(value)));
    double below = value;
    for (int decade = exponent - 1; decade <= exponent + 1; ++decade) {
        for (const double mantissa : mantissas) {
            // Through text, so that 0.002 is the same number as the one a person types.
            const double rung = QStringLiteral("%1e%2").arg(mantissa).arg(decade).toDouble();
            if (up && rung > value * (1 + 1e-9))
                return rung;
            if (!up && rung < value * (1 - 1e-9))
                below = rung;
        }
    }
    return below;
}

/// Without what adding tenths in binary leaves behind: 0.3, not 0.30000000000000004.
double tidy(double value)
{
    return QString::number(value, 'g', 12).toDouble();
}

} // namespace

NumberField::NumberField(Kind kind, std::optional<double> minimum, std::optional<double> maximum, QWidget *parent)
    : QAbstractSpinBox(parent), m_kind(kind), m_minimum(minimum), m_maximum(maximum)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(lineEdit(), &QLineEdit::textEdited, this, &NumberField::typed);
}

QString NumberField::text(const AttributeValue &value) const
{
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        return QString::number(*whole);
    const auto *decimal = std::get_if<double>(&value);
    QLocale plain = locale();
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    return decimal ? plain.toString(*decimal, 'g', QLocale::FloatingPointShortest) : QString();
}

void NumberField::setValue(const std::optional<AttributeValue> &shown)
{
    const QString wanted = shown ? text(*shown) : QString();
    const bool same = shown ? value() == shown : isBlank();
    if (!same)
        lineEdit()->setText(wanted);
}

std::optional<AttributeValue> NumberField::value() const
{
    const QString typedText = lineEdit()->text().trimmed();
    bool valid = false;
    if (m_kind == Kind::Whole) {
        const qint64 whole = typedText.toLongLong(&valid);
        return valid ? std::optional<AttributeValue>(std::int64_t{whole}) : std::nullopt;
    }
    double decimal = locale().toDouble(typedText, &valid);
    if (!valid)
        decimal = QLocale::c().toDouble(typedText, &valid);
    return valid && std::isfinite(decimal) ? std::optional<AttributeValue>(decimal) : std::nullopt;
}

bool NumberField::isBlank() const
{
    return lineEdit()->text().trimmed().isEmpty();
}

void NumberField::setPlaceholder(const QString &text)
{
    lineEdit()->setPlaceholderText(text);
}

double NumberField::stepped(double from, bool up) const
{
    if (m_kind == Kind::Whole)
        return from + (up ? 1 : -1);
    if (m_step)
        return tidy(from + (up ? *m_step : -*m_step));
    if (from > 0 && from < 0.1)
        return !up && from <= smallestStep ? 0 : nextOnLadder(from, up);
    const double size = std::abs(from);
    const double step = size < 1 ? 0.1 : std::pow(10.0, std::floor(std::log10(size)) - 1);
    return tidy(from + (up ? step : -step));
}

void NumberField::setStep(std::optional<double> step)
{
    m_step = step;
}

void NumberField::setUsualCharacters(int count)
{
    m_usualCharacters = count;
    updateGeometry();
}

void NumberField::stepBy(int steps)
{
    const auto now = value();
    double wanted = 0;
    if (now)
        wanted = std::holds_alternative<double>(*now) ? std::get<double>(*now) : static_cast<double>(std::get<std::int64_t>(*now));
    for (int step = 0; step < std::abs(steps); ++step)
        wanted = stepped(wanted, steps > 0);
    wanted = std::clamp(wanted, m_minimum.value_or(wanted), m_maximum.value_or(wanted));
    setValue(m_kind == Kind::Whole ? AttributeValue(static_cast<std::int64_t>(wanted)) : AttributeValue(wanted));
    selectAll();
    Q_EMIT entered();
}

QAbstractSpinBox::StepEnabled NumberField::stepEnabled() const
{
    if (isReadOnly())
        return StepNone;
    const auto now = value();
    if (!now)
        return StepUpEnabled | StepDownEnabled;
    const double number = std::holds_alternative<double>(*now) ? std::get<double>(*now) : static_cast<double>(std::get<std::int64_t>(*now));
    StepEnabled enabled = StepNone;
    if (!m_minimum || number > *m_minimum)
        enabled |= StepDownEnabled;
    if (!m_maximum || number < *m_maximum)
        enabled |= StepUpEnabled;
    return enabled;
}

QValidator::State NumberField::validate(QString &text, int &) const
{
    const QString allowed = m_kind == Kind::Whole ? QStringLiteral("+-") : QStringLiteral("+-−eE.,") + locale().decimalPoint();
    const bool possible = std::all_of(text.cbegin(), text.cend(),
        [&](QChar character) { return character.isDigit() || character.isSpace() || allowed.contains(character); });
    return !possible ? QValidator::Invalid : text.trimmed().isEmpty() ? QValidator::Intermediate : QValidator::Acceptable;
}

QSize NumberField::sizeHint() const
{
    const int character = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    return QAbstractSpinBox::sizeHint() + QSize(m_usualCharacters * character, 0);
}

QSize NumberField::minimumSizeHint() const
{
    const int character = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    return QAbstractSpinBox::minimumSizeHint() + QSize(fewestCharacters * character, 0);
}

void NumberField::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        selectAll();
        Q_EMIT entered();
        return event->accept();
    case Qt::Key_Escape: Q_EMIT escaped(); return event->accept();
    default: QAbstractSpinBox::keyPressEvent(event);
    }
}

void NumberField::focusOutEvent(QFocusEvent *event)
{
    QAbstractSpinBox::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::MenuBarFocusReason)
        Q_EMIT left();
}

} // namespace graft
