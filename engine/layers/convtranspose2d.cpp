#include "graph/limits.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/onnxwindow.h"

namespace graft::layers::convtranspose2d {
namespace {

std::vector<AttributeSchema> schema()
{
    std::vector<AttributeSchema> all = {
        {"in_channels", "Channels of the input.", std::int64_t{64}, true, 1, {}, {}, 0},
        {"out_channels", "Channels of the output: the number of filters.", std::int64_t{64}, true, 1, {}, {}, 0},
        {"kernel_size", "Height and width of what a pixel is spread over.", Ints{2, 2}, true, 1, {}, {}, 2, "px"},
        {"stride", "Distance between the input's pixels in the output.", Ints{1, 1}, false, 1, {}, {}, 2, "px"},
        {"padding", "Pixels cut off at each edge of the output.", Ints{0, 0}, false, 0, {}, {}, 2, "px"},
        {"output_padding", "Pixels added at the bottom and at the right.", Ints{0, 0}, false, 0, {}, {}, 2, "px"},
        {"groups", "Number of groups that channels are split into; each filter sees one group.", std::int64_t{1}, false, 1, {}, {}, 0},
        {"bias", "Whether a learned number is added to each output channel.", true, false, {}, {}, {}, 0},
        {"dilation", "Distance between the pixels that a pixel is spread over.", Ints{1, 1}, false, 1, {}, {}, 2, "px"},
    };
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
    Shape output = {outChannels, 0, 0};
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const auto stride = intsAttribute(layer, "stride")[axis];
        const auto dilation = intsAttribute(layer, "dilation")[axis];
        const auto more = intsAttribute(layer, "output_padding")[axis];
        if (more >= stride && more >= dilation)
            return attributeError(layer, "has an `output_padding` that is not smaller than its `stride`");
        const std::int64_t spread = saturatingProduct(inputs.front()[axis + 1] - 1, stride);
        const std::int64_t reach = saturatingProduct(dilation, intsAttribute(layer, "kernel_size")[axis] - 1);
        output[axis + 1] = saturatingSum(saturatingSum(spread, reach), more + 1) - 2 * intsAttribute(layer, "padding")[axis];
        if (output[axis + 1] < 1)
            return attributeError(layer, "has a `padding` that cuts off the whole output");
    }
    return output;
}

Shape weightShape(const Layer &layer)
{
    const Ints &kernel = intsAttribute(layer, "kernel_size");
    return {intAttribute(layer, "in_channels"), intAttribute(layer, "out_channels") / intAttribute(layer, "groups"), kernel[0], kernel[1]};
}

std::vector<TensorSpec> tensors(const Layer &layer, InputShapes)
{
    std::vector<TensorSpec> all = {{"weight", weightShape(layer), Initialisation::KaimingUniform, false, DType::Float32}};
    if (boolAttribute(layer, "bias"))
        all.push_back({"bias", {intAttribute(layer, "out_channels")}, Initialisation::UniformFanIn, false, DType::Float32});
    return all;
}

std::int64_t multiplyAdds(const Layer &layer, InputShapes inputs, const Shape &)
{
    return saturatingProduct(elementCount(weightShape(layer)), inputs.front()[1] * inputs.front()[2]);
}

at::Tensor forward(const LayerCall &call)
{
    const at::Tensor bias = call.tensors.size() > 1 ? call.tensors[1] : at::Tensor();
    return at::conv_transpose2d(call.inputs[0], call.tensors[0], bias, intsAttribute(call.layer, "stride"),
        intsAttribute(call.layer, "padding"), intsAttribute(call.layer, "output_padding"), intAttribute(call.layer, "groups"),
        intsAttribute(call.layer, "dilation"));
}

Result<std::string> write(OnnxCall &call)
{
    OnnxAttributes attributes = onnxWindow(*call.layer);
    attributes["dilations"] = intsAttribute(*call.layer, "dilation");
    attributes["output_padding"] = intsAttribute(*call.layer, "output_padding");
    attributes["group"] = intAttribute(*call.layer, "groups");
    OnnxValues inputs = {call.inputs[0]};
    inputs.insert(inputs.end(), call.tensors.begin(), call.tensors.end());
    return call.node("ConvTranspose", inputs, attributes);
}

Result<LayerId> read(OnnxNode &node)
{
    const auto weight = node.constant(1);
    const auto input = node.input(0);
    const auto shape = node.shape(0);
    if (!weight || !input || !shape)
        return fail(!weight ? weight.error() : !input ? input.error() : shape.error());
    if (weight->shape().size() != 4 || node.attribute("output_shape") || node.text("auto_pad", "NOTSET").starts_with("SAME"))
        return onnxReason("its filters are not two-dimensional or it names its output's shape");
    const Shape &filters = weight->shape();
    const auto window = readWindow(node, *shape, {filters[2], filters[3]});
    if (!window)
        return fail(window.error());
    const std::int64_t groups = node.integer("group", 1);
    if (window->begin != window->end || groups < 1 || groups > maximumDimension)
        return onnxReason("its edges are cut unequally or its `group` is out of range");
    OnnxNode::NamedTensors tensors = {{"weight", *weight}};
    if (node.hasInput(2)) {
        auto bias = node.constant(2);
        if (!bias)
            return fail(bias.error());
        tensors.emplace_back("bias", std::move(*bias));
    }
    return node.add("ConvTranspose2d",
        {{"in_channels", filters[0]}, {"out_channels", saturatingProduct(filters[1], groups)}, {"kernel_size", window->kernel},
            {"stride", window->stride}, {"padding", window->begin}, {"output_padding", node.integerList("output_padding", {0, 0})},
            {"groups", groups}, {"bias", tensors.size() > 1}, {"dilation", window->dilation}},
        {*input}, tensors);
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "ConvTranspose2d";
    type.category = "convolution";
    type.help = "Spreads each pixel over a learned pattern: a convolution that makes pictures larger.";
    type.schema = schema();
    type.outputShape = outputShape;
    type.tensors = tensors;
    type.multiplyAdds = multiplyAdds;
    type.fittedTo = fittedConvolution;
    type.forward = forward;
    type.toOnnx = write;
    type.fromOnnx = {{"ConvTranspose", read}};
    all.add(std::move(type));
}

} // namespace graft::layers::convtranspose2d
