#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/onnxwindow.h"

#include <algorithm>
#include <limits>

namespace graft::layers::pooling {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames); !image)
        return fail(image.error());
    const Ints &kernel = intsAttribute(layer, "kernel_size");
    const Ints &padding = intsAttribute(layer, "padding");
    if (padding[0] > kernel[0] / 2 || padding[1] > kernel[1] / 2)
        return attributeError(
            layer, "has a `padding` of " + describe(padding) + "; at most half of its `kernel_size` " + describe(kernel) + " is allowed");
    const auto rounding = boolAttribute(layer, "ceil_mode") ? Rounding::Up : Rounding::Down;
    auto size = slide(layer, inputs, inputNames, {1, 1}, rounding);
    if (!size)
        return fail(size.error());
    return Shape{inputs.front()[0], (*size)[0], (*size)[1]};
}

at::Tensor maximum(const LayerCall &call)
{
    return at::max_pool2d(call.inputs[0], intsAttribute(call.layer, "kernel_size"), intsAttribute(call.layer, "stride"),
        intsAttribute(call.layer, "padding"), 1, boolAttribute(call.layer, "ceil_mode"));
}

at::Tensor average(const LayerCall &call)
{
    return at::avg_pool2d(call.inputs[0], intsAttribute(call.layer, "kernel_size"), intsAttribute(call.layer, "stride"),
        intsAttribute(call.layer, "padding"), boolAttribute(call.layer, "ceil_mode"), boolAttribute(call.layer, "count_include_pad"));
}

/// Pixels that a last, partly filled window needs beyond the padding.
Ints missingPixels(const Layer &layer, const Shape &input, const Shape &output)
{
    Ints missing(2, 0);
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::int64_t reach
            = (output[axis + 1] - 1) * intsAttribute(layer, "stride")[axis] + intsAttribute(layer, "kernel_size")[axis];
        missing[axis] = std::max<std::int64_t>(0, reach - input[axis + 1] - 2 * intsAttribute(layer, "padding")[axis]);
    }
    return missing;
}

/// Old opsets know no ceil_mode, and runtimes take its mean over different pixels: then the picture is padded at its end instead.
Result<std::string> write(OnnxCall &call, bool takesMeans)
{
    const Layer &layer = *call.layer;
    OnnxAttributes attributes = onnxWindow(layer);
    Ints pads = std::get<Ints>(attributes["pads"]);
    const Ints missing = missingPixels(layer, call.inputShapes[0], call.outputShape);
    const bool isPartlyFilled = missing != Ints{0, 0};
    const bool countsPadding = takesMeans && boolAttribute(layer, "count_include_pad");
    std::string value = call.inputs[0];
    // Padding that counts is written by itself: OpenCV goes by who wrote the file, not by `count_include_pad`.
    if (countsPadding && pads != Ints{0, 0, 0, 0}) {
        value = onnxPad(call, value, {0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3]}, "constant", 0);
        pads = {0, 0, 0, 0};
    }
    if (isPartlyFilled && !takesMeans && call.opset >= 10) {
        attributes["ceil_mode"] = std::int64_t{1};
    } else if (isPartlyFilled) {
        pads[2] += missing[0];
        pads[3] += missing[1];
    }
    attributes["pads"] = pads;
    // Without padding either value means the same; onnxruntime, which takes a Pad before it in, goes by 1.
    if (takesMeans)
        attributes["count_include_pad"] = std::int64_t{pads == Ints{0, 0, 0, 0} ? 1 : 0};
    return call.node(takesMeans ? "AveragePool" : "MaxPool", {value}, attributes);
}

/// How the window can be had without padding that differs between begin and end: as it is, or with a partly filled last window.
std::optional<bool> ceilModeFor(const OnnxWindow &window, const Shape &input)
{
    const auto count = [&](std::size_t axis, std::int64_t end, bool rounds) {
        const std::int64_t steps = input[axis + 1] + window.begin[axis] + end - window.kernel[axis];
        if (steps < 0)
            return std::int64_t{0};
        std::int64_t outputs = steps / window.stride[axis] + 1;
        if (rounds && steps % window.stride[axis] != 0 && outputs * window.stride[axis] < input[axis + 1] + window.begin[axis])
            ++outputs;
        return outputs;
    };
    for (const bool rounds : {false, true})
        if (count(0, window.begin[0], rounds) == count(0, window.end[0], false)
            && count(1, window.begin[1], rounds) == count(1, window.end[1], false))
            return rounds;
    return std::nullopt;
}

Result<LayerId> read(OnnxNode &node, bool takesMeans)
{
    auto input = node.input(0);
    const Shape shape = node.shape(0).value_or(Shape());
    if (!input)
        return input;
    auto window = readWindow(node, shape, {});
    if (!window)
        return fail(window.error());
    if (window->dilation != Ints{1, 1})
        return onnxReason("its window has gaps (`dilations`)");
    const bool countsPadding = takesMeans && node.integer("count_include_pad", 0) == 1;
    bool ceilMode = node.integer("ceil_mode", 0) == 1;
    bool needsPad = window->begin[0] > window->kernel[0] / 2 || window->begin[1] > window->kernel[1] / 2;
    if (window->begin != window->end && !needsPad) {
        const auto rounds = ceilMode || countsPadding || shape.empty() ? std::nullopt : ceilModeFor(*window, shape);
        needsPad = !rounds;
        ceilMode = ceilMode || rounds.value_or(false);
    }
    if (needsPad && takesMeans && !countsPadding)
        return onnxReason("its padding differs between begin and end and does not count");
    if (needsPad) {
        input = addPadding(node, *input, *window, takesMeans ? 0 : std::numeric_limits<float>::lowest());
        window->begin = {0, 0};
    }
    if (!input)
        return input;
    Attributes attributes
        = {{"kernel_size", window->kernel}, {"stride", window->stride}, {"padding", window->begin}, {"ceil_mode", ceilMode}};
    if (takesMeans)
        attributes["count_include_pad"] = countsPadding || window->begin == Ints{0, 0};
    return node.add(takesMeans ? "AvgPool2d" : "MaxPool2d", attributes, {*input});
}

void addOne(LayerTypes &all, const char *name, const char *help, at::Tensor (*forward)(const LayerCall &),
    const std::vector<AttributeSchema> &more = {})
{
    LayerType type;
    type.name = name;
    type.category = "pooling";
    type.help = help;
    type.schema = windowSchema(true);
    type.schema.push_back({"ceil_mode", "Whether a last window that is only partly filled counts.", false, false, {}, {}, {}, 0});
    type.schema.insert(type.schema.end(), more.begin(), more.end());
    type.outputShape = outputShape;
    type.fittedTo = [](const Layer &layer, const Shape &) {
        Attributes fitted = layer.attributes;
        if (fitted.try_emplace("kernel_size", Ints{3, 3}).second)
            fitted["padding"] = Ints{1, 1};
        fitted.try_emplace("stride", Ints{1, 1});
        return fitted;
    };
    type.forward = forward;
    const bool takesMeans = type.name == "AvgPool2d";
    type.toOnnx = [takesMeans](OnnxCall &call) { return write(call, takesMeans); };
    type.fromOnnx = {{takesMeans ? "AveragePool" : "MaxPool", [takesMeans](OnnxNode &node) { return read(node, takesMeans); }}};
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "MaxPool2d", "The largest value of each window.", maximum);
    addOne(all, "AvgPool2d", "The mean of each window.", average,
        {{"count_include_pad", "Whether padding counts as zeros; otherwise it is left out of the mean.", true, false, {}, {}, {}, 0}});
}

} // namespace graft::layers::pooling
