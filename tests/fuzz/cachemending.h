#pragma once
#include <cstdint>
#include <cstring>
#include <string>

// Cache files guard themselves by checksums, which libFuzzer does not guess. What it makes up is a byte of Mend and a file; as whoever
// makes a file on purpose would, these put right what the byte asks for.

enum Mend : std::uint8_t {
    MendMarks = 1, ///< what tells the kind of file and its version
    MendChecksums = 2, ///< of header and table
    MendContents = 4, ///< checksums of records and pixels
    MendSize = 8, ///< the file gets the length that its header asks for, up to 1 MiB
};

template <typename T>
T numberAt(const std::string &bytes, std::size_t offset)
{
    T value{};
    if (offset <= bytes.size() && bytes.size() - offset >= sizeof value)
        std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

[[nodiscard]] std::string mendedSegment(std::string bytes, unsigned mend); ///< training/featuresegment.h has the layout
[[nodiscard]] std::string mendedDecoded(std::string bytes, unsigned mend); ///< data/decodedfile.h has it
[[nodiscard]] std::string mendedIndex(std::string bytes, unsigned mend, const std::string &folder); ///< data/datasetindex.cpp has it
