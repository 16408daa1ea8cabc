#include "graph/limits.h"
#include "layers/layersupport.h"
#include "layers/onnxwindow.h"

#include <algorithm>

namespace graft::layers {
namespace {

bool isPair(const Ints &values, std::int64_t minimum)
{
    return values.size() == 2 && std::ranges::all_of(values, [&](auto value) { return value >= minimum && value <= maximumDimension; });
}

/// TensorFlow's SAME: as many outputs as strides fit into the picture.
void padSame(OnnxWindow &window, const Shape &input, bool moreAtTheEnd)
{
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::int64_t size = input[axis + 1], stride = window.stride[axis];
        const std::int64_t reach = saturatingProduct(window.kernel[axis] - 1, window.dilation[axis]) + 1;
        const std::int64_t needed = std::max<std::int64_t>(0, saturatingSum(((size + stride - 1) / stride - 1) * stride, reach) - size);
        window.begin[axis] = moreAtTheEnd ? needed / 2 : needed - needed / 2;
        window.end[axis] = needed - window.begin[axis];
    }
}

} // namespace

OnnxAttributes onnxWindow(const Layer &layer)
{
    const Ints &padding = intsAttribute(layer, "padding");
    return {{"kernel_shape", intsAttribute(layer, "kernel_size")}, {"strides", intsAttribute(layer, "stride")},
        {"pads", Ints{padding[0], padding[1], padding[0], padding[1]}}};
}

Result<OnnxWindow> readWindow(const OnnxNode &node, const Shape &input, Ints kernel)
{
    const std::string automatic = node.text("auto_pad", "NOTSET");
    // Behind a step without a layer the shape may be unknown, and the window may still be told.
    if (input.size() != 3 && (!input.empty() || automatic.starts_with("SAME")))
        return onnxReason("its input is no picture");
    OnnxWindow window;
    window.kernel = node.integerList("kernel_shape", kernel);
    window.stride = node.integerList("strides", {1, 1});
    window.dilation = node.integerList("dilations", {1, 1});
    const Ints pads = node.integerList("pads", {0, 0, 0, 0});
    const bool isWithin = std::ranges::all_of(pads, [](auto pad) { return pad >= 0 && pad <= maximumDimension; });
    if (!isPair(window.kernel, 1) || !isPair(window.stride, 1) || !isPair(window.dilation, 1) || pads.size() != 4 || !isWithin)
        return onnxReason("its window is not two-dimensional or out of range");
    if (!kernel.empty() && window.kernel != kernel)
        return onnxReason("its kernel_shape is not that of its weights");
    window.begin = {pads[0], pads[1]};
    window.end = {pads[2], pads[3]};
    if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER")
        padSame(window, input, automatic == "SAME_UPPER");
    else if (automatic == "VALID")
        window.begin = window.end = {0, 0};
    return window;
}

Result<LayerId> addPadding(OnnxNode &node, LayerId input, const OnnxWindow &window, double value)
{
    return node.add("ConstantPad2d", {{"padding", Ints{window.begin[1], window.end[1], window.begin[0], window.end[0]}}, {"value", value}},
        {input}, {}, "pad");
}

} // namespace graft::layers
