#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"

namespace graft::families::mobilenetv3 {

namespace {

enum class Squeeze { No, Yes };
enum class Activation { ReLU, Hardswish };

struct Block {
    std::int64_t kernel = 3;
    std::int64_t inner = 0; ///< channels of the depthwise convolution
    std::int64_t outputs = 0;
    Squeeze squeeze = Squeeze::No;
    Activation activation = Activation::ReLU;
    std::int64_t stride = 1;
};

/// Width of the classifier's first Linear.
struct Tail {
    std::int64_t hidden = 0;
};

const char *typeName(Activation activation)
{
    return activation == Activation::ReLU ? "ReLU" : "Hardswish";
}

LayerId invertedResidual(NetworkBuilder &builder, const std::string &name, LayerId input, std::int64_t inputs, const Block &block)
{
    int index = 0;
    const auto nextName = [&] { return name + ".block." + std::to_string(index++); };
    LayerId x = input;
    if (block.inner != inputs)
        x = builder.convNormActivation(nextName(), x, {.inputs = inputs, .outputs = block.inner, .kernel = 1}, typeName(block.activation));
    const Convolution depthwise{.inputs = block.inner,
        .outputs = block.inner,
        .kernel = block.kernel,
        .stride = block.stride,
        .padding = (block.kernel - 1) / 2,
        .groups = block.inner};
    x = builder.convNormActivation(nextName(), x, depthwise, typeName(block.activation));
    if (block.squeeze == Squeeze::Yes) {
        const std::int64_t squeezed = nearestMultiple(static_cast<double>(block.inner / 4), 8);
        x = builder.squeezeExcite(nextName(), x, {.channels = block.inner, .squeezed = squeezed, .scaleActivation = "Hardsigmoid"});
    }
    x = builder.convNormActivation(nextName(), x, {.inputs = block.inner, .outputs = block.outputs, .kernel = 1}, nullptr);
    if (block.stride == 1 && inputs == block.outputs)
        x = builder.join(name + ".add", "Add", x, input);
    return x;
}

Network build(const std::string &architecture, const std::vector<Block> &blocks, Tail tail, int classes)
{
    NetworkBuilder builder(architecture, {3, 224, 224}, {.epsilon = 0.001, .momentum = 0.01});
    int index = 0;
    const auto nextName = [&index] { return "features." + std::to_string(index++); };
    std::int64_t channels = 16;
    LayerId x = builder.convNormActivation(
        nextName(), builder.input(), {.inputs = 3, .outputs = channels, .kernel = 3, .stride = 2, .padding = 1}, "Hardswish");
    for (const Block &block : blocks) {
        x = invertedResidual(builder, nextName(), x, channels, block);
        channels = block.outputs;
    }
    x = builder.convNormActivation(nextName(), x, {.inputs = channels, .outputs = 6 * channels, .kernel = 1}, "Hardswish");
    x = builder.adaptiveAvgPool("avgpool", x, 1);
    x = builder.plain("flatten", "Flatten", x);
    x = builder.linear("classifier.0", x, 6 * channels, tail.hidden);
    x = builder.plain("classifier.1", "Hardswish", x);
    x = builder.dropout("classifier.2", x, 0.2);
    builder.linear("classifier.3", x, tail.hidden, classes);
    return builder.take();
}

Network large(int classes)
{
    using enum Squeeze;
    using enum Activation;
    return build("mobilenet_v3_large",
        {{3, 16, 16, No, ReLU, 1}, {3, 64, 24, No, ReLU, 2}, {3, 72, 24, No, ReLU, 1}, {5, 72, 40, Yes, ReLU, 2},
            {5, 120, 40, Yes, ReLU, 1}, {5, 120, 40, Yes, ReLU, 1}, {3, 240, 80, No, Hardswish, 2}, {3, 200, 80, No, Hardswish, 1},
            {3, 184, 80, No, Hardswish, 1}, {3, 184, 80, No, Hardswish, 1}, {3, 480, 112, Yes, Hardswish, 1},
            {3, 672, 112, Yes, Hardswish, 1}, {5, 672, 160, Yes, Hardswish, 2}, {5, 960, 160, Yes, Hardswish, 1},
            {5, 960, 160, Yes, Hardswish, 1}},
        {.hidden = 1280}, classes);
}

Network small(int classes)
{
    using enum Squeeze;
    using enum Activation;
    return build("mobilenet_v3_small",
        {{3, 16, 16, Yes, ReLU, 2}, {3, 72, 24, No, ReLU, 2}, {3, 88, 24, No, ReLU, 1}, {5, 96, 40, Yes, Hardswish, 2},
            {5, 240, 40, Yes, Hardswish, 1}, {5, 240, 40, Yes, Hardswish, 1}, {5, 120, 48, Yes, Hardswish, 1},
            {5, 144, 48, Yes, Hardswish, 1}, {5, 288, 96, Yes, Hardswish, 2}, {5, 576, 96, Yes, Hardswish, 1},
            {5, 576, 96, Yes, Hardswish, 1}},
        {.hidden = 1024}, classes);
}

} // namespace

void add(Architectures &all)
{
    const std::string source = "Howard et al., Searching for MobileNetV3, 2019";
    all.add({.name = "mobilenet_v3_small",
        .title = "MobileNetV3 Small",
        .family = "MobileNetV3",
        .preprocessing = {},
        .build = small,
        .source = source});
    all.add({.name = "mobilenet_v3_large",
        .title = "MobileNetV3 Large",
        .family = "MobileNetV3",
        .preprocessing = {},
        .build = large,
        .source = source});
}

} // namespace graft::families::mobilenetv3
