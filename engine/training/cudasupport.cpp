#include "training/cudasupport.h"

#include "nn/innermostchannels.h"
#include "nn/torchversion.h"

#include <c10/core/Event.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <map>
#include <mutex>

namespace graft::cudasupport {
namespace {

/// Always the same one, so that the allocator finds its memory again.
c10::Stream copyStream(const c10::impl::VirtualGuardImpl &streams, at::Device device)
{
    static std::mutex mutex;
    static std::map<c10::DeviceIndex, c10::Stream> all;
    const std::lock_guard lock(mutex);
    const auto known = all.find(device.index());
    return known != all.end() ? known->second : all.emplace(device.index(), streams.getStreamFromGlobalPool(device)).first->second;
}

} // namespace

void prepare(at::Device device, bool deterministic)
{
    if (!device.is_cuda())
        return;
    at::globalContext().setBenchmarkCuDNN(!deterministic);
    at::globalContext().setDeterministicCuDNN(deterministic);
    // Warn only: an operation without a deterministic form still trains.
    at::globalContext().setDeterministicAlgorithms(deterministic, true);
    torchversion::leaveNewTensorsUnfilled();
    // Such an operation would say so in each step.
    static thread_local torchversion::EachWarningOnce warnings;
}

at::Tensor upload(const at::Tensor &tensor, at::Device device)
{
    if (!device.is_cuda())
        return tensor;
    const c10::impl::VirtualGuardImpl streams(device.type());
    const c10::Stream computes = streams.getStream(device), copies = copyStream(streams, device);
    // LibTorch keeps pinned memory for the next time and does not hand it out before the copy is done.
    const at::Tensor pinned = tensor.pin_memory();
    c10::Event copied(device.type());
    at::Tensor result;
    {
        const c10::StreamGuard guard(copies);
        result = pinned.to(device, pinned.scalar_type(), /*non_blocking=*/true);
        copied.record(copies);
    }
    copied.block(computes);
    // Its memory was taken on the one stream and is used on the other.
    result.record_stream(computes);
    return result;
}

at::Tensor uploadScaled(const at::Tensor &pictures, const std::vector<LevelScale> &scales, at::Device device)
{
    const at::Tensor levels = upload(pictures, device);
    if (scales.empty())
        return levels;
    return scaled(levels, upload(scaleTable(scales), device));
}

std::size_t stepsPerReading(at::Device device)
{
    return device.is_cuda() ? 8 : 1;
}

} // namespace graft::cudasupport
