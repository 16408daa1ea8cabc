#include "graph/limits.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"

#include <algorithm>

namespace graft::layers::slice {
namespace {

Result<Shape> sliceShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    Shape output = inputs.front();
    const auto axis = axisOf(layer, "dim", intAttribute(layer, "dim"), output.size());
    if (!axis)
        return fail(axis.error());
    const std::int64_t size = output[*axis];
    const auto position = [size](std::int64_t given) { return std::clamp<std::int64_t>(given < 0 ? given + size : given, 0, size); };
    const std::int64_t start = position(intAttribute(layer, "start"));
    const std::int64_t end = position(intAttribute(layer, "end"));
    const std::int64_t step = intAttribute(layer, "step");
    if (end <= start)
        return shapeError(layer,
            "something between " + std::to_string(intAttribute(layer, "start")) + " and " + std::to_string(intAttribute(layer, "end"))
                + " in dimension " + std::to_string(*axis + 1),
            "a size of " + std::to_string(size), inputNames.front());
    output[*axis] = (end - start + step - 1) / step;
    return output;
}

Result<Shape> selectShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    Shape output = inputs.front();
    const auto axis = axisOf(layer, "dim", intAttribute(layer, "dim"), output.size());
    if (!axis)
        return fail(axis.error());
    const std::int64_t index = intAttribute(layer, "index");
    if (index < -output[*axis] || index >= output[*axis])
        return shapeError(layer, "a number " + std::to_string(index) + " in dimension " + std::to_string(*axis + 1),
            "a size of " + std::to_string(output[*axis]), inputNames.front());
    output.erase(output.begin() + static_cast<std::ptrdiff_t>(*axis));
    return output;
}

AttributeSchema dim()
{
    return {"dim", "The dimension; 0 is the batch, 1 the channels.", std::int64_t{1}, false, {}, {}, {}, 0};
}

} // namespace

void add(LayerTypes &all)
{
    LayerType part;
    part.name = "Slice";
    part.category = "shape";
    part.help = "A part of the values along one dimension.";
    part.schema = {
        dim(),
        {"start", "The first that is taken; negative ones count from the end.", std::int64_t{0}, false, {}, {}, {}, 0},
        {"end", "The first that is not taken; negative ones count from the end.", maximumDimension, false, {}, {}, {}, 0},
        {"step", "Distance between those that are taken.", std::int64_t{1}, false, 1, {}, {}, 0},
    };
    part.outputShape = sliceShape;
    part.forward = [](const LayerCall &call) {
        return call.inputs[0].slice(intAttribute(call.layer, "dim"), intAttribute(call.layer, "start"), intAttribute(call.layer, "end"),
            intAttribute(call.layer, "step"));
    };
    part.python = [](const Layer &) { return "torch.ops.aten.slice({0}, {dim}, {start}, {end}, {step})"; };
    all.add(std::move(part));

    LayerType one;
    one.name = "Select";
    one.category = "shape";
    one.help = "One of the values along a dimension, which goes away.";
    one.schema = {dim(), {"index", "Which; negative ones count from the end.", std::int64_t{0}, false, {}, {}, {}, 0}};
    one.outputShape = selectShape;
    one.forward
        = [](const LayerCall &call) { return call.inputs[0].select(intAttribute(call.layer, "dim"), intAttribute(call.layer, "index")); };
    one.python = [](const Layer &) { return "{0}.select({dim}, {index})"; };
    all.add(std::move(one));
}

} // namespace graft::layers::slice
