#pragma once
#include "graph/network.h"

#include <QAbstractSpinBox>
#include <optional>

namespace graft {

/// One number of an attribute, whole (64 bits) or decimal; empty for several that differ. What is typed may lie outside the range: the
/// owner judges it. Steps stay within.
class NumberField : public QAbstractSpinBox {
    Q_OBJECT

public:
    enum class Kind { Whole, Decimal };
    NumberField(Kind kind, std::optional<double> minimum, std::optional<double> maximum, QWidget *parent = nullptr);
    /// None: several values, shown as the placeholder. Leaves a text alone that says the same already.
    void setValue(const std::optional<AttributeValue> &value);
    /// The number that the text says, of the field's kind; none when it says none.
    [[nodiscard]] std::optional<AttributeValue> value() const;
    [[nodiscard]] bool isBlank() const;
    void setPlaceholder(const QString &text);
    /// What an arrow key adds to a number with a fraction; none = by the number's size.
    void setStep(std::optional<double> step);
    void setUsualCharacters(int count); ///< how many digits it likes to have room for

    void stepBy(int steps) override;
    [[nodiscard]] QValidator::State validate(QString &text, int &position) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void typed(); ///< the person changes the text
    void entered(); ///< Enter, or a step
    void left(); ///< the keyboard goes elsewhere
    void escaped();

protected:
    [[nodiscard]] StepEnabled stepEnabled() const override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    [[nodiscard]] QString text(const AttributeValue &value) const;
    [[nodiscard]] double stepped(double from, bool up) const;

    int m_usualCharacters = 8;
    Kind m_kind;
    std::optional<double> m_minimum, m_maximum, m_step;
};

} // namespace graft
