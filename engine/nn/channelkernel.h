#pragma once
#include "core/levelscale.h"

#include <array>
#include <cstdint>

/// Loops over channels that lie side by side, in AVX-512. Internal to the engine.
namespace graft::channels {

/// A bfloat16 number's bits.
using Half = std::uint16_t;

/// One pixel that a window sees: its channels, and what they are multiplied with: for each 32 channels the 16 even ones' float32 weights,
/// then the 16 odd ones'.
struct Seen {
    const Half *values = nullptr;
    const float *weights = nullptr;
};

/// Channels whose weights stand together.
inline constexpr std::int64_t group = 32;

[[nodiscard]] bool available();
/// One pixel of a depthwise convolution: the sum of all that is seen and of the bias (in the weights' order), cut and rounded.
void weightedSum(const Seen *seen, std::int64_t count, std::int64_t channels, const float *bias, float lowest, float highest, Half *result);
/// One pixel of a maximum: the largest of all that is seen.
void largest(const Seen *seen, std::int64_t count, std::int64_t channels, Half *result);
/// A picture's three planes of levels, each scaled as its channel is → rounded, each pixel's three numbers side by side.
void interleave(
    const std::array<const std::uint8_t *, 3> &planes, const std::array<LevelScale, 3> &scales, std::int64_t pixels, Half *result);
/// A picture's three planes of float32 → rounded, each pixel's three numbers side by side.
void interleave(const std::array<const float *, 3> &planes, std::int64_t pixels, Half *result);

} // namespace graft::channels
