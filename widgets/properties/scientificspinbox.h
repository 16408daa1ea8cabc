#pragma once
#include <QDoubleSpinBox>

namespace graft {

/// For values that span decades: steps along 1, 2, 5, 10, 20, … and shows small numbers as 1e-05. Takes 0 when the range allows it.
class ScientificSpinBox : public QDoubleSpinBox {
    Q_OBJECT

public:
    explicit ScientificSpinBox(QWidget *parent = nullptr);
    [[nodiscard]] QString textFromValue(double value) const override;
    [[nodiscard]] double valueFromText(const QString &text) const override;
    [[nodiscard]] QValidator::State validate(QString &text, int &position) const override;
    void stepBy(int steps) override;
    void setSmallestStep(double value); ///< the first step above 0

protected:
    [[nodiscard]] StepEnabled stepEnabled() const override;

private:
    double m_smallestStep = 1e-6;
};

} // namespace graft
