#include "training/featuresegment.h"

#include "core/descriptorio.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace graft {
namespace {

constexpr std::uint64_t magic = 0x3145525554414546; // "FEATURE1"
constexpr std::uint32_t version = 1;
constexpr std::size_t maximumSlots = std::size_t{1} << 24;
constexpr std::size_t maximumRecordBytes = std::size_t{1} << 32;
constexpr std::size_t recordsAlignment = 4096, slotAlignment = 64;

struct Header {
    std::uint64_t magic = 0;
    std::uint32_t version = 0;
    std::uint32_t slots = 0;
    std::uint64_t recordBytes = 0;
    std::uint64_t keyHigh = 0, keyLow = 0;
    std::uint64_t checksum = 0; ///< of all before it
    std::uint64_t unused[2] = {0, 0};
};
static_assert(sizeof(Header) == 64);

struct Entry {
    std::uint64_t contentHigh = 0, contentLow = 0;
    std::uint64_t variant = 0;
    std::uint64_t record = 0; ///< checksum of the record
    std::uint64_t checksum = 0; ///< of all before it, and the slot's number
};
static_assert(sizeof(Entry) == 40);

std::size_t roundedUp(std::size_t size, std::size_t multiple)
{
    return (size + multiple - 1) / multiple * multiple;
}

std::size_t recordsBegin(std::size_t slots)
{
    return roundedUp(sizeof(Header) + slots * sizeof(Entry), recordsAlignment);
}

std::uint64_t checksumOf(const Header &header)
{
    return digestOf(std::as_bytes(std::span(&header, 1)).first(offsetof(Header, checksum))).low;
}

std::uint64_t checksumOf(const Entry &entry, std::size_t slot)
{
    Hasher hasher;
    return hasher.add(std::as_bytes(std::span(&entry, 1)).first(offsetof(Entry, checksum))).add(std::uint64_t{slot}).digest().low;
}

tl::unexpected<Error> unwritable(const std::filesystem::path &file, int error)
{
    const bool isFull = error == ENOSPC || error == EDQUOT || error == EFBIG;
    return fail(isFull ? ErrorCode::DiskFull : ErrorCode::FileUnwritable,
        "The feature cache cannot keep more in '" + file.parent_path().string() + "' (" + std::strerror(error)
            + "), so that what is missing is computed again in every epoch; make room or choose another folder for it.",
        file.string());
}

/// Pages that were read count as this program's memory until it lets them go; the system keeps them for the next who asks. Of small records
/// the next ones lie in the same page.
void letGo(std::span<const std::byte> record, std::span<const std::byte> file)
{
    constexpr std::size_t window = 64 * 1024; // Linux maps as many around a byte that is read, if they are at hand
    if (record.size() < window)
        return;
    const auto *begin = record.data() - reinterpret_cast<std::uintptr_t>(record.data()) % window;
    const auto *end = record.data() + record.size();
    end += window - reinterpret_cast<std::uintptr_t>(end) % window;
    begin = std::max(begin, file.data());
    end = std::min(end, file.data() + file.size());
    ::madvise(const_cast<std::byte *>(begin), static_cast<std::size_t>(end - begin), MADV_DONTNEED);
}

} // namespace

std::size_t FeatureSegment::fileBytes(std::size_t recordBytes, std::size_t slots)
{
    return recordsBegin(slots) + slots * roundedUp(recordBytes, slotAlignment);
}

std::size_t FeatureSegment::recordOffset(std::size_t slot) const
{
    return recordsBegin(m_slots) + slot * roundedUp(m_recordBytes, slotAlignment);
}

std::optional<FeatureSegment> FeatureSegment::open(const std::filesystem::path &file, const Digest &key, std::size_t recordBytes)
{
    FeatureSegment segment;
    segment.m_file = file;
    segment.m_descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (segment.m_descriptor < 0)
        segment.m_descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    Header header;
    if (segment.m_descriptor < 0 || ::pread(segment.m_descriptor, &header, sizeof header, 0) != ssize_t{sizeof header})
        return std::nullopt;
    if (header.magic != magic || header.version != version || header.checksum != checksumOf(header)
        || Digest{header.keyHigh, header.keyLow} != key || header.recordBytes != recordBytes || header.slots > maximumSlots
        || recordBytes > maximumRecordBytes)
        return std::nullopt;
    segment.m_recordBytes = recordBytes;
    segment.m_slots = header.slots;
    segment.m_bytes = fileBytes(recordBytes, header.slots);
    if (!segment.map())
        return std::nullopt;
    return segment;
}

