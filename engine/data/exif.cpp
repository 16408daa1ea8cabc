#include "data/decoders.h"
#include "data/opencv.h"

#include <opencv2/imgproc.hpp>

namespace graft {
namespace {

constexpr std::uint32_t orientationTag = 0x0112;

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
    if (orientation <= 1)
        return picture;
    prepareOpenCv();
    cv::Mat turned;
    if (orientation >= 5)
        cv::transpose(matrixOf(picture), turned);
    else
        turned = matrixOf(picture);
    // What remains after the transposition is a mirror image about one axis or both.
    constexpr int none = 2;
    constexpr std::array<int, 9> mirrors = {none, none, 1, -1, 0, none, 1, -1, 0};
    cv::Mat result = turned;
    if (const int mirror = mirrors[static_cast<std::size_t>(orientation)]; mirror != none)
        cv::flip(turned, result, mirror);
    return pictureOf(result);
}

} // namespace graft
