#include "graph/limits.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::flatten {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string>)
{
    const Shape &input = inputs.front();
    const auto first = axisOf(layer, "start_dim", intAttribute(layer, "start_dim"), input.size());
    const auto last = axisOf(layer, "end_dim", intAttribute(layer, "end_dim"), input.size());
    if (!first)
        return fail(first.error());
    if (!last)
        return fail(last.error());
    if (*first > *last)
        return attributeError(layer, "has a `start_dim` behind its `end_dim`");
    Shape output(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(*first));
    std::int64_t elements = 1;
    for (std::size_t axis = *first; axis <= *last; ++axis)
        elements = saturatingProduct(elements, input[axis]);
    output.push_back(elements);
    output.insert(output.end(), input.begin() + static_cast<std::ptrdiff_t>(*last) + 1, input.end());
    return output;
}

Result<std::string> write(OnnxCall &call)
{
    if (call.outputShape.size() == 1)
        return call.node("Flatten", {call.inputs[0]}, {{"axis", std::int64_t{1}}});
    return onnxReshape(call, call.inputs[0], call.outputShape);
}

Result<LayerId> read(OnnxNode &node)
{
    const auto input = node.input(0);
    if (!input)
        return input;
    const std::int64_t axis = node.integer("axis", 1);
    const auto shape = node.shape(0);
    if (axis != 1 && (!shape || axis != -static_cast<std::int64_t>(shape->size())))
        return onnxReason("it mixes pictures with one another");
    return node.add("Flatten", {}, {*input});
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Flatten";
    type.category = "shape";
    type.help = "One row of features for each picture.";
    type.schema = {
        {"start_dim", "The first dimension that is taken; 0 is the batch, 1 the channels.", std::int64_t{1}, false, {}, {}, {}, 0},
        {"end_dim", "The last dimension that is taken; -1 is the last there is.", std::int64_t{-1}, false, {}, {}, {}, 0},
    };
    type.outputShape = outputShape;
    type.forward = [](const LayerCall &call) {
        return at::flatten(call.inputs[0], intAttribute(call.layer, "start_dim"), intAttribute(call.layer, "end_dim"));
    };
    type.toOnnx = write;
    type.fromOnnx = {{"Flatten", read}};
    all.add(std::move(type));
}

} // namespace graft::layers::flatten
