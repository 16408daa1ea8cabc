#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::softmax {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string>)
{
    if (const auto axis = axisOf(layer, "dim", intAttribute(layer, "dim"), inputs.front().size()); !axis)
        return fail(axis.error());
    return inputs.front();
}

Result<LayerId> read(OnnxNode &node, const char *layerType)
{
    const auto input = node.input(0);
    const auto shape = node.shape(0);
    if (!input || !shape)
        return shape ? input : fail(shape.error());
    const auto rank = static_cast<std::int64_t>(shape->size());
    const std::int64_t given = node.integer("axis", node.opset() < 13 ? 1 : -1);
    const std::int64_t axis = given < 0 ? given + rank + 1 : given;
    if (axis < 1 || axis > rank)
        return onnxReason("it mixes pictures with one another");
    // Before opset 13 it goes over all dimensions from the axis on.
    const bool isAlone = elementCount(Shape(shape->begin() + axis, shape->end())) == 1;
    if (node.opset() >= 13 || isAlone)
        return node.add(layerType, {{"dim", axis}}, {*input});
    Shape flat(shape->begin(), shape->begin() + axis - 1);
    flat.push_back(-1);
    const auto rows = node.add("Reshape", {{"shape", flat}}, {*input}, {}, "rows");
    const auto shares = rows ? node.add(layerType, {{"dim", axis}}, {*rows}, {}, "shares") : rows;
    return shares ? node.add("Reshape", {{"shape", *shape}}, {*shares}) : shares;
}

void addOne(LayerTypes &all, const char *name, const char *help, at::Tensor (*forward)(const LayerCall &))
{
    LayerType type;
    type.name = name;
    type.category = "activation";
    type.help = help;
    type.schema = {{"dim", "The dimension that sums to 1; 0 is the batch, 1 the channels.", std::int64_t{1}, false, {}, {}, {}, 0}};
    type.outputShape = outputShape;
    type.forward = forward;
    type.toOnnx = [name](OnnxCall &call) -> Result<std::string> {
        return onnxSoftmax(call, name, call.inputs[0], intAttribute(*call.layer, "dim"), call.inputShapes[0].size());
    };
    type.fromOnnx = {{name, [name](OnnxNode &node) { return read(node, name); }}};
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "Softmax", "Turns logits into probabilities over the classes (the channels).",
        [](const LayerCall &call) { return at::softmax(call.inputs[0], intAttribute(call.layer, "dim")); });
    addOne(all, "LogSoftmax", "The logarithm of Softmax.",
        [](const LayerCall &call) { return at::log_softmax(call.inputs[0], intAttribute(call.layer, "dim")); });
}

} // namespace graft::layers::softmax
