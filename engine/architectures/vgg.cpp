#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"

#include <array>

namespace graft::families::vgg {

namespace {

enum class Normalization { None, BatchNorm };

/// Convolutions before each of the five poolings.
using Convolutions = std::array<int, 5>;
constexpr Convolutions Depth11{1, 1, 2, 2, 2};
constexpr Convolutions Depth13{2, 2, 2, 2, 2};
constexpr Convolutions Depth16{2, 2, 3, 3, 3};
constexpr Convolutions Depth19{2, 2, 4, 4, 4};

LayerId features(NetworkBuilder &builder, const Convolutions &convolutions, Normalization normalization)
{
    constexpr std::array<std::int64_t, 5> widths{64, 128, 256, 512, 512};
    int index = 0;
    const auto nextName = [&index] { return "features." + std::to_string(index++); };
    LayerId x = builder.input();
    std::int64_t channels = 3;
    for (std::size_t stage = 0; stage < widths.size(); ++stage) {
        for (int count = 0; count < convolutions[stage]; ++count) {
            x = builder.convolution(nextName(), x, {.inputs = channels, .outputs = widths[stage], .kernel = 3, .padding = 1, .bias = true});
            channels = widths[stage];
            if (normalization == Normalization::BatchNorm)
                x = builder.batchNorm(nextName(), x, channels);
            x = builder.plain(nextName(), "ReLU", x);
        }
        x = builder.maxPool(nextName(), x, {.kernel = 2, .stride = 2});
    }
    return x;
}

Network build(const std::string &name, const Convolutions &convolutions, Normalization normalization, int classes)
{
    NetworkBuilder builder(name, {3, 224, 224});
    LayerId x = features(builder, convolutions, normalization);
    x = builder.adaptiveAvgPool("avgpool", x, 7);
    x = builder.plain("flatten", "Flatten", x);
    x = builder.linear("classifier.0", x, std::int64_t{512} * 7 * 7, 4096);
    x = builder.plain("classifier.1", "ReLU", x);
    x = builder.dropout("classifier.2", x, 0.5);
    x = builder.linear("classifier.3", x, 4096, 4096);
    x = builder.plain("classifier.4", "ReLU", x);
    x = builder.dropout("classifier.5", x, 0.5);
    builder.linear("classifier.6", x, 4096, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    const auto entry = [&all](const char *name, const char *title, Network (*function)(int)) {
        all.add({.name = name,
            .title = title,
            .family = "VGG",
            .preprocessing = {},
            .build = function,
            .source = "Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, 2014"});
    };
    using enum Normalization;
    entry("vgg11", "VGG-11", [](int classes) { return build("vgg11", Depth11, None, classes); });
    entry("vgg11_bn", "VGG-11 with BatchNorm", [](int classes) { return build("vgg11_bn", Depth11, BatchNorm, classes); });
    entry("vgg13", "VGG-13", [](int classes) { return build("vgg13", Depth13, None, classes); });
    entry("vgg13_bn", "VGG-13 with BatchNorm", [](int classes) { return build("vgg13_bn", Depth13, BatchNorm, classes); });
    entry("vgg16", "VGG-16", [](int classes) { return build("vgg16", Depth16, None, classes); });
    entry("vgg16_bn", "VGG-16 with BatchNorm", [](int classes) { return build("vgg16_bn", Depth16, BatchNorm, classes); });
    entry("vgg19", "VGG-19", [](int classes) { return build("vgg19", Depth19, None, classes); });
    entry("vgg19_bn", "VGG-19 with BatchNorm", [](int classes) { return build("vgg19_bn", Depth19, BatchNorm, classes); });
}

} // namespace graft::families::vgg
