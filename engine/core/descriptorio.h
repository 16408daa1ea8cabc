#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace graft {

/// All of the bytes, from `offset` in the open file on, however often a signal interrupts. False when the file ends before or cannot be
/// read or written; errno says why, where the system does. Any thread.
[[nodiscard]] bool readAll(int descriptor, std::span<std::byte> bytes, std::int64_t offset);
[[nodiscard]] bool writeAll(int descriptor, std::span<const std::byte> bytes, std::int64_t offset);

} // namespace graft
