#pragma once
#include "data/resample.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
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

/// Of a file's content, or why it is none that Graft reads.
[[nodiscard]] tl::expected<Container, std::string> knownContainer(std::span<const std::byte> bytes);
/// By what the bytes hold.
[[nodiscard]] Decoded decodeBytes(std::span<const std::byte> bytes, Detail detail);
/// Reads a file for `use`; a clause that it answers, and what libraries throw, becomes a sentence about the file.
[[nodiscard]] Result<void> withPictureFile(
    const std::filesystem::path &path, const std::function<tl::expected<void, std::string>(std::span<const std::byte> bytes)> &use);

/// At least that much memory; what this thread had before when nobody uses it any more, because filling fresh memory takes time.
[[nodiscard]] std::shared_ptr<std::vector<std::uint8_t>> spareMemory(std::size_t size);

[[nodiscard]] Decoded decodeJpeg(std::span<const std::byte> bytes, Detail detail);
/// What a JPEG says of itself before its pixels.
struct JpegHeader {
    int width = 0, height = 0; ///< as stored
    int orientation = 1; ///< as EXIF counts them
    bool inks = false; ///< four of them: only decodeJpeg() takes it
};
[[nodiscard]] tl::expected<JpegHeader, std::string> readJpegHeader(std::span<const std::byte> bytes);
/// The pixels of `needed` (as stored, unturned), reduced by 1, 2, 4 or 8, and a few around them. Nothing beneath them is looked at.
[[nodiscard]] tl::expected<PixelPart, std::string> decodeJpegPart(
    std::span<const std::byte> bytes, const PixelRectangle &needed, int reduction);
/// The rectangle of the stored picture that is `seen` once the picture of that (seen) size is turned as the orientation asks.
[[nodiscard]] PixelRectangle storedRectangle(const PixelRectangle &seen, int width, int height, int orientation);
/// The part as it lies in the turned picture, whose size is given.
[[nodiscard]] PixelPart oriented(PixelPart part, int width, int height, int orientation);

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
