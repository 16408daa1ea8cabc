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
    all.add(std::move(type));
}

} // namespace graft::layers::localresponsenorm