Result<FeatureSegment> FeatureSegment::create(
    const std::filesystem::path &file, const Digest &key, std::size_t recordBytes, std::size_t slots)
{
    FeatureSegment segment;
    segment.m_file = file;
    segment.m_recordBytes = recordBytes;
    segment.m_slots = std::min(slots, maximumSlots);
    segment.m_bytes = fileBytes(recordBytes, segment.m_slots);
    segment.m_descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (segment.m_descriptor < 0)
        return unwritable(file, errno);
    int error = ::flock(segment.m_descriptor, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
    // With its space reserved, writing does not find the disk full later, nor a reader a page without a block.
    if (error == 0)
        error = ::posix_fallocate(segment.m_descriptor, 0, static_cast<off_t>(segment.m_bytes));
    Header header{magic, version, static_cast<std::uint32_t>(segment.m_slots), recordBytes, key.high, key.low, 0, {0, 0}};
    header.checksum = checksumOf(header);
    if (error == 0 && (!writeAll(segment.m_descriptor, std::as_bytes(std::span(&header, 1)), 0) || !segment.map()))
        error = errno != 0 ? errno : EIO;
    if (error == 0)
        return segment;
    ::unlink(file.c_str());
    return unwritable(file, error);
}

bool FeatureSegment::map()
{
    if (!isWhole())
        return false;
    void *data = ::mmap(nullptr, m_bytes, PROT_READ, MAP_SHARED, m_descriptor, 0);
    if (data == MAP_FAILED)
        return false;
    m_data = static_cast<const std::byte *>(data);
    return true;
}

bool FeatureSegment::isWhole() const
{
    struct stat status { };
    return ::fstat(m_descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size >= 0
        && static_cast<std::size_t>(status.st_size) >= m_bytes;
}

FeatureSegment::FeatureSegment(FeatureSegment &&other) noexcept
{
    *this = std::move(other);
}

FeatureSegment &FeatureSegment::operator=(FeatureSegment &&other) noexcept
{
    std::swap(m_file, other.m_file);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_data, other.m_data);
    std::swap(m_bytes, other.m_bytes);
    std::swap(m_recordBytes, other.m_recordBytes);
    std::swap(m_slots, other.m_slots);
    std::swap(m_filled, other.m_filled);
    return *this;
}

FeatureSegment::~FeatureSegment()
{
    if (m_data)
        ::munmap(const_cast<std::byte *>(m_data), m_bytes);
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

std::vector<FeatureSegment::Found> FeatureSegment::takeNew()
{
    std::vector<Found> result;
    if (!isWhole())
        return result;
    for (; m_filled < m_slots; ++m_filled) {
        Entry entry;
        std::memcpy(&entry, m_data + sizeof(Header) + m_filled * sizeof entry, sizeof entry);
        if (entry.checksum == 0)
            break; // nothing from here on
        if (entry.checksum == checksumOf(entry, m_filled) && entry.variant <= std::numeric_limits<std::uint32_t>::max())
            result.push_back({{{entry.contentHigh, entry.contentLow}, static_cast<std::uint32_t>(entry.variant)}, m_filled});
    }
    return result;
}

std::vector<std::byte> FeatureSegment::read(const Found &found) const
{
    if (found.slot >= m_slots || !isWhole())
        return {};
    Entry entry;
    std::memcpy(&entry, m_data + sizeof(Header) + found.slot * sizeof entry, sizeof entry);
    const std::byte *data = m_data + recordOffset(found.slot);
    std::vector<std::byte> record(data, data + m_recordBytes);
    letGo({data, m_recordBytes}, {m_data, m_bytes});
    const bool isIntact = entry.checksum == checksumOf(entry, found.slot)
        && Digest{entry.contentHigh, entry.contentLow} == found.key.content && entry.variant == found.key.variant
        && entry.record == digestOf(std::span<const std::byte>(record)).low;
    return isIntact ? record : std::vector<std::byte>();
}

bool FeatureSegment::lockForWriting()
{
    const int flags = ::fcntl(m_descriptor, F_GETFL);
    return flags >= 0 && (flags & O_ACCMODE) == O_RDWR && !isFull() && isWhole() && ::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0;
}

Result<FeatureSegment::Found> FeatureSegment::append(const SampleKey &key, std::span<const std::byte> record)
{
    const std::size_t slot = m_filled;
    Entry entry{key.content.high, key.content.low, key.variant, digestOf(record).low, 0};
    entry.checksum = checksumOf(entry, slot);
    errno = 0;
    if (!isWhole() || !writeAll(m_descriptor, record, static_cast<std::int64_t>(recordOffset(slot)))
        || !writeAll(m_descriptor, std::as_bytes(std::span(&entry, 1)), static_cast<std::int64_t>(sizeof(Header) + slot * sizeof entry)))
        return unwritable(m_file, errno != 0 ? errno : EIO);
    ++m_filled;
    return Found{key, slot};
}

} // namespace graft
