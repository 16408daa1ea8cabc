#include "nn/innermostchannels.h"

#include "nn/channelkernel.h"

#include <ATen/Parallel.h>

namespace graft {
namespace {

at::Tensor interleaved(const at::Tensor &pictures)
{
    at::Tensor result = at::empty(pictures.sizes(), pictures.options().dtype(at::kBFloat16).memory_format(at::MemoryFormat::ChannelsLast));
    const std::int64_t pixels = pictures.size(2) * pictures.size(3);
    const auto *source = pictures.data_ptr<float>();
    auto *target = static_cast<channels::Half *>(result.data_ptr());
    at::parallel_for(0, pictures.size(0), 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t picture = begin; picture < end; ++picture) {
            const float *first = source + 3 * picture * pixels;
            channels::interleave({first, first + pixels, first + 2 * pixels}, pixels, target + 3 * picture * pixels);
        }
    });
    return result;
}

} // namespace

at::Tensor innermostChannels(const at::Tensor &values)
{
    if (values.scalar_type() == at::kFloat && values.size(1) == 3 && values.is_contiguous() && channels::available())
        return interleaved(values);
    return values.to(at::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast);
}

} // namespace graft
