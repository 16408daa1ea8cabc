#include "formats/keras/window.h"

#include <algorithm>

namespace graft::keras {
namespace {

enum class Kind { Max, Average };

/// PyTorch's poolings add as much on both sides; `ceil_mode` stands for one more row behind, which counts in neither the largest value nor
/// (with count_include_pad off) in the mean, as in TensorFlow.
Result<Value> pooling(Step &step, Kind kind)
{
    const auto window = windowOf(step, "pool_size", 2, true);
    if (!window)
        return step.opaque("channels first or sizes out of range");
    Attributes attributes = {{"kernel_size", window->kernel}, {"stride", window->stride}};
    const char *type = kind == Kind::Max ? "MaxPool2d" : "AvgPool2d";
    if (!window->isSame)
        return step.add(type, std::move(attributes));
    const auto paddings = samePaddings(step, *window);
    if (!paddings)
        return step.opaque("the size of its input is not known");
    const auto &[rows, columns] = *paddings;
    bool grows = false, isEven = true;
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const SamePadding &padding = (*paddings)[axis];
        grows = grows || padding.after > padding.before;
        // With a step of one, a last window that hangs over is one that PyTorch does not have.
        isEven = isEven && (padding.after == padding.before || window->stride[axis] > 1);
    }
    if (isEven) {
        attributes["padding"] = Shape{rows.before, columns.before};
        attributes["ceil_mode"] = grows;
        if (kind == Kind::Average)
            attributes["count_include_pad"] = false;
        return step.add(type, std::move(attributes));
    }
    if (kind == Kind::Average)
        return step.opaque("an even window with a step of one and padding");
    constexpr double lowest = -3e38;
    auto padded = step.add(step.name + "_same", "ConstantPad2d",
        {{"padding", Shape{columns.before, columns.after, rows.before, rows.after}}, {"value", lowest}}, {step.input()});
    return padded ? step.add(step.name, type, std::move(attributes), {*padded}) : padded;
}

Result<Value> global(Step &step, const char *type)
{
    if (!step.isChannelsLast() || (step.shape() && step.shape()->size() != 3))
        return step.opaque("channels first");
    auto result = step.add(type);
    return result && !step.flag("keepdims", false) ? step.add(step.name + "_flatten", "Flatten", {}, {*result}) : result;
}

} // namespace

void addPoolings(Handlers &handlers)
{
    handlers["MaxPooling2D"] = handlers["MaxPool2D"] = [](Step &step) { return pooling(step, Kind::Max); };
    handlers["AveragePooling2D"] = handlers["AvgPool2D"] = [](Step &step) { return pooling(step, Kind::Average); };
    handlers["GlobalAveragePooling2D"] = handlers["GlobalAvgPool2D"] = [](Step &step) { return global(step, "AdaptiveAvgPool2d"); };
    handlers["GlobalMaxPooling2D"] = handlers["GlobalMaxPool2D"] = [](Step &step) { return global(step, "AdaptiveMaxPool2d"); };
}

} // namespace graft::keras
