#include "formats/support/boundedjson.h"

#include <nlohmann/json.hpp>

namespace graft {
namespace {

bool isShallow(std::string_view json, int maximumDepth)
{
    int depth = 0;
    bool inText = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inText && c == '\\')
            ++i;
        else if (c == '"')
            inText = !inText;
        else if (!inText && (c == '[' || c == '{') && ++depth > maximumDepth)
            return false;
        else if (!inText && (c == ']' || c == '}'))
            --depth;
    }
    return true;
}

} // namespace

std::optional<nlohmann::json> parseBoundedJson(std::string_view text, std::size_t maximumBytes, int maximumDepth)
{
    if (text.size() > maximumBytes || !isShallow(text, maximumDepth))
        return std::nullopt;
    auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    return json.is_discarded() ? std::nullopt : std::optional(std::move(json));
}

} // namespace graft
