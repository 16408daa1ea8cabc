#include "data/colour.h"

#include <algorithm>
#include <cmath>

namespace graft {
namespace {

/// Luma of ITU-R 601 in 16-bit fixed point.
std::uint8_t grey(const std::uint8_t *rgb)
{
    return static_cast<std::uint8_t>((19595U * rgb[0] + 38470U * rgb[1] + 7471U * rgb[2] + 0x8000U) >> 16);
}

/// From `base` (factor 0) through `value` (factor 1) and beyond.
std::uint8_t blend(std::uint8_t base, std::uint8_t value, float factor)
{
    const float mixed = static_cast<float>(base) + factor * static_cast<float>(value - base);
    return static_cast<std::uint8_t>(std::clamp(mixed, 0.0F, 255.0F));
}

/// One turn of the hue is 256 steps; saturation and value are 0 … 255.
struct Hsv {
    std::uint8_t hue = 0, saturation = 0, value = 0;
};

Hsv toHsv(const std::uint8_t *rgb)
{
    const auto [least, most] = std::minmax({rgb[0], rgb[1], rgb[2]});
    if (least == most)
        return {0, 0, most};
    const float range = static_cast<float>(most - least);
    const auto distance = [&](int c) { return static_cast<float>(most - rgb[c]) / range; };
    float sixths = 0;
    if (rgb[0] == most)
        sixths = distance(2) - distance(1);
    else if (rgb[1] == most)
        sixths = static_cast<float>(2.0 + distance(0) - distance(2));
    else
        sixths = static_cast<float>(4.0 + distance(1) - distance(0));
    // Single precision here and double there, as Pillow has it: a step of the hue can hang on the last bit.
    const double wound = sixths / 6.0 + 1.0;
    const auto turns = static_cast<float>(wound >= 1 ? wound - 1 : wound);
    const float saturation = range / static_cast<float>(most);
    return {static_cast<std::uint8_t>(turns * 255.0), static_cast<std::uint8_t>(saturation * 255.0), most};
}

void fromHsv(const Hsv &hsv, std::uint8_t *rgb)
{
    const float saturation = static_cast<float>(hsv.saturation) / 255;
    const float sixths = static_cast<float>(hsv.hue) * 6 / 255;
    const auto sector = static_cast<std::size_t>(sixths);
    const float within = sixths - static_cast<float>(sector);
    const auto level = [&](float share) { return static_cast<std::uint8_t>(static_cast<float>(hsv.value) * (1 - share) + 0.5F); };
    const std::uint8_t low = level(saturation), falling = level(saturation * within), rising = level(saturation * (1 - within)),
                       high = hsv.value;
    const std::array<std::array<std::uint8_t, 3>, 6> sectors = {
        {{high, rising, low}, {falling, high, low}, {low, high, rising}, {low, falling, high}, {rising, low, high}, {high, low, falling}}};
    const auto &colour = sectors[sector % 6];
    std::copy(colour.begin(), colour.end(), rgb);
}

} // namespace

void adjustBrightness(std::vector<std::uint8_t> &pixels, double factor)
{
    for (auto &value : pixels)
        value = blend(0, value, static_cast<float>(factor));
}

void adjustContrast(std::vector<std::uint8_t> &pixels, double factor)
{
    if (pixels.size() < 3)
        return;
    double sum = 0;
    for (std::size_t i = 0; i + 2 < pixels.size(); i += 3)
        sum += grey(&pixels[i]);
    const auto mean = static_cast<std::uint8_t>(sum / static_cast<double>(pixels.size() / 3) + 0.5);
    for (auto &value : pixels)
        value = blend(mean, value, static_cast<float>(factor));
}

void adjustSaturation(std::vector<std::uint8_t> &pixels, double factor)
{
    for (std::size_t i = 0; i + 2 < pixels.size(); i += 3) {
        const std::uint8_t base = grey(&pixels[i]);
        for (std::size_t c = 0; c < 3; ++c)
            pixels[i + c] = blend(base, pixels[i + c], static_cast<float>(factor));
    }
}

void adjustHue(std::vector<std::uint8_t> &pixels, double turns)
{
    const auto shift = static_cast<std::uint8_t>(static_cast<int>(turns * 255));
    for (std::size_t i = 0; i + 2 < pixels.size(); i += 3) {
        Hsv hsv = toHsv(&pixels[i]);
        hsv.hue = static_cast<std::uint8_t>(hsv.hue + shift);
        fromHsv(hsv, &pixels[i]);
    }
}

void shiftChannels(std::vector<std::uint8_t> &pixels, const std::array<double, 3> &shifts)
{
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = static_cast<std::uint8_t>(std::clamp(std::lround(pixels[i] + shifts[i % 3]), 0L, 255L));
}

} // namespace graft
