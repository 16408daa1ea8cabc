#include "nn/innermostchannels.h"

#include "nn/channelkernel.h"

#include <ATen/Parallel.h>

namespace graft {
namespace {

using channels::Half;

bool canInterleave(const at::Tensor &values, at::ScalarType type)
{
    return values.scalar_type() == type && values.size(1) == 3 && values.is_contiguous() && channels::available();
}

/// `interleave(planes, pixels, result)` for each picture.
template <typename Value, typename Interleave>
at::Tensor interleaved(const at::Tensor &pictures, Interleave interleave)
{
    at::Tensor result = at::empty(pictures.sizes(), pictures.options().dtype(at::kBFloat16).memory_format(at::MemoryFormat::ChannelsLast));
    const std::int64_t pixels = pictures.size(2) * pictures.size(3);
    const auto *source = pictures.data_ptr<Value>();
    auto *target = static_cast<Half *>(result.data_ptr());
    at::parallel_for(0, pictures.size(0), 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t picture = begin; picture < end; ++picture) {
            const Value *first = source + 3 * picture * pixels;
            interleave(std::array{first, first + pixels, first + 2 * pixels}, pixels, target + 3 * picture * pixels);
        }
    });
    return result;
}

} // namespace

at::Tensor innermostChannels(const at::Tensor &values)
{
    if (canInterleave(values, at::kFloat))
        return interleaved<float>(
            values, [](const auto &planes, std::int64_t pixels, Half *result) { channels::interleave(planes, pixels, result); });
    return values.to(at::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor innermostChannels(const at::Tensor &levels, const std::vector<LevelScale> &scales)
{
    if (canInterleave(levels, at::kByte) && scales.size() == 3)
        return interleaved<std::uint8_t>(levels, [&](const auto &planes, std::int64_t pixels, Half *result) {
            channels::interleave(planes, {scales[0], scales[1], scales[2]}, pixels, result);
        });
    return innermostChannels(scaled(levels, scaleTable(scales)));
}

at::Tensor scaleTable(const std::vector<LevelScale> &scales)
{
    std::vector<float> numbers;
    for (const float LevelScale::*member : {&LevelScale::factor, &LevelScale::offset})
        for (const LevelScale &scale : scales)
            numbers.push_back(scale.*member);
    return at::tensor(numbers).view({2, 1, -1, 1, 1});
}

at::Tensor scaled(const at::Tensor &levels, const at::Tensor &scaleTable)
{
    return levels.to(at::kFloat, /*non_blocking=*/false, /*copy=*/false, at::MemoryFormat::ChannelsLast)
        .mul_(scaleTable[0])
        .add_(scaleTable[1]);
}

} // namespace graft
