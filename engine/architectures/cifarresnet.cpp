#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"

namespace graft::families::cifarresnet {

namespace {

LayerId basicBlock(
    NetworkBuilder &builder, const std::string &block, LayerId input, std::int64_t inputs, std::int64_t width, std::int64_t stride)
{
    LayerId x
        = builder.convolution(block + ".conv1", input, {.inputs = inputs, .outputs = width, .kernel = 3, .stride = stride, .padding = 1});
    x = builder.batchNorm(block + ".bn1", x, width);
    x = builder.plain(block + ".relu", "ReLU", x);
    x = builder.convolution(block + ".conv2", x, {.inputs = width, .outputs = width, .kernel = 3, .padding = 1});
    x = builder.batchNorm(block + ".bn2", x, width);
    // The paper's option A: the shortcut has no parameters; it skips every other pixel and pads the channels with zeros.
    const LayerId shortcut = inputs == width ? input : builder.add(block + ".shortcut", "ShortcutPad", {{"out_channels", width}}, input);
    x = builder.join(block + ".add", "Add", x, shortcut);
    return builder.plain(block + ".relu_1", "ReLU", x);
}

/// `blocks` per stage; the depth is 6 × blocks + 2.
Network build(const std::string &name, int blocks, int classes)
{
    NetworkBuilder builder(name, {3, 32, 32});
    LayerId x = builder.convolution("conv1", builder.input(), {.inputs = 3, .outputs = 16, .kernel = 3, .padding = 1});
    x = builder.batchNorm("bn1", x, 16);
    x = builder.plain("relu", "ReLU", x);
    std::int64_t channels = 16;
    for (int stage = 1; stage <= 3; ++stage) {
        const std::int64_t width = std::int64_t{8} << stage;
        for (int index = 0; index < blocks; ++index) {
            const std::int64_t stride = stage > 1 && index == 0 ? 2 : 1;
            x = basicBlock(builder, "layer" + std::to_string(stage) + "." + std::to_string(index), x, channels, width, stride);
            channels = width;
        }
    }
    x = builder.adaptiveAvgPool("avg_pool2d", x, 1);
    x = builder.plain("flatten", "Flatten", x);
    builder.linear("linear", x, channels, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    const auto entry = [&all](const char *name, const char *title, Network (*function)(int)) {
        all.add({.name = name,
            .title = title,
            .family = "CIFAR ResNet",
            .preprocessing = {.resize = 32, .crop = 32},
            .publishedClasses = 10,
            .build = function,
            .source = "He et al., Deep Residual Learning for Image Recognition, 2015, section 4.2",
            .isInTorchvision = false});
    };
    entry("cifar_resnet20", "CIFAR ResNet-20", [](int classes) { return build("cifar_resnet20", 3, classes); });
    entry("cifar_resnet32", "CIFAR ResNet-32", [](int classes) { return build("cifar_resnet32", 5, classes); });
    entry("cifar_resnet44", "CIFAR ResNet-44", [](int classes) { return build("cifar_resnet44", 7, classes); });
    entry("cifar_resnet56", "CIFAR ResNet-56", [](int classes) { return build("cifar_resnet56", 9, classes); });
}

} // namespace graft::families::cifarresnet
