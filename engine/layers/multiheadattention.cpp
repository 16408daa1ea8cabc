#include "graph/limits.h"
#include "layers/attention.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"

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
    type.tensors = tensors;
    type.multiplyAdds = multiplyAdds;
    type.forward = forward;
    type.python = [](const Layer &) { return "{new:nn.MultiheadAttention, batch_first=True}({0}, {0}, {0}, need_weights=False)[0]"; };
    all.add(std::move(type));
}

} // namespace graft::layers::multiheadattention
