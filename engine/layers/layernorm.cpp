#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

#include <algorithm>

namespace graft::layers::layernorm {
namespace {

Result<Shape> lastDimensions(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    const Ints &normalized = intsAttribute(layer, "normalized_shape");
    const Shape &input = inputs.front();
    if (input.size() < normalized.size() || !std::equal(normalized.rbegin(), normalized.rend(), input.rbegin()))
        return shapeError(layer, shapeForPeople(normalized) + " as the last dimensions", shapeForPeople(input), inputNames.front());
    return input;
}

Result<Shape> channels(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames, intsAttribute(layer, "normalized_shape").front()); !image)
        return fail(image.error());
    return inputs.front();
}

std::vector<TensorSpec> tensors(const Layer &layer, InputShapes)
{
    if (!boolAttribute(layer, "elementwise_affine"))
        return {};
    const Shape &shape = intsAttribute(layer, "normalized_shape");
    return {{"weight", shape, Initialisation::Ones, false, DType::Float32}, {"bias", shape, Initialisation::Zeros, false, DType::Float32}};
}

at::Tensor normalized(const LayerCall &call, const at::Tensor &input)
{
    const bool isAffine = !call.tensors.empty();
    return inFloat32(input, [&](const at::Tensor &x) {
        return at::layer_norm(x, intsAttribute(call.layer, "normalized_shape"), isAffine ? call.tensors[0] : at::Tensor(),
            isAffine ? call.tensors[1] : at::Tensor(), doubleAttribute(call.layer, "eps"));
    });
}

LayerType common(const char *name, const char *help, std::size_t dimensions)
{
    LayerType type;
    type.name = name;
    type.category = "normalization";
    type.help = help;
    type.schema = {
        {"normalized_shape", "The dimensions that are brought to mean 0 and spread 1 together.", Ints{64}, true, 1, {}, {}, dimensions},
        {"eps", "Added to the variance before the division.", 1e-5, false, 0, 1, {}, 0},
        {"elementwise_affine", "Whether a learned factor and offset follow.", true, false, {}, {}, {}, 0},
    };
    type.tensors = tensors;
    return type;
}

Tensor zerosLike(const Tensor &tensor)
{
    return Tensor::fromFloats(tensor.shape(), std::vector<float>(static_cast<std::size_t>(tensor.elementCount()), 0.0F));
}

std::string write(OnnxCall &call, const std::string &value)
{
    const bool isAffine = !call.tensors.empty();
    return onnxLayerNorm(call, value, call.inputShapes[0].size(), intsAttribute(*call.layer, "normalized_shape"),
        doubleAttribute(*call.layer, "eps"), isAffine ? call.tensors[0] : "", isAffine ? call.tensors[1] : "");
}

Result<LayerId> read(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto shape = node.shape(0);
    auto weight = node.constant(1);
    if (!input || !shape || !weight)
        return fail(!input ? input.error() : !shape ? shape.error() : weight.error());
    const auto rank = static_cast<std::int64_t>(shape->size());
    std::int64_t axis = node.integer("axis", -1);
    axis = axis < 0 ? axis + rank : axis - 1; // among the dimensions behind the batch
    if (axis < 0 || axis >= rank)
        return onnxReason("it mixes pictures with one another");
    const Shape normalized(shape->begin() + axis, shape->end());
    auto bias = node.hasInput(2) ? node.constant(2) : Result<Tensor>(zerosLike(*weight));
    if (!bias)
        return fail(bias.error());
    return node.add("LayerNorm", {{"normalized_shape", normalized}, {"eps", node.number("epsilon", 1e-5)}}, {*input},
        {{"weight", *weight}, {"bias", *bias}});
}

} // namespace

void add(LayerTypes &all)
{
    LayerType plain = common("LayerNorm", "Scales the last dimensions of each picture to a learned mean and spread.", 0);
    plain.outputShape = lastDimensions;
    plain.fittedTo = [](const Layer &layer, const Shape &input) {
        Attributes fitted = layer.attributes;
        if (!input.empty())
            fitted["normalized_shape"] = Ints{input.back()};
        return fitted;
    };
    plain.forward = [](const LayerCall &call) { return normalized(call, call.inputs[0]); };
    plain.toOnnx = [](OnnxCall &call) -> Result<std::string> { return write(call, call.inputs[0]); };
    plain.fromOnnx = {{"LayerNormalization", read}};
    all.add(std::move(plain));

    LayerType image = common("LayerNorm2d", "Scales the channels of each pixel to a learned mean and spread.", 1);
    image.outputShape = channels;
    image.fittedTo = [](const Layer &layer, const Shape &input) {
        Attributes fitted = layer.attributes;
        if (input.size() == 3)
            fitted["normalized_shape"] = Ints{input.front()};
        return fitted;
    };
    image.forward = [](const LayerCall &call) { return normalized(call, call.inputs[0].permute({0, 2, 3, 1})).permute({0, 3, 1, 2}); };
    image.toOnnx = [](OnnxCall &call) -> Result<std::string> {
        return onnxTranspose(call, write(call, onnxTranspose(call, call.inputs[0], {0, 2, 3, 1})), {0, 3, 1, 2});
    };
    image.python = [](const Layer &) { return "{new:torchvision.models.convnext.LayerNorm2d}({0})"; };
    all.add(std::move(image));
}

} // namespace graft::layers::layernorm
