#include "layers/layercall.h"
#include "layers/layersupport.h"

#include <algorithm>
#include <optional>

namespace graft::layers::concatenate {
namespace {

bool fits(const Shape &first, const Shape &second, std::size_t axis)
{
    if (first.size() != second.size())
        return false;
    for (std::size_t index = 0; index < first.size(); ++index)
        if (index != axis && first[index] != second[index])
            return false;
    return true;
}

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    Shape output = inputs.front();
    const auto axis = axisOf(layer, "dim", intAttribute(layer, "dim"), output.size());
    if (!axis)
        return fail(axis.error());
    for (std::size_t index = 1; index < inputs.size(); ++index) {
        if (!fits(inputs.front(), inputs[index], *axis))
            return shapeError(layer,
                shapeForPeople(inputs.front()) + " as from `" + inputNames[0] + "` but for "
                    + (*axis == 0 ? "the channels" : "dimension " + std::to_string(*axis + 1)),
                shapeForPeople(inputs[index]), inputNames[index]);
        output[*axis] += inputs[index][*axis];
    }
    return output;
}

/// What a Parameter makes comes once and not for each picture: repeated as often as `other`, an input of the whole batch, has pictures.
/// Written without the batch's size, so that a traced file takes any.
at::Tensor repeated(const at::Tensor &once, const at::Tensor &other, std::int64_t dim)
{
    std::vector<std::int64_t> sizes(static_cast<std::size_t>(other.dim()), -1);
    sizes[static_cast<std::size_t>(dim)] = once.size(dim);
    return once.expand_as(other.slice(dim, 0, 1).expand(sizes));
}

at::Tensor forward(const LayerCall &call)
{
    const std::int64_t given = intAttribute(call.layer, "dim");
    const std::int64_t dim = given < 0 ? given + call.inputs[0].dim() : given;
    std::vector<at::Tensor> parts(call.inputs.begin(), call.inputs.end());
    const auto whole = std::ranges::max_element(parts, {}, [](const at::Tensor &part) { return part.size(0); });
    const at::Tensor batch = *whole;
    for (at::Tensor &part : parts)
        if (part.size(0) != batch.size(0))
            part = repeated(part, batch, dim);
    return at::cat(parts, dim);
}

/// What comes once, repeated as often as `other` has pictures, by adding it to zeros made of them: no opset is too old for it.
std::string writeRepeated(OnnxCall &call, std::size_t once, std::size_t other, std::int64_t axis)
{
    const std::string one = onnxSlice(call, call.inputs[other], axis, 0, 1);
    return call.node("Add", {call.node("Mul", {one, call.number(0)}), call.inputs[once]});
}

Result<std::string> write(OnnxCall &call)
{
    const std::int64_t given = intAttribute(*call.layer, "dim");
    const std::int64_t axis = given < 0 ? given + static_cast<std::int64_t>(call.outputShape.size()) + 1 : given;
    const auto whole = std::ranges::find(call.inputHasBatch, true);
    const auto other = static_cast<std::size_t>(whole - call.inputHasBatch.begin());
    OnnxValues parts;
    for (std::size_t index = 0; index < call.inputs.size(); ++index) {
        const bool isOnce = whole != call.inputHasBatch.end() && !call.inputHasBatch[index];
        parts.push_back(isOnce ? writeRepeated(call, index, other, axis) : call.inputs[index]);
    }
    return call.node("Concat", parts, {{"axis", axis}});
}

Result<LayerId> read(OnnxNode &node)
{
    std::vector<LayerId> inputs;
    for (std::size_t index = 0; index < node.inputCount(); ++index) {
        const auto input = node.input(index);
        if (!input)
            return input;
        inputs.push_back(*input);
    }
    return node.add("Concatenate", {{"dim", node.integer("axis", 1)}}, inputs);
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Concatenate";
    type.category = "merge";
    type.help = "The channels of all inputs, one after the other.";
    type.schema = {{"dim", "The dimension that grows; 0 is the batch, 1 the channels.", std::int64_t{1}, false, {}, {}, {}, 0}};
    type.maximumInputs = -1;
    type.outputShape = outputShape;
    type.forward = forward;
    type.python = [](const Layer &) { return "torch.cat([{inputs}], {dim})"; };
    type.toOnnx = write;
    type.fromOnnx = {{"Concat", read}};
    all.add(std::move(type));
}

} // namespace graft::layers::concatenate
