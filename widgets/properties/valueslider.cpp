#include "properties/valueslider.h"
#include "properties/panelparts.h"
#include "properties/trimmedspinbox.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>
#include <cmath>

namespace graft {

ValueSlider::ValueSlider(double maximum, double scale, QWidget *parent)
    : QWidget(parent), m_slider(new QSlider(Qt::Horizontal)), m_number(new TrimmedSpinBox), m_scale(scale)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_slider, 1);
    row->addWidget(m_number);
    const int highest = static_cast<int>(std::lround(maximum * scale));
    m_slider->setRange(0, highest);
    m_slider->setPageStep(std::max(1, highest / 10));
    m_slider->setMinimumWidth(m_slider->fontMetrics().averageCharWidth() * 8);
    m_number->setRange(0, highest);
    m_number->setDecimals(2);
    m_number->setKeyboardTracking(false);
    m_number->setMinimumWidth(m_number->fontMetrics().averageCharWidth() * 12);
    setFocusProxy(m_number);
    guardAgainstWheel(m_slider);
    guardAgainstWheel(m_number);
    connect(m_slider, &QSlider::valueChanged, this, [this](int shown) {
        const QSignalBlocker blocker(m_number);
        m_number->setValue(shown);
        m_value = shown / m_scale;
        Q_EMIT valueChanged(m_value);
    });
    connect(m_number, &QDoubleSpinBox::valueChanged, this, [this](double shown) {
        const QSignalBlocker blocker(m_slider);
        m_slider->setValue(static_cast<int>(std::lround(shown)));
        m_value = shown / m_scale;
        Q_EMIT valueChanged(m_value);
    });
}

void ValueSlider::setValue(double value)
{
    const QSignalBlocker sliderBlocker(m_slider);
    const QSignalBlocker numberBlocker(m_number);
    m_slider->setValue(static_cast<int>(std::lround(value * m_scale)));
    m_number->setValue(value * m_scale);
    m_value = value;
}

void ValueSlider::setSuffix(const QString &suffix)
{
    m_number->setSuffix(suffix);
}

void ValueSlider::setPrefix(const QString &prefix)
{
    m_number->setPrefix(prefix);
}

void ValueSlider::setTexts(const QString &name, const QString &help)
{
    for (QWidget *part : {static_cast<QWidget *>(m_slider), static_cast<QWidget *>(m_number)}) {
        part->setAccessibleName(name);
        part->setAccessibleDescription(help);
        part->setToolTip(help);
    }
}

} // namespace graft
