#include "properties/scientificspinbox.h"

#include <QLocale>
#include <array>
#include <cmath>

namespace graft {

namespace {

constexpr std::array<double, 3> mantissas = {1, 2, 5};

/// The neighbour of `value` on the ladder 1, 2, 5, 10, …
double nextOnLadder(double value, bool up)
{
    const int exponent = static_cast<int>(std::floor(std::log10(value)));
    double best = value;
    for (int decade = exponent - 1; decade <= exponent + 1; ++decade) {
        for (const double mantissa : mantissas) {
            // Through text, so that 0.002 is the same number as the one a person types.
            const double rung = QStringLiteral("%1e%2").arg(mantissa).arg(decade).toDouble();
            if (up && rung > value * (1 + 1e-9))
                return rung;
            if (!up && rung < value * (1 - 1e-9))
                best = rung;
        }
    }
    return best;
}

} // namespace

ScientificSpinBox::ScientificSpinBox(QWidget *parent) : QDoubleSpinBox(parent)
{
    setDecimals(12);
    setKeyboardTracking(false);
}

QString ScientificSpinBox::textFromValue(double value) const
{
    return locale().toString(value, 'g', QLocale::FloatingPointShortest);
}

double ScientificSpinBox::valueFromText(const QString &text) const
{
    bool valid = false;
    const double value = locale().toDouble(text.trimmed(), &valid);
    return valid ? value : QLocale::c().toDouble(text.trimmed());
}

QValidator::State ScientificSpinBox::validate(QString &text, int &) const
{
    bool valid = false;
    double value = locale().toDouble(text.trimmed(), &valid);
    if (!valid)
        value = QLocale::c().toDouble(text.trimmed(), &valid);
    if (valid)
        return value >= minimum() && value <= maximum() ? QValidator::Acceptable : QValidator::Intermediate;
    for (const QChar character : text) {
        if (!character.isDigit() && !QStringLiteral("eE+-−., ").contains(character))
            return QValidator::Invalid;
    }
    return QValidator::Intermediate;
}

void ScientificSpinBox::stepBy(int steps)
{
    double wanted = value();
    for (int step = 0; step < std::abs(steps); ++step) {
        if (steps > 0)
            wanted = wanted <= 0 ? m_smallestStep : nextOnLadder(wanted, true);
        else
            wanted = wanted <= m_smallestStep ? minimum() : nextOnLadder(wanted, false);
    }
    setValue(wanted);
}

void ScientificSpinBox::setSmallestStep(double value)
{
    m_smallestStep = value;
}

QAbstractSpinBox::StepEnabled ScientificSpinBox::stepEnabled() const
{
    if (isReadOnly())
        return StepNone;
    StepEnabled enabled = StepNone;
    if (value() > minimum())
        enabled |= StepDownEnabled;
    if (value() < maximum())
        enabled |= StepUpEnabled;
    return enabled;
}

} // namespace graft
