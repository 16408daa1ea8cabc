#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

namespace graft::layers::groupnorm {
namespace {

Result<Shape> requireChannels(
    const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames, std::int64_t channels, std::size_t dimensions)
{
    const Shape &input = inputs.front();
    if (input.size() < dimensions || input.empty() || input.front() != channels)
        return shapeError(layer, std::to_string(channels) + " channels", shapeForPeople(input), inputNames.front());
    return input;
}

Result<Shape> groupShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    const auto channels = intAttribute(layer, "num_channels");
    const auto groups = intAttribute(layer, "num_groups");
    if (channels % groups != 0)
        return attributeError(
            layer, "has " + std::to_string(channels) + " channels, which " + std::to_string(groups) + " groups do not divide");
    return requireChannels(layer, inputs, inputNames, channels, 1);
}

Result<Shape> instanceShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames, intAttribute(layer, "num_features")); !image)
        return fail(image.error());
    return inputs.front();
}

std::vector<TensorSpec> tensors(const Layer &layer, const char *channels)
{
    if (!boolAttribute(layer, "affine"))
        return {};
    const Shape shape = {intAttribute(layer, channels)};
    return {{"weight", shape, Initialisation::Ones, false, DType::Float32}, {"bias", shape, Initialisation::Zeros, false, DType::Float32}};
}

/// An instance norm is a group norm with as many groups as channels.
at::Tensor normalized(const LayerCall &call, std::int64_t groups)
{
    const bool isAffine = !call.tensors.empty();
    return inFloat32(call.inputs[0], [&](const at::Tensor &x) {
        return at::group_norm(x, groups, isAffine ? call.tensors[0] : at::Tensor(), isAffine ? call.tensors[1] : at::Tensor(),
            doubleAttribute(call.layer, "eps"));
    });
}

AttributeSchema eps()
{
    return {"eps", "Added to the variance before the division.", 1e-5, false, 0, 1, {}, 0};
}

AttributeSchema affine(bool value)
{
    return {"affine", "Whether a learned factor and offset for each channel follow.", value, false, {}, {}, {}, 0};
}

} // namespace

void add(LayerTypes &all)
{
    LayerType group;
    group.name = "GroupNorm";
    group.category = "normalization";
    group.help = "Scales each group of channels of each picture to a learned mean and spread.";
    group.schema = {{"num_groups", "How many groups the channels are split into.", std::int64_t{32}, true, 1, {}, {}, 0},
        {"num_channels", "Channels of the input.", std::int64_t{64}, true, 1, {}, {}, 0}, eps(), affine(true)};
    group.outputShape = groupShape;
    group.tensors = [](const Layer &layer, InputShapes) { return tensors(layer, "num_channels"); };
    group.forward = [](const LayerCall &call) { return normalized(call, intAttribute(call.layer, "num_groups")); };
    all.add(std::move(group));

    LayerType instance;
    instance.name = "InstanceNorm2d";
    instance.category = "normalization";
    instance.help = "Scales each channel of each picture to mean 0 and spread 1.";
    instance.schema = {{"num_features", "Channels of the input.", std::int64_t{64}, true, 1, {}, {}, 0}, eps(), affine(false)};
    instance.outputShape = instanceShape;
    instance.tensors = [](const Layer &layer, InputShapes) { return tensors(layer, "num_features"); };
    instance.forward = [](const LayerCall &call) { return normalized(call, intAttribute(call.layer, "num_features")); };
    all.add(std::move(instance));
}

} // namespace graft::layers::groupnorm
