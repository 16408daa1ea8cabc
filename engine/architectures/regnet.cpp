#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"
#include "architectures/variants.h"

#include <algorithm>
#include <cmath>

namespace graft::families::regnet {

namespace {

/// A point of the paper's design space. The width of block j is initialWidth + slope · j, rounded to initialWidth · multiplierᵏ with a
/// whole k and then to a multiple of 8; blocks of equal width make a stage.
struct Design {
    int blocks = 0;
    double initialWidth = 0;
    double slope = 0;
    double multiplier = 0;
    std::int64_t groupWidth = 0;
};

/// X has no squeeze-and-excitation, Y has.
enum class Kind { X, Y };

struct Stage {
    std::int64_t width = 0;
    std::int64_t groupWidth = 0;
    int blocks = 0;
};

std::vector<Stage> stages(const Design &design)
{
    std::vector<Stage> result;
    std::int64_t previous = 0;
    for (int block = 0; block < design.blocks; ++block) {
        const double wanted = design.initialWidth + design.slope * block;
        const double power = std::nearbyint(std::log(wanted / design.initialWidth) / std::log(design.multiplier));
        const auto width = static_cast<std::int64_t>(std::nearbyint(design.initialWidth * std::pow(design.multiplier, power) / 8)) * 8;
        if (width != previous) {
            // Groups must divide the width.
            const std::int64_t groupWidth = std::min(design.groupWidth, width);
            result.push_back({nearestMultiple(width, groupWidth), groupWidth, 0});
        }
        ++result.back().blocks;
        previous = width;
    }
    return result;
}

LayerId bottleneck(NetworkBuilder &builder, const std::string &name, LayerId input, std::int64_t inputs, const Stage &stage,
    std::int64_t stride, Kind kind)
{
    const std::int64_t width = stage.width;
    LayerId shortcut = input;
    if (stride != 1 || inputs != width) {
        shortcut = builder.convolution(name + ".proj.0", input, {.inputs = inputs, .outputs = width, .stride = stride});
        shortcut = builder.batchNorm(name + ".proj.1", shortcut, width);
    }
    LayerId x = builder.convNormActivation(name + ".f.a", input, {.inputs = inputs, .outputs = width}, "ReLU");
    x = builder.convNormActivation(name + ".f.b", x,
        {.inputs = width, .outputs = width, .kernel = 3, .stride = stride, .padding = 1, .groups = width / stage.groupWidth}, "ReLU");
    if (kind == Kind::Y) {
        const auto squeezed = static_cast<std::int64_t>(std::nearbyint(0.25 * static_cast<double>(inputs)));
        x = builder.squeezeExcite(name + ".f.se", x, {.channels = width, .squeezed = squeezed});
    }
    x = builder.convolution(name + ".f.c.0", x, {.inputs = width, .outputs = width});
    x = builder.batchNorm(name + ".f.c.1", x, width);
    x = builder.join(name + ".add", "Add", shortcut, x);
    return builder.plain(name + ".activation", "ReLU", x);
}

struct Variant {
    const char *name;
    const char *title;
    Kind kind;
    Design design;
    int pixels = 224;
};

constexpr std::array<Variant, 15> Variants{{
    {"regnet_x_400mf", "RegNetX-400MF", Kind::X, {22, 24, 24.48, 2.54, 16}},
    {"regnet_x_800mf", "RegNetX-800MF", Kind::X, {16, 56, 35.73, 2.28, 16}},
    {"regnet_x_1_6gf", "RegNetX-1.6GF", Kind::X, {18, 80, 34.01, 2.25, 24}},
    {"regnet_x_3_2gf", "RegNetX-3.2GF", Kind::X, {25, 88, 26.31, 2.25, 48}},
    {"regnet_x_8gf", "RegNetX-8GF", Kind::X, {23, 80, 49.56, 2.88, 120}},
    {"regnet_x_16gf", "RegNetX-16GF", Kind::X, {22, 216, 55.59, 2.1, 128}},
    {"regnet_x_32gf", "RegNetX-32GF", Kind::X, {23, 320, 69.86, 2.0, 168}},
    {"regnet_y_400mf", "RegNetY-400MF", Kind::Y, {16, 48, 27.89, 2.09, 8}},
    {"regnet_y_800mf", "RegNetY-800MF", Kind::Y, {14, 56, 38.84, 2.4, 16}},
    {"regnet_y_1_6gf", "RegNetY-1.6GF", Kind::Y, {27, 48, 20.71, 2.65, 24}},
    {"regnet_y_3_2gf", "RegNetY-3.2GF", Kind::Y, {21, 80, 42.63, 2.66, 24}},
    {"regnet_y_8gf", "RegNetY-8GF", Kind::Y, {17, 192, 76.82, 2.19, 56}},
    {"regnet_y_16gf", "RegNetY-16GF", Kind::Y, {18, 200, 106.23, 2.48, 112}},
    {"regnet_y_32gf", "RegNetY-32GF", Kind::Y, {20, 232, 115.89, 2.53, 232}},
    {"regnet_y_128gf", "RegNetY-128GF", Kind::Y, {27, 456, 160.83, 2.52, 264}, 384},
}};

Network build(const Variant &variant, int classes)
{
    NetworkBuilder builder(variant.name, {3, variant.pixels, variant.pixels});
    LayerId x
        = builder.convNormActivation("stem", builder.input(), {.inputs = 3, .outputs = 32, .kernel = 3, .stride = 2, .padding = 1}, "ReLU");
    std::int64_t channels = 32;
    int number = 1;
    for (const Stage &stage : stages(variant.design)) {
        const std::string block = "block" + std::to_string(number++);
        for (int index = 0; index < stage.blocks; ++index) {
            const std::string name = "trunk_output." + block + "." + block + "-" + std::to_string(index);
            x = bottleneck(builder, name, x, channels, stage, index == 0 ? 2 : 1, variant.kind);
            channels = stage.width;
        }
    }
    x = builder.adaptiveAvgPool("avgpool", x, 1);
    x = builder.plain("flatten", "Flatten", x);
    builder.linear("fc", x, channels, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    addVariants<Variants, build>(all, [](const Variant &variant) {
        Preprocessing preprocessing;
        // The largest has weights of the SWAG recipe only.
        if (variant.pixels != 224)
            preprocessing = {.resize = variant.pixels, .crop = variant.pixels, .interpolation = "bicubic"};
        return Architecture{.name = variant.name,
            .title = variant.title,
            .family = "RegNet",
            .preprocessing = preprocessing,
            .source = "Radosavovic et al., Designing Network Design Spaces, 2020"};
    });
}

} // namespace graft::families::regnet
