#pragma once
#include "core/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace graft {

/// A decoded picture: 8-bit RGB, rows from the top, no padding. A value type; copies share the pixels.
struct Picture {
    int width = 0;
    int height = 0;
    std::shared_ptr<const std::vector<std::uint8_t>> pixels; ///< width × height × 3
    [[nodiscard]] bool isEmpty() const { return width == 0 || height == 0; }
};

/// The file endings that are taken for pictures, lower-case, without dot: jpg, jpeg, png, bmp, webp, tif, tiff, ppm, pgm.
[[nodiscard]] const std::vector<std::string> &pictureExtensions();
/// "jpg" of "A.JPG".
[[nodiscard]] std::string lowerCaseExtension(const std::filesystem::path &path);
[[nodiscard]] bool hasPictureExtension(const std::filesystem::path &path);

/// Decodes by content: grey, CMYK, 16-bit, palette and alpha pictures become 8-bit RGB (alpha over white); EXIF orientation is applied;
/// of an animation the first frame. PictureUnreadable says why (not a picture, cut off, over 20,000 pixels a side or 400 megapixels).
[[nodiscard]] Result<Picture> decodePicture(const std::filesystem::path &path);
/// Whether decodePicture would succeed; reads and decodes the file.
[[nodiscard]] Result<void> checkPicture(const std::filesystem::path &path);
/// Antialiased, keeping the aspect ratio, to fit into width × height; never enlarges.
[[nodiscard]] Picture thumbnail(const Picture &picture, int width, int height);
[[nodiscard]] Result<void> writePicture(const std::filesystem::path &path, const Picture &picture); ///< by extension: .jpg, .png

} // namespace graft
