#include "data/resample.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <opencv2/core/hal/intrin.hpp>

namespace graft {
namespace {

/// For each output position: which input positions count, and how much.
struct Taps {
    std::vector<int> first;
    std::vector<int> count;
    std::vector<float> weights; ///< `stride` per output position
    std::size_t stride = 0;

    [[nodiscard]] int inputBegin() const { return *std::min_element(first.begin(), first.end()); }
    [[nodiscard]] int inputEnd() const
    {
        int end = 0;
        for (std::size_t i = 0; i < first.size(); ++i)
            end = std::max(end, first[i] + count[i]);
        return end;
    }
};

double kernel(Filter filter, double x)
{
    x = std::abs(x);
    if (filter == Filter::Bilinear)
        return x < 1 ? 1 - x : 0;
    // Keys' cubic convolution with a = −1/2.
    constexpr double a = -0.5;
    if (x < 1)
        return ((a + 2) * x - (a + 3)) * x * x + 1;
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

/// The kernel is stretched over as many input pixels as one output pixel covers, centred between pixel edges, cut at the picture's edges
/// and normalised.
Taps makeTaps(int input, std::int64_t output, int windowBegin, int windowSize, Filter filter)
{
    const double scale = static_cast<double>(input) / static_cast<double>(output);
    const double stretch = std::max(scale, 1.0);
    const double reach = (filter == Filter::Bilinear ? 1 : 2) * stretch;
    const auto size = static_cast<std::size_t>(windowSize);
    Taps taps{std::vector<int>(size), std::vector<int>(size), {}, static_cast<std::size_t>(std::ceil(reach)) * 2 + 1};
    taps.weights.assign(size * taps.stride, 0);
    std::vector<double> exact(taps.stride);
    for (std::size_t i = 0; i < size; ++i) {
        const double centre = (windowBegin + static_cast<double>(i) + 0.5) * scale;
        const int begin = std::max(static_cast<int>(centre - reach + 0.5), 0);
        const int end = std::min(static_cast<int>(centre + reach + 0.5), input);
        double sum = 0;
        for (int x = begin; x < end; ++x)
            sum += exact[static_cast<std::size_t>(x - begin)] = kernel(filter, (x - centre + 0.5) / stretch);
        for (int x = begin; x < end; ++x)
            taps.weights[i * taps.stride + static_cast<std::size_t>(x - begin)]
                = static_cast<float>(exact[static_cast<std::size_t>(x - begin)] / sum);
        taps.first[i] = begin;
        taps.count[i] = end - begin;
    }
    return taps;
}

std::uint8_t toByte(float value)
{
    return static_cast<std::uint8_t>(std::clamp(value + 0.5F, 0.0F, 255.0F));
}

/// One row: `out` gets window × 3 bytes. `row` is scratch for the inputs as floats, with room for one number after the last pixel.
void resampleRow(const std::uint8_t *in, const Taps &taps, int inputBegin, std::vector<float> &row, std::uint8_t *out)
{
    std::copy(in, in + row.size() - 1, row.begin());
    for (std::size_t i = 0; i < taps.first.size(); ++i) {
        const float *weights = taps.weights.data() + i * taps.stride;
        const float *pixel = row.data() + static_cast<std::ptrdiff_t>(taps.first[i] - inputBegin) * 3;
        // Red, green, blue and, unused, the next pixel's red at once.
        cv::v_float32x4 sum = cv::v_setzero_f32();
        for (int k = 0; k < taps.count[i]; ++k, pixel += 3)
            sum = cv::v_muladd(cv::v_load(pixel), cv::v_setall_f32(weights[k]), sum);
        std::array<float, 4> values;
        cv::v_store(values.data(), sum);
        for (std::size_t c = 0; c < 3; ++c)
            *out++ = toByte(values[c]);
    }
}

std::vector<std::uint8_t> resampleRows(
    const Picture &picture, const PixelRectangle &source, const Taps &horizontal, int rowBegin, int rowEnd)
{
    const int begin = horizontal.inputBegin();
    const auto outBytes = horizontal.first.size() * 3;
    std::vector<float> row(static_cast<std::size_t>(horizontal.inputEnd() - begin) * 3 + 1);
    std::vector<std::uint8_t> rows(outBytes * static_cast<std::size_t>(rowEnd - rowBegin));
    for (int y = rowBegin; y < rowEnd; ++y) {
        const std::size_t offset = (static_cast<std::size_t>(source.top + y) * static_cast<std::size_t>(picture.width)
                                       + static_cast<std::size_t>(source.left + begin))
            * 3;
        resampleRow(
            picture.pixels->data() + offset, horizontal, begin, row, rows.data() + outBytes * static_cast<std::size_t>(y - rowBegin));
    }
    return rows;
}

std::vector<std::uint8_t> resampleColumns(const std::vector<std::uint8_t> &rows, std::size_t rowBytes, int rowBegin, const Taps &vertical)
{
    std::vector<std::uint8_t> pixels(rowBytes * vertical.first.size());
    std::vector<float> sums(rowBytes);
    for (std::size_t y = 0; y < vertical.first.size(); ++y) {
        std::fill(sums.begin(), sums.end(), 0.0F);
        for (int k = 0; k < vertical.count[y]; ++k) {
            const float weight = vertical.weights[y * vertical.stride + static_cast<std::size_t>(k)];
            const std::uint8_t *in = rows.data() + rowBytes * static_cast<std::size_t>(vertical.first[y] + k - rowBegin);
            for (std::size_t i = 0; i < rowBytes; ++i)
                sums[i] += weight * in[i];
        }
        std::transform(sums.begin(), sums.end(), pixels.begin() + static_cast<std::ptrdiff_t>(rowBytes * y), toByte);
    }
    return pixels;
}

} // namespace

Picture resample(const Picture &picture, const PixelRectangle &source, std::int64_t width, std::int64_t height,
    const PixelRectangle &window, Filter filter)
{
    assert(
        source.left >= 0 && source.top >= 0 && source.left + source.width <= picture.width && source.top + source.height <= picture.height);
    assert(window.left >= 0 && window.top >= 0 && window.left + window.width <= width && window.top + window.height <= height);
    if (window.width <= 0 || window.height <= 0)
        return {};
    const Taps horizontal = makeTaps(source.width, width, window.left, window.width, filter);
    const Taps vertical = makeTaps(source.height, height, window.top, window.height, filter);
    const int rowBegin = vertical.inputBegin();
    const auto rows = resampleRows(picture, source, horizontal, rowBegin, vertical.inputEnd());
    auto pixels = std::make_shared<const std::vector<std::uint8_t>>(
        resampleColumns(rows, static_cast<std::size_t>(window.width) * 3, rowBegin, vertical));
    return {window.width, window.height, std::move(pixels)};
}

} // namespace graft
