#pragma once
#include <QDoubleSpinBox>
#include <QLocale>

namespace graft {

/// A number field without trailing zeros: 0.9, not 0.900.
class TrimmedSpinBox : public QDoubleSpinBox {
public:
    using QDoubleSpinBox::QDoubleSpinBox;
    [[nodiscard]] QString textFromValue(double value) const override
    {
        return locale().toString(value, 'g', QLocale::FloatingPointShortest);
    }
};

} // namespace graft
