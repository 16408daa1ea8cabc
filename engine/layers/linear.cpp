#include "graph/limits.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::linear {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    const auto features = intAttribute(layer, "in_features");
    if (inputs.front().empty() || inputs.front().back() != features)
        return shapeError(layer, std::to_string(features) + " features", shapeForPeople(inputs.front()), inputNames.front());
    Shape output = inputs.front();
    output.back() = intAttribute(layer, "out_features");
    return output;
}

std::vector<TensorSpec> tensors(const Layer &layer, InputShapes)
{
    const auto outputs = intAttribute(layer, "out_features");
    std::vector<TensorSpec> all
        = {{"weight", {outputs, intAttribute(layer, "in_features")}, Initialisation::KaimingUniform, false, DType::Float32}};
    if (boolAttribute(layer, "bias"))
        all.push_back({"bias", {outputs}, Initialisation::UniformFanIn, false, DType::Float32});
    return all;
}

std::int64_t multiplyAdds(const Layer &layer, InputShapes, const Shape &output)
{
    return saturatingProduct(elementCount(output), intAttribute(layer, "in_features"));
}

at::Tensor forward(const LayerCall &call)
{
    return at::linear(call.inputs[0], call.tensors[0], call.tensors.size() > 1 ? call.tensors[1] : at::Tensor());
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Linear";
    type.category = "linear";
    type.help = "Each output is a weighted sum of all input features (the last dimension).";
    type.schema = {
        {"in_features", "Features of the input.", std::int64_t{512}, true, 1, {}, {}, 0},
        {"out_features", "Features of the output; the number of classes in a head.", std::int64_t{1000}, true, 1, {}, {}, 0},
        {"bias", "Whether a learned number is added to each output.", true, false, {}, {}, {}, 0},
    };
    type.outputShape = outputShape;
    type.tensors = tensors;
    type.multiplyAdds = multiplyAdds;
    type.forward = forward;
    all.add(std::move(type));
}

} // namespace graft::layers::linear
