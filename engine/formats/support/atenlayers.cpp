#include "formats/support/atencall.h"
#include "graph/limits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace graft {
namespace {

using Kind = AtenValue::Kind;

AtenValue convolve(AtenCall &call, bool isTransposed)
{
    const AtenTensor *weight = call.constant("weight");
    if (!weight)
        return {};
    const Shape &shape = weight->constant.shape();
    if (shape.size() != 4)
        return call.fails("it does not work on pictures of two dimensions");
    const LayerId input = call.layer("input");
    const std::int64_t groups = std::max<std::int64_t>(call.integer("groups", 1), 1);
    const std::int64_t inputs = isTransposed ? shape[0] : saturatingProduct(shape[1], groups);
    const std::int64_t outputs = isTransposed ? saturatingProduct(shape[1], groups) : shape[0];
    Attributes attributes = {{"in_channels", inputs}, {"out_channels", outputs}, {"kernel_size", Shape{shape[2], shape[3]}},
        {"stride", call.pair("stride", {1, 1})}, {"dilation", call.pair("dilation", {1, 1})}, {"groups", groups}};
    const AtenValue &padding = call.value("padding");
    if (padding.kind == Kind::Text && padding.text != "valid") {
        const auto dilation = call.pair("dilation", {1, 1});
        if (dilation[0] < 1 || dilation[1] < 1 || shape[2] % 2 == 0 || shape[3] % 2 == 0)
            return call.fails("its `padding` differs from side to side");
        attributes["padding"] = Shape{saturatingProduct(dilation[0], shape[2] - 1) / 2, saturatingProduct(dilation[1], shape[3] - 1) / 2};
    } else if (padding.kind != Kind::Text) {
        attributes["padding"] = call.pair("padding", {0, 0});
    }
    if (isTransposed)
        attributes["output_padding"] = call.pair("output_padding", {0, 0});
    GraphImport::NamedTensors tensors = {{"weight", weight->constant}};
    attributes["bias"] = call.has("bias");
    if (call.has("bias"))
        if (const AtenTensor *bias = call.constant("bias"))
            tensors.emplace_back("bias", bias->constant);
    const auto &known = call.graph().import().shape(input);
    if (known && known->size() == 3 && known->front() != inputs)
        call.graph().noteMisfit({.channels = inputs});
    return call.step(isTransposed ? "ConvTranspose2d" : "Conv2d", std::move(attributes), {input}, tensors, call.ownerOf(*weight, "weight"));
}

AtenValue convolution(AtenCall &call)
{
    return convolve(call, call.name().starts_with("conv_transpose") || call.boolean("transposed", false));
}

Tensor filled(std::int64_t count, float value)
{
    return Tensor::fromFloats({count}, std::vector<float>(static_cast<std::size_t>(count), value));
}

AtenValue batchNorm(AtenCall &call)
{
    const AtenTensor *mean = call.constant("running_mean");
    const AtenTensor *variance = call.constant("running_var");
    if (!mean || !variance)
        return {};
    const std::int64_t features = mean->constant.elementCount();
    // What a tensor without its own costs is what this one costs.
    const GraphImport::NamedTensors made = {{"weight", mean->constant}, {"bias", mean->constant}};
    if ((!call.has("weight") || !call.has("bias")) && !call.graph().spend(made))
        return call.fails("it has too many channels");
    GraphImport::NamedTensors tensors;
    for (const char *name : {"weight", "bias"}) {
        const bool isGiven = call.has(name);
        const AtenTensor *tensor = isGiven ? call.constant(name) : nullptr;
        if (isGiven && !tensor)
            return {};
        tensors.emplace_back(name, tensor ? tensor->constant : filled(features, *name == 'w' ? 1.0F : 0.0F));
    }
    tensors.emplace_back("running_mean", mean->constant);
    tensors.emplace_back("running_var", variance->constant);
    const std::string owner = call.ownerOf(*mean, "running_mean");
    if (auto count = call.graph().findTensor(owner + ".num_batches_tracked"); count && count->shape().empty())
        tensors.emplace_back("num_batches_tracked", std::move(*count));
    const LayerId input = call.layer("input");
    const auto &shape = call.graph().import().shape(input);
    const bool isImage = !shape || shape->size() == 3;
    return call.step(isImage ? "BatchNorm2d" : "BatchNorm1d",
        {{"num_features", features}, {"eps", call.real("eps", 1e-5)}, {"momentum", call.real("momentum", 0.1)}}, {input}, tensors, owner);
}

/// Native forms give statistics besides, which nothing in a picture's way uses.
AtenValue withStatistics(AtenValue value)
{
    return AtenValue::ofItems(Kind::Tuple, {std::move(value), AtenValue::unknown(), AtenValue::unknown(), AtenValue::unknown()});
}

AtenValue nativeBatchNorm(AtenCall &call)
{
    return withStatistics(batchNorm(call));
}

/// The weight and the bias of a norm where it has them; nothing when it has one alone.
GraphImport::NamedTensors affine(AtenCall &call)
{
    GraphImport::NamedTensors tensors;
    for (const char *name : {"weight", "bias"})
        if (call.has(name))
            if (const AtenTensor *tensor = call.constant(name))
                tensors.emplace_back(name, tensor->constant);
    if (tensors.size() == 1)
        call.fails("it has a weight or a bias alone");
    return tensors;
}

std::string affineOwner(AtenCall &call)
{
    return call.has("weight") && call.constant("weight") ? call.ownerOf(*call.constant("weight"), "weight") : std::string();
}

AtenValue layerNorm(AtenCall &call)
{
    const auto tensors = affine(call);
    return call.step("LayerNorm",
        {{"normalized_shape", call.integers("normalized_shape", {})}, {"eps", call.real("eps", 1e-5)},
            {"elementwise_affine", !tensors.empty()}},
        {call.layer("input")}, tensors, affineOwner(call));
}

AtenValue nativeLayerNorm(AtenCall &call)
{
    return withStatistics(layerNorm(call));
}

AtenValue groupNormOf(AtenCall &call, std::int64_t groups)
{
    const auto tensors = affine(call);
    const LayerId input = call.layer("input");
    const Shape shape = call.shape(input);
    if (shape.empty())
        return call.fails("it gets no channels");
    return call.step("GroupNorm",
        {{"num_groups", groups}, {"num_channels", shape.front()}, {"eps", call.real("eps", 1e-5)}, {"affine", !tensors.empty()}}, {input},
        tensors, affineOwner(call));
}

AtenValue groupNorm(AtenCall &call)
{
    return groupNormOf(call, call.integer("num_groups", 1));
}

AtenValue nativeGroupNorm(AtenCall &call)
{
    return withStatistics(groupNormOf(call, call.integer("group", 1)));
}

AtenValue instanceNorm(AtenCall &call)
{
    if (!call.boolean("use_input_stats", true))
        return call.fails("it uses running statistics");
    const auto tensors = affine(call);
    const LayerId input = call.layer("input");
    const Shape shape = call.shape(input);
    if (shape.size() != 3)
        return call.fails("it does not work on pictures of two dimensions");
    return call.step("InstanceNorm2d", {{"num_features", shape.front()}, {"eps", call.real("eps", 1e-5)}, {"affine", !tensors.empty()}},
        {input}, tensors, affineOwner(call));
}

/// Rows and columns exchanged, in memory.
Tensor transposed(const Tensor &matrix)
{
    const auto rows = static_cast<std::size_t>(matrix.shape()[0]), columns = static_cast<std::size_t>(matrix.shape()[1]);
    const std::size_t size = byteSize(matrix.type());
    auto bytes = std::make_shared<std::vector<std::byte>>(matrix.bytes().size());
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column)
            std::memcpy(bytes->data() + (column * rows + row) * size, matrix.bytes().data() + (row * columns + column) * size, size);
    return Tensor(matrix.type(), {matrix.shape()[1], matrix.shape()[0]}, std::shared_ptr<const std::vector<std::byte>>(std::move(bytes)));
}

