#include "data/decodedfile.h"

#include "core/descriptorio.h"
#include "core/temporaryname.h"

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace graft {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t magic = 0x31444F4345444752; // "RGDECOD1"
constexpr std::uint32_t layoutVersion = 1;
/// Raised whenever decoding makes other pixels of the same file.
constexpr std::uint32_t decoderVersion = 1;
constexpr int bandRows = 32;
constexpr int largestSide = 20'000, largestReduction = 8;
constexpr std::size_t mostLevels = 4; // reduced by 1, 2, 4 and 8

struct StoredLevel {
    std::int32_t reduction = 0, width = 0, height = 0, left = 0, top = 0; ///< no reduction = no such level
    std::int32_t unused = 0;
};

struct Header {
    std::uint64_t magic = 0;
    std::uint32_t layoutVersion = 0, decoderVersion = 0;
    std::uint64_t contentHigh = 0, contentLow = 0;
    std::int32_t width = 0, height = 0;
    std::int32_t viewSide = 0, unused = 0; ///< of the smallest views that its levels suffice for
    std::array<StoredLevel, mostLevels> levels;
    std::uint64_t checksum = 0; ///< of all before it, and of the table
};
static_assert(sizeof(Header) == 152);

std::uint64_t checksumOf(const Header &header, std::span<const std::uint64_t> bands)
{
    Hasher hasher;
    hasher.add(std::as_bytes(std::span(&header, 1)).first(offsetof(Header, checksum))).add(std::as_bytes(bands));
    return hasher.digest().low;
}

std::size_t bandCount(int rows)
{
    return static_cast<std::size_t>((rows + bandRows - 1) / bandRows);
}

std::size_t rowBytesOf(int width)
{
    return static_cast<std::size_t>(width) * 3;
}

/// Whether the level covers its picture, so that whatever is asked for lies in it.
bool isSensible(const StoredLevel &level, const Header &header)
{
    const int reduction = level.reduction;
    return (reduction == 1 || reduction == 2 || reduction == 4 || reduction == largestReduction) && level.width > 0 && level.height > 0
        && level.width <= largestSide + largestReduction && level.height <= largestSide + largestReduction && level.left <= 0
        && level.top <= 0 && level.left > -largestReduction && level.top > -largestReduction
        && level.left + level.width * reduction >= header.width && level.top + level.height * reduction >= header.height;
}

/// The largest reduction that is not beyond the one asked for; levels stand by their reductions.
template <typename Level>
const Level &levelFor(const std::vector<Level> &levels, int reduction)
{
    std::size_t chosen = 0;
    while (chosen + 1 < levels.size() && levels[chosen + 1].reduction <= reduction)
        ++chosen;
    return levels[chosen];
}

/// The part with 3 bytes a pixel, in memory of its own.
PixelPart packed(const PixelPart &part)
{
    const std::size_t pixels = static_cast<std::size_t>(part.width) * static_cast<std::size_t>(part.height);
    auto bytes = std::make_shared<std::vector<std::uint8_t>>(pixels * 3);
    const std::uint8_t *in = part.pixels->data();
    std::uint8_t *out = bytes->data();
    for (std::size_t i = 0; i < pixels; ++i, in += part.pixelBytes, out += 3) {
        out[0] = in[0];
        out[1] = in[1];
        out[2] = in[2];
    }
    PixelPart result = part;
    result.pixels = std::move(bytes);
    result.pixelBytes = 3;
    return result;
}

std::span<const std::byte> bytesOf(const PixelPart &part)
{
    return std::as_bytes(std::span(*part.pixels)).first(rowBytesOf(part.width) * static_cast<std::size_t>(part.height));
}

void addBands(const PixelPart &part, std::vector<std::uint64_t> &bands)
{
    const auto pixels = bytesOf(part);
    const std::size_t size = rowBytesOf(part.width) * bandRows;
    for (std::size_t begin = 0; begin < pixels.size(); begin += size)
        bands.push_back(digestOf(pixels.subspan(begin, std::min(size, pixels.size() - begin))).low);
}

} // namespace

tl::expected<WholePicture, std::string> WholePicture::decode(PixelSource &source, int viewSide)
{
    WholePicture picture;
    picture.m_width = source.width();
    picture.m_height = source.height();
    picture.m_viewSide = viewSide;
    for (int reduction = 1; reduction <= largestReduction; reduction *= 2) {
        if (reduction > 1 && std::min(picture.m_width, picture.m_height) / reduction < viewSide)
            break;
        const auto part = source.part({0, 0, picture.m_width, picture.m_height}, reduction);
        if (!part)
            return tl::unexpected(part.error());
        if (part->reduction != reduction) {
            picture.m_viewSide = 1; // the source never reduces
            break;
        }
        picture.m_levels.push_back(part->pixelBytes == 3 ? *part : packed(*part));
    }
    return picture;
}

std::int64_t WholePicture::bytesOf(const PixelSource &source, int viewSide)
{
    const std::int64_t full = std::int64_t{source.width()} * source.height() * 3;
    return std::min(source.width(), source.height()) / 2 < viewSide ? full : full + full / 3;
}

