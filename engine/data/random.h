#pragma once
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace graft {

// The standard library's distributions give other numbers on other platforms; these give the same anywhere.

/// 0 ≤ value < 1, with 53 random bits.
[[nodiscard]] inline double uniform(std::mt19937_64 &random)
{
    return static_cast<double>(random() >> 11) * 0x1p-53;
}

/// low ≤ value < high.
[[nodiscard]] inline double uniform(std::mt19937_64 &random, double low, double high)
{
    return low + (high - low) * uniform(random);
}

/// 0 … count − 1; `count` is at least 1 and far below 2⁶⁴.
[[nodiscard]] inline std::uint64_t uniformIndex(std::mt19937_64 &random, std::uint64_t count)
{
    return random() % count;
}

/// Spreads a number over all 64 bits, so that neighbouring numbers make unrelated seeds (splitmix64's finaliser).
[[nodiscard]] constexpr std::uint64_t scramble(std::uint64_t value)
{
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
}

/// A generator of its own for each (seed, stream, index).
[[nodiscard]] inline std::mt19937_64 generatorFor(std::uint64_t seed, std::uint64_t stream, std::uint64_t index)
{
    return std::mt19937_64(scramble(scramble(scramble(seed) ^ stream) ^ index));
}

/// Fisher–Yates.
template <typename T>
void shuffle(std::vector<T> &values, std::mt19937_64 &random)
{
    for (std::size_t i = values.size(); i > 1; --i)
        std::swap(values[i - 1], values[uniformIndex(random, i)]);
}

} // namespace graft
