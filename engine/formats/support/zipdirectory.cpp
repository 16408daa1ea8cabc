#include "formats/support/zipdirectory.h"

#include "core/strangetext.h"
#include "formats/support/filename.h"
#include "formats/support/inflate.h"

#include <algorithm>
#include <cstring>

namespace graft {
namespace {

// Sizes and signatures of PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.14, 4.3.15, 4.3.16 and 4.5.3.
constexpr std::uint64_t localHeaderBytes = 30;
constexpr std::uint64_t entryBytes = 46;
constexpr std::uint64_t endBytes = 22;
constexpr std::uint64_t wideEndBytes = 56;
constexpr std::uint64_t wideLocatorBytes = 20;
constexpr std::uint32_t localSignature = 0x04034b50;
constexpr std::uint32_t entrySignature = 0x02014b50;
constexpr std::uint32_t endSignature = 0x06054b50;
constexpr std::uint32_t wideEndSignature = 0x06064b50;
constexpr std::uint32_t wideLocatorSignature = 0x07064b50;
constexpr std::uint16_t wideExtraId = 1;
constexpr std::uint16_t deflateMethod = 8;
constexpr std::uint64_t longestComment = 0xFFFF;
constexpr std::uint32_t wide = 0xFFFFFFFF; // the true value stands in a 64-bit field

using Bytes = std::span<const std::byte>;

/// A little-endian number; the caller has checked that it lies inside.
template <typename Number>
Number number(Bytes bytes, std::uint64_t position)
{
    Number value;
    std::memcpy(&value, bytes.data() + position, sizeof(value));
    return value;
}

bool fits(Bytes bytes, std::uint64_t start, std::uint64_t size)
{
    return start <= bytes.size() && size <= bytes.size() - start;
}

std::optional<std::uint64_t> findEnd(Bytes bytes)
{
    if (bytes.size() < endBytes)
        return std::nullopt;
    const std::uint64_t last = bytes.size() - endBytes;
    const std::uint64_t first = last > longestComment ? last - longestComment : 0;
    for (std::uint64_t position = last + 1; position > first; --position)
        if (number<std::uint32_t>(bytes, position - 1) == endSignature)
            return position - 1;
    return std::nullopt;
}

struct Directory {
    std::uint64_t start = 0, size = 0, count = 0;
};

std::optional<Directory> findDirectory(Bytes bytes)
{
    const auto end = findEnd(bytes);
    if (!end)
        return std::nullopt;
    if (*end >= wideLocatorBytes && number<std::uint32_t>(bytes, *end - wideLocatorBytes) == wideLocatorSignature) {
        const auto wideEnd = number<std::uint64_t>(bytes, *end - wideLocatorBytes + 8);
        if (!fits(bytes, wideEnd, wideEndBytes) || number<std::uint32_t>(bytes, wideEnd) != wideEndSignature)
            return std::nullopt;
        return Directory{.start = number<std::uint64_t>(bytes, wideEnd + 48),
            .size = number<std::uint64_t>(bytes, wideEnd + 40),
            .count = number<std::uint64_t>(bytes, wideEnd + 32)};
    }
    return Directory{.start = number<std::uint32_t>(bytes, *end + 16),
        .size = number<std::uint32_t>(bytes, *end + 12),
        .count = number<std::uint16_t>(bytes, *end + 10)};
}

/// Takes from an entry's extra fields the 64-bit values of those numbers that are marked wide, in the order given; false when one lacks.
bool readWide(Bytes extra, std::initializer_list<std::uint64_t *> values)
{
    const auto isWide = [](const std::uint64_t *value) { return *value == wide; };
    if (std::ranges::none_of(values, isWide))
        return true;
    for (std::uint64_t position = 0; fits(extra, position, 4);) {
        const auto size = number<std::uint16_t>(extra, position + 2);
        if (!fits(extra, position + 4, size))
            return false;
        if (number<std::uint16_t>(extra, position) == wideExtraId) {
            std::uint64_t taken = 0;
            for (auto *value : values) {
                if (!isWide(value))
                    continue;
                if (taken + 8 > size)
                    return false;
                *value = number<std::uint64_t>(extra, position + 4 + taken);
                taken += 8;
            }
            return true;
        }
        position += 4ULL + size;
    }
    return false;
}

/// Whether a name is no plain path below the archive: Graft unpacks nothing to disk, and neither should whoever made it.
bool pointsOut(std::string_view name)
{
    if (name.starts_with('/') || name.find_first_of(std::string_view("\\\0:", 3)) != std::string_view::npos)
        return true;
    for (std::size_t start = 0; start <= name.size();) {
        const std::size_t end = std::min(name.find('/', start), name.size());
        if (name.substr(start, end - start) == "..")
            return true;
        start = end + 1;
    }
    return false;
}

} // namespace

tl::unexpected<Error> ZipDirectory::damaged() const
{
    return fail(ErrorCode::FileCorrupt,
        "'" + fileName(m_subject) + "' is damaged or cut short: its zip directory cannot be read; get the file again.", m_subject);
}

Result<ZipDirectory> ZipDirectory::open(std::shared_ptr<const MappedFile> file, const std::string &subject)
{
    const Bytes bytes = file->bytes();
    return open(std::move(file), bytes, subject);
}

Result<ZipDirectory> ZipDirectory::open(std::shared_ptr<const MappedFile> file, Bytes whole, const std::string &subject)
{
    ZipDirectory zip(std::move(file), whole, subject);
    const auto directory = findDirectory(whole);
    if (!directory || !fits(whole, directory->start, directory->size))
        return zip.damaged();
    if (auto read = zip.readEntries(directory->start, directory->size, directory->count); !read)
        return fail(read.error());
    zip.findFolder();
    return zip;
}

void ZipDirectory::findFolder()
{
    for (const std::string_view record : {"/data.pkl", "/archive_format"})
        for (const auto &[name, place] : m_records)
            if (m_folder.empty() && name.ends_with(record) && std::ranges::count(name, '/') == 1)
                m_folder = name.substr(0, name.find('/'));
}

Result<void> ZipDirectory::readEntries(std::uint64_t start, std::uint64_t size, std::uint64_t count)
{
    const Bytes bytes = m_bytes.subspan(start, size);
    std::uint64_t position = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!fits(bytes, position, entryBytes) || number<std::uint32_t>(bytes, position) != entrySignature)
            return damaged();
        const auto nameBytes = number<std::uint16_t>(bytes, position + 28);
        const auto extraBytes = number<std::uint16_t>(bytes, position + 30);
        const auto commentBytes = number<std::uint16_t>(bytes, position + 32);
        const std::uint64_t total = entryBytes + nameBytes + extraBytes + commentBytes;
        if (!fits(bytes, position, total))
            return damaged();
        std::uint64_t packed = number<std::uint32_t>(bytes, position + 20);
        std::uint64_t unpacked = number<std::uint32_t>(bytes, position + 24);
        Record record{.localHeader = number<std::uint32_t>(bytes, position + 42)};
        if (!readWide(bytes.subspan(position + entryBytes + nameBytes, extraBytes), {&unpacked, &packed, &record.localHeader}))
            return damaged();
        record.size = packed;
        record.unpacked = unpacked;
        const bool encrypted = (number<std::uint16_t>(bytes, position + 8) & 1) != 0;
        record.stored = number<std::uint16_t>(bytes, position + 10) == 0 && !encrypted;
        record.deflated = number<std::uint16_t>(bytes, position + 10) == deflateMethod && !encrypted;
        if (record.stored && packed != unpacked)
            return damaged();
        std::string name(reinterpret_cast<const char *>(bytes.data()) + position + entryBytes, nameBytes);
        if (pointsOut(name))
            return fail(ErrorCode::FileRefused,
                "'" + fileName(m_subject)
                    + "' holds a part whose name points out of it, so it was not opened; get the file from who made it.",
                m_subject);
        if (!m_records.emplace(std::move(name), record).second)
            return damaged();
        position += total;
    }
    return {};
}

