#pragma once
#include <cstdint>
#include <filesystem>

namespace graft {

/// Where Graft keeps what can be made or fetched again: `graft` in $XDG_CACHE_HOME, or else in ~/.cache.
[[nodiscard]] std::filesystem::path cacheFolder();
/// What a cache may take on disk unless someone says otherwise: a tenth of what is free there, where the bytes that it holds already count
/// as free; 10 GB at most.
[[nodiscard]] std::int64_t sensibleCacheLimit(const std::filesystem::path &folder, std::int64_t heldBytes);

} // namespace graft
