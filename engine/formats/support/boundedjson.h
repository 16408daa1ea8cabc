#pragma once
#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

namespace graft {

inline constexpr std::size_t largestJson = 16 << 20; ///< bytes
inline constexpr int deepestJson = 64; ///< brackets in brackets

/// Parses JSON from a stranger's file: nothing when it is too long, nested too deep (each level costs memory) or no JSON. Throws
/// std::bad_alloc alone.
[[nodiscard]] std::optional<nlohmann::json> parseBoundedJson(
    std::string_view text, std::size_t maximumBytes = largestJson, int maximumDepth = deepestJson);

} // namespace graft
