#pragma once
#include "core/tensor.h"

#include <limits>

namespace graft {

/// What a network may ask for. Networks come from strangers: sizes are checked against these before anything is computed from them.
inline constexpr std::int64_t maximumDimension = std::int64_t{1} << 31;
inline constexpr double maximumLearningRateFactor = 1e6;
inline constexpr std::size_t maximumNameLength = 500; ///< of a layer, in bytes
inline constexpr std::int64_t maximumElements = std::int64_t{1} << 40;

/// Every dimension is 1 … maximumDimension and there are at most maximumElements elements.
[[nodiscard]] inline bool isWithinLimits(const Shape &shape)
{
    std::int64_t count = 1;
    for (const auto dimension : shape) {
        if (dimension < 1 || dimension > maximumDimension || count > maximumElements / dimension)
            return false;
        count *= dimension;
    }
    return true;
}

/// a × b and a + b of numbers that are not negative; the largest number instead of an overflow.
[[nodiscard]] inline std::int64_t saturatingProduct(std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    return __builtin_mul_overflow(a, b, &result) ? std::numeric_limits<std::int64_t>::max() : result;
}
[[nodiscard]] inline std::int64_t saturatingSum(std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    return __builtin_add_overflow(a, b, &result) ? std::numeric_limits<std::int64_t>::max() : result;
}

} // namespace graft
