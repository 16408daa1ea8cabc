#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"

namespace graft::families::alexnet {

namespace {

Network build(int classes)
{
    NetworkBuilder builder("alexnet", {3, 224, 224});
    const Pooling pooling{.kernel = 3, .stride = 2};
    LayerId x = builder.convolution(
        "features.0", builder.input(), {.inputs = 3, .outputs = 64, .kernel = 11, .stride = 4, .padding = 2, .bias = true});
    x = builder.plain("features.1", "ReLU", x);
    x = builder.maxPool("features.2", x, pooling);
    x = builder.convolution("features.3", x, {.inputs = 64, .outputs = 192, .kernel = 5, .padding = 2, .bias = true});
    x = builder.plain("features.4", "ReLU", x);
    x = builder.maxPool("features.5", x, pooling);
    x = builder.convolution("features.6", x, {.inputs = 192, .outputs = 384, .kernel = 3, .padding = 1, .bias = true});
    x = builder.plain("features.7", "ReLU", x);
    x = builder.convolution("features.8", x, {.inputs = 384, .outputs = 256, .kernel = 3, .padding = 1, .bias = true});
    x = builder.plain("features.9", "ReLU", x);
    x = builder.convolution("features.10", x, {.inputs = 256, .outputs = 256, .kernel = 3, .padding = 1, .bias = true});
    x = builder.plain("features.11", "ReLU", x);
    x = builder.maxPool("features.12", x, pooling);
    x = builder.adaptiveAvgPool("avgpool", x, 6);
    x = builder.plain("flatten", "Flatten", x);
    x = builder.dropout("classifier.0", x, 0.5);
    x = builder.linear("classifier.1", x, std::int64_t{256} * 6 * 6, 4096);
    x = builder.plain("classifier.2", "ReLU", x);
    x = builder.dropout("classifier.3", x, 0.5);
    x = builder.linear("classifier.4", x, 4096, 4096);
    x = builder.plain("classifier.5", "ReLU", x);
    builder.linear("classifier.6", x, 4096, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    all.add({.name = "alexnet",
        .title = "AlexNet",
        .family = "AlexNet",
        .preprocessing = {},
        .build = build,
        .source = "Krizhevsky, One weird trick for parallelizing convolutional neural networks, 2014"});
}

} // namespace graft::families::alexnet
