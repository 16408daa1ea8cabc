#include "layers/attention.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/windowgrid.h"

namespace graft::layers::shiftedwindowattention {
namespace {

/// torchvision's own names and order.
std::vector<TensorSpec> tensors(const Layer &layer, InputShapes)
{
    const auto channels = intAttribute(layer, "dim");
    std::vector<TensorSpec> all = {
        {"relative_position_bias_table", {relativePositions(layer), intAttribute(layer, "num_heads")}, Initialisation::TransformerNormal,
            false, DType::Float32},
        relativePositionIndex(layer),
        {"qkv.weight", {3 * channels, channels}, Initialisation::TransformerNormal, false, DType::Float32},
    };
    if (boolAttribute(layer, "qkv_bias"))
        all.push_back({"qkv.bias", {3 * channels}, Initialisation::Zeros, false, DType::Float32});
    all.push_back({"proj.weight", {channels, channels}, Initialisation::TransformerNormal, false, DType::Float32});
    if (boolAttribute(layer, "proj_bias"))
        all.push_back({"proj.bias", {channels}, Initialisation::Zeros, false, DType::Float32});
    return all;
}

at::Tensor forward(const LayerCall &call)
{
    auto tensor = call.tensors.begin();
    const at::Tensor &table = *tensor++;
    const at::Tensor &index = *tensor++;
    const auto projection = [&](const char *bias) {
        Projection result{*tensor++, {}};
        if (boolAttribute(call.layer, bias))
            result.bias = *tensor++;
        return result;
    };
    const Projection qkv = projection("qkv_bias");
    const Projection proj = projection("proj_bias");
    const at::Tensor &maps = call.inputs[0];
    const WindowGrid grid(call.layer, maps.size(1), maps.size(2));
    const Heads heads = split(grid.cut(maps), qkv, intAttribute(call.layer, "num_heads"));
    const at::Tensor scores = at::matmul(scaled(heads.query), heads.key.transpose(-2, -1)) + positionBias(table, index);
    const at::Tensor output
        = attended(grid.masked(scores), heads.value, proj, call.training ? doubleAttribute(call.layer, "attention_dropout") : 0.0);
    return grid.join(at::dropout(output, doubleAttribute(call.layer, "dropout"), call.training));
}

/// The positions' bias is written as it comes out.
Result<std::string> write(OnnxCall &call)
{
    const Layer &layer = *call.layer;
    const WindowGrid grid(layer, call.inputShapes[0][0], call.inputShapes[0][1]);
    OnnxAttention attention;
    std::size_t next = 2;
    attention.inWeight = call.tensors[next++];
    attention.inBias = boolAttribute(layer, "qkv_bias") ? call.tensors[next++] : "";
    attention.outWeight = call.tensors[next++];
    attention.outBias = boolAttribute(layer, "proj_bias") ? call.tensors[next++] : "";
    attention.heads = intAttribute(layer, "num_heads");
    attention.added = onnxNumbers(call, positionBias(onnxTensor(call, 0), onnxTensor(call, 1)));
    attention.mask = grid.maskInOnnx(call);
    const std::int64_t channels = intAttribute(layer, "dim");
    const std::string windows = onnxAttention(call, grid.cutInOnnx(call), {grid.windows(), grid.cells(), channels}, attention);
    return grid.joinInOnnx(call, windows, channels);
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "ShiftedWindowAttention";
    type.category = "attention";
    type.help = "Self-attention within windows of the picture, as Swin Transformers have it.";
    type.schema = windowAttentionSchema(1);
    type.outputShape = windowAttentionShape;
    type.fittedTo = fittedWindowAttention;
    type.tensors = tensors;
    type.multiplyAdds = [](const Layer &layer, InputShapes inputs, const Shape &) { return windowAttentionCost(layer, inputs); };
    type.forward = forward;
    type.python = [](const Layer &) { return "{new:torchvision.models.swin_transformer.ShiftedWindowAttention}({0})"; };
    type.toOnnx = write;
    all.add(std::move(type));
}

} // namespace graft::layers::shiftedwindowattention
