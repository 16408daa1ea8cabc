#include "layers/layercall.h"
#include "layers/layersupport.h"

#include <limits>

namespace graft::layers::shortcutpad {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames); !image)
        return fail(image.error());
    const Shape &input = inputs.front();
    const auto channels = intAttribute(layer, "out_channels");
    const auto stride = intAttribute(layer, "stride");
    if (channels < input[0] || (channels - input[0]) % 2 != 0)
        return shapeError(
            layer, std::to_string(channels) + " channels or an even number fewer", std::to_string(input[0]), inputNames.front());
    return Shape{channels, (input[1] - 1) / stride + 1, (input[2] - 1) / stride + 1};
}

at::Tensor forward(const LayerCall &call)
{
    constexpr auto wholeAxis = std::numeric_limits<std::int64_t>::max();
    const auto stride = intAttribute(call.layer, "stride");
    const at::Tensor thinned = call.inputs[0].slice(2, 0, wholeAxis, stride).slice(3, 0, wholeAxis, stride);
    const std::int64_t padding = (intAttribute(call.layer, "out_channels") - thinned.size(1)) / 2;
    return at::constant_pad_nd(thinned, {0, 0, 0, 0, padding, padding});
}

/// Every n-th pixel is the largest of a window of one pixel.
Result<std::string> write(OnnxCall &call)
{
    const auto stride = intAttribute(*call.layer, "stride");
    std::string value = call.inputs[0];
    if (stride != 1)
        value = call.node("MaxPool", {value},
            {{"kernel_shape", std::vector<std::int64_t>{1, 1}}, {"strides", std::vector<std::int64_t>{stride, stride}}});
    const std::int64_t channels = (intAttribute(*call.layer, "out_channels") - call.inputShapes[0][0]) / 2;
    return onnxPad(call, value, {0, channels, 0, 0, 0, channels, 0, 0}, "constant", 0);
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "ShortcutPad";
    type.category = "shape";
    type.help = "The shortcut without weights of the CIFAR ResNets: every n-th pixel, with channels of zeros added at both sides.";
    type.schema = {
        {"out_channels", "Channels of the output.", std::int64_t{32}, true, 1, {}, {}, 0},
        {"stride", "Distance between the pixels that are kept.", std::int64_t{2}, false, 1, {}, {}, 0},
    };
    type.outputShape = outputShape;
    type.fittedTo = [](const Layer &layer, const Shape &input) {
        Attributes fitted = layer.attributes;
        if (input.size() == 3 && fitted.try_emplace("out_channels", input.front()).second)
            fitted["stride"] = std::int64_t{1};
        return fitted;
    };
    type.forward = forward;
    type.python = [](const Layer &) {
        return "functional.pad({0}[:, :, ::{stride}, ::{stride}], (0, 0, 0, 0) + 2 * (({out_channels} - {0}.shape[1]) // 2,))";
    };
    type.toOnnx = write;
    all.add(std::move(type));
}

} // namespace graft::layers::shortcutpad
