#include "data/drawncanvas.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace graft::drawn {
namespace {

// Drawn at twice the size, then averaged down.
constexpr int oversampling = 2;

using Colour = std::array<double, 3>;

Colour randomColour(Random &random)
{
    return {uniform(random, 0, 255), uniform(random, 0, 255), uniform(random, 0, 255)};
}

double luma(const Colour &colour)
{
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2];
}

/// Stands out in brightness, so that a shape is seen without its colour too.
Colour contrasting(const Colour &other, double distance, Random &random)
{
    Colour colour = randomColour(random);
    for (int i = 0; i < 100 && std::abs(luma(colour) - luma(other)) < distance; ++i)
        colour = randomColour(random);
    return colour;
}

Colour near(const Colour &colour, double reach, Random &random)
{
    Colour other;
    for (std::size_t c = 0; c < 3; ++c)
        other[c] = std::clamp(colour[c] + uniform(random, -reach, reach), 0.0, 255.0);
    return other;
}

cv::Scalar scalar(const Colour &colour)
{
    return {std::round(colour[0]), std::round(colour[1]), std::round(colour[2])};
}

/// A run from one colour to another across the picture.
cv::Mat gradient(int size, const Colour &from, const Colour &to, Random &random)
{
    const double turns = uniform(random), c = cosine(turns), s = sine(turns);
    cv::Mat picture(size, size, CV_8UC3);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const double along = std::clamp(0.5 + (c * (x - size / 2.0) + s * (y - size / 2.0)) / size, 0.0, 1.0);
            for (int i = 0; i < 3; ++i) {
                const auto channel = static_cast<std::size_t>(i);
                picture.at<cv::Vec3b>(y, x)[i] = static_cast<std::uint8_t>(from[channel] + (to[channel] - from[channel]) * along);
            }
        }
    return picture;
}

cv::Point randomPlace(int size, Random &random)
{
    return {static_cast<int>(uniformIndex(random, static_cast<std::uint64_t>(size))),
        static_cast<int>(uniformIndex(random, static_cast<std::uint64_t>(size)))};
}

/// A small thing that means nothing: a line, a blob or a splinter.
void addClutter(cv::Mat &picture, const Colour &colour, Random &random)
{
    const int size = picture.cols;
    const cv::Point place = randomPlace(size, random);
    const int reach = static_cast<int>(size * uniform(random, 0.03, 0.1));
    switch (uniformIndex(random, 3)) {
    case 0:
        cv::line(picture, place, randomPlace(size, random), scalar(colour), 1 + static_cast<int>(uniformIndex(random, 3)), cv::LINE_AA);
        break;
    case 1: cv::circle(picture, place, reach, scalar(colour), cv::FILLED, cv::LINE_AA); break;
    default: {
        std::vector<cv::Point> corners;
        for (int i = 0; i < 4; ++i)
            corners.push_back(place + randomPlace(2 * reach + 1, random) - cv::Point(reach, reach));
        cv::fillPoly(picture, std::vector<std::vector<cv::Point>>{corners}, scalar(colour), cv::LINE_AA);
    }
    }
}

cv::Mat background(int size, const Colour &base, Random &random)
{
    cv::Mat picture = gradient(size, near(base, 35, random), near(base, 35, random), random);
    const auto pieces = uniformIndex(random, 14);
    for (std::uint64_t i = 0; i < pieces; ++i)
        addClutter(picture, near(base, 60, random), random);
    return picture;
}

Placement randomPlacement(const Subject &subject, int size, Random &random)
{
    Placement placement;
    placement.scale = size * (subject.glyph ? uniform(random, 0.24, 0.4) : uniform(random, 0.22, 0.42));
    const double freedom = std::max(0.0, size / 2.0 - placement.scale);
    placement.centreX = size / 2.0 + uniform(random, -freedom, freedom);
    placement.centreY = size / 2.0 + uniform(random, -freedom, freedom);
    placement.turns = subject.mayTurn ? uniform(random) : uniform(random, -0.07, 0.07);
    placement.squeeze = uniform(random, 0.92, 1.09);
    placement.lean = uniform(random, -0.12, 0.12);
    return placement;
}

/// Mixes `paint` over `picture` where the mask is.
void blendIn(cv::Mat &picture, const cv::Mat &paint, const cv::Mat &mask)
{
    for (int y = 0; y < picture.rows; ++y)
        for (int x = 0; x < picture.cols; ++x) {
            const int share = mask.at<std::uint8_t>(y, x);
            auto &pixel = picture.at<cv::Vec3b>(y, x);
            const auto &over = paint.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c)
                pixel[c] = static_cast<std::uint8_t>((pixel[c] * (255 - share) + over[c] * share + 127) / 255);
        }
}

