#include "core/temporaryname.h"

#include <algorithm>
#include <random>

namespace graft {
namespace {

constexpr std::string_view extension = ".part";

} // namespace

std::filesystem::path temporaryBeside(const std::filesystem::path &path)
{
    static thread_local std::mt19937_64 random{std::random_device{}()};
    std::filesystem::path temporary = path;
    temporary.replace_filename("." + path.filename().string() + "." + std::to_string(random() % 1'000'000'000) + std::string(extension));
    return temporary;
}

std::string nameBehindTemporary(std::string_view name)
{
    if (!name.starts_with('.') || !name.ends_with(extension))
        return {};
    name.remove_prefix(1);
    name.remove_suffix(std::min(extension.size(), name.size()));
    const auto dot = name.rfind('.');
    const bool isNumbered
        = dot != std::string_view::npos && dot + 1 < name.size() && name.find_first_not_of("0123456789", dot + 1) == std::string_view::npos;
    return isNumbered ? std::string(name.substr(0, dot)) : std::string();
}

} // namespace graft
