#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"

namespace graft::families::xception {

namespace {

enum class Start { WithReLU, Plainly };
enum class Growth { AtFirst, AtLast }; ///< which of the block's convolutions takes the step to more channels

struct Block {
    std::int64_t inputs = 0;
    std::int64_t outputs = 0;
    int convolutions = 2;
    std::int64_t stride = 1;
    Start start = Start::WithReLU;
    Growth growth = Growth::AtFirst;
};

LayerId separable(NetworkBuilder &builder, const std::string &name, LayerId input, std::int64_t inputs, std::int64_t outputs)
{
    const LayerId x
        = builder.convolution(name + ".conv1", input, {.inputs = inputs, .outputs = inputs, .kernel = 3, .padding = 1, .groups = inputs});
    return builder.convolution(name + ".pointwise", x, {.inputs = inputs, .outputs = outputs});
}

LayerId block(NetworkBuilder &builder, const std::string &name, LayerId input, const Block &block)
{
    int number = 0;
    const auto nextName = [&] { return name + ".rep." + std::to_string(number++); };
    LayerId x = input;
    std::int64_t channels = block.inputs;
    for (int index = 0; index < block.convolutions; ++index) {
        const bool grows = index == (block.growth == Growth::AtFirst ? 0 : block.convolutions - 1);
        const std::int64_t outputs = grows ? block.outputs : channels;
        if (index > 0 || block.start == Start::WithReLU)
            x = builder.plain(nextName(), "ReLU", x);
        x = separable(builder, nextName(), x, channels, outputs);
        x = builder.batchNorm(nextName(), x, outputs);
        channels = outputs;
    }
    LayerId shortcut = input;
    if (block.stride != 1) {
        x = builder.maxPool(nextName(), x, {.kernel = 3, .stride = block.stride, .padding = 1});
        shortcut = builder.convolution(name + ".skip", input, {.inputs = block.inputs, .outputs = block.outputs, .stride = block.stride});
        shortcut = builder.batchNorm(name + ".skipbn", shortcut, block.outputs);
    }
    return builder.join(name + ".add", "Add", x, shortcut);
}

std::vector<Block> blocks()
{
    std::vector<Block> all{{64, 128, 2, 2, Start::Plainly}, {128, 256, 2, 2}, {256, 728, 2, 2}};
    all.insert(all.end(), 8, {728, 728, 3});
    all.push_back({728, 1024, 2, 2, Start::WithReLU, Growth::AtLast});
    return all;
}

Network build(int classes)
{
    NetworkBuilder builder("xception", {3, 299, 299});
    const auto activated = [&](const std::string &number, LayerId input, std::int64_t channels) {
        const LayerId x = builder.batchNorm("bn" + number, input, channels);
        return builder.plain("act" + number, "ReLU", x);
    };
    LayerId x = builder.convolution("conv1", builder.input(), {.inputs = 3, .outputs = 32, .kernel = 3, .stride = 2});
    x = activated("1", x, 32);
    x = builder.convolution("conv2", x, {.inputs = 32, .outputs = 64, .kernel = 3});
    x = activated("2", x, 64);
    int number = 1;
    for (const Block &plan : blocks())
        x = block(builder, "block" + std::to_string(number++), x, plan);
    x = separable(builder, "conv3", x, 1024, 1536);
    x = activated("3", x, 1536);
    x = separable(builder, "conv4", x, 1536, 2048);
    x = activated("4", x, 2048);
    x = builder.adaptiveAvgPool("global_pool.pool", x, 1);
    x = builder.plain("global_pool.flatten", "Flatten", x);
    builder.linear("fc", x, 2048, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    all.add({.name = "xception",
        .title = "Xception",
        .family = "Xception",
        .preprocessing
        = {.resize = 333, .crop = 299, .interpolation = "bicubic", .mean = {0.5, 0.5, 0.5}, .standardDeviation = {0.5, 0.5, 0.5}},
        .build = build,
        .source = "Chollet, Xception: Deep Learning with Depthwise Separable Convolutions, 2016",
        .isInTorchvision = false});
}

} // namespace graft::families::xception
