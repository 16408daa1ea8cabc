#include "data/geometry.h"

#include "data/opencv.h"
#include "data/random.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <opencv2/imgproc.hpp>

namespace graft {
namespace {

/// Python's round(): halves go to the even neighbour.
std::int64_t roundHalfEven(double value)
{
    return static_cast<std::int64_t>(std::nearbyint(value));
}

std::int64_t cropOffset(std::int64_t size, std::int64_t crop)
{
    return size >= crop ? roundHalfEven(static_cast<double>(size - crop) / 2.0) : -((crop - size) / 2);
}

int borderOf(const std::string &fillMode)
{
    if (fillMode == "nearest")
        return cv::BORDER_REPLICATE;
    if (fillMode == "reflect")
        return cv::BORDER_REFLECT;
    return fillMode == "wrap" ? cv::BORDER_WRAP : cv::BORDER_CONSTANT;
}

/// From a pixel of the result to a pixel of the picture: both pixel centres at whole numbers.
cv::Matx23d inverseTransform(int left, int top, int size, const Pose &choice)
{
    const double radians = choice.rotation * CV_PI / 180;
    const double cosine = std::cos(radians) / choice.zoom;
    const double sine = std::sin(radians) / choice.zoom;
    const double centre = (size - 1) / 2.0;
    const double fromX = centre + choice.shiftX, fromY = centre + choice.shiftY;
    return {cosine, -sine, left + centre - cosine * fromX + sine * fromY, sine, cosine, top + centre - sine * fromX - cosine * fromY};
}

/// The picture in a black square.
Picture padded(const Picture &picture, int size, std::size_t left, std::size_t top)
{
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(size) * static_cast<std::size_t>(size) * 3);
    const auto rowBytes = static_cast<std::size_t>(picture.width) * 3;
    for (std::size_t y = 0; y < static_cast<std::size_t>(picture.height); ++y)
        std::memcpy(
            pixels->data() + ((top + y) * static_cast<std::size_t>(size) + left) * 3, picture.pixels->data() + rowBytes * y, rowBytes);
    return {size, size, std::move(pixels)};
}

} // namespace

Framing framingOf(int width, int height, const Preprocessing &preprocessing)
{
    Framing framing{preprocessing.crop, preprocessing.crop, 0, 0};
    if (preprocessing.resize > 0) {
        const std::int64_t shorter = std::min(width, height), longer = std::max(width, height);
        const auto resizedLonger
            = static_cast<std::int64_t>(static_cast<double>(preprocessing.resize * longer) / static_cast<double>(shorter));
        framing.width = width <= height ? preprocessing.resize : resizedLonger;
        framing.height = width <= height ? resizedLonger : preprocessing.resize;
    }
    framing.left = cropOffset(framing.width, preprocessing.crop);
    framing.top = cropOffset(framing.height, preprocessing.crop);
    return framing;
}

Filter filterOf(const Preprocessing &preprocessing)
{
    return preprocessing.interpolation == "bicubic" ? Filter::Bicubic : Filter::Bilinear;
}

tl::expected<Picture, std::string> centreCrop(PixelSource &pixels, const Preprocessing &preprocessing, Mirror mirror)
{
    const int crop = preprocessing.crop;
    const Framing framing = framingOf(pixels.width(), pixels.height(), preprocessing);
    const PixelRectangle window
        = {static_cast<int>(std::max<std::int64_t>(framing.left, 0)), static_cast<int>(std::max<std::int64_t>(framing.top, 0)),
            static_cast<int>(std::min<std::int64_t>(framing.width, crop)), static_cast<int>(std::min<std::int64_t>(framing.height, crop))};
    auto resized = resampleFrom(
        pixels, {{0, 0, pixels.width(), pixels.height()}, framing.width, framing.height, window, filterOf(preprocessing), mirror});
    if (!resized || (window.width == crop && window.height == crop))
        return resized;
    const auto room = static_cast<std::size_t>(crop - window.width);
    auto left = static_cast<std::size_t>(std::max<std::int64_t>(-framing.left, 0));
    if (mirror == Mirror::LeftToRight)
        left = room - left;
    return padded(*resized, crop, left, static_cast<std::size_t>(std::max<std::int64_t>(-framing.top, 0)));
}

PixelRectangle randomCrop(int width, int height, const std::array<double, 2> &scale, std::mt19937_64 &random)
{
    constexpr double narrowest = 3.0 / 4.0, widest = 4.0 / 3.0;
    constexpr int tries = 10;
    const double area = static_cast<double>(width) * height;
    for (int i = 0; i < tries; ++i) {
        const double wanted = area * uniform(random, scale[0], scale[1]);
        const double aspect = std::exp(uniform(random, std::log(narrowest), std::log(widest)));
        const auto w = roundHalfEven(std::sqrt(wanted * aspect)), h = roundHalfEven(std::sqrt(wanted / aspect));
        if (w < 1 || h < 1 || w > width || h > height)
            continue;
        const auto top = static_cast<int>(uniformIndex(random, static_cast<std::uint64_t>(height - h + 1)));
        const auto left = static_cast<int>(uniformIndex(random, static_cast<std::uint64_t>(width - w + 1)));
        return {left, top, static_cast<int>(w), static_cast<int>(h)};
    }
    const double aspect = static_cast<double>(width) / height;
    int w = width, h = height;
    if (aspect < narrowest)
        h = static_cast<int>(roundHalfEven(w / narrowest));
    else if (aspect > widest)
        w = static_cast<int>(roundHalfEven(h * widest));
    return {(width - w) / 2, (height - h) / 2, w, h};
}

Picture pose(const Picture &picture, int left, int top, int size, const Pose &choice, const Fill &fill)
{
    prepareOpenCv();
    cv::Mat posed;
    const cv::Scalar colour(fill.colour[0], fill.colour[1], fill.colour[2]);
    cv::warpAffine(matrixOf(picture), posed, inverseTransform(left, top, size, choice), {size, size},
        cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, borderOf(fill.mode), colour);
    if (choice.flipped)
        cv::flip(posed, posed, 1);
    return pictureOf(posed);
}

} // namespace graft
