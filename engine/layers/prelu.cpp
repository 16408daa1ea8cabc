#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

namespace graft::layers::prelu {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    const auto parameters = intAttribute(layer, "num_parameters");
    const Shape &input = inputs.front();
    if (parameters != 1 && (input.empty() || input.front() != parameters))
        return shapeError(layer, std::to_string(parameters) + " channels", shapeForPeople(input), inputNames.front());
    return input;
}

std::vector<TensorSpec> tensors(const Layer &layer, InputShapes)
{
    TensorSpec weight{"weight", {intAttribute(layer, "num_parameters")}, Initialisation::Constant, false, DType::Float32};
    weight.constant = doubleAttribute(layer, "init");
    return {weight};
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "PReLU";
    type.category = "activation";
    type.help = "Negative values are multiplied by a learned factor.";
    type.schema = {
        {"num_parameters", "1, or the number of channels for a factor each.", std::int64_t{1}, false, 1, {}, {}, 0},
        {"init", "What the factors start as.", 0.25, false, {}, {}, {}, 0},
    };
    type.outputShape = outputShape;
    type.tensors = tensors;
    type.forward = [](const LayerCall &call) {
        return inFloat32(call.inputs[0], [&](const at::Tensor &x) { return at::prelu(x, call.tensors[0]); });
    };
    all.add(std::move(type));
}

} // namespace graft::layers::prelu