/// `weight` is [outputs, inputs] when it `isTransposed` to what stands in the product, as nn.Linear keeps it.
AtenValue linearOf(AtenCall &call, LayerId input, AtenTensor &weight, const AtenTensor *bias, bool isTransposed)
{
    if (!isTransposed && weight.constant.shape().size() == 2) {
        // Once for all uses, so that they stay tied.
        weight.constant = transposed(weight.constant);
        weight.isTransposed = !weight.isTransposed;
    }
    if (weight.constant.shape().size() != 2 || (bias && bias->constant.shape().size() != 1))
        return call.fails("its weight is no matrix");
    const Tensor &matrix = weight.constant;
    const std::int64_t features = matrix.shape()[1];
    GraphImport::NamedTensors tensors = {{"weight", matrix}};
    if (bias)
        tensors.emplace_back("bias", bias->constant);
    const auto &known = call.graph().import().shape(input);
    if (known && !known->empty() && known->back() != features)
        call.graph().noteMisfit({.features = features});
    return call.step("Linear", {{"in_features", features}, {"out_features", matrix.shape()[0]}, {"bias", bias != nullptr}}, {input},
        tensors, call.ownerOf(weight, "weight"));
}

/// The same for an argument that may be rows of all pictures: so is what comes out.
AtenValue linearOfRows(AtenCall &call, std::string_view input, AtenTensor &weight, const AtenTensor *bias, bool isTransposed)
{
    AtenValue output = linearOf(call, call.layer(input, AtenCall::Rows::Allowed), weight, bias, isTransposed);
    if (output.isLayer() && call.value(input).tensor)
        output.tensor->isMerged = call.value(input).tensor->isMerged;
    return output;
}

