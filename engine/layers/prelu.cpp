#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

#include <algorithm>
#include <numeric>

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

Result<std::string> write(OnnxCall &call)
{
    std::string slope = call.tensors[0];
    if (intAttribute(*call.layer, "num_parameters") != 1 && call.inputShapes[0].size() > 1) {
        std::vector<std::int64_t> axes(call.inputShapes[0].size() - 1);
        std::iota(axes.begin(), axes.end(), 1);
        slope = onnxUnsqueeze(call, slope, axes);
    }
    return call.node("PRelu", {call.inputs[0], slope});
}

Result<LayerId> read(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto slope = node.constant(1);
    if (!input || !slope)
        return slope ? input : fail(slope.error());
    const std::int64_t count = slope->elementCount();
    if (count < 1 || std::ranges::find(slope->shape(), count) == slope->shape().end())
        return onnxReason("its slopes are not one for each channel");
    return node.add("PReLU", {{"num_parameters", count}}, {*input}, {{"weight", onnxReshaped(*slope, {count})}});
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
    type.fittedTo = [](const Layer &layer, const Shape &input) {
        return intAttribute(layer, "num_parameters") == 1 ? layer.attributes : withChannels(layer, input, "num_parameters");
    };
    type.tensors = tensors;
    type.forward = [](const LayerCall &call) {
        return inFloat32(call.inputs[0], [&](const at::Tensor &x) { return at::prelu(x, call.tensors[0]); });
    };
    type.toOnnx = write;
    type.fromOnnx = {{"PRelu", read}};
    all.add(std::move(type));
}

} // namespace graft::layers::prelu