cv::Mat patternPaint(Pattern pattern, int size, const Colour &first, const Colour &second, Random &random)
{
    Placement placement;
    placement.centreX = uniform(random, 0, size);
    placement.centreY = uniform(random, 0, size);
    placement.scale = size * uniform(random, 0.12, 0.24);
    placement.turns = uniform(random);
    placement.squeeze = uniform(random, 0.85, 1.18);
    const std::uint64_t variant = random();
    cv::Mat paint(size, size, CV_8UC3);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const Point place = placement.fromPixels({static_cast<double>(x), static_cast<double>(y)});
            const double share = pattern(place.x, place.y, variant);
            for (int i = 0; i < 3; ++i) {
                const auto channel = static_cast<std::size_t>(i);
                paint.at<cv::Vec3b>(y, x)[i] = static_cast<std::uint8_t>(first[channel] + (second[channel] - first[channel]) * share);
            }
        }
    return paint;
}

/// A large blob with a wavy edge, for a pattern to fill.
void addBlob(Mask &mask, Random &random)
{
    const double swing = uniform(random, 0.05, 0.2), waves = 2 + static_cast<double>(uniformIndex(random, 4)), phase = uniform(random);
    Outline outline;
    for (int i = 0; i < 60; ++i) {
        const double turns = i / 60.0, radius = 1 - swing + swing * sine(turns * waves + phase);
        outline.push_back({radius * cosine(turns), radius * sine(turns)});
    }
    mask.add(outline);
}

void drawPattern(cv::Mat &picture, const Subject &subject, const Colour &base, Random &random)
{
    const Colour first = near(contrasting(base, 50, random), 20, random), second = contrasting(first, 70, random);
    const cv::Mat paint = patternPaint(subject.pattern, picture.cols, first, second, random);
    if (uniform(random) < 0.4) {
        paint.copyTo(picture);
        return;
    }
    Placement placement = randomPlacement(subject, picture.cols, random);
    placement.scale = picture.cols * uniform(random, 0.36, 0.55);
    Mask mask(picture.cols, placement);
    addBlob(mask, random);
    blendIn(picture, paint, mask.pixels());
}

void drawGlyph(Mask &mask, char character, Random &random)
{
    constexpr std::array<int, 4> fonts
        = {cv::FONT_HERSHEY_SIMPLEX, cv::FONT_HERSHEY_DUPLEX, cv::FONT_HERSHEY_COMPLEX, cv::FONT_HERSHEY_TRIPLEX};
    const std::size_t font = uniformIndex(random, fonts.size());
    mask.addGlyph(character, fonts[font], 5 + static_cast<int>(uniformIndex(random, 5)));
}

void drawSilhouette(cv::Mat &picture, const Subject &subject, const Colour &base, Random &random)
{
    Mask mask(picture.cols, randomPlacement(subject, picture.cols, random));
    if (subject.glyph)
        drawGlyph(mask, subject.glyph, random);
    else
        subject.shape(mask, random);
    const Colour ink = contrasting(base, 75, random);
    blendIn(picture, gradient(picture.cols, ink, near(ink, 40, random), random), mask.pixels());
}

void addNoise(cv::Mat &picture, Random &random)
{
    const int strength = static_cast<int>(uniformIndex(random, 14));
    if (strength == 0)
        return;
    for (int y = 0; y < picture.rows; ++y)
        for (int i = 0; i < picture.cols * 3; ++i) {
            auto &value = picture.ptr(y)[i];
            value = cv::saturate_cast<std::uint8_t>(
                value + static_cast<int>(uniformIndex(random, static_cast<std::uint64_t>(2 * strength + 1))) - strength);
        }
}

} // namespace

cv::Mat compose(const Subject &subject, int size, Random &random)
{
    const Colour base = randomColour(random);
    cv::Mat large = background(size * oversampling, base, random);
    if (subject.pattern)
        drawPattern(large, subject, base, random);
    else
        drawSilhouette(large, subject, base, random);
    if (uniform(random) < 0.35)
        addClutter(large, near(base, 60, random), random);
    cv::Mat picture;
    cv::resize(large, picture, {size, size}, 0, 0, cv::INTER_AREA);
    if (uniform(random) < 0.3)
        cv::GaussianBlur(picture, picture, {3, 3}, 0);
    addNoise(picture, random);
    return picture;
}

} // namespace graft::drawn
