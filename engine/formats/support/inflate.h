#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace graft {

/// Unpacks raw DEFLATE data (RFC 1951), as zip archives hold it. Nothing when the data is damaged or does not unpack to just `size` bytes;
/// never takes more memory than that. (A reader of its own, since the neural part of the engine builds with LibTorch alone.)
[[nodiscard]] std::optional<std::string> inflate(std::span<const std::byte> packed, std::size_t size);

} // namespace graft
