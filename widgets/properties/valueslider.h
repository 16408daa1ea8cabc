#pragma once
#include <QWidget>

class QDoubleSpinBox;
class QSlider;

namespace graft {

/// A slider and a number field for one value. The value is kept as it was set; the field shows it times `scale` (100 for percent).
class ValueSlider : public QWidget {
    Q_OBJECT

public:
    ValueSlider(double maximum, double scale, QWidget *parent = nullptr);
    [[nodiscard]] double value() const { return m_value; }
    void setValue(double value); ///< emits nothing
    void setSuffix(const QString &suffix);
    void setPrefix(const QString &prefix);
    void setTexts(const QString &name, const QString &help); ///< for screen readers and as a tooltip

Q_SIGNALS:
    void valueChanged(double value);

private:
    QSlider *m_slider;
    QDoubleSpinBox *m_number;
    double m_scale;
    double m_value = 0;
};

} // namespace graft
