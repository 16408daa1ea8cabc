#include "graph/limits.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"

#include "layers/precision.h"
#include <algorithm>

#include <algorithm>

namespace graft::layers::padding {
namespace {

/// "padding" is left, right, top, bottom.
Result<Shape> padded(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames); !image)
        return fail(image.error());
    const Ints &padding = intsAttribute(layer, "padding");
    const Shape &input = inputs.front();
    const auto cut = [&](std::size_t side) { return std::min<std::int64_t>(padding[side], 0); };
    const Shape output = {input[0], input[1] + padding[2] + padding[3], input[2] + padding[0] + padding[1]};
    if (input[1] + cut(2) + cut(3) < 1 || input[2] + cut(0) + cut(1) < 1)
        return shapeError(layer, "a picture that is larger than what its `padding` cuts off", shapeForPeople(input), inputNames.front());
    return output;
}

Result<Shape> reflected(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    auto output = padded(layer, inputs, inputNames);
    if (!output)
        return output;
    const Ints &padding = intsAttribute(layer, "padding");
    const Shape &input = inputs.front();
    if (padding[0] >= input[2] || padding[1] >= input[2] || padding[2] >= input[1] || padding[3] >= input[1])
        return shapeError(layer, "a picture that is larger than its `padding`", shapeForPeople(input), inputNames.front());
    return output;
}

AttributeSchema schema(std::optional<double> minimum)
{
    return {"padding", "Pixels added at the left, the right, the top and the bottom.", Ints{1, 1, 1, 1}, true, minimum, {}, {}, 4, "px"};
}

LayerType common(const char *name, const char *help)
{
    LayerType type;
    type.name = name;
    type.category = "shape";
    type.help = help;
    type.outputShape = padded;
    return type;
}

OnnxWriting writing(const char *mode)
{
    return [mode](OnnxCall &call) -> Result<std::string> {
        const Ints &padding = intsAttribute(*call.layer, "padding");
        const double value = std::string_view(mode) == "constant" ? doubleAttribute(*call.layer, "value") : 0;
        return onnxPad(call, call.inputs[0], {0, 0, padding[2], padding[0], 0, 0, padding[3], padding[1]}, mode, value);
    };
}

/// Begins and ends of all axes, in full: opset 18 may name some axes only.
Result<Ints> readPads(OnnxNode &node, std::size_t rank)
{
    const auto pads = node.integersOf("pads", 1, {});
    const auto axes = node.integersOf("axes", 3, {});
    if (!pads || !axes)
        return pads ? axes : pads;
    if (axes->empty() && pads->size() == 2 * (rank + 1))
        return *pads;
    Ints full(2 * (rank + 1), 0);
    if (axes->empty() || pads->size() != 2 * axes->size())
        return onnxReason("its `pads` do not fit its input");
    for (std::size_t i = 0; i < axes->size(); ++i) {
        const std::int64_t axis = (*axes)[i] < 0 ? (*axes)[i] + static_cast<std::int64_t>(rank) + 1 : (*axes)[i];
        if (axis < 0 || axis > static_cast<std::int64_t>(rank))
            return onnxReason("its `axes` do not fit its input");
        full[static_cast<std::size_t>(axis)] = (*pads)[i];
        full[static_cast<std::size_t>(axis) + rank + 1] = (*pads)[i + axes->size()];
    }
    return full;
}

/// A picture's edges, or channels of zeros at both sides.
Result<LayerId> read(OnnxNode &node)
{
    const auto shape = node.shape(0);
    const auto input = node.input(0);
    if (!shape || !input)
        return shape ? input : fail(shape.error());
    const auto pads = readPads(node, shape->size());
    const auto value = node.hasInput(2) ? node.scalar(2) : Result<double>(node.number("value", 0));
    if (!pads || !value)
        return fail(pads ? value.error() : pads.error());
    constexpr auto tooMuch = [](std::int64_t pad) { return pad > maximumDimension || pad < -maximumDimension; };
    if (std::ranges::any_of(*pads, tooMuch))
        return onnxReason("its `pads` are out of range");
    if (std::ranges::count(*pads, 0) == std::ssize(*pads))
        return *input;
    if (shape->size() != 3 || (*pads)[0] != 0 || (*pads)[4] != 0)
        return onnxReason("it does not pad a picture");
    const std::string mode = node.text("mode", "constant");
    const Ints edges = {(*pads)[3], (*pads)[7], (*pads)[2], (*pads)[6]};
    const bool hasEdges = edges != Ints{0, 0, 0, 0};
    if ((*pads)[1] != 0 || (*pads)[5] != 0) {
        if (hasEdges || mode != "constant" || *value != 0 || (*pads)[1] != (*pads)[5])
            return onnxReason("it pads channels unequally");
        return node.add("ShortcutPad", {{"out_channels", (*shape)[0] + 2 * (*pads)[1]}, {"stride", std::int64_t{1}}}, {*input});
    }
    if (mode == "reflect")
        return node.add("ReflectionPad2d", {{"padding", edges}}, {*input});
    if (mode == "edge")
        return node.add("ReplicationPad2d", {{"padding", edges}}, {*input});
    if (mode != "constant")
        return onnxReason("its mode is `" + mode + "`");
    return node.add("ConstantPad2d", {{"padding", edges}, {"value", *value}}, {*input});
}

} // namespace

void add(LayerTypes &all)
{
    LayerType constant = common("ConstantPad2d", "Adds pixels of one value around the picture; negative numbers cut off.");
    constant.schema = {schema({}), {"value", "The value of the new pixels.", 0.0, false, {}, {}, {}, 0}};
    constant.forward = [](const LayerCall &call) {
        return at::constant_pad_nd(call.inputs[0], intsAttribute(call.layer, "padding"), doubleAttribute(call.layer, "value"));
    };
    constant.toOnnx = writing("constant");
    constant.fromOnnx = {{"Pad", read}};
    all.add(std::move(constant));

    LayerType reflection = common("ReflectionPad2d", "Adds pixels that mirror the picture at its edges.");
    reflection.schema = {schema(0)};
    reflection.outputShape = reflected;
    reflection.forward = [](const LayerCall &call) {
        return inFloat32OnCpu(
            call.inputs[0], [&](const at::Tensor &x) { return at::reflection_pad2d(x, intsAttribute(call.layer, "padding")); });
    };
    reflection.toOnnx = writing("reflect");
    all.add(std::move(reflection));

    LayerType replication = common("ReplicationPad2d", "Adds pixels that repeat those at the edges.");
    replication.schema = {schema(0)};
    replication.forward = [](const LayerCall &call) {
        return inFloat32OnCpu(
            call.inputs[0], [&](const at::Tensor &x) { return at::replication_pad2d(x, intsAttribute(call.layer, "padding")); });
    };
    replication.toOnnx = writing("edge");
    all.add(std::move(replication));
}

} // namespace graft::layers::padding
