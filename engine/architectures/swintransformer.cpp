#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"
#include "architectures/variants.h"

#include <numeric>

namespace graft::families::swintransformer {

namespace {

constexpr double Epsilon = 1e-5; ///< of all norms

/// The first version normalises before a branch, the second behind it.
enum class Version { First, Second };

struct Variant {
    const char *name;
    const char *title;
    Version version;
    std::int64_t width; ///< of the first stage; each stage doubles it
    std::array<int, 4> blocks;
    std::int64_t heads; ///< of the first stage; each stage doubles them
    double stochasticDepth; ///< of the last block; it grows evenly from 0
    int resize; ///< of the published weights' preprocessing
};

constexpr std::array<Variant, 6> Variants{{
    {"swin_t", "Swin-T", Version::First, 96, {2, 2, 6, 2}, 3, 0.2, 232},
    {"swin_s", "Swin-S", Version::First, 96, {2, 2, 18, 2}, 3, 0.3, 246},
    {"swin_b", "Swin-B", Version::First, 128, {2, 2, 18, 2}, 4, 0.5, 238},
    {"swin_v2_t", "Swin V2-T", Version::Second, 96, {2, 2, 6, 2}, 3, 0.2, 260},
    {"swin_v2_s", "Swin V2-S", Version::Second, 96, {2, 2, 18, 2}, 3, 0.3, 260},
    {"swin_v2_b", "Swin V2-B", Version::Second, 128, {2, 2, 18, 2}, 4, 0.5, 272},
}};

int pixels(Version version)
{
    return version == Version::First ? 224 : 256;
}

struct Block {
    std::int64_t width = 0;
    std::int64_t heads = 0;
    bool isShifted = false;
    double stochasticDepth = 0;
};

LayerId attention(NetworkBuilder &builder, const std::string &name, LayerId input, const Block &block, Version version)
{
    const std::int64_t window = version == Version::First ? 7 : 8;
    Attributes attributes{{"dim", block.width}, {"num_heads", block.heads}, {"window_size", Shape{window, window}}};
    if (block.isShifted)
        attributes["shift_size"] = Shape{window / 2, window / 2};
    return builder.add(
        name, version == Version::First ? "ShiftedWindowAttention" : "ShiftedWindowAttentionV2", std::move(attributes), input);
}

LayerId addBlock(NetworkBuilder &builder, const std::string &name, LayerId input, const Block &block, Version version)
{
    const auto norm = [&](const char *which, LayerId x) { return builder.layerNorm(name + which, x, block.width, Epsilon); };
    const bool isFirst = version == Version::First;
    LayerId x = isFirst ? norm(".norm1", input) : input;
    x = attention(builder, name + ".attn", x, block, version);
    x = isFirst ? x : norm(".norm1", x);
    x = builder.stochasticDepth(name + ".stochastic_depth", x, block.stochasticDepth);
    const LayerId middle = builder.join(name + ".add", "Add", input, x);
    x = isFirst ? norm(".norm2", middle) : middle;
    x = builder.transformerMlp(name + ".mlp", x, block.width, 4 * block.width);
    x = isFirst ? x : norm(".norm2", x);
    x = builder.stochasticDepth(name + ".stochastic_depth_1", x, block.stochasticDepth);
    return builder.join(name + ".add_1", "Add", middle, x);
}

LayerId patchMerging(NetworkBuilder &builder, const std::string &name, LayerId input, std::int64_t width, Version version)
{
    const auto reduction = [&](LayerId x) {
        return builder.add(name + ".reduction", "Linear", {{"in_features", 4 * width}, {"out_features", 2 * width}, {"bias", false}}, x);
    };
    const LayerId merged = builder.plain(name + "._patch_merging_pad", "PatchMerge", input);
    if (version == Version::First)
        return reduction(builder.layerNorm(name + ".norm", merged, 4 * width, Epsilon));
    return builder.layerNorm(name + ".norm", reduction(merged), 2 * width, Epsilon);
}

Network build(const Variant &variant, int classes)
{
    const int size = pixels(variant.version);
    NetworkBuilder builder(variant.name, {3, size, size});
    std::int64_t width = variant.width;
    std::int64_t heads = variant.heads;
    LayerId x
        = builder.convolution("features.0.0", builder.input(), {.inputs = 3, .outputs = width, .kernel = 4, .stride = 4, .bias = true});
    x = builder.add("features.0.1", "Permute", {{"dims", Shape{0, 2, 3, 1}}}, x);
    x = builder.layerNorm("features.0.2", x, width, Epsilon);
    const int last = std::accumulate(variant.blocks.begin(), variant.blocks.end(), -1);
    int number = 0;
    for (std::size_t stage = 0; stage < variant.blocks.size(); ++stage) {
        if (stage > 0) {
            x = patchMerging(builder, "features." + std::to_string(2 * stage), x, width, variant.version);
            width *= 2;
            heads *= 2;
        }
        for (int index = 0; index < variant.blocks[stage]; ++index)
            x = addBlock(builder, "features." + std::to_string(2 * stage + 1) + "." + std::to_string(index), x,
                {width, heads, index % 2 == 1, variant.stochasticDepth * number++ / last}, variant.version);
    }
    x = builder.layerNorm("norm", x, width, Epsilon);
    x = builder.add("permute", "Permute", {{"dims", Shape{0, 3, 1, 2}}}, x);
    x = builder.adaptiveAvgPool("avgpool", x, 1);
    x = builder.plain("flatten", "Flatten", x);
    builder.linear("head", x, width, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    addVariants<Variants, build>(all, [](const Variant &variant) {
        return Architecture{.name = variant.name,
            .title = variant.title,
            .family = "Swin Transformer",
            .preprocessing = {.resize = variant.resize, .crop = pixels(variant.version), .interpolation = "bicubic"},
            .source = variant.version == Version::First
                ? "Liu et al., Swin Transformer: Hierarchical Vision Transformer using Shifted Windows, 2021"
                : "Liu et al., Swin Transformer V2: Scaling Up Capacity and Resolution, 2021"};
    });
}

} // namespace graft::families::swintransformer