tl::expected<PixelPart, std::string> WholePicture::part(const PixelRectangle &, int reduction)
{
    return levelFor(m_levels, reduction);
}

std::unique_ptr<DecodedFile> DecodedFile::open(const fs::path &file, const Digest &content, int viewSide)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (descriptor < 0)
        return nullptr;
    std::unique_ptr<DecodedFile> decoded(new DecodedFile(descriptor));
    return decoded->readHeader(content, viewSide) ? std::move(decoded) : nullptr;
}

DecodedFile::~DecodedFile()
{
    ::close(m_descriptor);
}

bool DecodedFile::readHeader(const Digest &content, int viewSide)
{
    Header header;
    if (!readAll(m_descriptor, std::as_writable_bytes(std::span(&header, 1)), 0))
        return false;
    if (header.magic != magic || header.layoutVersion != layoutVersion || header.decoderVersion != decoderVersion
        || Digest{header.contentHigh, header.contentLow} != content || header.width < 1 || header.width > largestSide || header.height < 1
        || header.height > largestSide || header.viewSide > viewSide || header.levels.front().reduction != 1)
        return false;
    m_width = header.width;
    m_height = header.height;
    std::size_t bands = 0;
    for (const StoredLevel &level : header.levels) {
        if (level.reduction == 0)
            break;
        if (!isSensible(level, header) || (!m_levels.empty() && level.reduction <= m_levels.back().reduction))
            return false;
        m_levels.push_back({level.reduction, level.width, level.height, level.left, level.top, 0, bands});
        bands += bandCount(level.height);
    }
    m_bands.resize(bands);
    if (!readAll(m_descriptor, std::as_writable_bytes(std::span(m_bands)), sizeof header) || header.checksum != checksumOf(header, m_bands))
        return false;
    auto end = static_cast<std::int64_t>(sizeof header + bands * sizeof m_bands[0]);
    for (Level &level : m_levels) {
        level.offset = end;
        end += static_cast<std::int64_t>(rowBytesOf(level.width)) * level.height;
    }
    struct stat status { };
    if (::fstat(m_descriptor, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size != end)
        return false;
    m_used = status.st_mtim.tv_sec;
    return true;
}

tl::expected<PixelPart, std::string> DecodedFile::part(const PixelRectangle &needed, int reduction)
{
    const Level &level = levelFor(m_levels, reduction);
    const int first = (needed.top - level.top) / level.reduction / bandRows * bandRows;
    const int wantedEnd = (needed.top + needed.height - level.top + level.reduction - 1) / level.reduction;
    const int end = std::min((wantedEnd + bandRows - 1) / bandRows * bandRows, level.height);
    const std::size_t rowBytes = rowBytesOf(level.width);
    const std::size_t size = rowBytes * static_cast<std::size_t>(end - first), bandBytes = rowBytes * bandRows;
    auto pixels = spareMemory(size);
    const auto bytes = std::as_writable_bytes(std::span(*pixels)).first(size);
    if (!readAll(m_descriptor, bytes, level.offset + static_cast<std::int64_t>(rowBytes) * first))
        return tl::unexpected(std::string("what was kept of it has been cut"));
    const std::uint64_t *checksum = m_bands.data() + level.firstBand + static_cast<std::size_t>(first / bandRows);
    for (std::size_t begin = 0; begin < size; begin += bandBytes, ++checksum)
        if (digestOf(std::span<const std::byte>(bytes).subspan(begin, std::min(bandBytes, size - begin))).low != *checksum)
            return tl::unexpected(std::string("what was kept of it is damaged"));
    return PixelPart{std::move(pixels), level.width, end - first, 3, level.left, level.top + first * level.reduction, level.reduction};
}

void DecodedFile::markUsed(std::time_t since) const
{
    if (m_used < since)
        ::futimens(m_descriptor, nullptr);
}

int DecodedFile::write(const fs::path &file, const Digest &content, const WholePicture &picture)
{
    Header header{
        magic, layoutVersion, decoderVersion, content.high, content.low, picture.width(), picture.height(), picture.viewSide(), 0, {}, 0};
    std::vector<std::uint64_t> bands;
    for (std::size_t i = 0; i < picture.levels().size(); ++i) {
        const PixelPart &level = picture.levels()[i];
        header.levels[i] = {level.reduction, level.width, level.height, level.left, level.top, 0};
        addBands(level, bands);
    }
    header.checksum = checksumOf(header, bands);

    const fs::path temporary = temporaryBeside(file);
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (descriptor < 0)
        return errno;
    errno = 0;
    std::int64_t end = 0;
    bool written = true;
    const auto append = [&](std::span<const std::byte> bytes) {
        written = written && writeAll(descriptor, bytes, end);
        end += std::ssize(bytes);
    };
    append(std::as_bytes(std::span(&header, 1)));
    append(std::as_bytes(std::span(bands)));
    for (const PixelPart &level : picture.levels())
        append(bytesOf(level));
    // Not synced: what a power cut takes is made again.
    written = ::close(descriptor) == 0 && written && ::rename(temporary.c_str(), file.c_str()) == 0;
    const int error = written ? 0 : errno != 0 ? errno : EIO;
    if (!written)
        ::unlink(temporary.c_str());
    return error;
}

} // namespace graft
