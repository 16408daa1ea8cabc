#pragma once
#include <filesystem>

namespace graft {

/// Where Graft keeps what can be made or fetched again: `graft` in $XDG_CACHE_HOME, or else in ~/.cache.
[[nodiscard]] std::filesystem::path cacheFolder();

} // namespace graft
