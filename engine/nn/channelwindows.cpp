#include "nn/channelwindows.h"

#include "nn/channelkernel.h"

#include <ATen/Parallel.h>
#include <vector>

namespace graft::channelwindows {
namespace {

using channels::Half;
using channels::Seen;

/// Weights per channel (the last dimension) in the kernel's order, filled up to whole groups.
at::Tensor grouped(const at::Tensor &values)
{
    const std::int64_t missing = (channels::group - values.size(-1) % channels::group) % channels::group;
    at::Tensor pairs = at::constant_pad_nd(values.to(at::kFloat), {0, missing});
    std::vector<std::int64_t> shape = values.sizes().vec();
    shape.back() = -1;
    shape.insert(shape.end(), {channels::group / 2, 2});
    return pairs.reshape(shape).transpose(-1, -2).contiguous().flatten(-3);
}

at::Tensor resultFor(const at::Tensor &input, std::int64_t height, std::int64_t width)
{
    return at::empty({input.size(0), input.size(1), height, width}, input.options().memory_format(at::MemoryFormat::ChannelsLast));
}

/// What the windows of one row of the result see.
class RowOfWindows {
public:
    RowOfWindows(const at::Tensor &input, const SlidingWindow &window, const float *weights, std::int64_t weightsOfPlace)
        : m_values(static_cast<const Half *>(input.data_ptr())), m_channels(input.size(1)), m_height(input.size(2)), m_width(input.size(3)),
          m_window(window), m_weights(weights), m_weightsOfPlace(weightsOfPlace)
    {
    }
    void start(std::int64_t picture, std::int64_t row)
    {
        m_picture = picture;
        m_top = row * m_window.stride[0] - m_window.padding[0];
        m_wasInside = false;
    }
    /// For one column after the other.
    const std::vector<Seen> &at(std::int64_t column)
    {
        const std::int64_t left = column * m_window.stride[1] - m_window.padding[1];
        const bool isInside = left >= 0 && left + (m_window.kernel[1] - 1) * m_window.dilation[1] < m_width;
        if (isInside && m_wasInside) {
            for (Seen &seen : m_seen)
                seen.values += m_window.stride[1] * m_channels;
            return m_seen;
        }
        m_wasInside = isInside;
        m_seen.clear();
        for (std::int64_t down = 0; down < m_window.kernel[0]; ++down) {
            const std::int64_t y = m_top + down * m_window.dilation[0];
            if (y < 0 || y >= m_height)
                continue;
            const Half *row = m_values + (m_picture * m_height + y) * m_width * m_channels;
            for (std::int64_t right = 0; right < m_window.kernel[1]; ++right) {
                const std::int64_t x = left + right * m_window.dilation[1];
                if (x >= 0 && x < m_width)
                    m_seen.push_back({row + x * m_channels, m_weights + (down * m_window.kernel[1] + right) * m_weightsOfPlace});
            }
        }
        return m_seen;
    }

private:
    const Half *m_values;
    std::int64_t m_channels, m_height, m_width;
    const SlidingWindow &m_window;
    const float *m_weights;
    std::int64_t m_weightsOfPlace; ///< numbers from one place of the window to the next
    std::int64_t m_picture = 0, m_top = 0;
    bool m_wasInside = false;
    std::vector<Seen> m_seen;
};

/// Calls `pixel(seen, result)` for each pixel of the result.
template <typename Pixel>
void forEachPixel(RowOfWindows windows, at::Tensor &result, Pixel pixel)
{
    const std::int64_t channelCount = result.size(1), rows = result.size(2), columns = result.size(3);
    auto *results = static_cast<Half *>(result.data_ptr());
    at::parallel_for(0, result.size(0) * rows, 1, [&](std::int64_t begin, std::int64_t end) {
        RowOfWindows own = windows;
        for (std::int64_t line = begin; line < end; ++line) {
            own.start(line / rows, line % rows);
            for (std::int64_t column = 0; column < columns; ++column)
                pixel(own.at(column), results + (line * columns + column) * channelCount);
        }
    });
}

} // namespace

bool canRun()
{
    return channels::available();
}

Convolution::Convolution(const at::Tensor &weight, const at::Tensor &bias, const SlidingWindow &window, ValueRange range)
    : m_window(window), m_range(range), m_weights(grouped(weight.permute({1, 2, 3, 0}).flatten(0, 2))),
      m_bias(grouped(bias.defined() ? bias : at::zeros({weight.size(0)})))
{
}

at::Tensor Convolution::run(const at::Tensor &input) const
{
    at::Tensor result = resultFor(input, m_window.outputs(0, input.size(2)), m_window.outputs(1, input.size(3)));
    const std::int64_t channelCount = input.size(1);
    const auto *bias = m_bias.data_ptr<float>();
    forEachPixel(
        {input, m_window, m_weights.data_ptr<float>(), m_weights.size(1)}, result, [&](const std::vector<Seen> &seen, Half *values) {
            channels::weightedSum(
                seen.data(), static_cast<std::int64_t>(seen.size()), channelCount, bias, m_range.lowest, m_range.highest, values);
        });
    return result;
}

at::Tensor maximum(const at::Tensor &input, const SlidingWindow &window, const std::array<std::int64_t, 2> &size)
{
    at::Tensor result = resultFor(input, size[0], size[1]);
    forEachPixel({input, window, nullptr, 0}, result, [channelCount = input.size(1)](const std::vector<Seen> &seen, Half *values) {
        channels::largest(seen.data(), static_cast<std::int64_t>(seen.size()), channelCount, values);
    });
    return result;
}

} // namespace graft::channelwindows
