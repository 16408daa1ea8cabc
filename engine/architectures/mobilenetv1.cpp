#include "architectures/networkbuilder_helper.h"
#include "architectures/variants.h"

namespace graft::families::mobilenetv1 {

namespace {

struct Variant {
    const char *name;
    const char *title;
    double width; ///< factor for all channels
};

/// The widths of Keras' weights; its `alpha`.
constexpr std::array<Variant, 4> Variants{{
    {"mobilenet_v1_025", "MobileNetV1 0.25", 0.25},
    {"mobilenet_v1_050", "MobileNetV1 0.50", 0.50},
    {"mobilenet_v1_075", "MobileNetV1 0.75", 0.75},
    {"mobilenet_v1_100", "MobileNetV1 1.0", 1.0},
}};

struct Block {
    std::int64_t channels = 0; ///< of the 1 × 1 convolution, at width 1
    std::int64_t stride = 1;
};

constexpr std::array<Block, 13> Blocks{
    {{64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2}, {512, 1}, {512, 1}, {512, 1}, {512, 1}, {512, 1}, {1024, 2}, {1024, 1}}};

/// TensorFlow's SAME padding for a 3 × 3 window. With stride 2 on an even size, all of it goes to the right and the bottom, which no
/// `padding` of a Conv2d can say.
LayerId sameConvolution(
    NetworkBuilder &builder, const std::string &name, const std::string &padName, LayerId input, Convolution convolution)
{
    LayerId x = input;
    if (convolution.stride == 2)
        x = builder.add(padName, "ConstantPad2d", {{"padding", std::vector<std::int64_t>{0, 1, 0, 1}}}, x);
    else
        convolution.padding = 1;
    return builder.convolution(name, x, convolution);
}

LayerId activated(NetworkBuilder &builder, const std::string &norm, const std::string &activation, LayerId input, std::int64_t channels)
{
    const LayerId x = builder.batchNorm(norm, input, channels);
    return builder.plain(activation, "ReLU6", x);
}

Network build(const Variant &variant, int classes)
{
    const auto scaled = [&](std::int64_t channels) { return static_cast<std::int64_t>(static_cast<double>(channels) * variant.width); };
    NetworkBuilder builder(variant.name, {3, 224, 224}, {.epsilon = 0.001, .momentum = 0.01});
    std::int64_t channels = scaled(32);
    LayerId x = sameConvolution(builder, "conv1", "pad1", builder.input(), {.inputs = 3, .outputs = channels, .kernel = 3, .stride = 2});
    x = activated(builder, "bn1", "relu1", x, channels);
    for (std::size_t index = 0; index < Blocks.size(); ++index) {
        const std::string number = "." + std::to_string(index);
        const std::int64_t outputs = scaled(Blocks[index].channels);
        x = sameConvolution(builder, "dw" + number, "pad" + number, x,
            {.inputs = channels, .outputs = channels, .kernel = 3, .stride = Blocks[index].stride, .groups = channels});
        x = activated(builder, "bd" + number, "rd" + number, x, channels);
        x = builder.convolution("pw" + number, x, {.inputs = channels, .outputs = outputs});
        x = activated(builder, "bp" + number, "rp" + number, x, outputs);
        channels = outputs;
    }
    x = builder.mean("mean", x);
    x = builder.dropout("dropout", x, 0.001);
    builder.linear("fc", x, channels, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    addVariants<Variants, build>(all, [](const Variant &variant) {
        // x / 127.5 − 1 of numbers from 0 to 255.
        return Architecture{.name = variant.name,
            .title = variant.title,
            .family = "MobileNetV1",
            .preprocessing = {.mean = {0.5, 0.5, 0.5}, .standardDeviation = {0.5, 0.5, 0.5}},
            .source = "Howard et al., MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications, 2017",
            .isInTorchvision = false};
    });
}

} // namespace graft::families::mobilenetv1
