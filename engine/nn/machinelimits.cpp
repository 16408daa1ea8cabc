#include "nn/machinelimits.h"

#include "nn/device.h"
#include "nn/tileconvolution.h"
#include "nn/torchmodel.h"

#include <algorithm>
#include <c10/core/InferenceMode.h>
#include <chrono>
#include <functional>

namespace graft {
namespace {

double quickestSeconds(const std::function<void()> &work)
{
    constexpr int passes = 5;
    double quickest = 0;
    for (int pass = -1; pass < passes; ++pass) { // the first one warms up
        const auto start = std::chrono::steady_clock::now();
        work();
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (pass >= 0)
            quickest = pass == 0 ? seconds : std::min(quickest, seconds);
    }
    return quickest;
}

/// Of a size that caches hold; 0 without tiles.
double multiplyAddsOnTiles()
{
    constexpr std::int64_t channels = 256, size = 14, pictures = 32;
    const SlidingWindow window{.kernel = {3, 3}, .padding = {1, 1}};
    if (!TileConvolution::canRun(window, channels))
        return 0;
    const TileConvolution convolution({at::rand({channels, channels, 3, 3}), {}, {}}, window, {});
    const at::Tensor values = at::rand({pictures, size, size, channels}).to(at::kBFloat16).permute({0, 3, 1, 2});
    constexpr int times = 10;
    const double seconds = quickestSeconds([&] {
        for (int time = 0; time < times; ++time)
            static_cast<void>(convolution.run(values, {}));
    });
    return static_cast<double>(times * pictures * size * size * channels * channels * 9) / seconds;
}

} // namespace

Result<MachineLimits> measureLimits(bool bfloat16)
{
    constexpr std::int64_t size = 2048, copied = 256'000'000;
    try {
        prepareThreads();
        const c10::InferenceMode inference;
        const at::Tensor matrix = at::rand({size, size}).to(bfloat16 ? at::kBFloat16 : at::kFloat);
        at::Tensor product = at::empty_like(matrix);
        const at::Tensor source = at::ones({copied}, at::kByte);
        at::Tensor target = at::zeros({copied}, at::kByte);
        MachineLimits limits;
        limits.multiplyAdds = static_cast<double>(size * size * size) / quickestSeconds([&] { at::mm_out(product, matrix, matrix); });
        if (bfloat16)
            limits.multiplyAdds = std::max(limits.multiplyAdds, multiplyAddsOnTiles());
        limits.bytes = 2.0 * copied / quickestSeconds([&] { target.copy_(source); });
        return limits;
    } catch (const std::exception &exception) {
        return fail(errorFromTorch(exception, "cpu"));
    }
}

} // namespace graft
