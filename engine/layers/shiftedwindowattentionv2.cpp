#include "graph/limits.h"
#include "layers/attention.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"
#include "layers/windowgrid.h"

#include <ATen/core/grad_mode.h>
#include <cmath>

namespace graft::layers::shiftedwindowattentionv2 {
namespace {

constexpr std::int64_t hiddenWidth = 512; ///< of the small network that makes the positions' bias

/// The distances between two cells of a window, on a scale that is logarithmic and the same for windows of all sizes.
TensorSpec coordinates(const Layer &layer)
{
    const Ints &size = intsAttribute(layer, "window_size");
    const auto onScale = [](std::int64_t distance, std::int64_t largest) {
        const double relative = 8.0 * static_cast<double>(distance) / static_cast<double>(largest);
        return static_cast<float>(std::copysign(std::log2(std::abs(relative) + 1.0) / 3.0, relative));
    };
    std::vector<float> values;
    for (std::int64_t down = 1 - size[0]; down < size[0]; ++down)
        for (std::int64_t right = 1 - size[1]; right < size[1]; ++right) {
            values.push_back(onScale(down, size[0] - 1));
            values.push_back(onScale(right, size[1] - 1));
        }
    TensorSpec spec{"relative_coords_table", {1, 2 * size[0] - 1, 2 * size[1] - 1, 2}, Initialisation::Values, true, DType::Float32};
    spec.values = Tensor::fromFloats(spec.shape, values);
    return spec;
}

/// torchvision's own names and order.
std::vector<TensorSpec> tensors(const Layer &layer, InputShapes)
{
    const auto channels = intAttribute(layer, "dim");
    const auto heads = intAttribute(layer, "num_heads");
    TensorSpec logitScale{"logit_scale", {heads, 1, 1}, Initialisation::Constant, false, DType::Float32};
    logitScale.constant = std::log(10.0);
    std::vector<TensorSpec> all = {logitScale, coordinates(layer), relativePositionIndex(layer),
        {"qkv.weight", {3 * channels, channels}, Initialisation::TransformerNormal, false, DType::Float32}};
    if (boolAttribute(layer, "qkv_bias"))
        all.push_back({"qkv.bias", {3 * channels}, Initialisation::Zeros, false, DType::Float32});
    all.push_back({"proj.weight", {channels, channels}, Initialisation::TransformerNormal, false, DType::Float32});
    if (boolAttribute(layer, "proj_bias"))
        all.push_back({"proj.bias", {channels}, Initialisation::Zeros, false, DType::Float32});
    all.push_back({"cpb_mlp.0.weight", {hiddenWidth, 2}, Initialisation::KaimingUniform, false, DType::Float32});
    all.push_back({"cpb_mlp.0.bias", {hiddenWidth}, Initialisation::UniformFanIn, false, DType::Float32});
    all.push_back({"cpb_mlp.2.weight", {heads, hiddenWidth}, Initialisation::KaimingUniform, false, DType::Float32});
    return all;
}

/// With what the small network takes, once for each forward pass whatever the number of pictures.
std::int64_t multiplyAdds(const Layer &layer, InputShapes inputs, const Shape &)
{
    const std::int64_t positions = relativePositions(layer) * hiddenWidth;
    return saturatingSum(windowAttentionCost(layer, inputs), saturatingProduct(positions, 2 + intAttribute(layer, "num_heads")));
}

struct Tensors {
    at::Tensor logitScale, coordinates, index;
    Projection qkv, proj, first;
    at::Tensor second;
};

Tensors named(const LayerCall &call)
{
    auto tensor = call.tensors.begin();
    const auto projection = [&](bool hasBias) {
        Projection result{*tensor++, {}};
        if (hasBias)
            result.bias = *tensor++;
        return result;
    };
    Tensors all;
    all.logitScale = *tensor++;
    all.coordinates = *tensor++;
    all.index = *tensor++;
    all.qkv = projection(boolAttribute(call.layer, "qkv_bias"));
    all.proj = projection(boolAttribute(call.layer, "proj_bias"));
    all.first = projection(true);
    all.second = *tensor;
    return all;
}

/// The keys have no bias.
Projection withoutKeyBias(const Projection &qkv)
{
    if (!qkv.bias.defined())
        return qkv;
    const std::int64_t width = qkv.bias.size(0) / 3;
    return {qkv.weight,
        at::cat({qkv.bias.slice(0, 0, width), at::zeros_like(qkv.bias.slice(0, width, 2 * width)), qkv.bias.slice(0, 2 * width)})};
}

at::Tensor directions(const at::Tensor &heads)
{
    return inFloat32(heads, [](const at::Tensor &x) { return x / x.norm(2, {-1}, true).clamp_min(1e-12); });
}

at::Tensor forward(const LayerCall &call)
{
    const Tensors all = named(call);
    const at::Tensor hidden = at::relu(at::linear(all.coordinates, all.first.weight, all.first.bias));
    const at::Tensor table = at::linear(hidden, all.second).reshape({-1, intAttribute(call.layer, "num_heads")});
    const at::Tensor &maps = call.inputs[0];
    const WindowGrid grid(call.layer, maps.size(1), maps.size(2));
    const Heads heads = split(grid.cut(maps), withoutKeyBias(all.qkv), intAttribute(call.layer, "num_heads"));
    const at::Tensor cosines = at::matmul(directions(heads.query), directions(heads.key).transpose(-2, -1));
    const at::Tensor scores = cosines * all.logitScale.clamp_max(std::log(100.0)).exp() + 16 * at::sigmoid(positionBias(table, all.index));
    const at::Tensor output
        = attended(grid.masked(scores), heads.value, all.proj, call.training ? doubleAttribute(call.layer, "attention_dropout") : 0.0);
    return grid.join(at::dropout(output, doubleAttribute(call.layer, "dropout"), call.training));
}

/// What the small network makes of the positions is written as it comes out.
Result<std::string> write(OnnxCall &call)
{
    const at::NoGradGuard noGradients;
    std::vector<at::Tensor> values;
    for (std::size_t index = 0; index < call.tensors.size(); ++index)
        values.push_back(onnxTensor(call, index));
    const Tensors all = named({*call.layer, {}, values, false});
    const std::int64_t heads = intAttribute(*call.layer, "num_heads"), channels = intAttribute(*call.layer, "dim");
    const WindowGrid grid(*call.layer, call.inputShapes[0][0], call.inputShapes[0][1]);
    const at::Tensor hidden = at::relu(at::linear(all.coordinates, all.first.weight, all.first.bias));
    const at::Tensor table = at::linear(hidden, all.second).reshape({-1, heads});
    const bool hasBias = boolAttribute(*call.layer, "qkv_bias");
    OnnxAttention attention;
    attention.inWeight = call.tensors[3];
    attention.inBias = hasBias ? onnxNumbers(call, withoutKeyBias(all.qkv).bias) : "";
    attention.outWeight = call.tensors[hasBias ? 5 : 4];
    attention.outBias = boolAttribute(*call.layer, "proj_bias") ? call.tensors[hasBias ? 6 : 5] : "";
    attention.heads = heads;
    attention.cosineScale = onnxNumbers(call, all.logitScale.clamp_max(std::log(100.0)).exp());
    attention.added = onnxNumbers(call, 16 * at::sigmoid(positionBias(table, all.index)));
    attention.mask = grid.maskInOnnx(call);
    const std::string windows = onnxAttention(call, grid.cutInOnnx(call), {grid.windows(), grid.cells(), channels}, attention);
    return grid.joinInOnnx(call, windows, channels);
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "ShiftedWindowAttentionV2";
    type.category = "attention";
    type.help = "Self-attention within windows of the picture, as Swin Transformers of the second version have it.";
    type.schema = windowAttentionSchema(2);
    type.outputShape = windowAttentionShape;
    type.fittedTo = fittedWindowAttention;
    type.tensors = tensors;
    type.multiplyAdds = multiplyAdds;
    type.forward = forward;
    type.python = [](const Layer &) { return "{new:torchvision.models.swin_transformer.ShiftedWindowAttentionV2}({0})"; };
    type.toOnnx = write;
    all.add(std::move(type));
}

} // namespace graft::layers::shiftedwindowattentionv2
