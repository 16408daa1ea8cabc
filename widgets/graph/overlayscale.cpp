#include "graph/overlayscale.h"

#include "common/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace graft {

namespace {

constexpr double farApart = 50; ///< largest to least; from there in powers of ten
constexpr double largestRange = 1e3; ///< what is smaller still has the least colour: the rest can be told apart then
constexpr std::array roundDigits{1.0, 2.0, 5.0, 10.0};
constexpr double slack = 1e-9;

double roundUp(double value)
{
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double digit : roundDigits) {
        if (digit * power >= value * (1 - slack))
            return digit * power;
    }
    return value;
}

double roundDown(double value)
{
    const double power = std::pow(10, std::floor(std::log10(value)));
    double best = power;
    for (const double digit : roundDigits) {
        if (digit * power <= value * (1 + slack))
            best = digit * power;
    }
    return best;
}

/// A place in the colour space whose distances are those that the eye sees (Oklab, in polar coordinates).
struct Perceived {
    double lightness, chroma, hue;
};

double gamma(double linear)
{
    const double value = std::clamp(linear, 0.0, 1.0);
    return value <= 0.0031308 ? 12.92 * value : 1.055 * std::pow(value, 1 / 2.4) - 0.055;
}

QColor toColor(const Perceived &color)
{
    const double angle = color.hue * std::numbers::pi / 180;
    const double a = color.chroma * std::cos(angle), b = color.chroma * std::sin(angle);
    const auto cube = [](double value) { return value * value * value; };
    const double l = cube(color.lightness + 0.3963377774 * a + 0.2158037573 * b),
                 m = cube(color.lightness - 0.1055613458 * a - 0.0638541728 * b),
                 s = cube(color.lightness - 0.0894841775 * a - 1.2914855480 * b);
    return QColor::fromRgbF(float(gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)),
        float(gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)),
        float(gamma(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)));
}

double luminance(const QColor &color)
{
    const auto linear = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

OverlayScale::OverlayScale(std::span<const double> figures)
{
    double least = 0, largest = 0;
    for (const double figure : figures) {
        if (!std::isfinite(figure) || figure <= 0)
            continue;
        least = least > 0 ? std::min(least, figure) : figure;
        largest = std::max(largest, figure);
    }
    if (largest <= 0)
        return;
    m_isLogarithmic = largest / least > farApart;
    m_largest = roundUp(largest);
    m_isCut = m_isLogarithmic && least < largest / largestRange;
    m_least = m_isLogarithmic ? roundDown(std::max(least, largest / largestRange)) : 0;
}

double OverlayScale::position(double figure) const
{
    if (std::isnan(figure) || isEmpty())
        return figure;
    if (!m_isLogarithmic)
        return std::clamp(figure / m_largest, 0.0, 1.0);
    return std::clamp(std::log(std::max(figure, m_least) / m_least) / std::log(m_largest / m_least), 0.0, 1.0);
}

double OverlayScale::figureAt(double position) const
{
    return m_isLogarithmic ? m_least * std::pow(m_largest / m_least, position) : m_largest * position;
}

QColor overlayColor(double position)
{
    // From yellow over green to blue; the colourful middle is as far from grey as all these hues can be shown.
    const double place = std::clamp(position, 0.0, 1.0);
    const double chroma = 0.055 + 0.06 * std::sin(place * std::numbers::pi);
    if (isDark())
        return toColor({0.33 + 0.58 * place, chroma, 265 - 155 * place});
    return toColor({0.965 - 0.57 * place, chroma + 0.035 * place, 110 + 155 * place});
}

QColor inkOn(const QColor &fill)
{
    // Where black and white contrast equally: (L + 0.05) / 0.05 = 1.05 / (L + 0.05).
    return luminance(fill) > 0.1791 ? QColor(Qt::black) : QColor(Qt::white);
}

} // namespace graft
