#include "data/headercheck.h"

#include "core/digest.h"
#include "data/decoders.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace graft {
namespace {

constexpr std::size_t startSize = 4096, endSize = 512;

class OpenFile {
public:
    explicit OpenFile(const std::filesystem::path &path) : m_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) { }
    ~OpenFile()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    OpenFile(const OpenFile &) = delete;
    OpenFile &operator=(const OpenFile &) = delete;

    /// None for what is no file.
    [[nodiscard]] std::optional<struct stat> status() const
    {
        struct stat status { };
        if (m_descriptor < 0 || ::fstat(m_descriptor, &status) != 0 || !S_ISREG(status.st_mode))
            return std::nullopt;
        return status;
    }
    /// As many bytes as there are.
    [[nodiscard]] std::span<const std::byte> read(std::uint64_t offset, std::span<std::byte> room) const
    {
        const ssize_t count = ::pread(m_descriptor, room.data(), room.size(), static_cast<off_t>(offset));
        return room.first(count > 0 ? static_cast<std::size_t>(count) : 0);
    }

private:
    int m_descriptor;
};

struct Size {
    int width = 0, height = 0;
};

std::optional<Size> acceptableSize(std::uint32_t width, std::uint32_t height)
{
    if (sizeDefect(width, height))
        return std::nullopt;
    return Size{static_cast<int>(width), static_cast<int>(height)};
}

/// A frame header: 8 bits a sample, one or three colours.
std::optional<Size> frameSize(const ByteReader &segment)
{
    const auto colours = segment.number(7, 1);
    if (segment.number(2, 1) != 8 || (colours != 1 && colours != 3))
        return std::nullopt;
    return acceptableSize(segment.number(5, 2), segment.number(3, 2));
}

/// Walks the segments to the frame header.
std::optional<Size> jpegSize(const OpenFile &file, std::span<const std::byte> start, std::uint64_t size)
{
    constexpr int mostSegments = 200;
    constexpr std::size_t frameBytes = 10;
    std::uint64_t offset = 2;
    for (int i = 0; i < mostSegments && offset + frameBytes <= size; ++i) {
        std::array<std::byte, frameBytes> room;
        const auto bytes = offset + frameBytes <= start.size() ? start.subspan(offset, frameBytes) : file.read(offset, room);
        const ByteReader segment{bytes.subspan(std::min<std::size_t>(2, bytes.size())), true};
        const auto marker = ByteReader{bytes, true}.number(0, 2);
        // Baseline, extended and progressive.
        if (marker >= 0xFFC0 && marker <= 0xFFC2)
            return frameSize(segment);
        const auto length = segment.number(0, 2);
        if (marker < 0xFFC4 || marker == 0xFFDA || marker == 0xFFFF || length < 2)
            return std::nullopt;
        offset += 2 + length;
    }
    return std::nullopt;
}

std::optional<Size> pngSize(std::span<const std::byte> start)
{
    constexpr std::uint32_t headerLength = 13, headerName = 0x49484452;
    const ByteReader bytes{start, true};
    if (bytes.number(8, 4) != headerLength || bytes.number(12, 4) != headerName)
        return std::nullopt;
    return acceptableSize(bytes.number(16, 4), bytes.number(20, 4));
}

bool endsWith(std::span<const std::byte> bytes, std::span<const unsigned char> end)
{
    return bytes.size() >= end.size() && std::ranges::equal(bytes.last(end.size()), std::as_bytes(end));
}

std::optional<Size> plausibleSize(
    const OpenFile &file, std::span<const std::byte> start, std::span<const std::byte> end, std::uint64_t size)
{
    constexpr std::array<unsigned char, 2> jpegEnd = {0xFF, 0xD9};
    constexpr std::array<unsigned char, 12> pngEnd = {0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xAE, 0x42, 0x60, 0x82};
    const auto container = containerOf(start);
    if (container == Container::Jpeg && endsWith(end, jpegEnd))
        return jpegSize(file, start, size);
    if (container == Container::Png && endsWith(end, pngEnd))
        return pngSize(start);
    return std::nullopt;
}

} // namespace

std::optional<HeaderCheck> checkHeader(const std::filesystem::path &path)
{
    const OpenFile file(path);
    const auto status = file.status();
    if (!status)
        return std::nullopt;
    HeaderCheck check{identityOf(*status), isTooFresh(*status)};
    const std::uint64_t size = check.identity.size;
    std::array<std::byte, startSize> startRoom;
    std::array<std::byte, endSize> endRoom;
    const auto start = file.read(0, startRoom);
    const auto end = size <= startSize ? start.last(std::min(start.size(), endSize)) : file.read(size - endSize, endRoom);
    check.fingerprint = Hasher().add(size).add(start).add(end).digest().low;
    if (const auto pixels = plausibleSize(file, start, end, size)) {
        check.isPlausible = true;
        check.width = pixels->width;
        check.height = pixels->height;
    }
    return check;
}

} // namespace graft