AtenValue linear(AtenCall &call)
{
    AtenTensor *weight = call.constant("weight");
    const AtenTensor *bias = call.has("bias") ? call.constant("bias") : nullptr;
    return weight ? linearOfRows(call, "input", *weight, bias, !weight->isTransposed) : AtenValue{};
}

AtenValue addmm(AtenCall &call)
{
    if (call.real("beta", 1) != 1 || call.real("alpha", 1) != 1)
        return call.fails("it scales besides");
    const AtenTensor *bias = call.constant("self");
    AtenTensor *weight = call.constant("mat2");
    return bias && weight ? linearOfRows(call, "mat1", *weight, bias, weight->isTransposed) : AtenValue{};
}

AtenValue matmul(AtenCall &call)
{
    const AtenValue &other = call.value("other");
    if (other.isConstant() && other.tensor->constant.shape().size() == 2 && isFloatingPoint(other.tensor->constant.type()))
        return linearOfRows(call, "self", *other.tensor, nullptr, other.tensor->isTransposed);
    const std::size_t rank = std::max(call.rank(call.value("self")), call.rank(other));
    const LayerId first = call.operand(call.value("self"), rank);
    return call.step("MatMul", {}, {first, call.operand(other, rank)});
}

/// All of nn.MultiheadAttention in evaluation, as PyTorch's quick path has it.
AtenValue multiHeadAttention(AtenCall &call)
{
    const LayerId input = call.layer("query");
    if (call.layer("key") != input || call.layer("value") != input || call.has("mask"))
        return call.fails("it is no self-attention without a mask");
    GraphImport::NamedTensors tensors;
    for (const auto &[parameter, name] : {std::pair{"qkv_weight", "in_proj_weight"}, {"qkv_bias", "in_proj_bias"},
             {"proj_weight", "out_proj.weight"}, {"proj_bias", "out_proj.bias"}})
        if (const AtenTensor *tensor = call.constant(parameter))
            tensors.emplace_back(name, tensor->constant);
    if (tensors.size() != 4)
        return {};
    const AtenValue output
        = call.step("MultiheadAttention", {{"embed_dim", call.integer("embed_dim", 0)}, {"num_heads", call.integer("num_head", 0)}},
            {input}, tensors, call.ownerOf(*call.constant("qkv_weight"), "in_proj_weight"));
    return AtenValue::ofItems(Kind::Tuple, {output, AtenValue{}});
}

