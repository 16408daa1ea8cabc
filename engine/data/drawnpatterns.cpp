#include "data/drawncanvas.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace graft::drawn {
namespace {

// Each pattern repeats at whole numbers of u and v.

double fraction(double value)
{
    return value - std::floor(value);
}

/// 0 or 1, with an edge a tenth of a period wide.
double edge(double value)
{
    return std::clamp(value * 10 + 0.5, 0.0, 1.0);
}

/// 0 … 1, the same for the same cell.
double cellNoise(double column, double row, std::uint64_t variant)
{
    const auto x = static_cast<std::uint64_t>(static_cast<std::int64_t>(column)),
               y = static_cast<std::uint64_t>(static_cast<std::int64_t>(row));
    return static_cast<double>(scramble(scramble(variant ^ x) ^ y) >> 40) / static_cast<double>(1 << 24);
}

double stripes(double u, double, std::uint64_t variant)
{
    const double share = 0.3 + 0.4 * static_cast<double>(variant % 256) / 256;
    return edge(share / 2 - std::abs(fraction(u) - 0.5));
}

double checkerboard(double u, double v, std::uint64_t)
{
    return (static_cast<std::int64_t>(std::floor(u * 1.4)) + static_cast<std::int64_t>(std::floor(v * 1.4))) % 2 == 0 ? 1 : 0;
}

double dots(double u, double v, std::uint64_t variant)
{
    const double radius = 0.2 + 0.14 * static_cast<double>(variant % 256) / 256;
    return edge(radius - std::hypot(fraction(u) - 0.5, fraction(v) - 0.5));
}

double waves(double u, double v, std::uint64_t)
{
    return edge(0.25 - std::abs(fraction(u + 0.28 * sine(v * 0.6)) - 0.5));
}

double zigzag(double u, double v, std::uint64_t)
{
    return edge(0.25 - std::abs(fraction(u + 0.9 * std::abs(fraction(v * 0.55) - 0.5)) - 0.5));
}

double ripples(double u, double v, std::uint64_t variant)
{
    const double x = static_cast<double>(variant % 64) / 32 - 1, y = static_cast<double>(variant / 64 % 64) / 32 - 1;
    return edge(0.25 - std::abs(fraction(std::hypot(u - x, v - y)) - 0.5));
}

double bricks(double u, double v, std::uint64_t)
{
    const double row = std::floor(v * 1.5);
    const double x = fraction(u * 0.7 + (static_cast<std::int64_t>(row) % 2 == 0 ? 0 : 0.5)), y = fraction(v * 1.5);
    return 1 - std::max(edge(0.06 - std::min(x, 1 - x)), edge(0.1 - std::min(y, 1 - y)));
}

double grid(double u, double v, std::uint64_t variant)
{
    const double width = 0.07 + 0.06 * static_cast<double>(variant % 256) / 256;
    return std::max(edge(width - std::abs(fraction(u) - 0.5)), edge(width - std::abs(fraction(v) - 0.5)));
}

double scales(double u, double v, std::uint64_t)
{
    // Rows of discs that overlap the row below; the arc of the topmost disc is what shows.
    const double row = std::floor(v * 1.6);
    for (int step = 1; step >= -1; --step) {
        const double current = row + step;
        const double x = fraction(u + (static_cast<std::int64_t>(current) % 2 == 0 ? 0 : 0.5)) - 0.5, y = (v * 1.6 - current) / 1.6;
        const double distance = std::hypot(x, y);
        if (y >= 0 && distance < 0.62)
            return edge(distance - 0.5);
    }
    return 0;
}

double honeycomb(double u, double v, std::uint64_t)
{
    // Borders between the cells around two interleaved grids of centres.
    constexpr double height = 1.7320508;
    double nearest = 9, second = 9;
    for (int column = -1; column <= 1; ++column)
        for (int row = -2; row <= 2; ++row) {
            const double cy = std::floor(v / (height / 2)) + row;
            const double cx = std::floor(u) + column + (static_cast<std::int64_t>(cy) % 2 == 0 ? 0 : 0.5);
            const double distance = std::hypot(u - cx, v - cy * (height / 2));
            second = std::min(second, std::max(nearest, distance));
            nearest = std::min(nearest, distance);
        }
    return edge(0.12 - (second - nearest));
}

double weave(double u, double v, std::uint64_t)
{
    const bool over = (static_cast<std::int64_t>(std::floor(u * 1.2)) + static_cast<std::int64_t>(std::floor(v * 1.2))) % 2 == 0;
    const double x = fraction(u * 1.2), y = fraction(v * 1.2);
    const double across = over ? y : x;
    return edge(0.36 - std::abs(across - 0.5)) * (0.45 + 0.55 * (over ? 1 : 0.3));
}

double labyrinth(double u, double v, std::uint64_t variant)
{
    const double column = std::floor(u * 1.3), row = std::floor(v * 1.3);
    const double x = fraction(u * 1.3), y = fraction(v * 1.3);
    const double diagonal = cellNoise(column, row, variant) < 0.5 ? x - y : x + y - 1;
    return edge(0.16 - std::abs(diagonal));
}

double bubbles(double u, double v, std::uint64_t variant)
{
    double value = 0;
    for (int i = -1; i <= 1; ++i)
        for (int j = -1; j <= 1; ++j) {
            const double column = std::floor(u) + i, row = std::floor(v) + j;
            const double x = column + cellNoise(column, row, variant), y = row + cellNoise(column, row, ~variant);
            const double radius = 0.18 + 0.25 * cellNoise(row, column, variant);
            value = std::max(value, edge(0.08 - std::abs(std::hypot(u - x, v - y) - radius)));
        }
    return value;
}

double clouds(double u, double v, std::uint64_t variant)
{
    double sum = 0, weight = 0.5;
    for (int octave = 0; octave < 3; ++octave, weight /= 2, u *= 2.1, v *= 2.1) {
        const double column = std::floor(u), row = std::floor(v);
        const double x = fraction(u), y = fraction(v);
        const double sx = x * x * (3 - 2 * x), sy = y * y * (3 - 2 * y);
        const double top = cellNoise(column, row, variant) * (1 - sx) + cellNoise(column + 1, row, variant) * sx;
        const double bottom = cellNoise(column, row + 1, variant) * (1 - sx) + cellNoise(column + 1, row + 1, variant) * sx;
        sum += weight * (top * (1 - sy) + bottom * sy);
    }
    return std::clamp(sum * 2.2 - 0.5, 0.0, 1.0);
}

double triangles(double u, double v, std::uint64_t)
{
    const double row = std::floor(v * 1.3), y = fraction(v * 1.3);
    const double x = fraction(u + (static_cast<std::int64_t>(row) % 2 == 0 ? 0 : 0.5));
    return edge(y / 2 - std::abs(x - 0.5));
}

double crosses(double u, double v, std::uint64_t)
{
    const double x = std::abs(fraction(u) - 0.5), y = std::abs(fraction(v) - 0.5);
    return std::max(std::min(edge(0.1 - x), edge(0.35 - y)), std::min(edge(0.1 - y), edge(0.35 - x)));
}

} // namespace

std::vector<Subject> patternSubjects()
{
    const std::vector<std::pair<const char *, Pattern>> patterns
        = {{"stripes", stripes}, {"checkerboard", checkerboard}, {"dots", dots}, {"waves", waves}, {"zigzag", zigzag}, {"ripples", ripples},
            {"bricks", bricks}, {"grid", grid}, {"scales", scales}, {"honeycomb", honeycomb}, {"weave", weave}, {"labyrinth", labyrinth},
            {"bubbles", bubbles}, {"clouds", clouds}, {"triangles", triangles}, {"crosses", crosses}};
    std::vector<Subject> subjects;
    for (const auto &[name, pattern] : patterns)
        subjects.push_back({.name = name, .pattern = pattern});
    return subjects;
}

} // namespace graft::drawn