Result<const ZipDirectory::Record *> ZipDirectory::find(std::string_view name) const
{
    const auto found = m_records.find(folderName(name));
    if (found != m_records.end())
        return &found->second;
    return fail(ErrorCode::FileCorrupt,
        "'" + fileName(m_subject) + "' is damaged: the part " + inQuotes(name, '\'') + " is missing; get the file again.", m_subject);
}

Result<Bytes> ZipDirectory::bytesOf(const Record &record, std::string_view fullName) const
{
    const Bytes bytes = m_bytes;
    if (!fits(bytes, record.localHeader, localHeaderBytes) || number<std::uint32_t>(bytes, record.localHeader) != localSignature)
        return damaged();
    const auto nameBytes = number<std::uint16_t>(bytes, record.localHeader + 26);
    const std::uint64_t start = record.localHeader + localHeaderBytes + nameBytes + number<std::uint16_t>(bytes, record.localHeader + 28);
    if (!fits(bytes, start, record.size) || nameBytes != fullName.size()
        || std::memcmp(bytes.data() + record.localHeader + localHeaderBytes, fullName.data(), nameBytes) != 0)
        return damaged();
    return bytes.subspan(start, record.size);
}

Result<Bytes> ZipDirectory::record(std::string_view name) const
{
    const auto found = find(name);
    if (!found)
        return fail(found.error());
    if (!(*found)->stored)
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(m_subject)
                + "' is a compressed zip, which PyTorch does not write; unpack it and use the file inside, or save it again with "
                  "torch.save.",
            m_subject);
    return bytesOf(**found, folderName(name));
}

Result<std::string> ZipDirectory::text(std::string_view name, std::size_t limit) const
{
    const auto found = find(name);
    if (!found)
        return fail(found.error());
    const Record &record = **found;
    if (record.unpacked > limit)
        return fail(ErrorCode::FileRefused,
            "'" + fileName(m_subject) + "' would unpack to much more than its own size at the part " + inQuotes(name, '\'')
                + ", so it was not opened.",
            m_subject);
    const auto bytes = bytesOf(record, folderName(name));
    if (!bytes)
        return fail(bytes.error());
    if (record.stored)
        return std::string(reinterpret_cast<const char *>(bytes->data()), bytes->size());
    auto text = record.deflated ? inflate(*bytes, record.unpacked) : std::nullopt;
    if (!text)
        return damaged();
    return std::move(*text);
}

std::vector<std::string> ZipDirectory::names() const
{
    std::vector<std::string> names;
    const std::string start = folderName("");
    for (const auto &[name, record] : m_records)
        if (name.starts_with(start))
            names.push_back(name.substr(start.size()));
    return names;
}

} // namespace graft
