#pragma once
#include "core/digest.h"
#include "data/pixelsource.h"

#include <ctime>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace graft {

// How decodedcache.cpp keeps a picture on disk; internal to data/.

/// All of a picture, decoded, as its file's source gives it: at full size and, as far as views of `viewSide` × `viewSide` pixels and larger
/// ones ask for that, reduced. A transform makes the same of it as of the source, bit by bit.
class WholePicture : public PixelSource {
public:
    /// Says why it cannot be decoded as the source does.
    [[nodiscard]] static tl::expected<WholePicture, std::string> decode(PixelSource &source, int viewSide);
    /// What it will take at most.
    [[nodiscard]] static std::int64_t bytesOf(const PixelSource &source, int viewSide);
    [[nodiscard]] int width() const override { return m_width; }
    [[nodiscard]] int height() const override { return m_height; }
    [[nodiscard]] tl::expected<PixelPart, std::string> part(const PixelRectangle &needed, int reduction) override;
    [[nodiscard]] int viewSide() const { return m_viewSide; } ///< or 1 when its levels suffice for any
    [[nodiscard]] std::span<const PixelPart> levels() const { return m_levels; } ///< the full size first, 3 bytes a pixel

private:
    int m_width = 0, m_height = 0, m_viewSide = 1;
    std::vector<PixelPart> m_levels;
};

/// A WholePicture in a file, of which as many rows are read as are asked for. What is damaged or has shrunk gives no pixels, never a crash.
/// The file is read, not mapped, so that it may be cut or removed meanwhile.
///
/// Layout, little-endian: header (magic, versions, content, size, levels, checksum of it and of the table); the table: of each level a
/// checksum for each 32 rows; the levels' pixels.
class DecodedFile : public PixelSource {
public:
    /// None for a file that is no whole one of that content and of this version's decoders, or whose levels do not suffice.
    [[nodiscard]] static std::unique_ptr<DecodedFile> open(const std::filesystem::path &file, const Digest &content, int viewSide);
    /// Writes a file beside it and gives that its name; what a crash leaves half-written is known by its checksums. 0 or an errno.
    [[nodiscard]] static int write(const std::filesystem::path &file, const Digest &content, const WholePicture &picture);
    ~DecodedFile() override;
    DecodedFile(const DecodedFile &) = delete;
    DecodedFile &operator=(const DecodedFile &) = delete;

    [[nodiscard]] int width() const override { return m_width; }
    [[nodiscard]] int height() const override { return m_height; }
    [[nodiscard]] tl::expected<PixelPart, std::string> part(const PixelRectangle &needed, int reduction) override;
    /// Marks the file as used now unless it was since then: its time of change is that of its last use.
    void markUsed(std::time_t since) const;

private:
    struct Level {
        int reduction = 1, width = 0, height = 0, left = 0, top = 0; ///< as in a PixelPart
        std::int64_t offset = 0; ///< in the file
        std::size_t firstBand = 0; ///< in m_bands
    };
    explicit DecodedFile(int descriptor) : m_descriptor(descriptor) { }
    [[nodiscard]] bool readHeader(const Digest &content, int viewSide);

    int m_descriptor = -1;
    std::time_t m_used = 0;
    int m_width = 0, m_height = 0;
    std::vector<Level> m_levels;
    std::vector<std::uint64_t> m_bands; ///< checksums
};

} // namespace graft
