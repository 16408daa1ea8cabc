#pragma once
#include "data/picture.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace graft {

// How picture.cpp decodes; internal to data/.

/// A decoded picture, or why not: a clause without a full stop ("its end is missing").
using Decoded = tl::expected<Picture, std::string>;

enum class Container { Jpeg, Png, Bmp, WebP, Tiff, Pnm };
/// By the first bytes, whatever the file is called.
[[nodiscard]] std::optional<Container> containerOf(std::span<const std::byte> bytes);

/// Checks only need to know that a picture can be decoded; a decoder may then give a smaller one if that is quicker and finds the same
/// defects.
enum class Detail { Full, Check };

[[nodiscard]] Decoded decodeJpeg(std::span<const std::byte> bytes, Detail detail);
[[nodiscard]] Decoded decodePng(std::span<const std::byte> bytes);
/// BMP, WebP, TIFF and PNM, through OpenCV.
[[nodiscard]] Decoded decodeWithOpenCv(std::span<const std::byte> bytes, Container container);

/// Whole numbers out of a block of bytes; 0 beyond its end.
struct ByteReader {
    std::span<const std::byte> bytes;
    bool bigEndian = false;

    [[nodiscard]] std::uint32_t number(std::size_t offset, std::size_t size) const
    {
        if (offset > bytes.size() || size > bytes.size() - offset)
            return 0;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value = value << 8 | std::to_integer<std::uint32_t>(bytes[offset + (bigEndian ? i : size - 1 - i)]);
        return value;
    }
};

/// The clause for a picture that is larger than Graft takes, or has no pixels; none when the size is fine.
[[nodiscard]] std::optional<std::string> sizeDefect(std::int64_t width, std::int64_t height);

/// The orientation 1 … 8 that an EXIF block (a TIFF header and its first directory) states; 1 when it states none.
[[nodiscard]] int exifOrientation(std::span<const std::byte> exif);
/// Turned and mirrored as an EXIF orientation asks.
[[nodiscard]] Picture oriented(Picture picture, int orientation);

} // namespace graft
