#include "nn/channelkernel.h"

#if defined(__x86_64__)
#include <algorithm>
#include <array>
#include <immintrin.h>
#include <limits>
#endif

namespace graft::channels {

#if defined(__x86_64__)
namespace {

/// The mask of the channels that there are from `first` on.
__mmask32 maskFrom(std::int64_t first, std::int64_t channels)
{
    return static_cast<__mmask32>((std::uint64_t{1} << std::min(channels - first, group)) - 1);
}

/// Where even and odd channels' halves, which lie one after the other, belong.
alignas(64) constexpr auto interleaved = [] {
    std::array<std::uint16_t, group> order{};
    for (std::uint16_t channel = 0; channel < group; ++channel)
        order[channel] = static_cast<std::uint16_t>(channel / 2 + channel % 2 * 16);
    return order;
}();

} // namespace

bool available()
{
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bf16");
}

// A pair of channels fills 32 bits: shifted up, or with the lower half cut off, each of them is a float32.

__attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16"))) void weightedSum(
    const Seen *seen, std::int64_t count, std::int64_t channels, const float *bias, float lowest, float highest, Half *result)
{
    const __m512i upper = _mm512_set1_epi32(static_cast<int>(0xFFFF0000U));
    const __m512i order = _mm512_load_si512(interleaved.data());
    const __m512 least = _mm512_set1_ps(lowest), most = _mm512_set1_ps(highest);
    for (std::int64_t channel = 0; channel < channels; channel += group) {
        const __mmask32 mask = maskFrom(channel, channels);
        __m512 even = _mm512_loadu_ps(bias + channel), odd = _mm512_loadu_ps(bias + channel + 16);
        for (std::int64_t index = 0; index < count; ++index) {
            const __m512i pairs = _mm512_maskz_loadu_epi16(mask, seen[index].values + channel);
            const float *weights = seen[index].weights + channel;
            even = _mm512_fmadd_ps(_mm512_castsi512_ps(_mm512_slli_epi32(pairs, 16)), _mm512_loadu_ps(weights), even);
            odd = _mm512_fmadd_ps(_mm512_castsi512_ps(_mm512_and_si512(pairs, upper)), _mm512_loadu_ps(weights + 16), odd);
        }
        even = _mm512_min_ps(most, _mm512_max_ps(least, even));
        odd = _mm512_min_ps(most, _mm512_max_ps(least, odd));
        const auto halves = reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(odd, even));
        _mm512_mask_storeu_epi16(result + channel, mask, _mm512_permutexvar_epi16(order, halves));
    }
}

__attribute__((target("avx512f,avx512bw,avx512vl"))) void largest(const Seen *seen, std::int64_t count, std::int64_t channels, Half *result)
{
    const __m512i upper = _mm512_set1_epi32(static_cast<int>(0xFFFF0000U));
    for (std::int64_t channel = 0; channel < channels; channel += group) {
        const __mmask32 mask = maskFrom(channel, channels);
        __m512 even = _mm512_set1_ps(-std::numeric_limits<float>::infinity()), odd = even;
        for (std::int64_t index = 0; index < count; ++index) {
            const __m512i pairs = _mm512_maskz_loadu_epi16(mask, seen[index].values + channel);
            even = _mm512_max_ps(even, _mm512_castsi512_ps(_mm512_slli_epi32(pairs, 16)));
            odd = _mm512_max_ps(odd, _mm512_castsi512_ps(_mm512_and_si512(pairs, upper)));
        }
        const __m512i low = _mm512_srli_epi32(_mm512_castps_si512(even), 16);
        _mm512_mask_storeu_epi16(result + channel, mask, _mm512_or_si512(low, _mm512_castps_si512(odd)));
    }
}

#else

bool available()
{
    return false;
}
void weightedSum(const Seen *, std::int64_t, std::int64_t, const float *, float, float, Half *) { }
void largest(const Seen *, std::int64_t, std::int64_t, Half *) { }

#endif

} // namespace graft::channels
