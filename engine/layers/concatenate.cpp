#include "layers/layercall.h"
#include "layers/layersupport.h"

#include <algorithm>

namespace graft::layers::concatenate {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    Shape output = inputs.front();
    for (std::size_t index = 1; index < inputs.size(); ++index) {
        const Shape &input = inputs[index];
        if (input.size() != output.size() || !std::equal(input.begin() + 1, input.end(), output.begin() + 1))
            return shapeError(layer, shapeForPeople(inputs.front()) + " as from `" + inputNames[0] + "` but for the channels",
                shapeForPeople(input), inputNames[index]);
        output.front() += input.front();
    }
    return output;
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Concatenate";
    type.category = "merge";
    type.help = "The channels of all inputs, one after the other.";
    type.maximumInputs = -1;
    type.outputShape = outputShape;
    type.forward = [](const LayerCall &call) { return at::cat(at::TensorList(call.inputs.data(), call.inputs.size()), 1); };
    all.add(std::move(type));
}

} // namespace graft::layers::concatenate
