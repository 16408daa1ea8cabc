#pragma once
#include <QColor>
#include <span>
#include <vector>

namespace graft {

/// The way from a figure to a place on a colour scale. Runs from 0, or in powers of ten where figures lie far apart; its ends are round
/// numbers, so that figures which move a little do not move the scale. A value type.
class OverlayScale {
public:
    OverlayScale() = default;
    /// What is not finite or not above 0 has no say.
    explicit OverlayScale(std::span<const double> figures);

    [[nodiscard]] bool isEmpty() const { return m_largest <= 0; }
    [[nodiscard]] bool isLogarithmic() const { return m_isLogarithmic; }
    /// Whether figures lie below the least one, too little to matter beside the largest.
    [[nodiscard]] bool isCut() const { return m_isCut; }
    [[nodiscard]] double least() const { return m_least; }
    [[nodiscard]] double largest() const { return m_largest; }
    /// 0 … 1; what lies outside goes to the ends. NaN stays NaN.
    [[nodiscard]] double position(double figure) const;
    /// The figure at a place.
    [[nodiscard]] double figureAt(double position) const;

private:
    double m_least = 0;
    double m_largest = 0;
    bool m_isLogarithmic = false;
    bool m_isCut = false;
};

/// The scale's colours, 0 … 1, for the present look: even steps for the eye, the more the further from the ground, told apart by lightness
/// alone too.
[[nodiscard]] QColor overlayColor(double position);
/// Black or white, whichever reads better there: 4.5 : 1 or more on any colour.
[[nodiscard]] QColor inkOn(const QColor &fill);

} // namespace graft
