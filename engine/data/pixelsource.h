#pragma once
#include "data/decoders.h"
#include "data/resample.h"

#include <optional>

namespace graft {

// How transforms come by pixels; internal to data/.

/// What a transform takes its pixels from: a decoded picture, or a file of which only what is seen is decoded. One thread at a time.
class PixelSource {
public:
    virtual ~PixelSource() = default;
    [[nodiscard]] virtual int width() const = 0; ///< as the picture is to be seen, its orientation applied
    [[nodiscard]] virtual int height() const = 0;
    /// At least the pixels of `needed`, each standing for up to `reduction` × `reduction` (1, 2, 4 or 8) of the picture's.
    [[nodiscard]] virtual tl::expected<PixelPart, std::string> part(const PixelRectangle &needed, int reduction) = 0;
};

class DecodedSource : public PixelSource {
public:
    explicit DecodedSource(const Picture &picture) : m_picture(picture) { }
    [[nodiscard]] int width() const override { return m_picture.width; }
    [[nodiscard]] int height() const override { return m_picture.height; }
    [[nodiscard]] tl::expected<PixelPart, std::string> part(const PixelRectangle &needed, int reduction) override;

private:
    Picture m_picture;
};

/// A picture file in memory. What JPEG it holds is decoded part by part; any other kind is decoded at once.
class EncodedSource : public PixelSource {
public:
    /// Reads the header; says why it cannot be read as decodePicture() would.
    [[nodiscard]] static tl::expected<EncodedSource, std::string> open(std::span<const std::byte> bytes);
    [[nodiscard]] int width() const override { return m_width; }
    [[nodiscard]] int height() const override { return m_height; }
    [[nodiscard]] tl::expected<PixelPart, std::string> part(const PixelRectangle &needed, int reduction) override;

private:
    EncodedSource() = default;
    std::span<const std::byte> m_bytes; ///< of a JPEG; the caller keeps them
    std::optional<Picture> m_picture; ///< of any other kind
    int m_width = 0, m_height = 0, m_orientation = 1;
};

/// Calls `use` with the pixels of a picture file. Errors as decodePicture(), for defects of what `use` looks at.
[[nodiscard]] Result<void> withPixels(
    const std::filesystem::path &file, const std::function<tl::expected<void, std::string>(PixelSource &pixels)> &use);

/// resample() from a source: asks it for as few pixels as the filter needs.
[[nodiscard]] tl::expected<Picture, std::string> resampleFrom(PixelSource &pixels, const ResampleOrder &order);

} // namespace graft
