#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"

#include <array>

namespace graft::families::resnet {

namespace {

enum class Block { Basic, Bottleneck };

struct Stage {
    std::string name;
    std::int64_t width = 0; ///< channels of the block's 3 × 3 convolutions
    std::int64_t stride = 1;
    int blocks = 0;
};

std::int64_t expansion(Block block)
{
    return block == Block::Basic ? 1 : 4;
}

LayerId shortcut(
    NetworkBuilder &builder, const std::string &block, LayerId input, std::int64_t inputs, std::int64_t outputs, std::int64_t stride)
{
    if (stride == 1 && inputs == outputs)
        return input;
    const LayerId convolution
        = builder.convolution(block + ".downsample.0", input, {.inputs = inputs, .outputs = outputs, .kernel = 1, .stride = stride});
    return builder.batchNorm(block + ".downsample.1", convolution, outputs);
}

LayerId basicBlock(
    NetworkBuilder &builder, const std::string &block, LayerId input, std::int64_t inputs, std::int64_t width, std::int64_t stride)
{
    LayerId x
        = builder.convolution(block + ".conv1", input, {.inputs = inputs, .outputs = width, .kernel = 3, .stride = stride, .padding = 1});
    x = builder.batchNorm(block + ".bn1", x, width);
    x = builder.plain(block + ".relu", "ReLU", x);
    x = builder.convolution(block + ".conv2", x, {.inputs = width, .outputs = width, .kernel = 3, .padding = 1});
    x = builder.batchNorm(block + ".bn2", x, width);
    x = builder.join(block + ".add", "Add", x, shortcut(builder, block, input, inputs, width, stride));
    return builder.plain(block + ".relu_1", "ReLU", x);
}

LayerId bottleneck(
    NetworkBuilder &builder, const std::string &block, LayerId input, std::int64_t inputs, std::int64_t width, std::int64_t stride)
{
    const std::int64_t outputs = width * expansion(Block::Bottleneck);
    LayerId x = builder.convolution(block + ".conv1", input, {.inputs = inputs, .outputs = width, .kernel = 1});
    x = builder.batchNorm(block + ".bn1", x, width);
    x = builder.plain(block + ".relu", "ReLU", x);
    x = builder.convolution(block + ".conv2", x, {.inputs = width, .outputs = width, .kernel = 3, .stride = stride, .padding = 1});
    x = builder.batchNorm(block + ".bn2", x, width);
    x = builder.plain(block + ".relu_1", "ReLU", x);
    x = builder.convolution(block + ".conv3", x, {.inputs = width, .outputs = outputs, .kernel = 1});
    x = builder.batchNorm(block + ".bn3", x, outputs);
    x = builder.join(block + ".add", "Add", x, shortcut(builder, block, input, inputs, outputs, stride));
    return builder.plain(block + ".relu_2", "ReLU", x);
}

Network build(const std::string &name, Block block, const std::array<int, 4> &blocks, int classes)
{
    NetworkBuilder builder(name, {3, 224, 224});
    LayerId x = builder.convolution("conv1", builder.input(), {.inputs = 3, .outputs = 64, .kernel = 7, .stride = 2, .padding = 3});
    x = builder.batchNorm("bn1", x, 64);
    x = builder.plain("relu", "ReLU", x);
    x = builder.maxPool("maxpool", x, {.kernel = 3, .stride = 2, .padding = 1});
    const std::array<Stage, 4> stages{
        {{"layer1", 64, 1, blocks[0]}, {"layer2", 128, 2, blocks[1]}, {"layer3", 256, 2, blocks[2]}, {"layer4", 512, 2, blocks[3]}}};
    std::int64_t channels = 64;
    for (const Stage &stage : stages) {
        for (int index = 0; index < stage.blocks; ++index) {
            const std::string blockName = stage.name + "." + std::to_string(index);
            const std::int64_t stride = index == 0 ? stage.stride : 1;
            x = block == Block::Basic ? basicBlock(builder, blockName, x, channels, stage.width, stride)
                                      : bottleneck(builder, blockName, x, channels, stage.width, stride);
            channels = stage.width * expansion(block);
        }
    }
    x = builder.adaptiveAvgPool("avgpool", x, 1);
    x = builder.plain("flatten", "Flatten", x);
    builder.linear("fc", x, channels, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    const auto entry = [&all](const char *name, const char *title, Network (*function)(int)) {
        all.add({.name = name,
            .title = title,
            .family = "ResNet",
            .preprocessing = {},
            .build = function,
            .source = "He et al., Deep Residual Learning for Image Recognition, 2015"});
    };
    entry("resnet18", "ResNet-18", [](int classes) { return build("resnet18", Block::Basic, {2, 2, 2, 2}, classes); });
    entry("resnet34", "ResNet-34", [](int classes) { return build("resnet34", Block::Basic, {3, 4, 6, 3}, classes); });
    entry("resnet50", "ResNet-50", [](int classes) { return build("resnet50", Block::Bottleneck, {3, 4, 6, 3}, classes); });
    entry("resnet101", "ResNet-101", [](int classes) { return build("resnet101", Block::Bottleneck, {3, 4, 23, 3}, classes); });
    entry("resnet152", "ResNet-152", [](int classes) { return build("resnet152", Block::Bottleneck, {3, 8, 36, 3}, classes); });
}

} // namespace graft::families::resnet
