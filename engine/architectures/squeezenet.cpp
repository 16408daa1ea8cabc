#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"

#include <variant>

namespace graft::families::squeezenet {

namespace {

struct Fire {
    std::int64_t inputs = 0;
    std::int64_t squeeze = 0;
    std::int64_t expand = 0; ///< channels of each of the two branches
};
constexpr Pooling FeaturePooling{.kernel = 3, .stride = 2, .ceilMode = true};
using Feature = std::variant<Convolution, Pooling, Fire>;

LayerId fire(NetworkBuilder &builder, const std::string &block, LayerId input, const Fire &fire)
{
    LayerId squeezed
        = builder.convolution(block + ".squeeze", input, {.inputs = fire.inputs, .outputs = fire.squeeze, .kernel = 1, .bias = true});
    squeezed = builder.plain(block + ".squeeze_activation", "ReLU", squeezed);
    LayerId narrow
        = builder.convolution(block + ".expand1x1", squeezed, {.inputs = fire.squeeze, .outputs = fire.expand, .kernel = 1, .bias = true});
    narrow = builder.plain(block + ".expand1x1_activation", "ReLU", narrow);
    LayerId wide = builder.convolution(
        block + ".expand3x3", squeezed, {.inputs = fire.squeeze, .outputs = fire.expand, .kernel = 3, .padding = 1, .bias = true});
    wide = builder.plain(block + ".expand3x3_activation", "ReLU", wide);
    return builder.join(block + ".cat", "Concatenate", narrow, wide);
}

Network build(const std::string &name, const std::vector<Feature> &features, int classes)
{
    NetworkBuilder builder(name, {3, 224, 224});
    LayerId x = builder.input();
    int index = 0;
    const auto nextName = [&index] { return "features." + std::to_string(index++); };
    for (const Feature &feature : features) {
        if (const auto *convolution = std::get_if<Convolution>(&feature)) {
            x = builder.convolution(nextName(), x, *convolution);
            x = builder.plain(nextName(), "ReLU", x);
        } else if (const auto *pooling = std::get_if<Pooling>(&feature)) {
            x = builder.maxPool(nextName(), x, *pooling);
        } else {
            x = fire(builder, nextName(), x, std::get<Fire>(feature));
        }
    }
    x = builder.dropout("classifier.0", x, 0.5);
    x = builder.convolution("classifier.1", x, {.inputs = 512, .outputs = classes, .kernel = 1, .bias = true});
    x = builder.plain("classifier.2", "ReLU", x);
    x = builder.adaptiveAvgPool("classifier.3", x, 1);
    builder.plain("flatten", "Flatten", x);
    return builder.take();
}

Network squeezenet1_0(int classes)
{
    return build("squeezenet1_0",
        {Convolution{.inputs = 3, .outputs = 96, .kernel = 7, .stride = 2, .bias = true}, FeaturePooling, Fire{96, 16, 64},
            Fire{128, 16, 64}, Fire{128, 32, 128}, FeaturePooling, Fire{256, 32, 128}, Fire{256, 48, 192}, Fire{384, 48, 192},
            Fire{384, 64, 256}, FeaturePooling, Fire{512, 64, 256}},
        classes);
}

Network squeezenet1_1(int classes)
{
    return build("squeezenet1_1",
        {Convolution{.inputs = 3, .outputs = 64, .kernel = 3, .stride = 2, .bias = true}, FeaturePooling, Fire{64, 16, 64},
            Fire{128, 16, 64}, FeaturePooling, Fire{128, 32, 128}, Fire{256, 32, 128}, FeaturePooling, Fire{256, 48, 192},
            Fire{384, 48, 192}, Fire{384, 64, 256}, Fire{512, 64, 256}},
        classes);
}

} // namespace

void add(Architectures &all)
{
    const std::string source = "Iandola et al., SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size, 2016";
    all.add({.name = "squeezenet1_0",
        .title = "SqueezeNet 1.0",
        .family = "SqueezeNet",
        .preprocessing = {},
        .build = squeezenet1_0,
        .source = source});
    all.add({.name = "squeezenet1_1",
        .title = "SqueezeNet 1.1",
        .family = "SqueezeNet",
        .preprocessing = {},
        .build = squeezenet1_1,
        .source = source});
}

} // namespace graft::families::squeezenet
