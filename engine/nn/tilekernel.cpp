#include "nn/tilekernel.h"

#include "nn/amxtiles.h"

#if defined(__x86_64__) && defined(__linux__)
#include <algorithm>
#include <array>
#include <immintrin.h>
#endif

namespace graft::tiles {

#if defined(__x86_64__) && defined(__linux__)

bool available()
{
    static const bool yes = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bf16")
        && tilesCompute();
    return yes;
}

__attribute__((target("amx-tile"))) void configure(std::int64_t depth)
{
    constexpr std::size_t widths = 16, heights = 48; // where they stand
    alignas(64) std::array<std::uint8_t, 64> layout{1}; // palette 1
    for (std::size_t tile = 0; tile < 8; ++tile) {
        const bool isValues = tile == 4 || tile == 5, isWeights = tile >= 6;
        layout[widths + 2 * tile] = static_cast<std::uint8_t>(isValues ? depth * 2 : 64);
        layout[heights + tile] = static_cast<std::uint8_t>(isWeights ? depth / 2 : 16);
    }
    // GCC 12 thinks that only the first bytes are read, and leaves out what wrote the others.
    __asm__ volatile("" : : "r"(layout.data()) : "memory");
    _tile_loadconfig(layout.data());
}

__attribute__((target("amx-tile"))) void release()
{
    _tile_release();
}

#define GRAFT_VECTORS "avx512f,avx512bw,avx512vl,avx512bf16"

namespace {

/// Finishes one row after the other.
class Finisher {
public:
    __attribute__((target(GRAFT_VECTORS))) explicit Finisher(const Finish &how)
        : m_how(how), m_lowest(_mm512_set1_ps(how.lowest)),
          m_highest(_mm512_set1_ps(how.highest)), m_biases{_mm512_loadu_ps(how.bias), _mm512_loadu_ps(how.bias + tileColumns)},
          m_mask(static_cast<__mmask32>((std::uint64_t{1} << how.columns) - 1))
    {
    }

    __attribute__((target(GRAFT_VECTORS), always_inline)) void operator()(std::int64_t row) const
    {
        const std::int64_t pixel = m_how.pixels ? m_how.pixels[row] : row;
        if (pixel < 0)
            return;
        const float *sums = m_how.sums + row * blockColumns;
        __m512 left = _mm512_add_ps(_mm512_load_ps(sums), m_biases[0]);
        __m512 right = _mm512_add_ps(_mm512_load_ps(sums + tileColumns), m_biases[1]);
        if (m_how.added) {
            const __m512i halves = _mm512_maskz_loadu_epi16(m_mask, m_how.added + pixel * m_how.stride);
            const __m512i wide[]
                = {_mm512_cvtepu16_epi32(_mm512_castsi512_si256(halves)), _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(halves, 1))};
            left = _mm512_add_ps(left, _mm512_castsi512_ps(_mm512_slli_epi32(wide[0], 16)));
            right = _mm512_add_ps(right, _mm512_castsi512_ps(_mm512_slli_epi32(wide[1], 16)));
        }
        // In this order what is no number stays none.
        left = _mm512_min_ps(m_highest, _mm512_max_ps(m_lowest, left));
        right = _mm512_min_ps(m_highest, _mm512_max_ps(m_lowest, right));
        const auto halves = reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(right, left));
        _mm512_mask_storeu_epi16(m_how.values + pixel * m_how.stride, m_mask, halves);
    }

private:
    const Finish &m_how;
    __m512 m_lowest, m_highest;
    __m512 m_biases[2];
    __mmask32 m_mask;
};

} // namespace

__attribute__((target("amx-tile,amx-bf16," GRAFT_VECTORS))) void multiply(const Products &products, const Finish &before, float *sums)
{
    constexpr int rowBytes = 64;
    const std::int64_t weightNumbers = products.depth * tileColumns;
    const std::int64_t valueBytes = products.rowStride * 2;
    const Half *weights = products.weights;
    const Finisher finishRow(before);
    const std::int64_t rowsPerStep = (before.rows + products.steps - 1) / products.steps;
    std::int64_t finished = 0;
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    for (std::int64_t step = 0; step < products.steps; ++step) {
        const Half *values = products.values + products.offsets[step];
        _tile_loadd(6, weights, rowBytes);
        _tile_loadd(4, values, valueBytes);
        _tile_loadd(7, weights + weightNumbers, rowBytes);
        _tile_loadd(5, values + 16 * products.rowStride, valueBytes);
        _tile_dpbf16ps(0, 4, 6);
        _tile_dpbf16ps(1, 4, 7);
        _tile_dpbf16ps(2, 5, 6);
        _tile_dpbf16ps(3, 5, 7);
        weights += 2 * weightNumbers;
        for (const std::int64_t end = std::min(finished + rowsPerStep, before.rows); finished < end; ++finished)
            finishRow(finished);
    }
    constexpr int sumBytes = blockColumns * 4;
    _tile_stored(0, sums, sumBytes);
    _tile_stored(1, sums + tileColumns, sumBytes);
    _tile_stored(2, sums + 16 * blockColumns, sumBytes);
    _tile_stored(3, sums + 16 * blockColumns + tileColumns, sumBytes);
}

__attribute__((target(GRAFT_VECTORS))) void finish(const Finish &how)
{
    const Finisher finishRow(how);
    for (std::int64_t row = 0; row < how.rows; ++row)
        finishRow(row);
}

__attribute__((target(GRAFT_VECTORS))) void packWeights(const OutputWeights &from, Half *tile)
{
    const auto mask = static_cast<__mmask16>((1U << from.outputs) - 1);
    const __m512i columns = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512i places = _mm512_mullo_epi32(columns, _mm512_set1_epi32(static_cast<int>(from.distance)));
    const __m512 factors = _mm512_maskz_loadu_ps(mask, from.factors);
    const auto rounded = [&](std::int32_t number) __attribute__((target(GRAFT_VECTORS)))
    {
        if (number < 0)
            return _mm512_setzero_si512();
        const __m512 weights = _mm512_mask_i32gather_ps(_mm512_setzero_ps(), mask, places, from.weights + number, sizeof(float));
        return _mm512_cvtepu16_epi32(reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(_mm512_mul_ps(weights, factors))));
    };
    for (std::int64_t number = 0; number < from.depth; number += 2, tile += 2 * tileColumns)
        _mm512_storeu_si512(tile, _mm512_or_si512(rounded(from.numbers[number]), _mm512_slli_epi32(rounded(from.numbers[number + 1]), 16)));
}

__attribute__((target("avx512f,avx512bw"))) void copyWindows(
    const Half *source, std::int64_t sourceDistance, std::int64_t length, std::int64_t count, Half *target, std::int64_t targetDistance)
{
    const auto mask = static_cast<__mmask32>((std::uint64_t{1} << length) - 1);
    for (std::int64_t index = 0; index < count; ++index, source += sourceDistance, target += targetDistance)
        _mm512_mask_storeu_epi16(target, mask, _mm512_maskz_loadu_epi16(mask, source));
}

#else

bool available()
{
    return false;
}
void configure(std::int64_t) { }
void release() { }
void multiply(const Products &, const Finish &, float *) { }
void packWeights(const OutputWeights &, Half *) { }
void copyWindows(const Half *, std::int64_t, std::int64_t, std::int64_t, Half *, std::int64_t) { }
void finish(const Finish &) { }

#endif

} // namespace graft::tiles
