#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"

namespace graft::families::googlenet {

namespace {

constexpr double AuxiliaryLossWeight = 0.3; ///< the paper's

/// Channels of the four branches.
struct Inception {
    std::int64_t inputs = 0;
    std::int64_t narrow = 0; ///< 1 × 1
    std::int64_t mediumReduced = 0, medium = 0; ///< 1 × 1, then 3 × 3
    std::int64_t wideReduced = 0, wide = 0; ///< 1 × 1, then 3 × 3 (the paper's 5 × 5; the published weights have it so)
    std::int64_t pooled = 0; ///< maximum, then 1 × 1
};

LayerId basicConvolution(NetworkBuilder &builder, const std::string &name, LayerId input, const Convolution &convolution)
{
    LayerId x = builder.convolution(name + ".conv", input, convolution);
    x = builder.batchNorm(name + ".bn", x, convolution.outputs);
    return builder.plain(name + ".relu", "ReLU", x);
}

LayerId inception(NetworkBuilder &builder, const std::string &block, LayerId input, const Inception &channels)
{
    const std::int64_t inputs = channels.inputs;
    const LayerId narrow = basicConvolution(builder, block + ".branch1", input, {.inputs = inputs, .outputs = channels.narrow});
    const auto reduced = [&](const std::string &branch, std::int64_t between, std::int64_t outputs) {
        const LayerId x = basicConvolution(builder, block + branch + ".0", input, {.inputs = inputs, .outputs = between});
        return basicConvolution(builder, block + branch + ".1", x, {.inputs = between, .outputs = outputs, .kernel = 3, .padding = 1});
    };
    const LayerId medium = reduced(".branch2", channels.mediumReduced, channels.medium);
    const LayerId wide = reduced(".branch3", channels.wideReduced, channels.wide);
    LayerId pooled = builder.maxPool(block + ".branch4.0", input, {.kernel = 3, .stride = 1, .padding = 1, .ceilMode = true});
    pooled = basicConvolution(builder, block + ".branch4.1", pooled, {.inputs = inputs, .outputs = channels.pooled});
    return builder.concatenate(block + ".cat", {narrow, medium, wide, pooled});
}

void auxiliaryClassifier(NetworkBuilder &builder, const std::string &block, LayerId input, std::int64_t inputs, int classes)
{
    LayerId x = builder.adaptiveAvgPool(block + ".adaptive_avg_pool2d", input, 4);
    x = basicConvolution(builder, block + ".conv", x, {.inputs = inputs, .outputs = 128});
    x = builder.plain(block + ".flatten", "Flatten", x);
    x = builder.linear(block + ".fc1", x, 128 * 4 * 4, 1024);
    x = builder.plain(block + ".relu", "ReLU", x);
    x = builder.dropout(block + ".dropout", x, 0.7);
    x = builder.linear(block + ".fc2", x, 1024, classes);
    builder.setAuxiliary(x, AuxiliaryLossWeight);
}

LayerId stem(NetworkBuilder &builder)
{
    constexpr Pooling pooling{.kernel = 3, .stride = 2, .ceilMode = true};
    LayerId x = basicConvolution(builder, "conv1", builder.input(), {.inputs = 3, .outputs = 64, .kernel = 7, .stride = 2, .padding = 3});
    x = builder.maxPool("maxpool1", x, pooling);
    x = basicConvolution(builder, "conv2", x, {.inputs = 64, .outputs = 64});
    x = basicConvolution(builder, "conv3", x, {.inputs = 64, .outputs = 192, .kernel = 3, .padding = 1});
    return builder.maxPool("maxpool2", x, pooling);
}

Network build(int classes)
{
    NetworkBuilder builder("googlenet", {3, 224, 224}, {.epsilon = 0.001});
    LayerId x = stem(builder);
    x = inception(builder, "inception3a", x, {192, 64, 96, 128, 16, 32, 32});
    x = inception(builder, "inception3b", x, {256, 128, 128, 192, 32, 96, 64});
    x = builder.maxPool("maxpool3", x, {.kernel = 3, .stride = 2, .ceilMode = true});
    x = inception(builder, "inception4a", x, {480, 192, 96, 208, 16, 48, 64});
    auxiliaryClassifier(builder, "aux1", x, 512, classes);
    x = inception(builder, "inception4b", x, {512, 160, 112, 224, 24, 64, 64});
    x = inception(builder, "inception4c", x, {512, 128, 128, 256, 24, 64, 64});
    x = inception(builder, "inception4d", x, {512, 112, 144, 288, 32, 64, 64});
    auxiliaryClassifier(builder, "aux2", x, 528, classes);
    x = inception(builder, "inception4e", x, {528, 256, 160, 320, 32, 128, 128});
    x = builder.maxPool("maxpool4", x, {.kernel = 2, .stride = 2, .ceilMode = true});
    x = inception(builder, "inception5a", x, {832, 256, 160, 320, 32, 128, 128});
    x = inception(builder, "inception5b", x, {832, 384, 192, 384, 48, 128, 128});
    x = builder.adaptiveAvgPool("avgpool", x, 1);
    x = builder.plain("flatten", "Flatten", x);
    x = builder.dropout("dropout", x, 0.2);
    builder.linear("fc", x, 1024, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    // The published weights were trained on (x − 0.5) / 0.5. torchvision's `transform_input` makes that of pictures normalised with
    // ImageNet's numbers; here the preprocessing says it, and the network begins with its first convolution.
    all.add({.name = "googlenet",
        .title = "GoogLeNet",
        .family = "GoogLeNet",
        .preprocessing = {.mean = {0.5, 0.5, 0.5}, .standardDeviation = {0.5, 0.5, 0.5}},
        .build = build,
        .source = "Szegedy et al., Going Deeper with Convolutions, 2014",
        .torchvisionArguments = "init_weights=False"});
}

} // namespace graft::families::googlenet
