#include "architectures/networkbuilder_helper.h"
#include "architectures/variants.h"

namespace graft::families::shufflenetv2 {

namespace {

struct Variant {
    const char *name;
    const char *title;
    std::array<std::int64_t, 5> channels; ///< of the stem, the three stages and the last convolution
    int resize; ///< pixels
};

constexpr std::array<Variant, 4> Variants{{
    {"shufflenet_v2_x0_5", "ShuffleNetV2 0.5×", {24, 48, 96, 192, 1024}, 256},
    {"shufflenet_v2_x1_0", "ShuffleNetV2 1.0×", {24, 116, 232, 464, 1024}, 256},
    {"shufflenet_v2_x1_5", "ShuffleNetV2 1.5×", {24, 176, 352, 704, 1024}, 232},
    {"shufflenet_v2_x2_0", "ShuffleNetV2 2.0×", {24, 244, 488, 976, 2048}, 232},
}};

constexpr std::array<int, 3> Repeats{4, 8, 4};

struct Channels {
    std::int64_t inputs = 0;
    std::int64_t outputs = 0;
};

/// Depthwise 3 × 3 with its BatchNorm, 1 × 1 with its BatchNorm, ReLU: layers `first` to `first` + 4 of the branch.
LayerId separable(
    NetworkBuilder &builder, const std::string &branch, int first, LayerId input, const Channels &channels, std::int64_t stride)
{
    const auto name = [&](int index) { return branch + "." + std::to_string(first + index); };
    LayerId x = builder.convolution(name(0), input,
        {.inputs = channels.inputs, .outputs = channels.inputs, .kernel = 3, .stride = stride, .padding = 1, .groups = channels.inputs});
    x = builder.batchNorm(name(1), x, channels.inputs);
    x = builder.convolution(name(2), x, {.inputs = channels.inputs, .outputs = channels.outputs});
    x = builder.batchNorm(name(3), x, channels.outputs);
    return builder.plain(name(4), "ReLU", x);
}

LayerId branch2(NetworkBuilder &builder, const std::string &branch, LayerId input, const Channels &channels, std::int64_t stride)
{
    const LayerId x = builder.convNormActivation(branch, input, {.inputs = channels.inputs, .outputs = channels.outputs}, "ReLU");
    return separable(builder, branch, 3, x, {channels.outputs, channels.outputs}, stride);
}

LayerId shuffled(NetworkBuilder &builder, const std::string &unit, LayerId first, LayerId second)
{
    const LayerId x = builder.join(unit + ".cat", "Concatenate", first, second);
    return builder.add(unit + ".channel_shuffle", "ChannelShuffle", {{"groups", std::int64_t{2}}}, x);
}

/// Halves the size; both branches see all channels.
LayerId downsamplingUnit(NetworkBuilder &builder, const std::string &unit, LayerId input, const Channels &channels)
{
    const Channels halved{channels.inputs, channels.outputs / 2};
    const LayerId first = separable(builder, unit + ".branch1", 0, input, halved, 2);
    const LayerId second = branch2(builder, unit + ".branch2", input, halved, 2);
    return shuffled(builder, unit, first, second);
}

/// One half of the channels passes untouched.
LayerId basicUnit(NetworkBuilder &builder, const std::string &unit, LayerId input, std::int64_t channels)
{
    const std::int64_t half = channels / 2;
    const LayerId first = builder.add(unit + ".chunk", "Slice", {{"end", half}}, input);
    const LayerId rest = builder.add(unit + ".chunk_1", "Slice", {{"start", half}}, input);
    const LayerId second = branch2(builder, unit + ".branch2", rest, {half, half}, 1);
    return shuffled(builder, unit, first, second);
}

Network build(const Variant &variant, int classes)
{
    NetworkBuilder builder(variant.name, {3, 224, 224});
    std::int64_t channels = variant.channels.front();
    LayerId x = builder.convNormActivation(
        "conv1", builder.input(), {.inputs = 3, .outputs = channels, .kernel = 3, .stride = 2, .padding = 1}, "ReLU");
    x = builder.maxPool("maxpool", x, {.kernel = 3, .stride = 2, .padding = 1});
    for (std::size_t stage = 0; stage < Repeats.size(); ++stage) {
        const std::int64_t outputs = variant.channels[stage + 1];
        for (int index = 0; index < Repeats[stage]; ++index) {
            const std::string unit = "stage" + std::to_string(stage + 2) + "." + std::to_string(index);
            x = index == 0 ? downsamplingUnit(builder, unit, x, {channels, outputs}) : basicUnit(builder, unit, x, outputs);
        }
        channels = outputs;
    }
    const std::int64_t features = variant.channels.back();
    x = builder.convNormActivation("conv5", x, {.inputs = channels, .outputs = features}, "ReLU");
    x = builder.mean("mean", x);
    builder.linear("fc", x, features, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    addVariants<Variants, build>(all, [](const Variant &variant) {
        return Architecture{.name = variant.name,
            .title = variant.title,
            .family = "ShuffleNetV2",
            .preprocessing = {.resize = variant.resize},
            .source = "Ma et al., ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design, 2018"};
    });
}

} // namespace graft::families::shufflenetv2
