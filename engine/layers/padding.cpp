#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

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
    return {"padding", "Pixels added at the left, the right, the top and the bottom.", Ints{1, 1, 1, 1}, true, minimum, {}, {}, 4};
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

} // namespace

void add(LayerTypes &all)
{
    LayerType constant = common("ConstantPad2d", "Adds pixels of one value around the picture; negative numbers cut off.");
    constant.schema = {schema({}), {"value", "The value of the new pixels.", 0.0, false, {}, {}, {}, 0}};
    constant.forward = [](const LayerCall &call) {
        return at::constant_pad_nd(call.inputs[0], intsAttribute(call.layer, "padding"), doubleAttribute(call.layer, "value"));
    };
    all.add(std::move(constant));

    LayerType reflection = common("ReflectionPad2d", "Adds pixels that mirror the picture at its edges.");
    reflection.schema = {schema(0)};
    reflection.outputShape = reflected;
    reflection.forward = [](const LayerCall &call) {
        return inFloat32OnCpu(
            call.inputs[0], [&](const at::Tensor &x) { return at::reflection_pad2d(x, intsAttribute(call.layer, "padding")); });
    };
    all.add(std::move(reflection));

    LayerType replication = common("ReplicationPad2d", "Adds pixels that repeat those at the edges.");
    replication.schema = {schema(0)};
    replication.forward = [](const LayerCall &call) {
        return inFloat32OnCpu(
            call.inputs[0], [&](const at::Tensor &x) { return at::replication_pad2d(x, intsAttribute(call.layer, "padding")); });
    };
    all.add(std::move(replication));
}

} // namespace graft::layers::padding
