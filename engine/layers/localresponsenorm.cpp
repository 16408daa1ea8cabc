#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

namespace graft::layers::localresponsenorm {
namespace {

at::Tensor responses(const Layer &layer, const at::Tensor &x)
{
    // The mean of the squares over neighbouring channels: a pooling along them, with zeros beyond the first and the last.
    const std::int64_t size = intAttribute(layer, "size");
    const at::Tensor padded = at::constant_pad_nd(x.square().unsqueeze(1), {0, 0, 0, 0, size / 2, (size - 1) / 2});
    const at::Tensor means = at::avg_pool3d(padded, {size, 1, 1}, {1, 1, 1}).squeeze(1);
    return x / (means * doubleAttribute(layer, "alpha") + doubleAttribute(layer, "k")).pow(doubleAttribute(layer, "beta"));
}

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames); !image)
        return fail(image.error());
    return inputs.front();
}

Result<std::string> write(OnnxCall &call)
{
    const Layer &layer = *call.layer;
    if (intAttribute(layer, "size") % 2 == 0)
        return fail(ErrorCode::SettingInvalid,
            "LocalResponseNorm `" + layer.name + "` cannot be written as ONNX, which counts an even `size` in another way.", layer.name);
    return call.node("LRN", {call.inputs[0]},
        {{"size", intAttribute(layer, "size")}, {"alpha", doubleAttribute(layer, "alpha")}, {"beta", doubleAttribute(layer, "beta")},
            {"bias", doubleAttribute(layer, "k")}});
}

Result<LayerId> read(OnnxNode &node)
{
    const auto input = node.input(0);
    const std::int64_t size = node.integer("size", 0);
    if (!input || size % 2 == 0)
        return input ? onnxReason("its `size` is even") : input;
    return node.add("LocalResponseNorm",
        {{"size", size}, {"alpha", node.number("alpha", 1e-4)}, {"beta", node.number("beta", 0.75)}, {"k", node.number("bias", 1)}},
        {*input});
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "LocalResponseNorm";
    type.category = "normalization";
    type.help = "Divides each value by a power of the mean square of its neighbouring channels.";
    type.schema = {
        {"size", "How many neighbouring channels count.", std::int64_t{5}, true, 1, 1 << 16, {}, 0},
        {"alpha", "Factor of the mean square.", 1e-4, false, {}, {}, {}, 0},
        {"beta", "The power.", 0.75, false, {}, {}, {}, 0},
        {"k", "Added to the mean square.", 1.0, false, 0, {}, {}, 0},
    };
    type.outputShape = outputShape;
    type.forward
        = [](const LayerCall &call) { return inFloat32(call.inputs[0], [&](const at::Tensor &x) { return responses(call.layer, x); }); };
    type.toOnnx = write;
    type.fromOnnx = {{"LRN", read}};
    all.add(std::move(type));
}

} // namespace graft::layers::localresponsenorm
