#include "data/decoders.h"
#include "data/opencv.h"

#include <opencv2/imgproc.hpp>

namespace graft {
namespace {

constexpr std::uint32_t orientationTag = 0x0112;

/// Turned means that rows and columns change places, before anything is mirrored.
bool isTurned(int orientation)
{
    return orientation >= 5;
}

/// What remains after that is a mirror image about one axis or both.
struct Mirrored {
    bool columns = false, rows = false;
};

Mirrored mirroredBy(int orientation)
{
    constexpr std::array<Mirrored, 9> all
        = {{{}, {}, {true, false}, {true, true}, {false, true}, {}, {true, false}, {true, true}, {false, true}}};
    return all[static_cast<std::size_t>(orientation)];
}

cv::Mat turned(const cv::Mat &pixels, int orientation)
{
    prepareOpenCv();
    cv::Mat result = pixels;
    if (isTurned(orientation))
        cv::transpose(pixels, result);
    const auto [columns, rows] = mirroredBy(orientation);
    cv::Mat mirrored = result;
    if (columns || rows)
        cv::flip(result, mirrored, columns && rows ? -1 : columns ? 1 : 0);
    return mirrored;
}

} // namespace

int exifOrientation(std::span<const std::byte> exif)
{
    ByteReader block{exif};
    block.bigEndian = block.number(0, 2) == 0x4D4D;
    const std::size_t directory = block.number(4, 4);
    const std::uint32_t entries = block.number(directory, 2);
    for (std::uint32_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + std::size_t{12} * i;
        if (entry + 12 > exif.size())
            return 1;
        if (block.number(entry, 2) != orientationTag)
            continue;
        const auto orientation = static_cast<int>(block.number(entry + 8, 2));
        return orientation >= 1 && orientation <= 8 ? orientation : 1;
    }
    return 1;
}

Picture oriented(Picture picture, int orientation)
{
    return orientation <= 1 ? picture : pictureOf(turned(matrixOf(picture), orientation));
}

PixelRectangle storedRectangle(const PixelRectangle &seen, int width, int height, int orientation)
{
    PixelRectangle stored = seen;
    const auto [columns, rows] = mirroredBy(orientation);
    if (columns)
        stored.left = width - seen.left - seen.width;
    if (rows)
        stored.top = height - seen.top - seen.height;
    if (isTurned(orientation))
        return {stored.top, stored.left, stored.height, stored.width};
    return stored;
}

PixelPart oriented(PixelPart part, int width, int height, int orientation)
{
    if (orientation <= 1)
        return part;
    const cv::Mat stored(part.height, part.width, CV_8UC4, const_cast<std::uint8_t *>(part.pixels->data()));
    const cv::Mat seen = turned(stored, orientation);
    if (isTurned(orientation))
        std::swap(part.left, part.top);
    const auto [columns, rows] = mirroredBy(orientation);
    if (columns)
        part.left = width - part.left - seen.cols * part.reduction;
    if (rows)
        part.top = height - part.top - seen.rows * part.reduction;
    part.pixels = std::make_shared<const std::vector<std::uint8_t>>(seen.data, seen.data + seen.total() * 4);
    part.width = seen.cols;
    part.height = seen.rows;
    return part;
}

} // namespace graft
