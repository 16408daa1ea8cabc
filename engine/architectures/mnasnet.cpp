#include "architectures/networkbuilder_helper.h"
#include "architectures/variants.h"

namespace graft::families::mnasnet {

namespace {

struct Variant {
    const char *name;
    const char *title;
    double width; ///< factor for all channels but those before the classifier
    int resize; ///< pixels
};

constexpr std::array<Variant, 4> Variants{{
    {"mnasnet0_5", "MNASNet 0.5", 0.5, 256},
    {"mnasnet0_75", "MNASNet 0.75", 0.75, 232},
    {"mnasnet1_0", "MNASNet 1.0", 1.0, 256},
    {"mnasnet1_3", "MNASNet 1.3", 1.3, 232},
}};

struct Stage {
    std::int64_t channels = 0; ///< at width 1
    std::int64_t kernel = 3;
    std::int64_t stride = 1; ///< of the first block
    std::int64_t expansion = 3; ///< of the blocks' inner width
    int blocks = 0;
};

constexpr std::array<Stage, 6> Stages{
    {{24, 3, 2, 3, 3}, {40, 5, 2, 3, 3}, {80, 5, 2, 6, 3}, {96, 3, 1, 6, 2}, {192, 5, 2, 6, 4}, {320, 3, 1, 6, 1}}};

/// A convolution and its BatchNorm in a list of layers that `block` numbers through.
class Numbered {
public:
    Numbered(NetworkBuilder &builder, std::string block) : m_builder(builder), m_block(std::move(block)) { }

    LayerId convolution(LayerId input, const Convolution &convolution)
    {
        const LayerId x = m_builder.convolution(next(), input, convolution);
        return m_builder.batchNorm(next(), x, convolution.outputs);
    }
    LayerId activated(LayerId input, const Convolution &parameters)
    {
        const LayerId x = convolution(input, parameters);
        return m_builder.plain(next(), "ReLU", x);
    }
    std::string next() { return m_block + "." + std::to_string(m_index++); }

private:
    NetworkBuilder &m_builder;
    std::string m_block;
    int m_index = 0;
};

Convolution depthwise(std::int64_t channels, std::int64_t kernel, std::int64_t stride)
{
    return {.inputs = channels, .outputs = channels, .kernel = kernel, .stride = stride, .padding = kernel / 2, .groups = channels};
}

LayerId invertedResidual(NetworkBuilder &builder, const std::string &block, LayerId input, std::int64_t inputs, std::int64_t outputs,
    const Stage &stage, std::int64_t stride)
{
    const std::int64_t inner = inputs * stage.expansion;
    Numbered layers(builder, block + ".layers");
    LayerId x = layers.activated(input, {.inputs = inputs, .outputs = inner});
    x = layers.activated(x, depthwise(inner, stage.kernel, stride));
    x = layers.convolution(x, {.inputs = inner, .outputs = outputs});
    return stride == 1 && inputs == outputs ? builder.join(block + ".add", "Add", x, input) : x;
}

Network build(const Variant &variant, int classes)
{
    const auto scaled = [&](std::int64_t channels) { return nearestMultiple(static_cast<double>(channels) * variant.width, 8); };
    // TensorFlow's 0.9997, which counts what is kept.
    NetworkBuilder builder(variant.name, {3, 224, 224}, {.momentum = 1 - 0.9997});
    Numbered layers(builder, "layers");
    const std::int64_t stem = scaled(32);
    LayerId x = layers.activated(builder.input(), {.inputs = 3, .outputs = stem, .kernel = 3, .stride = 2, .padding = 1});
    x = layers.activated(x, depthwise(stem, 3, 1));
    std::int64_t channels = scaled(16);
    x = layers.convolution(x, {.inputs = stem, .outputs = channels});
    for (const Stage &stage : Stages) {
        const std::string name = layers.next();
        for (int index = 0; index < stage.blocks; ++index) {
            const std::int64_t outputs = scaled(stage.channels);
            x = invertedResidual(builder, name + "." + std::to_string(index), x, channels, outputs, stage, index == 0 ? stage.stride : 1);
            channels = outputs;
        }
    }
    x = layers.activated(x, {.inputs = channels, .outputs = 1280});
    x = builder.mean("mean", x);
    x = builder.dropout("classifier.0", x, 0.2);
    builder.linear("classifier.1", x, 1280, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    addVariants<Variants, build>(all, [](const Variant &variant) {
        return Architecture{.name = variant.name,
            .title = variant.title,
            .family = "MNASNet",
            .preprocessing = {.resize = variant.resize},
            .source = "Tan et al., MnasNet: Platform-Aware Neural Architecture Search for Mobile, 2018"};
    });
}

} // namespace graft::families::mnasnet
