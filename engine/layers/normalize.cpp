#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

namespace graft::layers::normalize {
namespace {

Result<std::string> write(OnnxCall &call)
{
    const std::int64_t dim = intAttribute(*call.layer, "dim");
    const std::int64_t axis = dim < 0 ? dim + static_cast<std::int64_t>(call.inputShapes[0].size()) + 1 : dim;
    const std::string length = onnxReduce(call, "ReduceL2", call.inputs[0], {axis}, true);
    return call.node("Div", {call.inputs[0], onnxClip(call, length, doubleAttribute(*call.layer, "eps"), std::nullopt)});
}

Result<LayerId> read(OnnxNode &node)
{
    const auto input = node.input(0);
    if (!input || node.integer("p", 2) != 2)
        return input ? onnxReason("its `p` is not 2") : input;
    return node.add("Normalize", {{"dim", node.integer("axis", -1)}}, {*input});
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Normalize";
    type.category = "normalization";
    type.help = "Divides by the length (the root of the sum of squares) along a dimension.";
    type.schema = {
        {"dim", "The dimension whose length becomes 1; 0 is the batch, 1 the channels.", std::int64_t{1}, false, {}, {}, {}, 0},
        {"eps", "Lengths below this count as this.", 1e-12, false, 0, 1, {}, 0},
    };
    type.outputShape = [](const Layer &layer, InputShapes inputs, std::span<const std::string>) -> Result<Shape> {
        if (const auto axis = axisOf(layer, "dim", intAttribute(layer, "dim"), inputs.front().size()); !axis)
            return fail(axis.error());
        return inputs.front();
    };
    type.forward = [](const LayerCall &call) {
        return inFloat32(call.inputs[0], [&](const at::Tensor &x) {
            return x / x.norm(2, {intAttribute(call.layer, "dim")}, true).clamp_min(doubleAttribute(call.layer, "eps"));
        });
    };
    type.python = [](const Layer &) { return "functional.normalize({0}, dim={dim}, eps={eps})"; };
    type.toOnnx = write;
    type.fromOnnx = {{"LpNormalization", read}};
    all.add(std::move(type));
}

} // namespace graft::layers::normalize
