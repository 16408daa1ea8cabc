#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::batchnorm2d {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames, intAttribute(layer, "num_features")); !image)
        return fail(image.error());
    return inputs.front();
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

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "BatchNorm2d";
    type.category = "normalization";
    type.help = "Scales each channel to a learned mean and spread; keeps running statistics of what it saw in training.";
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

} // namespace graft::layers::batchnorm2d
