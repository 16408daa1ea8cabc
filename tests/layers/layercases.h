#pragma once
#include "layers/layercall.h"

#include <cmath>

/// One way to use a layer type; the tests of the layer types go through all of them.
struct Case {
    std::string type;
    graft::Attributes attributes;
    std::vector<graft::Shape> inputs; ///< without the batch dimension
    bool training = false;
    bool positive = false; ///< the inputs must be above 0
    bool once = false; ///< the last input comes once and not for each picture, as a Parameter's
};

namespace cases {

using graft::Attributes;
using Ints = std::vector<std::int64_t>;

inline std::int64_t integer(std::int64_t value)
{
    return value;
}

inline std::vector<Case> activations()
{
    std::vector<Case> all;
    for (const char *type : {"ReLU", "ReLU6", "Hardswish", "Hardsigmoid", "Sigmoid", "SiLU", "Tanh", "Mish", "SELU", "Softsign", "GELU",
             "LeakyReLU", "ELU", "CELU", "Softplus", "Hardtanh", "PReLU", "Exp", "Abs", "Neg", "Erf", "Clamp", "Scale"})
        all.push_back({type, {}, {{4, 6, 5}}});
    for (const char *type : {"Log", "Sqrt", "Reciprocal"})
        all.push_back({type, {}, {{4, 6, 5}}, false, true});
    const std::vector<Case> more = {
        {"GELU", {{"approximate", "tanh"}}, {{4, 6, 5}}},
        {"LeakyReLU", {{"negative_slope", 0.2}}, {{4, 6, 5}}},
        {"ELU", {{"alpha", 0.7}}, {{4, 6, 5}}},
        {"CELU", {{"alpha", 0.7}}, {{4, 6, 5}}},
        {"Softplus", {{"beta", 2.0}, {"threshold", 3.0}}, {{4, 6, 5}}},
        {"Hardtanh", {{"min_val", -0.5}, {"max_val", 2.0}}, {{4, 6, 5}}},
        {"PReLU", {{"num_parameters", integer(4)}}, {{4, 6, 5}}},
        {"Softmax", {}, {{9}}},
        {"Softmax", {}, {{5, 3, 2}}},
        {"Softmax", {{"dim", integer(-1)}}, {{5, 3, 7}}},
        {"LogSoftmax", {}, {{9}}},
        {"LogSoftmax", {{"dim", integer(2)}}, {{5, 3, 7}}},
        {"Pow", {{"exponent", 2.0}}, {{4, 6, 5}}},
        {"Pow", {{"exponent", -0.5}}, {{4, 6, 5}}, false, true},
        {"Clamp", {{"min", -0.5}, {"max", 1.5}}, {{4, 6, 5}}},
        {"Scale", {{"factor", 0.458}, {"offset", -0.03}}, {{3, 6, 5}}},
    };
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

inline std::vector<Case> normalizations()
{
    return {
        {"BatchNorm2d", {{"num_features", integer(6)}}, {{6, 5, 4}}},
        {"BatchNorm2d", {{"num_features", integer(6)}, {"eps", 1e-3}, {"momentum", 0.01}}, {{6, 5, 4}}, true},
        {"BatchNorm1d", {{"num_features", integer(6)}}, {{6}}},
        {"BatchNorm1d", {{"num_features", integer(6)}}, {{6, 7}}, true},
        {"LayerNorm", {{"normalized_shape", Ints{7}}}, {{5, 7}}},
        {"LayerNorm", {{"normalized_shape", Ints{3, 4}}, {"eps", 1e-3}}, {{5, 3, 4}}},
        {"LayerNorm", {{"normalized_shape", Ints{7}}, {"elementwise_affine", false}}, {{5, 7}}},
        {"LayerNorm2d", {{"normalized_shape", Ints{6}}, {"eps", 1e-6}}, {{6, 5, 4}}},
        {"GroupNorm", {{"num_groups", integer(3)}, {"num_channels", integer(6)}}, {{6, 5, 4}}},
        {"GroupNorm", {{"num_groups", integer(2)}, {"num_channels", integer(6)}, {"affine", false}}, {{6, 5, 4}}},
        {"InstanceNorm2d", {{"num_features", integer(6)}}, {{6, 5, 4}}},
        {"InstanceNorm2d", {{"num_features", integer(6)}, {"affine", true}}, {{6, 5, 4}}},
        {"LocalResponseNorm", {{"size", integer(5)}, {"alpha", 0.1}}, {{9, 5, 4}}},
        {"LocalResponseNorm", {{"size", integer(4)}, {"alpha", 0.2}, {"beta", 0.5}, {"k", 2.0}}, {{9, 5, 4}}},
        {"Normalize", {}, {{9, 3}}},
        {"Normalize", {{"dim", integer(-1)}}, {{9, 3}}},
    };
}

inline std::vector<Case> merges()
{
    std::vector<Case> all;
    for (const char *type : {"Add", "Subtract", "Multiply", "Divide", "Maximum", "Minimum"}) {
        const bool positive = std::string_view(type) == "Divide";
        all.push_back({type, {}, {{4, 6, 5}, {4, 6, 5}}, false, positive});
        all.push_back({type, {}, {{4, 1, 1}, {4, 6, 5}}, false, positive});
        all.push_back({type, {}, {{4, 6, 5}, {4, 1, 1}}, false, positive});
        all.push_back({type, {}, {{4, 6, 5}, {5}}, false, positive});
        all.push_back({type, {}, {{7, 5}, {7, 5}}, false, positive, true});
    }
    const std::vector<Case> more = {
        {"Concatenate", {}, {{4, 6, 5}, {1, 6, 5}, {3, 6, 5}}},
        {"Concatenate", {{"dim", integer(-1)}}, {{4, 6, 5}, {4, 6, 2}}},
        {"Concatenate", {{"dim", integer(1)}}, {{4, 6}, {1, 6}}, false, false, true},
        {"Concatenate", {{"dim", integer(-1)}}, {{4, 6}, {4, 3}}, false, false, true},
        {"MatMul", {}, {{4, 6}, {6, 5}}},
        {"MatMul", {}, {{2, 4, 6}, {2, 6, 5}}},
        {"MatMul", {}, {{2, 4, 6}, {6, 5}}},
        {"MatMul", {}, {{6}, {6, 5}}, false, false, true},
        {"MatMul", {}, {{3, 4, 6}, {6}}},
        {"MatMul", {}, {{6}, {6}}},
    };
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

inline std::vector<Case> shapes()
{
    return {
        {"Input", {{"shape", Ints{3, 5, 4}}}, {{3, 5, 4}}},
        {"Identity", {}, {{3, 5, 4}}},
        {"Flatten", {}, {{4, 3, 2}}},
        {"Flatten", {{"start_dim", integer(2)}}, {{4, 3, 2}}},
        {"Flatten", {{"start_dim", integer(1)}, {"end_dim", integer(2)}}, {{4, 3, 2}}},
        {"Reshape", {{"shape", Ints{6, -1}}}, {{4, 3, 2}}},
        {"Reshape", {{"shape", Ints{2, 12}}}, {{4, 3, 2}}},
        {"Permute", {{"dims", Ints{0, 2, 3, 1}}}, {{4, 3, 2}}},
        {"Permute", {{"dims", Ints{0, -1, 1}}}, {{4, 3}}},
        {"Squeeze", {{"dim", integer(2)}}, {{4, 1, 2}}},
        {"Unsqueeze", {{"dim", integer(-1)}}, {{4, 3}}},
        {"Unsqueeze", {{"dim", integer(1)}}, {{4, 3}}},
        {"Slice", {{"start", integer(1)}, {"end", integer(3)}}, {{4, 3, 2}}},
        {"Slice", {{"dim", integer(-1)}, {"start", integer(-6)}, {"step", integer(4)}}, {{4, 9}}},
        {"Slice", {{"dim", integer(2)}, {"end", integer(-2)}, {"step", integer(2)}}, {{4, 9}}},
        {"Select", {}, {{4, 3}}},
        {"Select", {{"dim", integer(2)}, {"index", integer(-1)}}, {{4, 3}}},
        {"ConstantPad2d", {{"padding", Ints{1, 2, 3, 4}}}, {{4, 6, 5}}},
        {"ConstantPad2d", {{"padding", Ints{-1, 2, 3, -2}}, {"value", 1.5}}, {{4, 6, 5}}},
        {"ReflectionPad2d", {{"padding", Ints{1, 2, 3, 4}}}, {{4, 6, 5}}},
        {"ReplicationPad2d", {{"padding", Ints{1, 2, 3, 4}}}, {{4, 6, 5}}},
        {"Upsample", {}, {{4, 6, 5}}},
        {"Upsample", {{"scale_factor", 1.7}}, {{4, 6, 5}}},
        {"Upsample", {{"size", Ints{9, 4}}, {"mode", "bilinear"}}, {{4, 6, 5}}},
        {"Upsample", {{"size", Ints{9, 14}}, {"mode", "bilinear"}, {"align_corners", true}}, {{4, 6, 5}}},
        {"Upsample", {{"scale_factor", 1.5}, {"mode", "bicubic"}}, {{4, 6, 5}}},
        {"ChannelShuffle", {{"groups", integer(3)}}, {{6, 5, 4}}},
        {"PixelShuffle", {{"upscale_factor", integer(2)}}, {{8, 5, 4}}},
        {"ShortcutPad", {{"out_channels", integer(8)}, {"stride", integer(2)}}, {{4, 6, 5}}},
        {"ShortcutPad", {{"out_channels", integer(4)}, {"stride", integer(3)}}, {{4, 7, 8}}},
        {"Dropout", {{"p", 0.3}}, {{4, 3, 2}}},
        {"Dropout2d", {{"p", 0.3}}, {{4, 3, 2}}},
        {"StochasticDepth", {{"p", 0.3}}, {{4, 3, 2}}},
        {"StochasticDepth", {{"p", 0.0}, {"mode", "batch"}}, {{4, 3, 2}}, true},
        {"Parameter", {{"shape", Ints{4, 3}}}, {}},
        {"Parameter", {{"shape", Ints{1, 4, 3}}, {"has_batch_dimension", true}}, {}},
        {"Parameter", {{"shape", Ints{4}}, {"trainable", false}}, {}},
    };
}

inline std::vector<Case> linears()
{
    const auto convolution = [](std::int64_t in, std::int64_t out, Ints kernel, Attributes more, graft::Shape input) {
        more.insert({{"in_channels", in}, {"out_channels", out}, {"kernel_size", std::move(kernel)}});
        return Case{"Conv2d", more, {std::move(input)}};
    };
    const auto transposed = [&](std::int64_t in, std::int64_t out, Ints kernel, Attributes more, graft::Shape input) {
        Case test = convolution(in, out, std::move(kernel), std::move(more), std::move(input));
        test.type = "ConvTranspose2d";
        return test;
    };
    return {
        {"Linear", {{"in_features", integer(7)}, {"out_features", integer(4)}}, {{7}}},
        {"Linear", {{"in_features", integer(7)}, {"out_features", integer(4)}, {"bias", false}}, {{3, 7}}},
        {"Linear", {{"in_features", integer(7)}, {"out_features", integer(4)}}, {{2, 3, 7}}},
        convolution(3, 8, {3, 3}, {}, {3, 9, 7}),
        convolution(3, 8, {7, 7}, {{"stride", Ints{2, 2}}, {"padding", Ints{3, 3}}, {"bias", false}}, {3, 15, 14}),
        convolution(6, 9, {3, 2}, {{"groups", integer(3)}, {"padding", Ints{1, 0}}}, {6, 8, 7}),
        convolution(6, 6, {5, 5}, {{"groups", integer(6)}, {"padding", Ints{2, 2}}, {"stride", Ints{2, 1}}}, {6, 8, 7}),
        convolution(4, 5, {3, 3}, {{"dilation", Ints{2, 3}}, {"padding", Ints{2, 1}}}, {4, 9, 12}),
        convolution(4, 8, {3, 3}, {{"dilation", Ints{2, 2}}, {"groups", integer(2)}, {"stride", Ints{3, 2}}}, {4, 11, 12}),
        convolution(8, 3, {1, 1}, {}, {8, 1, 1}),
        transposed(4, 6, {2, 2}, {{"stride", Ints{2, 2}}}, {4, 5, 3}),
        transposed(
            4, 6, {3, 4}, {{"stride", Ints{2, 3}}, {"padding", Ints{1, 2}}, {"output_padding", Ints{1, 2}}, {"bias", false}}, {4, 5, 3}),
        transposed(4, 6, {3, 3}, {{"groups", integer(2)}, {"dilation", Ints{2, 1}}}, {4, 5, 3}),
    };
}

inline std::vector<Case> poolings()
{
    std::vector<Case> all = {
        {"AdaptiveAvgPool2d", {}, {{4, 6, 5}}},
        {"AdaptiveAvgPool2d", {{"output_size", Ints{3, 7}}}, {{4, 6, 5}}},
        {"AdaptiveMaxPool2d", {}, {{4, 6, 5}}},
        {"AdaptiveMaxPool2d", {{"output_size", Ints{3, 4}}}, {{4, 6, 5}}},
        {"Mean", {{"dim", Ints{2, 3}}}, {{4, 6, 5}}},
    };
    for (const char *type : {"Mean", "Sum", "Max", "Min"})
        for (const bool keep : {false, true})
            all.push_back({type, {{"dim", Ints{-1, 2}}, {"keepdim", keep}}, {{4, 6, 5}}});
    // Sizes where rounding up and down differ, and where a last window would start in the padding.
    for (const char *type : {"MaxPool2d", "AvgPool2d"})
        for (const bool ceil : {false, true})
            for (const std::int64_t size : {5, 6, 7, 8, 9})
                for (const std::int64_t padding : {0, 1})
                    all.push_back({type,
                        {{"kernel_size", Ints{3, 2}}, {"stride", Ints{2, 3}}, {"padding", Ints{padding, padding}}, {"ceil_mode", ceil}},
                        {{2, size, size + 1}}});
    for (const bool ceil : {false, true})
        all.push_back({"AvgPool2d",
            {{"kernel_size", Ints{3, 2}}, {"stride", Ints{2, 3}}, {"padding", Ints{1, 1}}, {"ceil_mode", ceil},
                {"count_include_pad", false}},
            {{2, 6, 7}}});
    return all;
}

inline std::vector<Case> attentions()
{
    std::vector<Case> all = {
        {"MultiheadAttention", {{"embed_dim", integer(12)}, {"num_heads", integer(3)}}, {{7, 12}}},
        {"MultiheadAttention", {{"embed_dim", integer(12)}, {"num_heads", integer(2)}, {"bias", false}}, {{7, 12}}, true},
        {"PatchMerge", {}, {{6, 4, 3}}},
        {"PatchMerge", {}, {{5, 7, 3}}},
    };
    // Windows that fit, that need padding, that are shifted both ways or one, and that span a side.
    const std::vector<std::tuple<Ints, graft::Shape>> shifts = {
        {{0, 0}, {8, 6, 12}}, {{2, 1}, {8, 6, 12}}, {{0, 0}, {7, 5, 12}}, {{2, 1}, {7, 5, 12}}, {{2, 1}, {4, 7, 12}}, {{2, 1}, {3, 2, 12}}};
    for (const char *type : {"ShiftedWindowAttention", "ShiftedWindowAttentionV2"}) {
        Attributes attributes = {{"dim", integer(12)}, {"num_heads", integer(3)}, {"window_size", Ints{4, 3}}};
        for (const auto &[shift, input] : shifts) {
            attributes["shift_size"] = shift;
            all.push_back({type, attributes, {input}});
        }
        attributes["qkv_bias"] = attributes["proj_bias"] = false;
        all.push_back({type, attributes, {{8, 6, 12}}, true});
    }
    return all;
}

inline std::vector<Case> all()
{
    std::vector<Case> result;
    for (const auto &family : {activations(), normalizations(), merges(), shapes(), linears(), poolings(), attentions()})
        result.insert(result.end(), family.begin(), family.end());
    return result;
}

/// The case as a layer, and random tensors for it.
struct Prepared {
    graft::Layer layer;
    const graft::LayerType *type = nullptr;
    std::vector<std::string> inputNames;
    std::vector<graft::TensorSpec> specs;
    std::vector<at::Tensor> inputs;
    std::vector<at::Tensor> tensors;

    [[nodiscard]] at::Tensor run(bool training) const { return type->forward({layer, inputs, tensors, training}); }
};

/// Running variances must be positive and tables stay as they are; everything else may be anything.
inline at::Tensor randomTensor(const graft::TensorSpec &spec)
{
    if (spec.initialisation == graft::Initialisation::Values) {
        auto *data = const_cast<std::byte *>(spec.values.bytes().data());
        return at::from_blob(data, spec.shape, spec.type == graft::DType::Int64 ? at::kLong : at::kFloat).clone();
    }
    if (spec.type == graft::DType::Int64)
        return at::full(spec.shape, 41, at::kLong);
    return spec.name == "running_var" ? at::rand(spec.shape) + 0.5 : at::randn(spec.shape);
}

inline at::Tensor randomInput(const Case &test, std::size_t index, std::int64_t batch)
{
    graft::Shape shape = test.inputs[index];
    shape.insert(shape.begin(), test.once && index + 1 == test.inputs.size() ? 1 : batch);
    at::Tensor input = at::randn(shape) * 3;
    if (test.positive)
        input = input.abs() + 0.5;
    return input.dim() == 4 ? input.contiguous(at::MemoryFormat::ChannelsLast) : input;
}

/// The case as a layer, still without tensors.
inline Prepared described(const Case &test)
{
    Prepared result;
    result.layer.name = "layer";
    result.layer.type = test.type;
    result.layer.attributes = test.attributes;
    result.type = graft::layerTypes().find(test.type);
    result.inputNames.assign(test.inputs.size(), "before");
    return result;
}

inline void fill(Prepared &prepared, const Case &test, std::int64_t batch)
{
    for (std::size_t index = 0; index < test.inputs.size(); ++index)
        prepared.inputs.push_back(randomInput(test, index, batch));
    for (const graft::TensorSpec &spec : prepared.specs)
        prepared.tensors.push_back(randomTensor(spec).requires_grad_(!spec.isBuffer));
}

inline Prepared prepare(const Case &test, std::int64_t batch)
{
    Prepared result = described(test);
    if (result.type->tensors)
        result.specs = result.type->tensors(result.layer, test.inputs);
    fill(result, test, batch);
    return result;
}

} // namespace cases
