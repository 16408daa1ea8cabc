#include "graph/limits.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"

#include <algorithm>
#include <numeric>

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

std::int64_t axisFor(OnnxCall &call)
{
    const std::int64_t dim = intAttribute(*call.layer, "dim");
    return dim < 0 ? dim + static_cast<std::int64_t>(call.inputShapes[0].size()) + 1 : dim;
}

Result<std::string> writeSlice(OnnxCall &call)
{
    const Layer &layer = *call.layer;
    const std::int64_t start = intAttribute(layer, "start"), end = intAttribute(layer, "end"), step = intAttribute(layer, "step");
    if (step == 1)
        return onnxSlice(call, call.inputs[0], axisFor(call), start, end);
    if (call.opset < 10)
        return onnxTooOld(call, 10);
    return call.node(
        "Slice", {call.inputs[0], call.integers({start}), call.integers({end}), call.integers({axisFor(call)}), call.integers({step})});
}

Result<std::string> writeSelect(OnnxCall &call)
{
    const std::int64_t axis = axisFor(call), index = intAttribute(*call.layer, "index");
    const std::int64_t size = call.inputShapes[0][static_cast<std::size_t>(axis) - 1];
    return call.node("Gather", {call.inputs[0], call.indices({}, {index < 0 ? index + size : index})}, {{"axis", axis}});
}

/// One Slice for each axis; the batch must come through whole.
Result<LayerId> readSlice(OnnxNode &node)
{
    auto value = node.input(0);
    const auto shape = node.shape(0);
    const auto starts = node.integersOf("starts", 1, {}), ends = node.integersOf("ends", 2, {});
    if (!value || !shape || !starts || !ends)
        return fail(!value ? value.error() : !shape ? shape.error() : !starts ? starts.error() : ends.error());
    Ints all(starts->size());
    std::iota(all.begin(), all.end(), 0);
    const auto axes = node.integersOf("axes", 3, all);
    const auto steps = node.integersOf("steps", 4, Ints(starts->size(), 1));
    if (!axes || !steps)
        return fail(axes ? steps.error() : axes.error());
    if (ends->size() != starts->size() || axes->size() != starts->size() || steps->size() != starts->size())
        return onnxReason("its lists have different lengths");
    for (std::size_t i = 0; value && i < starts->size(); ++i) {
        const bool isBatch = (*axes)[i] == 0 || (*axes)[i] == -static_cast<std::int64_t>(shape->size()) - 1;
        if (isBatch && (*starts)[i] == 0 && (*ends)[i] >= maximumDimension - 1 && (*steps)[i] == 1)
            continue;
        constexpr auto cut = [](std::int64_t at) { return std::clamp(at, -maximumDimension, maximumDimension); };
        value = node.add("Slice", {{"dim", (*axes)[i]}, {"start", cut((*starts)[i])}, {"end", cut((*ends)[i])}, {"step", (*steps)[i]}},
            {*value}, {}, i + 1 < starts->size() ? std::to_string(i) : "");
    }
    return value;
}

/// One place, or a row of places that follow one another.
Result<LayerId> readGather(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto places = node.integers(1);
    if (!input || !places)
        return places ? input : fail(places.error());
    const std::int64_t axis = node.integer("axis", 0);
    const auto shape = node.constant(1);
    if (places->size() == 1 && shape && shape->shape().empty())
        return node.add("Select", {{"dim", axis}, {"index", places->front()}}, {*input});
    for (std::size_t i = 0; i < places->size(); ++i)
        if ((*places)[i] < 0 || (*places)[i] != places->front() + static_cast<std::int64_t>(i))
            return onnxReason("it takes places that do not follow one another");
    if (places->empty() || (shape && shape->shape().size() != 1))
        return onnxReason("it takes a table of places");
    return node.add("Slice", {{"dim", axis}, {"start", places->front()}, {"end", places->back() + 1}}, {*input});
}

Result<LayerId> readSplit(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto shape = node.shape(0);
    auto sizes = node.integersOf("split", 1, {});
    if (!input || !shape || !sizes)
        return fail(!input ? input.error() : !shape ? shape.error() : sizes.error());
    const std::int64_t given = node.integer("axis", 0);
    const std::int64_t axis = given < 0 ? given + static_cast<std::int64_t>(shape->size()) + 1 : given;
    const auto parts = static_cast<std::int64_t>(node.outputCount());
    if (axis < 1 || axis > static_cast<std::int64_t>(shape->size()) || parts < 1)
        return onnxReason("it mixes pictures with one another");
    const std::int64_t size = (*shape)[static_cast<std::size_t>(axis) - 1];
    if (sizes->empty())
        sizes->assign(static_cast<std::size_t>(parts), (size + parts - 1) / parts);
    if (std::ssize(*sizes) != parts)
        return onnxReason("it has not as many outputs as parts");
    Result<LayerId> first = *input;
    for (std::int64_t part = 0, start = 0; part < parts; ++part) {
        const std::int64_t length = (*sizes)[static_cast<std::size_t>(part)];
        if (length < 1 || length > size - start + parts)
            return onnxReason("its parts are not those of its input");
        const auto slice = node.add(
            "Slice", {{"dim", axis}, {"start", start}, {"end", start + length}}, {*input}, {}, part == 0 ? "" : std::to_string(part));
        if (!slice)
            return slice;
        if (part == 0)
            first = slice;
        else
            node.setOutput(static_cast<std::size_t>(part), *slice);
        start += length;
    }
    return first;
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
    part.toOnnx = writeSlice;
    part.fromOnnx = {{"Slice", readSlice}, {"Split", readSplit}};
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
    one.toOnnx = writeSelect;
    one.fromOnnx = {{"Gather", readGather}};
    all.add(std::move(one));
}

} // namespace graft::layers::slice
