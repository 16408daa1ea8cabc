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

Result<LayerId> readReshape(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto shape = node.shape(0);
    if (!input || !shape)
        return shape ? input : fail(shape.error());
    const auto wanted = node.wantedShape(1, *shape);
    if (!wanted)
        return fail(wanted.error());
    if (*wanted == *shape)
        return *input;
    if (wanted->empty())
        return onnxReason("it leaves one number for each picture");
    if (wanted->size() == 1)
        return node.add("Flatten", {}, {*input});
    return node.add("Reshape", {{"shape", *wanted}}, {*input});
}

/// A Parameter, or whatever comes once, is repeated for each picture by what takes it; anything else must have the shape already.
Result<LayerId> readExpand(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto shape = node.shape(0);
    if (!input || !shape)
        return shape ? input : fail(shape.error());
    auto wanted = node.wantedShape(1, *shape);
    if (!wanted)
        return fail(wanted.error());
    const bool isThere = wanted->size() == shape->size()
        && std::ranges::equal(*wanted, *shape, [](auto asked, auto own) { return asked == own || asked == 1 || asked == -1; });
    return isThere ? input : onnxReason("it repeats parts of a picture");
}

/// One dimension after the other, the last one first; or those of size 1 when none is named.
Result<LayerId> readSqueeze(OnnxNode &node)
{
    auto value = node.input(0);
    const auto shape = node.shape(0);
    auto axes = node.integersOf("axes", 1, {});
    if (!value || !shape || !axes)
        return fail(!value ? value.error() : !shape ? shape.error() : axes.error());
    const auto rank = static_cast<std::int64_t>(shape->size()) + 1;
    for (std::int64_t &axis : *axes)
        axis += axis < 0 ? rank : 0;
    if (axes->empty())
        for (std::int64_t axis = 1; axis < rank; ++axis)
            if ((*shape)[static_cast<std::size_t>(axis) - 1] == 1)
                axes->push_back(axis);
    std::ranges::sort(*axes, std::ranges::greater());
    for (std::size_t i = 0; value && i < axes->size(); ++i)
        value = node.add("Squeeze", {{"dim", (*axes)[i]}}, {*value}, {}, i + 1 < axes->size() ? std::to_string(i) : "");
    return value;
}

Result<LayerId> readUnsqueeze(OnnxNode &node)
{
    auto value = node.input(0);
    const auto shape = node.shape(0);
    auto axes = node.integersOf("axes", 1, {});
    if (!value || !shape || !axes)
        return fail(!value ? value.error() : !shape ? shape.error() : axes.error());
    const auto rank = static_cast<std::int64_t>(shape->size() + 1 + axes->size());
    for (std::int64_t &axis : *axes)
        axis += axis < 0 ? rank : 0;
    std::ranges::sort(*axes);
    for (std::size_t i = 0; value && i < axes->size(); ++i)
        value = node.add("Unsqueeze", {{"dim", (*axes)[i]}}, {*value}, {}, i + 1 < axes->size() ? std::to_string(i) : "");
    return value;
}

/// A dimension of ONNX's in positive numbers; `rank` counts the batch.
std::int64_t positiveDim(const Layer &layer, std::size_t rank)
{
    const std::int64_t dim = intAttribute(layer, "dim");
    return dim < 0 ? dim + static_cast<std::int64_t>(rank) : dim;
}

void addReshape(LayerTypes &all)
{
    LayerType type;
    type.name = "Reshape";
    type.category = "shape";
    type.help = "The same values, in the same order, in another shape.";
    type.schema = {{"shape", "The shape of each picture's output; one -1 stands for what is left.", Ints{-1}, true, -1, {}, {}, 0}};
    type.fittedTo = [](const Layer &layer, const Shape &input) {
        Attributes fitted = layer.attributes;
        fitted.try_emplace("shape", input);
        return fitted;
    };
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
    type.toOnnx = [](OnnxCall &call) -> Result<std::string> { return onnxReshape(call, call.inputs[0], call.outputShape); };
    type.fromOnnx = {{"Reshape", readReshape}, {"Expand", readExpand}};
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
    at::Tensor (*forward)(const LayerCall &), const char *python, OnnxWriting toOnnx, OnnxOperator fromOnnx)
{
    LayerType type;
    type.name = name;
    type.category = "shape";
    type.help = help;
    type.schema = {{"dim", dimHelp, std::int64_t{1}, true, {}, {}, {}, 0}};
    type.outputShape = outputShape;
    type.forward = forward;
    type.python = [python](const Layer &) { return python; };
    type.toOnnx = std::move(toOnnx);
    type.fromOnnx = {std::move(fromOnnx)};
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addReshape(all);
    addDimension(
        all, "Squeeze", "Leaves out a dimension of size 1.", "The dimension; 0 is the batch.", squeezedShape,
        [](const LayerCall &call) { return call.inputs[0].squeeze(intAttribute(call.layer, "dim")); }, "{0}.squeeze({dim})",
        [](OnnxCall &call) -> Result<std::string> {
            return onnxSqueeze(call, call.inputs[0], {positiveDim(*call.layer, call.inputShapes[0].size() + 1)});
        },
        {"Squeeze", readSqueeze});
    addDimension(
        all, "Unsqueeze", "Puts in a dimension of size 1.", "Where it comes to stand; 0 is the batch.", unsqueezedShape,
        [](const LayerCall &call) { return call.inputs[0].unsqueeze(intAttribute(call.layer, "dim")); }, "{0}.unsqueeze({dim})",
        [](OnnxCall &call) -> Result<std::string> {
            return onnxUnsqueeze(call, call.inputs[0], {positiveDim(*call.layer, call.inputShapes[0].size() + 2)});
        },
        {"Unsqueeze", readUnsqueeze});
}

} // namespace graft::layers::reshape
