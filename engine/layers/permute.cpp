#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::permute {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string>)
{
    const Ints &dims = intsAttribute(layer, "dims");
    const Shape &input = inputs.front();
    if (dims.front() != 0 || dims.size() != input.size() + 1)
        return attributeError(layer,
            "needs `dims` of " + std::to_string(input.size() + 1) + " numbers that begin with 0, the batch; it has " + describe(dims));
    Shape output;
    std::vector<bool> taken(input.size(), false);
    for (std::size_t index = 1; index < dims.size(); ++index) {
        const auto axis = axisOf(layer, "dims", dims[index], input.size());
        if (!axis)
            return fail(axis.error());
        if (taken[*axis])
            return attributeError(layer, "names the dimension " + std::to_string(dims[index]) + " twice in `dims`");
        taken[*axis] = true;
        output.push_back(input[*axis]);
    }
    return output;
}

Result<LayerId> read(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto shape = node.shape(0);
    if (!input || !shape)
        return shape ? input : fail(shape.error());
    Ints reversed;
    for (auto axis = static_cast<std::int64_t>(shape->size()); axis >= 0; --axis)
        reversed.push_back(axis);
    const Ints order = node.integerList("perm", reversed);
    if (order.empty() || order.front() != 0)
        return onnxReason("it moves the batch from its place");
    return node.add("Permute", {{"dims", order}}, {*input});
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Permute";
    type.category = "shape";
    type.help = "The same values with the dimensions in another order.";
    type.schema = {{"dims", "The order of the dimensions; the first is 0, the batch.", Ints{0, 2, 3, 1}, true, {}, {}, {}, 0}};
    type.outputShape = outputShape;
    type.forward = [](const LayerCall &call) { return call.inputs[0].permute(intsAttribute(call.layer, "dims")); };
    type.python = [](const Layer &) { return "{0}.permute({dims})"; };
    type.toOnnx = [](OnnxCall &call) -> Result<std::string> {
        Ints order = intsAttribute(*call.layer, "dims");
        for (std::int64_t &axis : order)
            axis += axis < 0 ? static_cast<std::int64_t>(order.size()) : 0;
        return onnxTranspose(call, call.inputs[0], order);
    };
    type.fromOnnx = {{"Transpose", read}};
    all.add(std::move(type));
}

} // namespace graft::layers::permute
