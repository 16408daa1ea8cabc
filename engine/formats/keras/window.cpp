#include "formats/keras/window.h"

#include "graph/limits.h"

#include <algorithm>

namespace graft::keras {

SamePadding samePadding(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t dilation)
{
    SamePadding padding;
    padding.outputs = (size + stride - 1) / stride;
    const std::int64_t total = std::max<std::int64_t>((padding.outputs - 1) * stride + (kernel - 1) * dilation + 1 - size, 0);
    padding.before = total / 2;
    padding.after = total - padding.before;
    return padding;
}

std::optional<Window> windowOf(const Step &step, const char *kernelField, std::int64_t defaultKernel, bool stridesLikeKernel)
{
    Window window;
    window.kernel = step.pair(kernelField, defaultKernel);
    window.stride = step.pair("strides", 0);
    if (window.stride[0] == 0)
        window.stride = stridesLikeKernel ? window.kernel : Shape{1, 1};
    window.dilation = step.pair("dilation_rate", 1);
    const std::string padding = step.text("padding", "valid");
    window.isSame = padding == "same";
    constexpr std::int64_t largest = 1 << 20;
    const auto fits = [](std::int64_t size) { return size >= 1 && size <= largest; };
    const bool isSound = std::ranges::all_of(window.kernel, fits) && std::ranges::all_of(window.stride, fits)
        && std::ranges::all_of(window.dilation, fits) && (window.isSame || padding == "valid") && step.isChannelsLast();
    return isSound ? std::optional(window) : std::nullopt;
}

std::optional<std::array<SamePadding, 2>> samePaddings(const Step &step, const Window &window)
{
    const auto &shape = step.shape();
    if (!shape || shape->size() != 3)
        return std::nullopt;
    std::array<SamePadding, 2> paddings;
    for (std::size_t axis = 0; axis < 2; ++axis)
        paddings[axis] = samePadding((*shape)[axis + 1], window.kernel[axis], window.stride[axis], window.dilation[axis]);
    return paddings;
}

} // namespace graft::keras
