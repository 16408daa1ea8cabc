#include "layers/layercall.h"
#include "layers/layersupport.h"

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

void addOne(LayerTypes &all, const char *name, const char *help,
    Result<Shape> (*outputShape)(const Layer &, InputShapes, std::span<const std::string>))
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
    type.tensors = tensors;
    type.forward = forward;
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "BatchNorm2d", "Scales each channel to a learned mean and spread; keeps running statistics of what it saw in training.",
        imageShape);
    addOne(all, "BatchNorm1d", "Scales each feature to a learned mean and spread; keeps running statistics of what it saw in training.",
        rowShape);
}

} // namespace graft::layers::batchnorm