AtenValue scaledDotProduct(AtenCall &call)
{
    if (call.has("attn_mask") || call.boolean("is_causal", false))
        return call.fails("it has a mask");
    const LayerId query = call.layer("query"), key = call.layer("key"), value = call.layer("value");
    const Shape shape = call.shape(query);
    if (shape.size() < 2 || call.shape(key).size() != shape.size())
        return call.fails("its tokens stand in no rows");
    Shape dims(shape.size() + 1);
    for (std::size_t axis = 0; axis < dims.size(); ++axis)
        dims[axis] = static_cast<std::int64_t>(axis);
    std::swap(dims[dims.size() - 1], dims[dims.size() - 2]);
    const auto layerOf = [&](const AtenValue &step) { return step.isLayer() ? *step.tensor->layer : query; };
    const double scale = call.real("scale", 1 / std::sqrt(static_cast<double>(shape.back())));
    const LayerId turned = layerOf(call.step("Permute", {{"dims", dims}}, {key}));
    const LayerId scores = layerOf(call.step("MatMul", {}, {query, turned}));
    const LayerId scaled = layerOf(call.step("Scale", {{"factor", scale}}, {scores}));
    const LayerId shares = layerOf(call.step("Softmax", {{"dim", static_cast<std::int64_t>(shape.size())}}, {scaled}));
    return call.step("MatMul", {}, {shares, value});
}

constexpr auto operators = std::to_array<AtenOperator>({
    {"conv2d", "input weight bias stride padding dilation groups", convolution},
    {"conv_transpose2d", "input weight bias stride padding output_padding groups dilation", convolution},
    {"_convolution",
        "input weight bias stride padding dilation transposed output_padding groups benchmark deterministic cudnn_enabled allow_tf32",
        convolution},
    {"convolution", "input weight bias stride padding dilation transposed output_padding groups", convolution},
    {"batch_norm", "input weight bias running_mean running_var training momentum eps cudnn_enabled", batchNorm},
    {"native_batch_norm", "input weight bias running_mean running_var training momentum eps", nativeBatchNorm},
    {"_native_batch_norm_legit", "input weight bias running_mean running_var training momentum eps", nativeBatchNorm},
    {"_native_batch_norm_legit_no_training", "input weight bias running_mean running_var momentum eps", nativeBatchNorm},
    {"layer_norm", "input normalized_shape weight bias eps cudnn_enable", layerNorm},
    {"native_layer_norm", "input normalized_shape weight bias eps", nativeLayerNorm},
    {"group_norm", "input num_groups weight bias eps cudnn_enabled", groupNorm},
    {"native_group_norm", "input weight bias N C HxW group eps", nativeGroupNorm},
    {"instance_norm", "input weight bias running_mean running_var use_input_stats momentum eps cudnn_enabled", instanceNorm},
    {"linear", "input weight bias", linear},
    {"addmm", "self mat1 mat2 beta alpha", addmm},
    {"matmul", "self other", matmul},
    {"mm", "self other", matmul},
    {"bmm", "self other", matmul},
    {"_native_multi_head_attention",
        "query key value embed_dim num_head qkv_weight qkv_bias proj_weight proj_bias mask need_weights average_attn_weights mask_type",
        multiHeadAttention},
    {"scaled_dot_product_attention", "query key value attn_mask dropout_p is_causal scale enable_gqa", scaledDotProduct},
});

} // namespace

std::span<const AtenOperator> atenLayers()
{
    return operators;
}

} // namespace graft
