#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"
#include "architectures/variants.h"

#include <numeric>

namespace graft::families::convnext {

namespace {

constexpr double Epsilon = 1e-6; ///< of all norms

struct Variant {
    const char *name;
    const char *title;
    int resize; ///< of the published weights' preprocessing
    std::array<std::int64_t, 4> widths;
    std::array<int, 4> blocks;
    double stochasticDepth; ///< of the last block; it grows evenly from 0
};

constexpr std::array<Variant, 4> Variants{{
    {"convnext_tiny", "ConvNeXt-Tiny", 236, {96, 192, 384, 768}, {3, 3, 9, 3}, 0.1},
    {"convnext_small", "ConvNeXt-Small", 230, {96, 192, 384, 768}, {3, 3, 27, 3}, 0.4},
    {"convnext_base", "ConvNeXt-Base", 232, {128, 256, 512, 1024}, {3, 3, 27, 3}, 0.5},
    {"convnext_large", "ConvNeXt-Large", 232, {192, 384, 768, 1536}, {3, 3, 27, 3}, 0.5},
}};

LayerId channelNorm(NetworkBuilder &builder, const std::string &name, LayerId input, std::int64_t width)
{
    return builder.add(name, "LayerNorm2d", {{"normalized_shape", Shape{width}}, {"eps", Epsilon}}, input);
}

LayerId block(NetworkBuilder &builder, const std::string &name, LayerId input, std::int64_t width, double stochasticDepth)
{
    const LayerId scale = builder.parameter(name + ".layer_scale", {{"shape", Shape{width, 1, 1}}, {"initial_value", 1e-6}});
    const std::string branch = name + ".block.";
    LayerId x = builder.convolution(
        branch + "0", input, {.inputs = width, .outputs = width, .kernel = 7, .padding = 3, .groups = width, .bias = true});
    x = builder.add(branch + "1", "Permute", {{"dims", Shape{0, 2, 3, 1}}}, x);
    x = builder.layerNorm(branch + "2", x, width, Epsilon);
    x = builder.linear(branch + "3", x, width, 4 * width);
    x = builder.plain(branch + "4", "GELU", x);
    x = builder.linear(branch + "5", x, 4 * width, width);
    x = builder.add(branch + "6", "Permute", {{"dims", Shape{0, 3, 1, 2}}}, x);
    x = builder.join(name + ".mul", "Multiply", scale, x);
    x = builder.stochasticDepth(name + ".stochastic_depth", x, stochasticDepth);
    return builder.join(name + ".add", "Add", x, input);
}

Network build(const Variant &variant, int classes)
{
    NetworkBuilder builder(variant.name, {3, 224, 224});
    std::int64_t width = variant.widths.front();
    LayerId x
        = builder.convolution("features.0.0", builder.input(), {.inputs = 3, .outputs = width, .kernel = 4, .stride = 4, .bias = true});
    x = channelNorm(builder, "features.0.1", x, width);
    const int last = std::accumulate(variant.blocks.begin(), variant.blocks.end(), -1);
    int number = 0;
    for (std::size_t stage = 0; stage < variant.blocks.size(); ++stage) {
        if (stage > 0) {
            const std::string name = "features." + std::to_string(2 * stage);
            x = channelNorm(builder, name + ".0", x, width);
            x = builder.convolution(
                name + ".1", x, {.inputs = width, .outputs = variant.widths[stage], .kernel = 2, .stride = 2, .bias = true});
            width = variant.widths[stage];
        }
        for (int index = 0; index < variant.blocks[stage]; ++index)
            x = block(builder, "features." + std::to_string(2 * stage + 1) + "." + std::to_string(index), x, width,
                variant.stochasticDepth * number++ / last);
    }
    x = builder.adaptiveAvgPool("avgpool", x, 1);
    x = channelNorm(builder, "classifier.0", x, width);
    x = builder.plain("classifier.1", "Flatten", x);
    builder.linear("classifier.2", x, width, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    addVariants<Variants, build>(all, [](const Variant &variant) {
        return Architecture{.name = variant.name,
            .title = variant.title,
            .family = "ConvNeXt",
            .preprocessing = {.resize = variant.resize},
            .source = "Liu et al., A ConvNet for the 2020s, 2022"};
    });
}

} // namespace graft::families::convnext
