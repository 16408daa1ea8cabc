#include "data/resample.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>
#include <opencv2/core/hal/intrin.hpp>
#include <span>

namespace graft {
namespace {

constexpr std::size_t blockBytes = 16; // of a vector register
constexpr std::size_t maximumReduction = 8;

/// One direction of an order in the pixels of a part.
struct Axis {
    int begin = 0, end = 0; ///< the pixels of the source; some may lie outside the part where they are not needed
    double offset = 0; ///< where in the first of them the source begins
    double extent = 0; ///< of the source
    std::int64_t output = 0;
    int windowBegin = 0, windowSize = 0;
};

Axis axisOf(int partBegin, int reduction, int sourceBegin, int sourceSize, std::int64_t output, int windowBegin, int windowSize)
{
    const double begin = static_cast<double>(sourceBegin - partBegin) / reduction, extent = static_cast<double>(sourceSize) / reduction;
    const double first = std::floor(begin);
    return {static_cast<int>(first), static_cast<int>(std::ceil(begin + extent)), begin - first, extent, output, windowBegin, windowSize};
}

/// For each output position: which input positions count, and how much. All have the same number of inputs; some may weigh nothing.
struct Taps {
    std::vector<int> first;
    std::vector<std::int32_t> pairs; ///< `pairCount` for each output: two 16-bit weights each
    std::size_t pairCount = 0;
    int shift = 0; ///< a weight of 1 is 1 << shift
    [[nodiscard]] int inputBegin() const { return *std::min_element(first.begin(), first.end()); }
    [[nodiscard]] int inputEnd() const { return *std::max_element(first.begin(), first.end()) + static_cast<int>(pairCount) * 2; }
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

int radiusOf(Filter filter)
{
    return filter == Filter::Bilinear ? 1 : 2;
}

/// The kernel's weights, which sum up to 1 at each output position.
struct ExactTaps {
    std::vector<int> first, count;
    std::vector<double> weights; ///< `stride` per output position
    std::size_t stride = 0;
    [[nodiscard]] std::span<const double> at(std::size_t i) const
    {
        return {weights.data() + i * stride, static_cast<std::size_t>(count[i])};
    }
};

/// The kernel is stretched over as many input pixels as one output pixel covers, centred between pixel edges, cut at the source's edges
/// and normalised.
ExactTaps exactTaps(const Axis &axis, Filter filter)
{
    const double scale = axis.extent / static_cast<double>(axis.output);
    const double stretch = std::max(scale, 1.0);
    const double reach = radiusOf(filter) * stretch;
    const auto outputs = static_cast<std::size_t>(axis.windowSize);
    ExactTaps taps{std::vector<int>(outputs), std::vector<int>(outputs), {}, static_cast<std::size_t>(std::ceil(reach)) * 2 + 1};
    taps.weights.resize(outputs * taps.stride);
    for (std::size_t i = 0; i < outputs; ++i) {
        const double centre = axis.offset + (axis.windowBegin + static_cast<double>(i) + 0.5) * scale;
        const int begin = std::max(static_cast<int>(centre - reach + 0.5), 0);
        const int end = std::min(static_cast<int>(centre + reach + 0.5), axis.end - axis.begin);
        double *weights = taps.weights.data() + i * taps.stride;
        double sum = 0;
        for (int x = begin; x < end; ++x)
            sum += weights[x - begin] = kernel(filter, (x - centre + 0.5) / stretch);
        for (int x = begin; x < end; ++x)
            weights[x - begin] /= sum;
        taps.first[i] = axis.begin + begin;
        taps.count[i] = end - begin;
    }
    return taps;
}

constexpr int largestWeight = 0x7FFF;

/// The weights in fixed point, so that they still sum up to 1 (as nearly as 16 bits allow): an even area stays as it is.
void setFixedWeights(std::span<const double> weights, int shift, std::int16_t *fixed)
{
    int missing = 1 << shift;
    std::int16_t *largest = fixed;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        fixed[i] = static_cast<std::int16_t>(std::min(std::lround(std::ldexp(weights[i], shift)), long{largestWeight}));
        missing -= fixed[i];
        if (fixed[i] > *largest)
            largest = fixed + i;
    }
    *largest = static_cast<std::int16_t>(std::min(*largest + missing, largestWeight));
}

/// Sums of 255 × weights fit into 32 bits and single weights into 16.
int shiftFor(const ExactTaps &taps)
{
    double largest = 0;
    for (const double weight : taps.weights)
        largest = std::max(largest, std::abs(weight));
    return std::clamp(static_cast<int>(std::floor(std::log2((largestWeight + 1) / largest))), 1, 21);
}

/// `limit` is where the input ends.
Taps makeTaps(const Axis &axis, Filter filter, Mirror mirror, int limit)
{
    const ExactTaps exact = exactTaps(axis, filter);
    const std::size_t outputs = exact.first.size();
    const auto most = static_cast<std::size_t>(*std::max_element(exact.count.begin(), exact.count.end()));
    Taps taps{std::vector<int>(outputs), {}, (most + 1) / 2, shiftFor(exact)};
    std::vector<std::int16_t> weights(outputs * taps.pairCount * 2);
    for (std::size_t i = 0; i < outputs; ++i) {
        const std::size_t place = mirror == Mirror::No ? i : outputs - 1 - i;
        taps.first[place] = std::max(std::min(exact.first[i], limit - static_cast<int>(taps.pairCount) * 2), 0);
        assert(exact.first[i] >= taps.first[place]);
        setFixedWeights(exact.at(i), taps.shift,
            weights.data() + place * taps.pairCount * 2 + static_cast<std::size_t>(exact.first[i] - taps.first[place]));
    }
    taps.pairs.resize(weights.size() / 2);
    std::memcpy(taps.pairs.data(), weights.data(), weights.size() * sizeof(weights[0]));
    return taps;
}

cv::v_int16x8 pairOf(std::int32_t weights)
{
    return cv::v_reinterpret_as_s16(cv::v_setall_s32(weights));
}

/// One row: `out` gets 3 bytes for each output and is written one byte beyond them. `in` holds 4 bytes a pixel.
void resampleRow(const std::uint8_t *in, const Taps &taps, std::uint8_t *out)
{
    const cv::v_int32x4 half = cv::v_setall_s32(1 << (taps.shift - 1));
    const std::int32_t *pairs = taps.pairs.data();
    for (const int first : taps.first) {
        const std::uint8_t *pixel = in + static_cast<std::ptrdiff_t>(first) * 4;
        cv::v_int32x4 sum = half;
        for (std::size_t k = 0; k < taps.pairCount; ++k, pixel += 8) {
            // Two pixels, their reds side by side, then their greens, and so on.
            const cv::v_uint16x8 two = cv::v_expand_low(cv::v_load_low(pixel));
            cv::v_uint16x8 mixed, rest;
            cv::v_zip(two, cv::v_rotate_right<4>(two), mixed, rest);
            sum = cv::v_dotprod(cv::v_reinterpret_as_s16(mixed), pairOf(*pairs++), sum);
        }
        sum = sum >> taps.shift;
        const cv::v_int16x8 words = cv::v_pack(sum, sum);
        const auto bytes = cv::v_reinterpret_as_u32(cv::v_pack_u(words, words)).get0();
        std::memcpy(out, &bytes, sizeof(bytes));
        out += 3;
    }
}

/// The rows of a part that count, each resampled.
class RowReader {
public:
    RowReader(const PixelPart &part, const Taps &taps) : m_part(part), m_taps(taps)
    {
        const int end = std::min(taps.inputEnd(), part.width);
        m_copies = part.pixelBytes != 4 || taps.inputEnd() > part.width;
        m_begin = taps.inputBegin();
        m_count = static_cast<std::size_t>(end - m_begin);
        if (m_copies)
            m_row.assign(static_cast<std::size_t>(taps.inputEnd()) * 4, 0);
    }

