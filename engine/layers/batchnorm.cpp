#include "layers/layercall.h"
#include "layers/layersupport.h"

#include <algorithm>
#include <cmath>

namespace graft::layers::batchnorm {
namespace {

Result<Shape> imageShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames, intAttribute(layer, "num_features")); !image)
        return fail(image.error());
    return inputs.front();
}

/// Features, or channels × positions.
Result<Shape> rowShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    const auto features = intAttribute(layer, "num_features");
    const Shape &input = inputs.front();
    if (input.empty() || input.size() > 2 || input.front() != features)
        return shapeError(layer, std::to_string(features) + " features", shapeForPeople(input), inputNames.front());
    return input;
}

std::vector<TensorSpec> tensors(const Layer &layer, InputShapes)
{
    const Shape channels = {intAttribute(layer, "num_features")};
    return {
        {"weight", channels, Initialisation::Ones, false, DType::Float32},
        {"bias", channels, Initialisation::Zeros, false, DType::Float32},
        {"running_mean", channels, Initialisation::Zeros, true, DType::Float32},
        {"running_var", channels, Initialisation::Ones, true, DType::Float32},
        {"num_batches_tracked", {}, Initialisation::Zeros, true, DType::Int64},
    };
}

at::Tensor forward(const LayerCall &call)
{
    const at::Tensor &input = call.inputs[0];
    // One value a channel has no variance: keep the running statistics rather than make them NaN.
    const bool usesBatch = call.training && input.numel() > input.size(1);
    if (usesBatch)
        call.tensors[4].add_(1);
    return at::batch_norm(input, call.tensors[0], call.tensors[1], call.tensors[2], call.tensors[3], usesBatch,
        doubleAttribute(call.layer, "momentum"), doubleAttribute(call.layer, "eps"), at::globalContext().userEnabledCuDNN());
}

Result<std::string> write(OnnxCall &call)
{
    return call.node("BatchNormalization", {call.inputs[0], call.tensors[0], call.tensors[1], call.tensors[2], call.tensors[3]},
        {{"epsilon", doubleAttribute(*call.layer, "eps")}, {"momentum", 1 - doubleAttribute(*call.layer, "momentum")}});
}

Result<LayerId> read(OnnxNode &node)
{
    const Shape shape = node.shape(0).value_or(Shape(3, 0));
    const auto input = node.input(0);
    if (!input)
        return input;
    OnnxNode::NamedTensors tensors;
    const char *const names[] = {"weight", "bias", "running_mean", "running_var"};
    for (std::size_t i = 0; i < std::size(names); ++i) {
        auto tensor = node.constant(i + 1);
        if (!tensor)
            return fail(tensor.error());
        tensors.emplace_back(names[i], std::move(*tensor));
    }
    if (node.integer("spatial", 1) != 1)
        return onnxReason("it has statistics for each pixel");
    // ONNX counts the share that is kept, and its numbers are float32.
    const double momentum = std::round((1 - node.number("momentum", 0.9)) * 1e6) / 1e6;
    return node.add(shape.size() == 3 ? "BatchNorm2d" : "BatchNorm1d",
        {{"num_features", tensors[0].second.elementCount()}, {"eps", node.number("epsilon", 1e-5)},
            {"momentum", std::clamp(momentum, 0.0, 1.0)}},
        {*input}, tensors);
}

void addOne(LayerTypes &all, const char *name, const char *help,
    Result<Shape> (*outputShape)(const Layer &, InputShapes, std::span<const std::string>), std::vector<OnnxOperator> fromOnnx = {})
{
    LayerType type;
    type.name = name;
    type.category = "normalization";
    type.help = help;
    type.schema = {
        {"num_features", "Channels of the input.", std::int64_t{64}, true, 1, {}, {}, 0},
        {"eps", "Added to the variance before the division.", 1e-5, false, 0, 1, {}, 0},
        {"momentum", "Share of a batch's statistics in the running ones.", 0.1, false, 0, 1, {}, 0},
    };
    type.outputShape = outputShape;
    type.fittedTo = [](const Layer &layer, const Shape &input) {
        return input.size() == 1 ? withFeatures(layer, input, "num_features") : withChannels(layer, input, "num_features");
    };
    type.tensors = tensors;
    type.forward = forward;
    type.toOnnx = write;
    type.fromOnnx = std::move(fromOnnx);
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "BatchNorm2d", "Scales each channel to a learned mean and spread; keeps running statistics of what it saw in training.",
        imageShape, {{"BatchNormalization", read}});
    addOne(all, "BatchNorm1d", "Scales each feature to a learned mean and spread; keeps running statistics of what it saw in training.",
        rowShape);
}

} // namespace graft::layers::batchnorm
