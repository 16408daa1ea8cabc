#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"

#include <array>

namespace graft::families::mobilenetv2 {

namespace {

struct Stage {
    std::int64_t expansion = 1; ///< of the block's inner width
    std::int64_t channels = 0;
    int blocks = 0;
    std::int64_t stride = 1; ///< of the first block
};

LayerId invertedResidual(
    NetworkBuilder &builder, const std::string &block, LayerId input, std::int64_t inputs, const Stage &stage, std::int64_t stride)
{
    const std::int64_t inner = inputs * stage.expansion;
    int index = 0;
    const auto nextName = [&] { return block + ".conv." + std::to_string(index++); };
    LayerId x = input;
    if (stage.expansion != 1)
        x = builder.convNormActivation(nextName(), x, {.inputs = inputs, .outputs = inner, .kernel = 1}, "ReLU6");
    x = builder.convNormActivation(
        nextName(), x, {.inputs = inner, .outputs = inner, .kernel = 3, .stride = stride, .padding = 1, .groups = inner}, "ReLU6");
    x = builder.convolution(nextName(), x, {.inputs = inner, .outputs = stage.channels, .kernel = 1});
    x = builder.batchNorm(nextName(), x, stage.channels);
    if (stride == 1 && inputs == stage.channels)
        x = builder.join(block + ".add", "Add", input, x);
    return x;
}

Network build(int classes)
{
    constexpr std::array<Stage, 7> stages{
        {{1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}}};
    NetworkBuilder builder("mobilenet_v2", {3, 224, 224});
    int index = 0;
    const auto nextName = [&index] { return "features." + std::to_string(index++); };
    LayerId x = builder.convNormActivation(
        nextName(), builder.input(), {.inputs = 3, .outputs = 32, .kernel = 3, .stride = 2, .padding = 1}, "ReLU6");
    std::int64_t channels = 32;
    for (const Stage &stage : stages) {
        for (int block = 0; block < stage.blocks; ++block) {
            x = invertedResidual(builder, nextName(), x, channels, stage, block == 0 ? stage.stride : 1);
            channels = stage.channels;
        }
    }
    x = builder.convNormActivation(nextName(), x, {.inputs = channels, .outputs = 1280, .kernel = 1}, "ReLU6");
    x = builder.adaptiveAvgPool("adaptive_avg_pool2d", x, 1);
    x = builder.plain("flatten", "Flatten", x);
    x = builder.dropout("classifier.0", x, 0.2);
    builder.linear("classifier.1", x, 1280, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    all.add({.name = "mobilenet_v2",
        .title = "MobileNetV2",
        .family = "MobileNetV2",
        .preprocessing = {},
        .build = build,
        .source = "Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, 2018"});
}

} // namespace graft::families::mobilenetv2
