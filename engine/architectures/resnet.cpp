#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"
#include "architectures/variants.h"

#include <array>

namespace graft::families::resnet {

namespace {

enum class Block { Basic, Bottleneck };

/// How wide a bottleneck is: ResNeXt has many groups, Wide ResNet one of twice the width.
struct Width {
    std::int64_t groups = 1; ///< of the 3 × 3 convolution
    std::int64_t perGroup = 64; ///< channels of each group in the first stage
};

struct Stage {
    std::string name;
    std::int64_t planes = 0; ///< the paper's width: a basic block's channels, a quarter of a bottleneck's outputs
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

LayerId bottleneck(NetworkBuilder &builder, const std::string &block, LayerId input, std::int64_t inputs, std::int64_t planes,
    std::int64_t stride, const Width &widths)
{
    const std::int64_t width = planes * widths.perGroup / 64 * widths.groups;
    const std::int64_t outputs = planes * expansion(Block::Bottleneck);
    LayerId x = builder.convolution(block + ".conv1", input, {.inputs = inputs, .outputs = width, .kernel = 1});
    x = builder.batchNorm(block + ".bn1", x, width);
    x = builder.plain(block + ".relu", "ReLU", x);
    x = builder.convolution(
        block + ".conv2", x, {.inputs = width, .outputs = width, .kernel = 3, .stride = stride, .padding = 1, .groups = widths.groups});
    x = builder.batchNorm(block + ".bn2", x, width);
    x = builder.plain(block + ".relu_1", "ReLU", x);
    x = builder.convolution(block + ".conv3", x, {.inputs = width, .outputs = outputs, .kernel = 1});
    x = builder.batchNorm(block + ".bn3", x, outputs);
    x = builder.join(block + ".add", "Add", x, shortcut(builder, block, input, inputs, outputs, stride));
    return builder.plain(block + ".relu_2", "ReLU", x);
}

struct Variant {
    const char *name;
    const char *title;
    const char *family;
    Block block;
    std::array<int, 4> blocks;
    Width width = {};
    int resize = 256; ///< pixels
};

constexpr std::array<Variant, 10> Variants{{
    {"resnet18", "ResNet-18", "ResNet", Block::Basic, {2, 2, 2, 2}},
    {"resnet34", "ResNet-34", "ResNet", Block::Basic, {3, 4, 6, 3}},
    {"resnet50", "ResNet-50", "ResNet", Block::Bottleneck, {3, 4, 6, 3}},
    {"resnet101", "ResNet-101", "ResNet", Block::Bottleneck, {3, 4, 23, 3}},
    {"resnet152", "ResNet-152", "ResNet", Block::Bottleneck, {3, 8, 36, 3}},
    {"resnext50_32x4d", "ResNeXt-50 32×4d", "ResNeXt", Block::Bottleneck, {3, 4, 6, 3}, {32, 4}},
    {"resnext101_32x8d", "ResNeXt-101 32×8d", "ResNeXt", Block::Bottleneck, {3, 4, 23, 3}, {32, 8}},
    {"resnext101_64x4d", "ResNeXt-101 64×4d", "ResNeXt", Block::Bottleneck, {3, 4, 23, 3}, {64, 4}, 232},
    {"wide_resnet50_2", "Wide ResNet-50-2", "Wide ResNet", Block::Bottleneck, {3, 4, 6, 3}, {1, 128}},
    {"wide_resnet101_2", "Wide ResNet-101-2", "Wide ResNet", Block::Bottleneck, {3, 4, 23, 3}, {1, 128}},
}};

Network build(const Variant &variant, int classes)
{
    NetworkBuilder builder(variant.name, {3, 224, 224});
    LayerId x = builder.convolution("conv1", builder.input(), {.inputs = 3, .outputs = 64, .kernel = 7, .stride = 2, .padding = 3});
    x = builder.batchNorm("bn1", x, 64);
    x = builder.plain("relu", "ReLU", x);
    x = builder.maxPool("maxpool", x, {.kernel = 3, .stride = 2, .padding = 1});
    const std::array<Stage, 4> stages{{{"layer1", 64, 1, variant.blocks[0]}, {"layer2", 128, 2, variant.blocks[1]},
        {"layer3", 256, 2, variant.blocks[2]}, {"layer4", 512, 2, variant.blocks[3]}}};
    std::int64_t channels = 64;
    for (const Stage &stage : stages) {
        for (int index = 0; index < stage.blocks; ++index) {
            const std::string blockName = stage.name + "." + std::to_string(index);
            const std::int64_t stride = index == 0 ? stage.stride : 1;
            x = variant.block == Block::Basic ? basicBlock(builder, blockName, x, channels, stage.planes, stride)
                                              : bottleneck(builder, blockName, x, channels, stage.planes, stride, variant.width);
            channels = stage.planes * expansion(variant.block);
        }
    }
    x = builder.adaptiveAvgPool("avgpool", x, 1);
    x = builder.plain("flatten", "Flatten", x);
    builder.linear("fc", x, channels, classes);
    return builder.take();
}

const char *source(std::string_view family)
{
    if (family == "ResNeXt")
        return "Xie et al., Aggregated Residual Transformations for Deep Neural Networks, 2016";
    if (family == "Wide ResNet")
        return "Zagoruyko and Komodakis, Wide Residual Networks, 2016";
    return "He et al., Deep Residual Learning for Image Recognition, 2015";
}

} // namespace

void add(Architectures &all)
{
    addVariants<Variants, build>(all, [](const Variant &variant) {
        return Architecture{.name = variant.name,
            .title = variant.title,
            .family = variant.family,
            .preprocessing = {.resize = variant.resize},
            .source = source(variant.family)};
    });
}

} // namespace graft::families::resnet
