#pragma once
#include "formats/onnx/wiretable.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace graft {

/// Walks ONNX's messages without parsing them and counts what they would take in memory: two bytes of a file can ask for a node.
class WireCheck {
public:
    explicit WireCheck(std::uint64_t maximumCost) : m_maximum(maximumCost) { }
    /// False when the model is malformed, too deep or too costly.
    [[nodiscard]] bool accepts(std::span<const std::byte> model);
    [[nodiscard]] bool isTooCostly() const { return m_cost > m_maximum; }

private:
    [[nodiscard]] bool walk(std::span<const std::byte> bytes, onnxwire::Holding message, int depth);
    [[nodiscard]] bool walkBytes(std::span<const std::byte> bytes, onnxwire::Holding holds, int depth);

    std::uint64_t m_maximum, m_cost = 0;
};

/// Reads a varint and takes it off the front; false when there is none.
[[nodiscard]] bool takeVarint(std::span<const std::byte> &bytes, std::uint64_t &value);

} // namespace graft
