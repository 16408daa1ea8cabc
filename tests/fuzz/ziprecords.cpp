#include "ziprecords.h"

#include <algorithm>

namespace {

void put(std::string &out, std::uint32_t value, int bytes)
{
    for (int index = 0; index < bytes; ++index)
        out += static_cast<char>(value >> (8 * index));
}

/// The zip format's CRC-32, bit by bit.
std::uint32_t crc32(std::string_view bytes)
{
    std::uint32_t crc = ~0U;
    for (const char byte : bytes) {
        crc ^= static_cast<std::uint8_t>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (0xEDB88320U & (0U - (crc & 1)));
    }
    return ~crc;
}

/// What the local header and the directory's entry have in common, from "version needed" to the lengths of name and extra field.
std::string fields(std::string_view name, std::string_view content)
{
    std::string out;
    put(out, 20, 2);
    put(out, 0, 2); // flags
    put(out, 0, 2); // stored
    put(out, 0, 4); // time and date
    put(out, crc32(content), 4);
    put(out, static_cast<std::uint32_t>(content.size()), 4);
    put(out, static_cast<std::uint32_t>(content.size()), 4);
    put(out, static_cast<std::uint32_t>(name.size()), 2);
    put(out, 0, 2);
    return out;
}

std::string_view take(std::string_view &rest, std::size_t size)
{
    const std::string_view taken = rest.substr(0, std::min(size, rest.size()));
    rest.remove_prefix(taken.size());
    return taken;
}

std::size_t number(std::string_view bytes)
{
    std::size_t value = 0;
    for (std::size_t index = 0; index < bytes.size(); ++index)
        value |= std::size_t{static_cast<std::uint8_t>(bytes[index])} << (8 * index);
    return value;
}

} // namespace

std::string zipOfRecords(std::span<const std::uint8_t> input)
{
    std::string_view rest(reinterpret_cast<const char *>(input.data()), input.size());
    std::string archive, directory;
    std::uint32_t count = 0;
    while (!rest.empty() && count < 0xFFFF) {
        const std::string_view name = take(rest, number(take(rest, 1)));
        const std::string_view content = take(rest, number(take(rest, 4)));
        put(directory, 0x02014B50, 4);
        put(directory, 20, 2);
        directory += fields(name, content);
        put(directory, 0, 2); // comment
        put(directory, 0, 4); // disk, internal attributes
        put(directory, 0, 4); // external attributes
        put(directory, static_cast<std::uint32_t>(archive.size()), 4);
        directory += name;
        put(archive, 0x04034B50, 4);
        archive += fields(name, content);
        archive += name;
        archive += content;
        ++count;
    }
    const auto start = static_cast<std::uint32_t>(archive.size());
    archive += directory;
    put(archive, 0x06054B50, 4);
    put(archive, 0, 4); // disks
    put(archive, count, 2);
    put(archive, count, 2);
    put(archive, static_cast<std::uint32_t>(directory.size()), 4);
    put(archive, start, 4);
    put(archive, 0, 2); // comment
    return archive;
}