    void read(int y, std::uint8_t *out)
    {
        const auto pixelBytes = static_cast<std::size_t>(m_part.pixelBytes);
        const std::uint8_t *row = m_part.pixels->data() + static_cast<std::size_t>(m_part.width) * pixelBytes * static_cast<std::size_t>(y);
        if (!m_copies)
            return resampleRow(row, m_taps, out);
        const auto begin = static_cast<std::size_t>(m_begin);
        for (std::size_t i = begin; i < begin + m_count; ++i)
            std::memcpy(m_row.data() + i * 4, row + i * pixelBytes, 3);
        resampleRow(m_row.data(), m_taps, out);
    }

private:
    const PixelPart &m_part;
    const Taps &m_taps;
    bool m_copies = false;
    int m_begin = 0;
    std::size_t m_count = 0;
    std::vector<std::uint8_t> m_row; ///< with 4 bytes a pixel and room for weightless ones behind the last
};

/// 16 bytes of an output row from those of the input rows that count.
cv::v_uint8x16 mixRows(const std::uint8_t *const *rows, const std::int32_t *pairs, const Taps &taps, std::size_t offset)
{
    std::array<cv::v_int32x4, 4> sums;
    sums.fill(cv::v_setall_s32(1 << (taps.shift - 1)));
    for (std::size_t k = 0; k < taps.pairCount; ++k) {
        cv::v_uint8x16 low, high;
        cv::v_zip(cv::v_load(rows[2 * k] + offset), cv::v_load(rows[2 * k + 1] + offset), low, high);
        const cv::v_int16x8 weights = pairOf(pairs[k]);
        sums[0] = cv::v_dotprod(cv::v_reinterpret_as_s16(cv::v_expand_low(low)), weights, sums[0]);
        sums[1] = cv::v_dotprod(cv::v_reinterpret_as_s16(cv::v_expand_high(low)), weights, sums[1]);
        sums[2] = cv::v_dotprod(cv::v_reinterpret_as_s16(cv::v_expand_low(high)), weights, sums[2]);
        sums[3] = cv::v_dotprod(cv::v_reinterpret_as_s16(cv::v_expand_high(high)), weights, sums[3]);
    }
    return cv::v_pack_u(cv::v_pack(sums[0] >> taps.shift, sums[1] >> taps.shift), cv::v_pack(sums[2] >> taps.shift, sums[3] >> taps.shift));
}

/// `rows` holds the rows from `rowBegin` to `rowEnd` and a block to spare.
std::vector<std::uint8_t> resampleColumns(
    const std::vector<std::uint8_t> &rows, std::size_t rowBytes, int rowBegin, int rowEnd, const Taps &vertical)
{
    std::vector<std::uint8_t> pixels(rowBytes * vertical.first.size());
    std::vector<const std::uint8_t *> inputs(vertical.pairCount * 2);
    for (std::size_t y = 0; y < vertical.first.size(); ++y) {
        for (std::size_t k = 0; k < inputs.size(); ++k)
            inputs[k] = rows.data()
                + rowBytes * static_cast<std::size_t>(std::min(vertical.first[y] + static_cast<int>(k), rowEnd - 1) - rowBegin);
        const std::int32_t *pairs = vertical.pairs.data() + y * vertical.pairCount;
        std::uint8_t *out = pixels.data() + rowBytes * y;
        std::size_t x = 0;
        for (; x + blockBytes <= rowBytes; x += blockBytes)
            cv::v_store(out + x, mixRows(inputs.data(), pairs, vertical, x));
        if (x < rowBytes) {
            std::array<std::uint8_t, blockBytes> last;
            cv::v_store(last.data(), mixRows(inputs.data(), pairs, vertical, x));
            std::copy_n(last.begin(), rowBytes - x, out + x);
        }
    }
    return pixels;
}

/// The pixels from `begin` on, `size` of them, that one direction of an order hangs on.
std::pair<int, int> neededAlong(int begin, int size, std::int64_t output, int windowBegin, int windowSize, Filter filter)
{
    const double scale = static_cast<double>(size) / static_cast<double>(output);
    // A reduced picture's pixels are no larger than the result's, so that they reach no further than this.
    const double reach = radiusOf(filter) * std::max(scale, 1.0) + static_cast<double>(maximumReduction);
    const double first = (windowBegin + 0.5) * scale - reach, last = (windowBegin + windowSize - 0.5) * scale + reach;
    const int from = std::max(static_cast<int>(std::floor(first)), 0);
    const int to = static_cast<int>(std::min(std::ceil(last), static_cast<double>(size)));
    return {begin + from, to - from};
}

} // namespace

int reductionFor(const ResampleOrder &order)
{
    int reduction = 1;
    while (reduction < static_cast<int>(maximumReduction) && order.source.width >= 2 * reduction * order.width
        && order.source.height >= 2 * reduction * order.height)
        reduction *= 2;
    return reduction;
}

PixelRectangle neededFor(const ResampleOrder &order)
{
    const auto [left, width]
        = neededAlong(order.source.left, order.source.width, order.width, order.window.left, order.window.width, order.filter);
    const auto [top, height]
        = neededAlong(order.source.top, order.source.height, order.height, order.window.top, order.window.height, order.filter);
    return {left, top, width, height};
}

Picture resample(const PixelPart &part, const ResampleOrder &order)
{
    const PixelRectangle &source = order.source, &window = order.window;
    assert(window.left >= 0 && window.top >= 0 && window.left + window.width <= order.width && window.top + window.height <= order.height);
    if (window.width <= 0 || window.height <= 0)
        return {};
    const Taps horizontal = makeTaps(axisOf(part.left, part.reduction, source.left, source.width, order.width, window.left, window.width),
        order.filter, order.mirror, part.width);
    const Taps vertical = makeTaps(axisOf(part.top, part.reduction, source.top, source.height, order.height, window.top, window.height),
        order.filter, Mirror::No, part.height);
    const int rowBegin = vertical.inputBegin(), rowEnd = std::min(vertical.inputEnd(), part.height);
    const std::size_t rowBytes = static_cast<std::size_t>(window.width) * 3;
    // Kept between calls: filling fresh memory takes longer than the work.
    static thread_local std::vector<std::uint8_t> rows;
    rows.resize(rowBytes * static_cast<std::size_t>(rowEnd - rowBegin) + blockBytes);
    RowReader reader(part, horizontal);
    for (int y = rowBegin; y < rowEnd; ++y)
        reader.read(y, rows.data() + rowBytes * static_cast<std::size_t>(y - rowBegin));
    return {window.width, window.height,
        std::make_shared<const std::vector<std::uint8_t>>(resampleColumns(rows, rowBytes, rowBegin, rowEnd, vertical))};
}

Picture resample(const Picture &picture, const ResampleOrder &order)
{
    return resample(PixelPart{picture.pixels, picture.width, picture.height}, order);
}

} // namespace graft
