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
    all.add(std::move(type));
}

} // namespace graft::layers::permute
