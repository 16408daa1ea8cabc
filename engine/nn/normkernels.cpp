#include "nn/normkernels.h"

#include <algorithm>
#include <bit>
#include <vector>

// The same loops for each generation of processors, chosen when the program starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define GRAFT_EVERY_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define GRAFT_EVERY_PROCESSOR
#endif

namespace graft::normkernels {
namespace {

constexpr std::int64_t rowsPerFlush = 256; // float sums are kept short, then added to double ones

[[gnu::always_inline]] inline float wide(float value)
{
    return value;
}
[[gnu::always_inline]] inline float wide(Bfloat16 value)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(value) << 16);
}

[[gnu::always_inline]] inline void store(float &target, float value)
{
    target = value;
}
/// Rounds to the nearest, ties to even, as LibTorch does.
[[gnu::always_inline]] inline void store(Bfloat16 &target, float value)
{
    constexpr std::uint32_t quietNan = 0x7FC0;
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
    target = static_cast<Bfloat16>((bits & 0x7FFFFFFF) > 0x7F800000 ? quietNan : rounded);
}

// Comparisons are written so that a NaN stays one.
template <Activation activation>
[[gnu::always_inline]] inline float activated(float value)
{
    if constexpr (activation == Activation::ReLU)
        return value < 0 ? 0 : value;
    if constexpr (activation == Activation::ReLU6) {
        const float above = value < 0 ? 0 : value;
        return above > 6 ? 6 : above;
    }
    if constexpr (activation == Activation::Hardswish) {
        const float gate = value + 3 < 0 ? 0 : value + 3;
        return value * (gate > 6 ? 6 : gate) * (1.0F / 6);
    }
    return value;
}

/// The factor of a gradient that passes the activation, which took `value` in, or, where that is the same, gave it out.
template <Activation activation>
[[gnu::always_inline]] inline float slope(float value)
{
    if constexpr (activation == Activation::ReLU)
        return value > 0 ? 1.0F : 0.0F;
    if constexpr (activation == Activation::ReLU6)
        return (value > 0 ? 1.0F : 0.0F) * (value < 6 ? 1.0F : 0.0F);
    if constexpr (activation == Activation::Hardswish)
        return value <= -3 ? 0.0F : value >= 3 ? 1.0F : value * (1.0F / 3) + 0.5F;
    return 1;
}

template <Activation, bool>
struct Kind {
};

/// Calls `function` with the rows' Kind, so that each has loops of its own.
template <typename Number, typename Function>
[[gnu::always_inline]] inline void withKind(const Rows<Number> &rows, Function function)
{
    const bool residual = rows.residual != nullptr;
    switch (rows.activation) {
    case Activation::None: return residual ? function(Kind<Activation::None, true>()) : function(Kind<Activation::None, false>());
    case Activation::ReLU: return residual ? function(Kind<Activation::ReLU, true>()) : function(Kind<Activation::ReLU, false>());
    case Activation::ReLU6: return residual ? function(Kind<Activation::ReLU6, true>()) : function(Kind<Activation::ReLU6, false>());
    case Activation::Hardswish:
        return residual ? function(Kind<Activation::Hardswish, true>()) : function(Kind<Activation::Hardswish, false>());
    }
}

/// g of one element, whose input, output and output's gradient are given.
template <Activation activation, bool hasResidual>
[[gnu::always_inline]] inline float gradientBefore(float input, float output, float gradient, float scale, float offset)
{
    return gradient * slope<activation>(hasResidual ? output : input * scale + offset);
}

template <Activation activation, bool hasResidual, typename Number>
[[gnu::always_inline]] inline void normaliseRows(Kind<activation, hasResidual>, const Rows<Number> &rows, Number *__restrict output)
{
    const float *__restrict scale = rows.scale, *__restrict offset = rows.offset;
    for (std::int64_t row = 0; row < rows.rows; ++row) {
        const Number *__restrict input = rows.input + row * rows.channels;
        const Number *__restrict residual = hasResidual ? rows.residual + row * rows.channels : input;
        Number *__restrict target = output + row * rows.channels;
        for (std::int64_t c = 0; c < rows.channels; ++c) {
            const float value = wide(input[c]) * scale[c] + offset[c];
            store(target[c], activated<activation>(hasResidual ? value + wide(residual[c]) : value));
        }
    }
}

template <typename Number>
[[gnu::always_inline]] inline void sumRows(const Rows<Number> &rows, const float *__restrict shift, double *sums, double *squares)
{
    const std::int64_t channels = rows.channels;
    std::vector<float> both(static_cast<std::size_t>(2 * channels));
    float *__restrict sum = both.data(), *__restrict square = both.data() + channels;
    for (std::int64_t start = 0; start < rows.rows; start += rowsPerFlush) {
        std::ranges::fill(both, 0.0F);
        const std::int64_t end = std::min(start + rowsPerFlush, rows.rows);
        std::int64_t row = start;
        for (; row + 2 <= end; row += 2) { // two at once: the sums are loaded and kept half as often
            const Number *__restrict input = rows.input + row * channels;
            for (std::int64_t c = 0; c < channels; ++c) {
                const float a = wide(input[c]) - shift[c], b = wide(input[c + channels]) - shift[c];
                sum[c] += a + b;
                square[c] += a * a + b * b;
            }
        }
        for (; row < end; ++row) {
            const Number *__restrict input = rows.input + row * channels;
            for (std::int64_t c = 0; c < channels; ++c) {
                const float a = wide(input[c]) - shift[c];
                sum[c] += a;
                square[c] += a * a;
            }
        }
        for (std::int64_t c = 0; c < channels; ++c) {
            sums[c] += sum[c];
            squares[c] += square[c];
        }
    }
}

