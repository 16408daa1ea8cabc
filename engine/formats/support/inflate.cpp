#include "formats/support/inflate.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace graft {
namespace {

// Names and numbers of RFC 1951, sections 3.2.2 to 3.2.7.
constexpr int longestCode = 15;
constexpr int endOfBlock = 256;
constexpr std::array<std::uint16_t, 29> lengthBase
    = {3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<std::uint8_t, 29> lengthBits = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<std::uint16_t, 30> distanceBase = {1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025,
    1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
constexpr std::array<std::uint8_t, 30> distanceBits
    = {0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
constexpr std::array<std::uint8_t, 19> codeLengthOrder = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

/// A canonical Huffman code: how many codes of each length there are, and the symbols in the order of their codes.
class HuffmanCode {
public:
    explicit HuffmanCode(std::span<const std::uint8_t> lengths) : m_symbols(lengths.size())
    {
        for (const auto length : lengths)
            ++m_counts[length];
        m_counts[0] = 0;
        std::array<std::uint16_t, longestCode + 2> next{};
        for (std::size_t length = 1; length <= longestCode; ++length)
            next[length + 1] = static_cast<std::uint16_t>(next[length] + m_counts[length]);
        for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol)
            if (lengths[symbol] != 0)
                m_symbols[next[lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
    }
    [[nodiscard]] std::uint16_t count(std::size_t length) const { return m_counts[length]; }
    [[nodiscard]] std::uint16_t symbol(std::size_t index) const { return m_symbols[index]; }
    [[nodiscard]] std::size_t size() const { return m_symbols.size(); }

private:
    std::array<std::uint16_t, longestCode + 1> m_counts{};
    std::vector<std::uint16_t> m_symbols;
};

class Inflater {
public:
    Inflater(std::span<const std::byte> packed, std::size_t size) : m_packed(packed), m_size(size) { }
    bool run();
    std::string text;

private:
    [[nodiscard]] std::optional<unsigned> bits(int count);
    [[nodiscard]] std::optional<unsigned> symbol(const HuffmanCode &code);
    [[nodiscard]] bool stored();
    [[nodiscard]] bool coded(const HuffmanCode &literals, const HuffmanCode &distances);
    [[nodiscard]] bool copy(unsigned lengthSymbol, const HuffmanCode &distances);
    [[nodiscard]] bool fixedCodes();
    [[nodiscard]] bool dynamicCodes();

    std::span<const std::byte> m_packed;
    std::size_t m_position = 0;
    std::size_t m_size;
    unsigned m_buffer = 0;
    int m_buffered = 0;
};

std::optional<unsigned> Inflater::bits(int count)
{
    while (m_buffered < count) {
        if (m_position >= m_packed.size())
            return std::nullopt;
        m_buffer |= std::to_integer<unsigned>(m_packed[m_position++]) << m_buffered;
        m_buffered += 8;
    }
    const unsigned value = m_buffer & ((1U << count) - 1);
    m_buffer >>= count;
    m_buffered -= count;
    return value;
}

std::optional<unsigned> Inflater::symbol(const HuffmanCode &code)
{
    unsigned value = 0, first = 0, index = 0;
    for (std::size_t length = 1; length <= longestCode; ++length) {
        const auto bit = bits(1);
        if (!bit)
            return std::nullopt;
        value |= *bit;
        const unsigned count = code.count(length);
        if (value - first < count && index + (value - first) < code.size())
            return code.symbol(index + (value - first));
        index += count;
        first = (first + count) << 1;
        value <<= 1;
        if (value < first)
            return std::nullopt;
    }
    return std::nullopt;
}

bool Inflater::stored()
{
    m_buffer = 0;
    m_buffered = 0;
    if (m_packed.size() - m_position < 4)
        return false;
    const auto byte = [&](std::size_t offset) { return std::to_integer<unsigned>(m_packed[m_position + offset]); };
    const unsigned length = byte(0) | byte(1) << 8;
    if ((length ^ 0xFFFFU) != (byte(2) | byte(3) << 8))
        return false;
    m_position += 4;
    if (length > m_packed.size() - m_position || length > m_size - text.size())
        return false;
    text.append(reinterpret_cast<const char *>(m_packed.data()) + m_position, length);
    m_position += length;
    return true;
}

bool Inflater::copy(unsigned lengthSymbol, const HuffmanCode &distances)
{
    const std::size_t kind = lengthSymbol - endOfBlock - 1;
    if (kind >= lengthBase.size())
        return false;
    const auto more = bits(lengthBits[kind]);
    const auto distanceKind = more ? symbol(distances) : std::nullopt;
    if (!distanceKind || *distanceKind >= distanceBase.size())
        return false;
    const auto further = bits(distanceBits[*distanceKind]);
    if (!further)
        return false;
    const std::size_t length = lengthBase[kind] + *more;
    const std::size_t distance = distanceBase[*distanceKind] + *further;
    if (distance > text.size() || length > m_size - text.size())
        return false;
    for (std::size_t i = 0; i < length; ++i)
        text.push_back(text[text.size() - distance]);
    return true;
}

bool Inflater::coded(const HuffmanCode &literals, const HuffmanCode &distances)
{
    for (;;) {
        const auto next = symbol(literals);
        if (!next)
            return false;
        if (*next == endOfBlock)
            return true;
        if (*next < endOfBlock) {
            if (text.size() >= m_size)
                return false;
            text.push_back(static_cast<char>(*next));
        } else if (!copy(*next, distances)) {
            return false;
        }
    }
}

bool Inflater::fixedCodes()
{
    std::array<std::uint8_t, 288> lengths{};
    std::fill(lengths.begin(), lengths.begin() + 144, std::uint8_t{8});
    std::fill(lengths.begin() + 144, lengths.begin() + 256, std::uint8_t{9});
    std::fill(lengths.begin() + 256, lengths.begin() + 280, std::uint8_t{7});
    std::fill(lengths.begin() + 280, lengths.end(), std::uint8_t{8});
    const std::array<std::uint8_t, 30> distances = [] {
        std::array<std::uint8_t, 30> five{};
        five.fill(5);
        return five;
    }();
    return coded(HuffmanCode(lengths), HuffmanCode(distances));
}

bool Inflater::dynamicCodes()
{
    const auto literals = bits(5);
    const auto distances = bits(5);
    const auto ordered = bits(4);
    if (!ordered)
        return false;
    std::array<std::uint8_t, codeLengthOrder.size()> orderLengths{};
    for (unsigned i = 0; i < *ordered + 4; ++i) {
        const auto length = bits(3);
        if (!length)
            return false;
        orderLengths[codeLengthOrder[i]] = static_cast<std::uint8_t>(*length);
    }
    const HuffmanCode lengthCode(orderLengths);
    std::vector<std::uint8_t> lengths;
    const std::size_t all = *literals + 257 + *distances + 1;
    while (lengths.size() < all) {
        const auto next = symbol(lengthCode);
        if (!next || (*next == 16 && lengths.empty()))
            return false;
        if (*next < 16) {
            lengths.push_back(static_cast<std::uint8_t>(*next));
            continue;
        }
        const auto repeats = bits(*next == 16 ? 2 : *next == 17 ? 3 : 7);
        if (!repeats)
            return false;
        lengths.insert(lengths.end(), *repeats + (*next == 18 ? 11 : 3), *next == 16 ? lengths.back() : std::uint8_t{0});
    }
    if (lengths.size() != all)
        return false;
    const std::span<const std::uint8_t> whole(lengths);
    return coded(HuffmanCode(whole.first(*literals + 257)), HuffmanCode(whole.subspan(*literals + 257)));
}

bool Inflater::run()
{
    for (;;) {
        const auto isLast = bits(1);
        const auto kind = isLast ? bits(2) : std::nullopt;
        if (!kind || *kind == 3)
            return false;
        if (!(*kind == 0 ? stored() : *kind == 1 ? fixedCodes() : dynamicCodes()))
            return false;
        if (*isLast == 1)
            return text.size() == m_size;
    }
}

} // namespace

std::optional<std::string> inflate(std::span<const std::byte> packed, std::size_t size)
{
    Inflater inflater(packed, size);
    if (!inflater.run())
        return std::nullopt;
    return std::move(inflater.text);
}

} // namespace graft
