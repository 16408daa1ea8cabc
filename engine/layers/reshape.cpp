#include "graph/limits.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"

#include <algorithm>

namespace graft::layers::reshape {
namespace {

/// The wanted shape with its -1 worked out; AttributeInvalid when the elements do not fill it.
Result<Shape> resolved(const Layer &layer, const Shape &input)
{
    Shape output = intsAttribute(layer, "shape");
    std::int64_t known = 1;
    for (const std::int64_t size : output)
        if (size != -1)
            known = saturatingProduct(known, size);
    const std::int64_t elements = elementCount(input);
    const auto unknown = std::ranges::count(output, -1);
    if (std::ranges::count(output, 0) != 0 || unknown > 1 || elements % known != 0 || (unknown == 0 && elements != known))
        return attributeError(layer,
            "has a `shape` of " + describe(intsAttribute(layer, "shape")) + ", which the " + std::to_string(elements)
                + " values of each picture do not fill");
    std::ranges::replace(output, -1, elements / known);
    return output;
}

void addReshape(LayerTypes &all)
{
    LayerType type;
    type.name = "Reshape";
    type.category = "shape";
    type.help = "The same values, in the same order, in another shape.";
    type.schema = {{"shape", "The shape of each picture's output; one -1 stands for what is left.", Ints{-1}, true, -1, {}, {}, 0}};
    type.outputShape = [](const Layer &layer, InputShapes inputs, std::span<const std::string>) -> Result<Shape> {
        return resolved(layer, inputs.front());
    };
    type.forward = [](const LayerCall &call) {
        // The batch is what LibTorch works out, so that a traced file takes any.
        Shape shape = *resolved(call.layer, call.inputs[0].sizes().slice(1).vec());
        shape.insert(shape.begin(), -1);
        return call.inputs[0].reshape(shape);
    };
    type.python = [](const Layer &) { return "{0}.reshape(len({0}), *{shape})"; };
    all.add(std::move(type));
}

Result<Shape> squeezedShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    Shape output = inputs.front();
    const auto axis = axisOf(layer, "dim", intAttribute(layer, "dim"), output.size());
    if (!axis)
        return fail(axis.error());
    if (output[*axis] != 1)
        return shapeError(
            layer, "a size of 1 in dimension " + std::to_string(*axis + 1), std::to_string(output[*axis]), inputNames.front());
    output.erase(output.begin() + static_cast<std::ptrdiff_t>(*axis));
    return output;
}

Result<Shape> unsqueezedShape(const Layer &layer, InputShapes inputs, std::span<const std::string>)
{
    Shape output = inputs.front();
    const auto axis = axisOf(layer, "dim", intAttribute(layer, "dim"), output.size() + 1);
    if (!axis)
        return fail(axis.error());
    output.insert(output.begin() + static_cast<std::ptrdiff_t>(*axis), 1);
    return output;
}

void addDimension(LayerTypes &all, const char *name, const char *help, const char *dimHelp, decltype(LayerType::outputShape) outputShape,
    at::Tensor (*forward)(const LayerCall &), const char *python)
{
    LayerType type;
    type.name = name;
    type.category = "shape";
    type.help = help;
    type.schema = {{"dim", dimHelp, std::int64_t{1}, true, {}, {}, {}, 0}};
    type.outputShape = outputShape;
    type.forward = forward;
    type.python = [python](const Layer &) { return python; };
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addReshape(all);
    addDimension(
        all, "Squeeze", "Leaves out a dimension of size 1.", "The dimension; 0 is the batch.", squeezedShape,
        [](const LayerCall &call) { return call.inputs[0].squeeze(intAttribute(call.layer, "dim")); }, "{0}.squeeze({dim})");
    addDimension(
        all, "Unsqueeze", "Puts in a dimension of size 1.", "Where it comes to stand; 0 is the batch.", unsqueezedShape,
        [](const LayerCall &call) { return call.inputs[0].unsqueeze(intAttribute(call.layer, "dim")); }, "{0}.unsqueeze({dim})");
}

} // namespace graft::layers::reshape