template <Activation activation, bool hasResidual, typename Number>
[[gnu::always_inline]] inline void sumGradients(Kind<activation, hasResidual>, const Rows<Number> &rows, const Gradients<Number> &gradients,
    const float *__restrict mean, double *sums, double *products)
{
    const std::int64_t channels = rows.channels;
    std::vector<float> both(static_cast<std::size_t>(2 * channels));
    float *__restrict sum = both.data(), *__restrict product = both.data() + channels;
    const float *__restrict scale = rows.scale, *__restrict offset = rows.offset;
    for (std::int64_t start = 0; start < rows.rows; start += rowsPerFlush) {
        std::ranges::fill(both, 0.0F);
        const std::int64_t end = std::min(start + rowsPerFlush, rows.rows);
        for (std::int64_t row = start; row < end; ++row) {
            const Number *__restrict input = rows.input + row * channels;
            const Number *__restrict output = hasResidual ? gradients.output + row * channels : input;
            const Number *__restrict gradient = gradients.ofOutput + row * channels;
            for (std::int64_t c = 0; c < channels; ++c) {
                const float in = wide(input[c]);
                const float g = gradientBefore<activation, hasResidual>(in, wide(output[c]), wide(gradient[c]), scale[c], offset[c]);
                sum[c] += g;
                product[c] += g * (in - mean[c]);
            }
        }
        for (std::int64_t c = 0; c < channels; ++c) {
            sums[c] += sum[c];
            products[c] += product[c];
        }
    }
}

template <bool readsInput, Activation activation, bool hasResidual, typename Number>
[[gnu::always_inline]] inline void writeRows(Kind<activation, hasResidual>, const Rows<Number> &rows, const Gradients<Number> &gradients,
    const InputGradient &factors, Number *__restrict ofInput, Number *__restrict ofResidual)
{
    const std::int64_t channels = rows.channels;
    const float *__restrict scale = rows.scale, *__restrict offset = rows.offset;
    const float *__restrict a = factors.gradientFactor, *__restrict b = factors.inputFactor, *__restrict constant = factors.constant;
    constexpr bool needsInput = readsInput || (!hasResidual && activation != Activation::None);
    for (std::int64_t row = 0; row < rows.rows; ++row) {
        const Number *__restrict gradient = gradients.ofOutput + row * channels;
        const Number *__restrict input = needsInput ? rows.input + row * channels : gradient;
        const Number *__restrict output = hasResidual && activation != Activation::None ? gradients.output + row * channels : gradient;
        Number *__restrict target = ofInput + row * channels;
        Number *__restrict second = hasResidual ? ofResidual + row * channels : nullptr;
        for (std::int64_t c = 0; c < channels; ++c) {
            const float in = wide(input[c]);
            const float g = gradientBefore<activation, hasResidual>(in, wide(output[c]), wide(gradient[c]), scale[c], offset[c]);
            store(target[c], readsInput ? a[c] * g + (b[c] * in + constant[c]) : a[c] * g);
            if constexpr (hasResidual)
                store(second[c], g);
        }
    }
}

template <typename Number>
[[gnu::always_inline]] inline void write(
    const Rows<Number> &rows, const Gradients<Number> &gradients, const InputGradient &factors, Number *ofInput, Number *ofResidual)
{
    withKind(
        rows, [&](auto kind) __attribute__((always_inline)) {
            if (factors.inputFactor)
                writeRows<true>(kind, rows, gradients, factors, ofInput, ofResidual);
            else
                writeRows<false>(kind, rows, gradients, factors, ofInput, ofResidual);
        });
}

} // namespace

GRAFT_EVERY_PROCESSOR void addSums(const Rows<float> &rows, const float *shift, double *sums, double *squares)
{
    sumRows(rows, shift, sums, squares);
}

GRAFT_EVERY_PROCESSOR void addSums(const Rows<Bfloat16> &rows, const float *shift, double *sums, double *squares)
{
    sumRows(rows, shift, sums, squares);
}

GRAFT_EVERY_PROCESSOR void normalise(const Rows<float> &rows, float *output)
{
    withKind(
        rows, [&](auto kind) __attribute__((always_inline)) { normaliseRows(kind, rows, output); });
}

GRAFT_EVERY_PROCESSOR void normalise(const Rows<Bfloat16> &rows, Bfloat16 *output)
{
    withKind(
        rows, [&](auto kind) __attribute__((always_inline)) { normaliseRows(kind, rows, output); });
}

GRAFT_EVERY_PROCESSOR void addGradientSums(
    const Rows<float> &rows, const Gradients<float> &gradients, const float *mean, double *sums, double *products)
{
    withKind(
        rows, [&](auto kind) __attribute__((always_inline)) { sumGradients(kind, rows, gradients, mean, sums, products); });
}

GRAFT_EVERY_PROCESSOR void addGradientSums(
    const Rows<Bfloat16> &rows, const Gradients<Bfloat16> &gradients, const float *mean, double *sums, double *products)
{
    withKind(
        rows, [&](auto kind) __attribute__((always_inline)) { sumGradients(kind, rows, gradients, mean, sums, products); });
}

GRAFT_EVERY_PROCESSOR void writeGradients(
    const Rows<float> &rows, const Gradients<float> &gradients, const InputGradient &factors, float *ofInput, float *ofResidual)
{
    write(rows, gradients, factors, ofInput, ofResidual);
}

GRAFT_EVERY_PROCESSOR void writeGradients(
    const Rows<Bfloat16> &rows, const Gradients<Bfloat16> &gradients, const InputGradient &factors, Bfloat16 *ofInput, Bfloat16 *ofResidual)
{
    write(rows, gradients, factors, ofInput, ofResidual);
}

} // namespace graft::normkernels
