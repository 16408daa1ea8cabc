#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"

namespace graft::families::graftresnet8 {
namespace {

/// ResNet's basic block with a 1 × 1 convolution on the shortcut.
LayerId addBlock(
    NetworkBuilder &builder, const std::string &block, LayerId input, std::int64_t inputs, std::int64_t outputs, std::int64_t stride)
{
    LayerId x
        = builder.convolution(block + ".conv1", input, {.inputs = inputs, .outputs = outputs, .kernel = 3, .stride = stride, .padding = 1});
    x = builder.batchNorm(block + ".bn1", x, outputs);
    x = builder.plain(block + ".relu", "ReLU", x);
    x = builder.convolution(block + ".conv2", x, {.inputs = outputs, .outputs = outputs, .kernel = 3, .padding = 1});
    x = builder.batchNorm(block + ".bn2", x, outputs);
    LayerId shortcut = builder.convolution(block + ".downsample.0", input, {.inputs = inputs, .outputs = outputs, .stride = stride});
    shortcut = builder.batchNorm(block + ".downsample.1", shortcut, outputs);
    x = builder.join(block + ".add", "Add", x, shortcut);
    return builder.plain(block + ".relu_1", "ReLU", x);
}

Network build(int classes)
{
    NetworkBuilder builder("graft_resnet8", {3, 64, 64});
    LayerId x = builder.convolution("conv1", builder.input(), {.inputs = 3, .outputs = 24, .kernel = 3, .stride = 2, .padding = 1});
    x = builder.batchNorm("bn1", x, 24);
    x = builder.plain("relu", "ReLU", x);
    x = addBlock(builder, "layer1.0", x, 24, 32, 1);
    x = addBlock(builder, "layer2.0", x, 32, 64, 2);
    x = addBlock(builder, "layer3.0", x, 64, 128, 2);
    x = builder.adaptiveAvgPool("avgpool", x, 1);
    x = builder.plain("flatten", "Flatten", x);
    builder.linear("fc", x, 128, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    Preprocessing drawn;
    drawn.resize = 64;
    drawn.crop = 64;
    all.add({.name = "graft_resnet8",
        .title = "Graft ResNet-8",
        .family = "ResNet",
        .preprocessing = drawn,
        .publishedClasses = 55,
        .build = build,
        .source = "Graft's own demo network: a ResNet (He et al. 2015) with three basic blocks for 64 × 64 pixels",
        .isInTorchvision = false});
}

} // namespace graft::families::graftresnet8
