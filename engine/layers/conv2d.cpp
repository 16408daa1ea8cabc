#include "graph/limits.h"
#include "layers/bfloat16convolution_helper.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/onnxwindow.h"

namespace graft::layers::conv2d {
namespace {

std::vector<AttributeSchema> schema()
{
    std::vector<AttributeSchema> all = {
        {"in_channels", "Channels of the input.", std::int64_t{3}, true, 1, {}, {}, 0},
        {"out_channels", "Channels of the output: the number of filters.", std::int64_t{64}, true, 1, {}, {}, 0},
    };
    for (AttributeSchema &attribute : windowSchema(false))
        all.push_back(std::move(attribute));
    all.push_back({"dilation", "Distance between the pixels that a filter looks at.", Ints{1, 1}, false, 1, {}, {}, 2, "px"});
    all.push_back(
        {"groups", "Number of groups that channels are split into; each filter sees one group.", std::int64_t{1}, false, 1, {}, {}, 0});
    all.push_back({"bias", "Whether a learned number is added to each output channel.", true, false, {}, {}, {}, 0});
    return all;
}

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    const auto inChannels = intAttribute(layer, "in_channels");
    const auto outChannels = intAttribute(layer, "out_channels");
    const auto groups = intAttribute(layer, "groups");
    if (inChannels % groups != 0 || outChannels % groups != 0)
        return attributeError(layer,
            "has " + std::to_string(inChannels) + " input and " + std::to_string(outChannels) + " output channels, which "
                + std::to_string(groups) + " groups do not divide");
    if (auto image = requireImage(layer, inputs, inputNames, inChannels); !image)
        return fail(image.error());
    auto size = slide(layer, inputs, inputNames, intsAttribute(layer, "dilation"), Rounding::Down);
    if (!size)
        return fail(size.error());
    return Shape{outChannels, (*size)[0], (*size)[1]};
}

Shape weightShape(const Layer &layer)
{
    const Ints &kernel = intsAttribute(layer, "kernel_size");
    return {intAttribute(layer, "out_channels"), intAttribute(layer, "in_channels") / intAttribute(layer, "groups"), kernel[0], kernel[1]};
}

std::vector<TensorSpec> tensors(const Layer &layer, InputShapes)
{
    // A convolution without bias stands before a BatchNorm: torchvision starts these by He's rule, others as PyTorch does.
    if (!boolAttribute(layer, "bias"))
        return {{"weight", weightShape(layer), Initialisation::KaimingNormalFanOut, false, DType::Float32}};
    return {{"weight", weightShape(layer), Initialisation::KaimingUniform, false, DType::Float32},
        {"bias", {intAttribute(layer, "out_channels")}, Initialisation::UniformFanIn, false, DType::Float32}};
}

std::int64_t multiplyAdds(const Layer &layer, InputShapes, const Shape &output)
{
    return saturatingProduct(elementCount(weightShape(layer)), output[1] * output[2]);
}

at::Tensor forward(const LayerCall &call)
{
    const at::Tensor bias = call.tensors.size() > 1 ? call.tensors[1] : at::Tensor();
    const ConvolutionShape shape{intsAttribute(call.layer, "stride"), intsAttribute(call.layer, "padding"),
        intsAttribute(call.layer, "dilation"), intAttribute(call.layer, "groups")};
    if (trainsInBfloat16(call.inputs[0], call.tensors[0]))
        return convolveInBfloat16(call.inputs[0], call.tensors[0], bias, shape);
    return at::conv2d(call.inputs[0], call.tensors[0], bias, shape.stride, shape.padding, shape.dilation, shape.groups);
}

Result<std::string> write(OnnxCall &call)
{
    OnnxAttributes attributes = onnxWindow(*call.layer);
    attributes["dilations"] = intsAttribute(*call.layer, "dilation");
    attributes["group"] = intAttribute(*call.layer, "groups");
    OnnxValues inputs = {call.inputs[0]};
    inputs.insert(inputs.end(), call.tensors.begin(), call.tensors.end());
    return call.node("Conv", inputs, attributes);
}

Result<LayerId> read(OnnxNode &node)
{
    const auto weight = node.constant(1);
    auto input = node.input(0);
    const Shape shape = node.shape(0).value_or(Shape());
    if (!weight || !input)
        return fail(!weight ? weight.error() : input.error());
    if (weight->shape().size() != 4)
        return onnxReason("its filters are not two-dimensional");
    const Shape &filters = weight->shape();
    auto window = readWindow(node, shape, {filters[2], filters[3]});
    if (!window)
        return fail(window.error());
    if (window->begin != window->end) {
        input = addPadding(node, *input, *window, 0);
        window->begin = {0, 0};
    }
    OnnxNode::NamedTensors tensors = {{"weight", *weight}};
    if (node.hasInput(2)) {
        auto bias = node.constant(2);
        if (!bias)
            return fail(bias.error());
        tensors.emplace_back("bias", std::move(*bias));
    }
    const std::int64_t groups = node.integer("group", 1);
    if (!input || groups < 1 || groups > maximumDimension)
        return input ? onnxReason("its `group` is out of range") : input;
    return node.add("Conv2d",
        {{"in_channels", saturatingProduct(filters[1], groups)}, {"out_channels", filters[0]}, {"kernel_size", window->kernel},
            {"stride", window->stride}, {"padding", window->begin}, {"dilation", window->dilation}, {"groups", groups},
            {"bias", tensors.size() > 1}},
        {*input}, tensors);
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Conv2d";
    type.category = "convolution";
    type.help = "Slides learned filters over the picture.";
    type.schema = schema();
    type.outputShape = outputShape;
    type.tensors = tensors;
    type.multiplyAdds = multiplyAdds;
    type.fittedTo = fittedConvolution;
    type.forward = forward;
    type.toOnnx = write;
    type.fromOnnx = {{"Conv", read}};
    all.add(std::move(type));
}

} // namespace graft::layers::conv2d
