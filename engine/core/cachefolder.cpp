#include "core/cachefolder.h"

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

} // namespace graft
