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

/// Where the numbers of three vectors of 32 pixels stand when each pixel's lie side by side: of the `part`-th third, from which of the
/// first two vectors (the second one's begin at 32), and then, from which of those two or of the third vector.
struct Interleaving {
    std::array<std::uint16_t, group> ofTwo{}, ofAll{};
};

constexpr Interleaving interleaving(std::size_t part)
{
    Interleaving result;
    for (std::size_t place = 0; place < group; ++place) {
        const std::size_t number = part * group + place, pixel = number / 3, channel = number % 3;
        result.ofTwo[place] = static_cast<std::uint16_t>(channel == 1 ? group + pixel : pixel);
        result.ofAll[place] = static_cast<std::uint16_t>(channel == 2 ? group + pixel : place);
    }
    return result;
}

alignas(64) constexpr std::array<Interleaving, 3> ofThree{interleaving(0), interleaving(1), interleaving(2)};

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

namespace {

/// Three vectors of 32 pixels, of which so many are there.
__attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16"), always_inline)) inline void storeInterleaved(
    const __m512i *vectors, std::uint64_t pixels, Half *result)
{
    for (std::size_t part = 0; part < 3; ++part) {
        const __m512i two = _mm512_permutex2var_epi16(vectors[0], _mm512_load_si512(ofThree[part].ofTwo.data()), vectors[1]);
        const __m512i all = _mm512_permutex2var_epi16(two, _mm512_load_si512(ofThree[part].ofAll.data()), vectors[2]);
        const std::uint64_t left = 3 * pixels - std::min<std::uint64_t>(3 * pixels, part * group);
        const std::uint64_t mask = left >= group ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
        _mm512_mask_storeu_epi16(result + part * group, static_cast<__mmask32>(mask), all);
    }
}

} // namespace

__attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16"))) void interleave(
    const std::array<const std::uint8_t *, 3> &planes, const std::array<LevelScale, 3> &scales, std::int64_t pixels, Half *result)
{
    for (std::int64_t pixel = 0; pixel < pixels; pixel += group, result += 3 * group) {
        const __mmask32 mask = maskFrom(pixel, pixels);
        __m512i rounded[3];
        for (std::size_t channel = 0; channel < 3; ++channel) {
            const __m256i levels = _mm256_maskz_loadu_epi8(mask, planes[channel] + pixel);
            const __m512 factor = _mm512_set1_ps(scales[channel].factor), offset = _mm512_set1_ps(scales[channel].offset);
            const __m512 low = _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm256_castsi256_si128(levels)));
            const __m512 high = _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm256_extracti128_si256(levels, 1)));
            rounded[channel] = reinterpret_cast<__m512i>(
                _mm512_cvtne2ps_pbh(_mm512_add_ps(_mm512_mul_ps(high, factor), offset), _mm512_add_ps(_mm512_mul_ps(low, factor), offset)));
        }
        storeInterleaved(rounded, static_cast<std::uint64_t>(std::min(pixels - pixel, group)), result);
    }
}

__attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16"))) void interleave(
    const std::array<const float *, 3> &planes, std::int64_t pixels, Half *result)
{
    for (std::int64_t pixel = 0; pixel < pixels; pixel += group, result += 3 * group) {
        const __mmask32 mask = maskFrom(pixel, pixels);
        __m512i rounded[3];
        for (std::size_t channel = 0; channel < 3; ++channel) {
            const float *source = planes[channel] + pixel;
            const __m512 low = _mm512_maskz_loadu_ps(static_cast<__mmask16>(mask), source);
            const __m512 high = _mm512_maskz_loadu_ps(static_cast<__mmask16>(mask >> 16), source + 16);
            rounded[channel] = reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(high, low));
        }
        storeInterleaved(rounded, static_cast<std::uint64_t>(std::min(pixels - pixel, group)), result);
    }
}

#else

bool available()
{
    return false;
}
void weightedSum(const Seen *, std::int64_t, std::int64_t, const float *, float, float, Half *) { }
void largest(const Seen *, std::int64_t, std::int64_t, Half *) { }
void interleave(const std::array<const std::uint8_t *, 3> &, const std::array<LevelScale, 3> &, std::int64_t, Half *) { }
void interleave(const std::array<const float *, 3> &, std::int64_t, Half *) { }

#endif

} // namespace graft::channels
