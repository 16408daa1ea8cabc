#include "core/cachefolder.h"

#include <algorithm>
#include <cstdlib>

namespace graft {

std::filesystem::path cacheFolder()
{
    namespace fs = std::filesystem;
    const auto variable = [](const char *name) {
        const char *value = std::getenv(name);
        return fs::path(value ? value : "");
    };
    fs::path cache = variable("XDG_CACHE_HOME");
    if (!cache.is_absolute()) // the XDG specification: a relative one is to be ignored
        cache = variable("HOME").empty() ? fs::temp_directory_path() : variable("HOME") / ".cache";
    return cache / "graft";
}

std::int64_t sensibleCacheLimit(const std::filesystem::path &folder, std::int64_t heldBytes)
{
    namespace fs = std::filesystem;
    constexpr std::int64_t most = 10'000'000'000;
    std::error_code error;
    fs::path existing = folder;
    while (!existing.empty() && !fs::exists(existing, error) && existing != existing.parent_path())
        existing = existing.parent_path();
    const fs::space_info space = fs::space(existing, error);
    return error ? 0 : std::min(most, (static_cast<std::int64_t>(space.available) + heldBytes) / 10);
}

} // namespace graft
