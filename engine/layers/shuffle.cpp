#include "graph/limits.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::shuffle {
namespace {

Result<Shape> channelShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames); !image)
        return fail(image.error());
    const auto groups = intAttribute(layer, "groups");
    if (inputs.front()[0] % groups != 0)
        return shapeError(
            layer, "a multiple of " + std::to_string(groups) + " channels", std::to_string(inputs.front()[0]), inputNames.front());
    return inputs.front();
}

at::Tensor shuffleChannels(const LayerCall &call)
{
    const at::Tensor &x = call.inputs[0];
    const auto groups = intAttribute(call.layer, "groups");
    const at::Tensor grouped = x.reshape({-1, groups, x.size(1) / groups, x.size(2), x.size(3)});
    return grouped.transpose(1, 2).reshape({-1, x.size(1), x.size(2), x.size(3)});
}

Result<Shape> pixelShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames); !image)
        return fail(image.error());
    const Shape &input = inputs.front();
    const auto factor = intAttribute(layer, "upscale_factor");
    if (input[0] % (factor * factor) != 0)
        return shapeError(
            layer, "a multiple of " + std::to_string(factor * factor) + " channels", std::to_string(input[0]), inputNames.front());
    return Shape{input[0] / (factor * factor), saturatingProduct(input[1], factor), saturatingProduct(input[2], factor)};
}

Result<std::string> writeChannels(OnnxCall &call)
{
    const Shape &x = call.inputShapes[0];
    const auto groups = intAttribute(*call.layer, "groups");
    const std::string grouped = onnxReshape(call, call.inputs[0], {groups, x[0] / groups, x[1], x[2]});
    return onnxReshape(call, onnxTranspose(call, grouped, {0, 2, 1, 3, 4}), x);
}

Result<std::string> writePixels(OnnxCall &call)
{
    const Shape &x = call.inputShapes[0];
    const auto factor = intAttribute(*call.layer, "upscale_factor");
    if (call.opset >= 11)
        return call.node("DepthToSpace", {call.inputs[0]}, {{"blocksize", factor}, {"mode", std::string("CRD")}});
    const std::string grouped = onnxReshape(call, call.inputs[0], {x[0] / (factor * factor), factor, factor, x[1], x[2]});
    return onnxReshape(call, onnxTranspose(call, grouped, {0, 1, 4, 2, 5, 3}), call.outputShape);
}

Result<LayerId> readPixels(OnnxNode &node)
{
    const auto input = node.input(0);
    if (!input || node.text("mode", "DCR") != "CRD")
        return input ? onnxReason("its mode is not CRD") : input;
    return node.add("PixelShuffle", {{"upscale_factor", node.integer("blocksize", 0)}}, {*input});
}

} // namespace

void add(LayerTypes &all)
{
    LayerType channels;
    channels.name = "ChannelShuffle";
    channels.category = "shape";
    channels.help = "Deals the channels of each group out over all groups.";
    channels.schema = {{"groups", "How many groups the channels come in.", std::int64_t{2}, true, 1, {}, {}, 0}};
    channels.outputShape = channelShape;
    channels.forward = shuffleChannels;
    channels.python = [](const Layer &) { return "{0}.unflatten(1, ({groups}, -1)).transpose(1, 2).flatten(1, 2)"; };
    channels.toOnnx = writeChannels;
    all.add(std::move(channels));

    LayerType pixels;
    pixels.name = "PixelShuffle";
    pixels.category = "shape";
    pixels.help = "Lays channels side by side as pixels: fewer channels, a larger picture.";
    pixels.schema = {{"upscale_factor", "How many times higher and wider.", std::int64_t{2}, true, 1, 1 << 15, {}, 0}};
    pixels.outputShape = pixelShape;
    pixels.forward = [](const LayerCall &call) { return at::pixel_shuffle(call.inputs[0], intAttribute(call.layer, "upscale_factor")); };
    pixels.toOnnx = writePixels;
    pixels.fromOnnx = {{"DepthToSpace", readPixels}};
    all.add(std::move(pixels));
}

} // namespace graft::layers::shuffle
