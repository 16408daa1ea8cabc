#include "formats/onnx/wirecheck.h"

#include "formats/onnx/onnxfile.h"

#include <algorithm>
#include <array>

namespace graft {
namespace {

constexpr int maximumDepth = 48;
constexpr std::uint64_t maximumField = (1 << 29) - 1;
constexpr std::uint64_t messageCost = 1024; ///< with what the reader makes of it
constexpr std::uint64_t stringCost = 64;
constexpr std::uint64_t numberCost = 8;

enum Wire : std::uint32_t { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

/// The fields of ModelProto that come with a wire type of their own.
bool isModelField(std::uint64_t tag)
{
    static constexpr std::array<std::uint64_t, 5> bytesFields = {2, 3, 4, 6, 7};
    static constexpr std::array<std::uint64_t, 5> laterBytesFields = {8, 14, 20, 25, 26};
    const std::uint64_t field = tag >> 3;
    if ((tag & 7) == Varint)
        return field == 1 || field == 5;
    return (tag & 7) == Bytes && (std::ranges::count(bytesFields, field) == 1 || std::ranges::count(laterBytesFields, field) == 1);
}

} // namespace

bool takeVarint(std::span<const std::byte> &bytes, std::uint64_t &value)
{
    value = 0;
    for (std::size_t i = 0; i < 10 && i < bytes.size(); ++i) {
        const auto byte = std::to_integer<std::uint64_t>(bytes[i]);
        value |= (byte & 0x7F) << (7 * i);
        if (byte < 0x80) {
            bytes = bytes.subspan(i + 1);
            return true;
        }
    }
    return false;
}

bool WireCheck::accepts(std::span<const std::byte> model)
{
    return walk(model, onnxwire::Model, 0) && !isTooCostly();
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as maximumDepth.
bool WireCheck::walk(std::span<const std::byte> bytes, onnxwire::Holding message, int depth)
{
    if (depth > maximumDepth)
        return false;
    while (!bytes.empty() && !isTooCostly()) {
        std::uint64_t tag = 0, value = 0;
        if (!takeVarint(bytes, tag) || tag >> 3 == 0 || tag >> 3 > maximumField)
            return false;
        m_cost += 2 * numberCost;
        const std::size_t fixed = (tag & 7) == Fixed64 ? 8 : 4;
        switch (tag & 7) {
        case Varint:
            if (!takeVarint(bytes, value))
                return false;
            break;
        case Fixed64:
        case Fixed32:
            if (bytes.size() < fixed)
                return false;
            bytes = bytes.subspan(fixed);
            break;
        case Bytes:
            if (!takeVarint(bytes, value) || value > bytes.size()
                || !walkBytes(bytes.first(value), onnxwire::holding(message, tag >> 3), depth))
                return false;
            bytes = bytes.subspan(value);
            break;
        default: return false;
        }
    }
    return true;
}

// NOLINTNEXTLINE(misc-no-recursion): see walk().
bool WireCheck::walkBytes(std::span<const std::byte> bytes, onnxwire::Holding holds, int depth)
{
    const auto ends = [](std::byte byte) { return std::to_integer<int>(byte) < 0x80; };
    switch (holds) {
    case onnxwire::Text: m_cost += stringCost + bytes.size(); return true;
    case onnxwire::FixedNumbers: m_cost += bytes.size(); return true;
    case onnxwire::Varints: m_cost += numberCost * static_cast<std::uint64_t>(std::ranges::count_if(bytes, ends)); return true;
    default: m_cost += messageCost; return walk(bytes, holds, depth + 1);
    }
}

bool startsLikeOnnx(std::span<const std::byte> head)
{
    constexpr std::size_t wholeHead = 4096;
    constexpr std::uint64_t newestVersion = 64;
    const bool isWhole = head.size() < wholeHead;
    std::uint64_t tag = 0, value = 0;
    // The version of the file format comes first, as its number is the lowest.
    if (!takeVarint(head, tag) || tag != 0x08 || !takeVarint(head, value) || value < 1 || value > newestVersion)
        return false;
    bool hasMore = false;
    while (!head.empty()) {
        if (!takeVarint(head, tag) || !isModelField(tag) || !takeVarint(head, value))
            return false;
        hasMore = true;
        if ((tag & 7) == Bytes && value > head.size())
            return !isWhole;
        if ((tag & 7) == Bytes)
            head = head.subspan(value);
    }
    return hasMore;
}

} // namespace graft
