#include "architectures/networkbuilder_helper.h"
#include "architectures/variants.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace graft::families::efficientnet {

namespace {

enum class Block {
    MBConv, ///< 1 × 1 expansion, depthwise convolution, squeeze-and-excitation, 1 × 1 projection
    Fused, ///< one full convolution instead of the expansion and the depthwise one; nothing squeezed
};

struct Stage {
    Block block = Block::MBConv;
    std::int64_t expansion = 1; ///< of the blocks' inner width
    std::int64_t kernel = 3;
    std::int64_t stride = 1; ///< of the first block
    std::int64_t inputs = 0; ///< channels at width 1
    std::int64_t outputs = 0;
    int blocks = 0; ///< at depth 1
};

constexpr auto MB = Block::MBConv;
constexpr auto Fused = Block::Fused;
constexpr std::array<Stage, 7> First{{{MB, 1, 3, 1, 32, 16, 1}, {MB, 6, 3, 2, 16, 24, 2}, {MB, 6, 5, 2, 24, 40, 2},
    {MB, 6, 3, 2, 40, 80, 3}, {MB, 6, 5, 1, 80, 112, 3}, {MB, 6, 5, 2, 112, 192, 4}, {MB, 6, 3, 1, 192, 320, 1}}};
constexpr std::array<Stage, 6> Small{{{Fused, 1, 3, 1, 24, 24, 2}, {Fused, 4, 3, 2, 24, 48, 4}, {Fused, 4, 3, 2, 48, 64, 4},
    {MB, 4, 3, 2, 64, 128, 6}, {MB, 6, 3, 1, 128, 160, 9}, {MB, 6, 3, 2, 160, 256, 15}}};
constexpr std::array<Stage, 7> Medium{{{Fused, 1, 3, 1, 24, 24, 3}, {Fused, 4, 3, 2, 24, 48, 5}, {Fused, 4, 3, 2, 48, 80, 5},
    {MB, 4, 3, 2, 80, 160, 7}, {MB, 6, 3, 1, 160, 176, 14}, {MB, 6, 3, 2, 176, 304, 18}, {MB, 6, 3, 1, 304, 512, 5}}};
constexpr std::array<Stage, 7> Large{{{Fused, 1, 3, 1, 32, 32, 4}, {Fused, 4, 3, 2, 32, 64, 7}, {Fused, 4, 3, 2, 64, 96, 7},
    {MB, 4, 3, 2, 96, 192, 10}, {MB, 6, 3, 1, 192, 224, 19}, {MB, 6, 3, 2, 224, 384, 25}, {MB, 6, 3, 1, 384, 640, 7}}};

struct Variant {
    const char *name;
    const char *title;
    std::span<const Stage> stages;
    double width; ///< factor for the channels
    double depth; ///< factor for the number of blocks
    double dropout; ///< before the classifier
    std::int64_t features; ///< channels of the last convolution; 0: four times those before it
    BatchNorm batchNorm;
    int resize, crop; ///< pixels
    const char *interpolation;
    double mean = 0; ///< and standard deviation of the published weights' preprocessing; 0: ImageNet's
};

constexpr BatchNorm PyTorchNorm{};
constexpr BatchNorm TensorFlowNorm{.epsilon = 0.001, .momentum = 0.01};
constexpr BatchNorm SecondNorm{.epsilon = 0.001};

constexpr std::array<Variant, 11> Variants{{
    {"efficientnet_b0", "EfficientNet-B0", First, 1.0, 1.0, 0.2, 0, PyTorchNorm, 256, 224, "bicubic"},
    {"efficientnet_b1", "EfficientNet-B1", First, 1.0, 1.1, 0.2, 0, PyTorchNorm, 256, 240, "bicubic"},
    {"efficientnet_b2", "EfficientNet-B2", First, 1.1, 1.2, 0.3, 0, PyTorchNorm, 288, 288, "bicubic"},
    {"efficientnet_b3", "EfficientNet-B3", First, 1.2, 1.4, 0.3, 0, PyTorchNorm, 320, 300, "bicubic"},
    {"efficientnet_b4", "EfficientNet-B4", First, 1.4, 1.8, 0.4, 0, PyTorchNorm, 384, 380, "bicubic"},
    {"efficientnet_b5", "EfficientNet-B5", First, 1.6, 2.2, 0.4, 0, TensorFlowNorm, 456, 456, "bicubic"},
    {"efficientnet_b6", "EfficientNet-B6", First, 1.8, 2.6, 0.5, 0, TensorFlowNorm, 528, 528, "bicubic"},
    {"efficientnet_b7", "EfficientNet-B7", First, 2.0, 3.1, 0.5, 0, TensorFlowNorm, 600, 600, "bicubic"},
    {"efficientnet_v2_s", "EfficientNetV2-S", Small, 1.0, 1.0, 0.2, 1280, SecondNorm, 384, 384, "bilinear"},
    {"efficientnet_v2_m", "EfficientNetV2-M", Medium, 1.0, 1.0, 0.3, 1280, SecondNorm, 480, 480, "bilinear"},
    {"efficientnet_v2_l", "EfficientNetV2-L", Large, 1.0, 1.0, 0.4, 1280, SecondNorm, 480, 480, "bicubic", 0.5},
}};

/// One block of a stage, with its own numbers.
struct BlockPlan {
    Block block = Block::MBConv;
    std::int64_t inputs = 0;
    std::int64_t inner = 0;
    std::int64_t outputs = 0;
    std::int64_t kernel = 3;
    std::int64_t stride = 1;
    double dropProbability = 0; ///< of the residual branch in training; rises with the depth
};

LayerId mbConv(NetworkBuilder &builder, const std::string &name, LayerId input, const BlockPlan &plan)
{
    int index = 0;
    const auto nextName = [&] { return name + ".block." + std::to_string(index++); };
    LayerId x = input;
    if (plan.inner != plan.inputs)
        x = builder.convNormActivation(nextName(), x, {.inputs = plan.inputs, .outputs = plan.inner}, "SiLU");
    const Convolution depthwise{.inputs = plan.inner,
        .outputs = plan.inner,
        .kernel = plan.kernel,
        .stride = plan.stride,
        .padding = plan.kernel / 2,
        .groups = plan.inner};
    x = builder.convNormActivation(nextName(), x, depthwise, "SiLU");
    const std::int64_t squeezed = std::max<std::int64_t>(1, plan.inputs / 4);
    x = builder.squeezeExcite(nextName(), x, {.channels = plan.inner, .squeezed = squeezed, .activation = "SiLU"});
    return builder.convNormActivation(nextName(), x, {.inputs = plan.inner, .outputs = plan.outputs}, nullptr);
}

LayerId fusedMBConv(NetworkBuilder &builder, const std::string &name, LayerId input, const BlockPlan &plan)
{
    const bool expands = plan.inner != plan.inputs;
    const Convolution full{.inputs = plan.inputs,
        .outputs = expands ? plan.inner : plan.outputs,
        .kernel = plan.kernel,
        .stride = plan.stride,
        .padding = plan.kernel / 2};
    const LayerId x = builder.convNormActivation(name + ".block.0", input, full, "SiLU");
    return expands ? builder.convNormActivation(name + ".block.1", x, {.inputs = plan.inner, .outputs = plan.outputs}, nullptr) : x;
}

LayerId block(NetworkBuilder &builder, const std::string &name, LayerId input, const BlockPlan &plan)
{
    LayerId x = plan.block == Block::MBConv ? mbConv(builder, name, input, plan) : fusedMBConv(builder, name, input, plan);
    if (plan.stride != 1 || plan.inputs != plan.outputs)
        return x;
    x = builder.add(name + ".stochastic_depth", "StochasticDepth", {{"p", plan.dropProbability}}, x);
    return builder.join(name + ".add", "Add", x, input);
}

/// The blocks of each stage at the variant's width and depth.
std::vector<std::vector<BlockPlan>> plans(const Variant &variant)
{
    const auto scaled = [&](std::int64_t channels) { return nearestMultiple(static_cast<double>(channels) * variant.width, 8); };
    std::vector<std::vector<BlockPlan>> result;
    int total = 0;
    for (const Stage &stage : variant.stages) {
        const int blocks = static_cast<int>(std::ceil(stage.blocks * variant.depth));
        const std::int64_t outputs = scaled(stage.outputs);
        const auto plan = [&](std::int64_t inputs, std::int64_t stride) {
            const std::int64_t inner = nearestMultiple(static_cast<double>(inputs * stage.expansion), 8);
            return BlockPlan{stage.block, inputs, inner, outputs, stage.kernel, stride};
        };
        result.emplace_back(static_cast<std::size_t>(blocks), plan(outputs, 1));
        result.back().front() = plan(scaled(stage.inputs), stage.stride);
        total += blocks;
    }
    int number = 0;
    for (std::vector<BlockPlan> &stage : result)
        for (BlockPlan &plan : stage)
            plan.dropProbability = 0.2 * number++ / total;
    return result;
}

Network build(const Variant &variant, int classes)
{
    NetworkBuilder builder(variant.name, {3, variant.crop, variant.crop}, variant.batchNorm);
    const auto stages = plans(variant);
    const std::int64_t stem = stages.front().front().inputs;
    LayerId x = builder.convNormActivation(
        "features.0", builder.input(), {.inputs = 3, .outputs = stem, .kernel = 3, .stride = 2, .padding = 1}, "SiLU");
    int number = 1;
    for (const std::vector<BlockPlan> &stage : stages) {
        const std::string name = "features." + std::to_string(number++);
        for (std::size_t index = 0; index < stage.size(); ++index)
            x = block(builder, name + "." + std::to_string(index), x, stage[index]);
    }
    const std::int64_t channels = stages.back().back().outputs;
    const std::int64_t features = variant.features == 0 ? 4 * channels : variant.features;
    x = builder.convNormActivation("features." + std::to_string(number), x, {.inputs = channels, .outputs = features}, "SiLU");
    x = builder.adaptiveAvgPool("avgpool", x, 1);
    x = builder.plain("flatten", "Flatten", x);
    x = builder.dropout("classifier.0", x, variant.dropout);
    builder.linear("classifier.1", x, features, classes);
    return builder.take();
}

Preprocessing preprocessing(const Variant &variant)
{
    Preprocessing result{.resize = variant.resize, .crop = variant.crop, .interpolation = variant.interpolation};
    if (variant.mean != 0) {
        result.mean.fill(variant.mean);
        result.standardDeviation.fill(variant.mean);
    }
    return result;
}

} // namespace

void add(Architectures &all)
{
    addVariants<Variants, build>(all, [](const Variant &variant) {
        const bool isSecond = variant.features != 0;
        return Architecture{.name = variant.name,
            .title = variant.title,
            .family = isSecond ? "EfficientNetV2" : "EfficientNet",
            .preprocessing = preprocessing(variant),
            .source = isSecond ? "Tan and Le, EfficientNetV2: Smaller Models and Faster Training, 2021"
                               : "Tan and Le, EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks, 2019"};
    });
}

} // namespace graft::families::efficientnet
