#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"
#include "architectures/variants.h"

namespace graft::families::densenet {

namespace {

struct Variant {
    const char *name;
    const char *title;
    std::int64_t stem = 64; ///< channels of the first convolution
    std::int64_t growth = 32; ///< channels that each layer adds
    std::array<int, 4> layers{}; ///< of each block
};

constexpr std::array<Variant, 4> Variants{{
    {"densenet121", "DenseNet-121", 64, 32, {6, 12, 24, 16}},
    {"densenet161", "DenseNet-161", 96, 48, {6, 12, 36, 24}},
    {"densenet169", "DenseNet-169", 64, 32, {6, 12, 32, 32}},
    {"densenet201", "DenseNet-201", 64, 32, {6, 12, 48, 32}},
}};

/// BatchNorm, ReLU and the convolution behind them.
LayerId preactivated(
    NetworkBuilder &builder, const std::string &block, const std::string &number, LayerId input, const Convolution &convolution)
{
    LayerId x = builder.batchNorm(block + ".norm" + number, input, convolution.inputs);
    x = builder.plain(block + ".relu" + number, "ReLU", x);
    return builder.convolution(block + ".conv" + number, x, convolution);
}

/// Each layer sees all that the block has made so far. The pile grows by one concatenation a layer, whose inputs are the pile before
/// it and the newest features: the values are those of joining all features anew, with a graph that can be drawn.
LayerId denseBlock(NetworkBuilder &builder, const std::string &block, LayerId input, std::int64_t inputs, std::int64_t growth, int layers)
{
    const std::int64_t inner = 4 * growth;
    std::vector<LayerId> features{input};
    for (int index = 0; index < layers; ++index) {
        const std::string layer = block + ".denselayer" + std::to_string(index + 1);
        const LayerId pile = builder.concatenate(layer + ".cat", features);
        LayerId x = preactivated(builder, layer, "1", pile, {.inputs = inputs + index * growth, .outputs = inner});
        x = preactivated(builder, layer, "2", x, {.inputs = inner, .outputs = growth, .kernel = 3, .padding = 1});
        features = {pile, x};
    }
    return builder.concatenate(block + ".cat", features);
}

/// Halves the channels and the size.
LayerId transition(NetworkBuilder &builder, const std::string &block, LayerId input, std::int64_t inputs)
{
    const LayerId x = preactivated(builder, block, "", input, {.inputs = inputs, .outputs = inputs / 2});
    const std::vector<std::int64_t> two{2, 2};
    return builder.add(block + ".pool", "AvgPool2d", {{"kernel_size", two}, {"stride", two}}, x);
}

Network build(const Variant &variant, int classes)
{
    NetworkBuilder builder(variant.name, {3, 224, 224});
    LayerId x = builder.convolution(
        "features.conv0", builder.input(), {.inputs = 3, .outputs = variant.stem, .kernel = 7, .stride = 2, .padding = 3});
    x = builder.batchNorm("features.norm0", x, variant.stem);
    x = builder.plain("features.relu0", "ReLU", x);
    x = builder.maxPool("features.pool0", x, {.kernel = 3, .stride = 2, .padding = 1});
    std::int64_t channels = variant.stem;
    for (std::size_t index = 0; index < variant.layers.size(); ++index) {
        const std::string number = std::to_string(index + 1);
        x = denseBlock(builder, "features.denseblock" + number, x, channels, variant.growth, variant.layers[index]);
        channels += variant.growth * variant.layers[index];
        if (index + 1 < variant.layers.size()) {
            x = transition(builder, "features.transition" + number, x, channels);
            channels /= 2;
        }
    }
    x = builder.batchNorm("features.norm5", x, channels);
    x = builder.plain("relu", "ReLU", x);
    x = builder.adaptiveAvgPool("adaptive_avg_pool2d", x, 1);
    x = builder.plain("flatten", "Flatten", x);
    builder.linear("classifier", x, channels, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    addVariants<Variants, build>(all, [](const Variant &variant) {
        return Architecture{.name = variant.name,
            .title = variant.title,
            .family = "DenseNet",
            .preprocessing = {},
            .source = "Huang et al., Densely Connected Convolutional Networks, 2016"};
    });
}

} // namespace graft::families::densenet
