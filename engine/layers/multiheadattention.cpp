#include "graph/limits.h"
#include "layers/attention.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"

#include <cmath>

namespace graft::layers::multiheadattention {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    const auto width = intAttribute(layer, "embed_dim");
    if (auto divides = requireHeads(layer, width); !divides)
        return fail(divides.error());
    const Shape &input = inputs.front();
    if (input.size() != 2 || input[1] != width)
        return shapeError(layer, "tokens × " + std::to_string(width), shapeForPeople(input), inputNames.front());
    return input;
}

/// PyTorch's own names.
std::vector<TensorSpec> tensors(const Layer &layer, InputShapes)
{
    const auto width = intAttribute(layer, "embed_dim");
    const bool bias = boolAttribute(layer, "bias");
    std::vector<TensorSpec> all = {{"in_proj_weight", {3 * width, width}, Initialisation::XavierUniform, false, DType::Float32}};
    if (bias)
        all.push_back({"in_proj_bias", {3 * width}, Initialisation::Zeros, false, DType::Float32});
    all.push_back({"out_proj.weight", {width, width}, Initialisation::KaimingUniform, false, DType::Float32});
    if (bias)
        all.push_back({"out_proj.bias", {width}, Initialisation::Zeros, false, DType::Float32});
    return all;
}

/// The four projections, and the two products of the tokens with one another.
std::int64_t multiplyAdds(const Layer &, InputShapes inputs, const Shape &)
{
    return attentionCost(inputs.front()[0], inputs.front()[1]);
}

at::Tensor forward(const LayerCall &call)
{
    const bool bias = boolAttribute(call.layer, "bias");
    const Projection in{call.tensors[0], bias ? call.tensors[1] : at::Tensor()};
    const Projection out{call.tensors[bias ? 2 : 1], bias ? call.tensors[3] : at::Tensor()};
    const Heads heads = split(call.inputs[0], in, intAttribute(call.layer, "num_heads"));
    const at::Tensor scores = at::matmul(scaled(heads.query), heads.key.transpose(-2, -1));
    return attended(scores, heads.value, out, call.training ? doubleAttribute(call.layer, "dropout") : 0.0);
}

Result<std::string> write(OnnxCall &call)
{
    const bool bias = boolAttribute(*call.layer, "bias");
    OnnxAttention attention;
    attention.inWeight = call.tensors[0];
    attention.inBias = bias ? call.tensors[1] : "";
    attention.outWeight = call.tensors[bias ? 2 : 1];
    attention.outBias = bias ? call.tensors[3] : "";
    attention.heads = intAttribute(*call.layer, "num_heads");
    return onnxAttention(call, call.inputs[0], call.inputShapes[0], attention);
}

/// What the ONNX reader puts together from PyTorch's steps; the first projection comes as features × outputs.
Result<LayerId> read(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto in = node.constant(1), inBias = node.constant(2), out = node.constant(3), outBias = node.constant(4);
    if (!input || !in || !inBias || !out || !outBias)
        return onnxReason("its weights are not in the file");
    const std::int64_t width = out->shape().front();
    const double headWidth = std::round(node.number("head_width", 0));
    if (in->shape() != Shape{width, 3 * width} || headWidth < 1 || headWidth > static_cast<double>(width))
        return onnxReason("its weights are not those of an attention");
    std::vector<float> turned(in->floats().size());
    for (std::int64_t row = 0; row < width; ++row)
        for (std::int64_t column = 0; column < 3 * width; ++column)
            turned[static_cast<std::size_t>(column * width + row)] = in->floats()[static_cast<std::size_t>(row * 3 * width + column)];
    return node.add("MultiheadAttention", {{"embed_dim", width}, {"num_heads", width / static_cast<std::int64_t>(headWidth)}}, {*input},
        {{"in_proj_weight", Tensor::fromFloats({3 * width, width}, turned)}, {"in_proj_bias", *inBias}, {"out_proj.weight", *out},
            {"out_proj.bias", *outBias}});
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "MultiheadAttention";
    type.category = "attention";
    type.help = "Self-attention: each token takes in what it finds of use in all others.";
    type.schema = {
        {"embed_dim", "Width of a token.", std::int64_t{768}, true, 1, maximumDimension / 4, {}, 0},
        {"num_heads", "How many parts the width is split into; each looks for something of its own.", std::int64_t{12}, true, 1, {}, {}, 0},
        {"dropout", "In training, probability that a token is overlooked.", 0.0, false, 0, 1, {}, 0},
        {"bias", "Whether learned numbers are added in the projections.", true, false, {}, {}, {}, 0},
    };
    type.outputShape = outputShape;
    type.fittedTo = [](const Layer &layer, const Shape &input) {
        Attributes fitted = withFeatures(layer, input, "embed_dim");
        const bool divides
            = layer.attributes.contains("num_heads") && !input.empty() && input.back() % intAttribute(layer, "num_heads") == 0;
        if (!input.empty() && !divides)
            fitted["num_heads"] = headsFor(input.back(), 12);
        return fitted;
    };
    type.tensors = tensors;
    type.multiplyAdds = multiplyAdds;
    type.forward = forward;
    type.python = [](const Layer &) { return "{new:nn.MultiheadAttention, batch_first=True}({0}, {0}, {0}, need_weights=False)[0]"; };
    type.toOnnx = write;
    type.fromOnnx = {{"graft.MultiheadAttention", read}};
    all.add(std::move(type));
}

} // namespace graft::layers::multiheadattention
