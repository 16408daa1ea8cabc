#include "cachemending.h"

#include "core/digest.h"
#include "data/datasetindex.h"

#include <algorithm>

namespace {

constexpr std::size_t largestFile = std::size_t{1} << 20;

void set(std::string &bytes, std::size_t offset, const auto &value)
{
    if (offset <= bytes.size() && bytes.size() - offset >= sizeof value)
        std::memcpy(bytes.data() + offset, &value, sizeof value);
}

/// Grown or cut, unless that is too long.
void resize(std::string &bytes, std::size_t size)
{
    if (size <= largestFile)
        bytes.resize(size);
}

std::string_view part(const std::string &bytes, std::size_t offset, std::size_t size)
{
    return offset <= bytes.size() && bytes.size() - offset >= size ? std::string_view(bytes).substr(offset, size) : std::string_view();
}

std::uint64_t lowOf(std::string_view bytes)
{
    return graft::digestOf(bytes).low;
}

} // namespace

std::string mendedSegment(std::string bytes, unsigned mend)
{
    constexpr std::size_t headerBytes = 64, entryBytes = 40;
    if (mend & MendMarks) {
        set(bytes, 0, std::uint64_t{0x3145525554414546});
        set(bytes, 8, std::uint32_t{1});
    }
    const std::size_t slots = numberAt<std::uint32_t>(bytes, 12), record = numberAt<std::uint64_t>(bytes, 16);
    if (slots > largestFile || record > largestFile)
        return bytes;
    const std::size_t begin = (headerBytes + slots * entryBytes + 4095) / 4096 * 4096, step = (record + 63) / 64 * 64;
    if (mend & MendSize)
        resize(bytes, begin + slots * step);
    for (std::size_t slot = 0; slot < std::min<std::size_t>(slots, 256); ++slot) {
        const std::size_t entry = headerBytes + slot * entryBytes;
        if (numberAt<std::uint64_t>(bytes, entry + 32) == 0)
            continue; // free
        if (mend & MendContents)
            set(bytes, entry + 24, lowOf(part(bytes, begin + slot * step, record)));
        if (mend & MendChecksums)
            set(bytes, entry + 32, graft::Hasher().add(part(bytes, entry, 32)).add(std::uint64_t{slot}).digest().low);
    }
    if (mend & MendChecksums)
        set(bytes, 40, lowOf(part(bytes, 0, 40)));
    return bytes;
}

std::string mendedDecoded(std::string bytes, unsigned mend)
{
    constexpr std::size_t headerBytes = 152, checksum = 144;
    if (mend & MendMarks) {
        set(bytes, 0, std::uint64_t{0x31444F4345444752});
        set(bytes, 8, std::uint32_t{1});
        set(bytes, 12, std::uint32_t{1});
    }
    struct Level {
        std::size_t rowBytes, rows;
    };
    std::vector<Level> levels;
    std::size_t bands = 0, pixels = 0;
    for (std::size_t level = 48; level < checksum && numberAt<std::int32_t>(bytes, level) != 0; level += 24) {
        const auto width = numberAt<std::int32_t>(bytes, level + 4), height = numberAt<std::int32_t>(bytes, level + 8);
        if (width < 0 || height < 0 || width > 30'000 || height > 30'000)
            return bytes;
        levels.push_back({static_cast<std::size_t>(width) * 3, static_cast<std::size_t>(height)});
        bands += (levels.back().rows + 31) / 32;
        pixels += levels.back().rowBytes * levels.back().rows;
    }
    if (mend & MendSize)
        resize(bytes, headerBytes + bands * 8 + pixels);
    std::size_t band = headerBytes, offset = headerBytes + bands * 8;
    for (const Level &level : levels)
        for (std::size_t row = 0; row < level.rows; row += 32, band += 8) {
            const std::size_t size = level.rowBytes * std::min<std::size_t>(32, level.rows - row);
            if (mend & MendContents)
                set(bytes, band, lowOf(part(bytes, offset, size)));
            offset += size;
        }
    if (mend & MendChecksums)
        set(bytes, checksum, graft::Hasher().add(part(bytes, 0, checksum)).add(part(bytes, headerBytes, bands * 8)).digest().low);
    return bytes;
}

std::string mendedIndex(std::string bytes, unsigned mend, const std::string &folder)
{
    constexpr std::size_t headerBytes = 56;
    if (mend & MendMarks) {
        set(bytes, 0, std::array<char, 8>{'G', 'r', 'a', 'f', 't', 'I', 'd', 'x'});
        set(bytes, 8, std::uint64_t{2});
        set(bytes, 40, graft::digestOf(folder));
    }
    const std::size_t rows = numberAt<std::uint64_t>(bytes, 16), names = numberAt<std::uint64_t>(bytes, 24),
                      defects = numberAt<std::uint64_t>(bytes, 32);
    if (rows > largestFile || names > largestFile || defects > largestFile)
        return bytes;
    const std::size_t namesBegin = headerBytes + rows * sizeof(graft::FileRecord), end = namesBegin + names + defects;
    if (mend & MendSize)
        resize(bytes, end + sizeof(graft::Digest));
    if (mend & MendContents)
        for (const std::size_t text : {namesBegin + names, end})
            if (text > namesBegin)
                set(bytes, text - 1, '\0');
    if (mend & MendChecksums) {
        graft::Hasher hasher;
        hasher.add(part(bytes, 0, headerBytes)).add(part(bytes, headerBytes, rows * sizeof(graft::FileRecord)));
        set(bytes, end, hasher.add(part(bytes, namesBegin, names)).add(part(bytes, namesBegin + names, defects)).digest());
    }
    return bytes;
}
