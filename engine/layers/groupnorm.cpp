#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

#include <numeric>

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

/// As many groups as channels are what ONNX has; weights of one value a channel follow.
Result<std::string> write(OnnxCall &call, std::int64_t groups)
{
    const std::int64_t channels = call.inputShapes[0][0];
    const double eps = doubleAttribute(*call.layer, "eps");
    const auto constant = [&](float value) { return call.numbers({groups}, std::vector<float>(static_cast<std::size_t>(groups), value)); };
    const bool isAffine = !call.tensors.empty();
    if (groups == channels && call.inputShapes[0].size() > 1)
        return call.node("InstanceNormalization",
            {call.inputs[0], isAffine ? call.tensors[0] : constant(1), isAffine ? call.tensors[1] : constant(0)}, {{"epsilon", eps}});
    const std::string grouped = onnxReshape(call, call.inputs[0], {groups, -1});
    const std::string normal = call.node("InstanceNormalization", {grouped, constant(1), constant(0)}, {{"epsilon", eps}});
    const std::string back = onnxReshape(call, normal, call.inputShapes[0]);
    if (!isAffine)
        return back;
    std::vector<std::int64_t> axes(call.inputShapes[0].size() - 1);
    std::iota(axes.begin(), axes.end(), 1);
    const auto perChannel = [&](const std::string &tensor) { return axes.empty() ? tensor : onnxUnsqueeze(call, tensor, axes); };
    return call.node("Add", {call.node("Mul", {back, perChannel(call.tensors[0])}), perChannel(call.tensors[1])});
}

Result<LayerId> read(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto shape = node.shape(0);
    const auto weight = node.constant(1), bias = node.constant(2);
    if (!input || !shape || !weight || !bias)
        return fail(!input ? input.error() : !shape ? shape.error() : !weight ? weight.error() : bias.error());
    const std::int64_t channels = weight->elementCount();
    const double epsilon = node.number("epsilon", 1e-5);
    if (shape->size() == 3)
        return node.add("InstanceNorm2d", {{"num_features", channels}, {"eps", epsilon}, {"affine", true}}, {*input},
            {{"weight", *weight}, {"bias", *bias}});
    return node.add("GroupNorm", {{"num_groups", channels}, {"num_channels", channels}, {"eps", epsilon}}, {*input},
        {{"weight", *weight}, {"bias", *bias}});
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
    group.fittedTo = [](const Layer &layer, const Shape &input) {
        Attributes fitted = withChannels(layer, input, "num_channels");
        const bool divides
            = layer.attributes.contains("num_groups") && input.size() == 3 && input.front() % intAttribute(layer, "num_groups") == 0;
        if (input.size() == 3 && !divides)
            fitted["num_groups"] = headsFor(input.front(), 32);
        return fitted;
    };
    group.tensors = [](const Layer &layer, InputShapes) { return tensors(layer, "num_channels"); };
    group.forward = [](const LayerCall &call) { return normalized(call, intAttribute(call.layer, "num_groups")); };
    group.toOnnx = [](OnnxCall &call) { return write(call, intAttribute(*call.layer, "num_groups")); };
    all.add(std::move(group));

    LayerType instance;
    instance.name = "InstanceNorm2d";
    instance.category = "normalization";
    instance.help = "Scales each channel of each picture to mean 0 and spread 1.";
    instance.schema = {{"num_features", "Channels of the input.", std::int64_t{64}, true, 1, {}, {}, 0}, eps(), affine(false)};
    instance.outputShape = instanceShape;
    instance.fittedTo = [](const Layer &layer, const Shape &input) { return withChannels(layer, input, "num_features"); };
    instance.tensors = [](const Layer &layer, InputShapes) { return tensors(layer, "num_features"); };
    instance.forward = [](const LayerCall &call) { return normalized(call, intAttribute(call.layer, "num_features")); };
    instance.toOnnx = [](OnnxCall &call) { return write(call, intAttribute(*call.layer, "num_features")); };
    instance.fromOnnx = {{"InstanceNormalization", read}};
    all.add(std::move(instance));
}

} // namespace graft::layers::groupnorm
