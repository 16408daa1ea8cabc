#include "architectures/architecture.h"
#include "architectures/networkbuilder_helper.h"
#include "architectures/variants.h"

namespace graft::families::visiontransformer {

namespace {

constexpr double Epsilon = 1e-6; ///< of all norms
constexpr std::int64_t Pixels = 224;

struct Variant {
    const char *name;
    const char *title;
    std::int64_t patch; ///< pixels
    int blocks;
    std::int64_t heads;
    std::int64_t width;
    int resize; ///< of the published weights' preprocessing
    const char *interpolation;
};

/// The largest has weights of the SWAG recipe only; these are the ones for pictures of 224 pixels.
constexpr std::array<Variant, 5> Variants{{
    {"vit_b_16", "ViT-B/16", 16, 12, 12, 768, 256, "bilinear"},
    {"vit_b_32", "ViT-B/32", 32, 12, 12, 768, 256, "bilinear"},
    {"vit_l_16", "ViT-L/16", 16, 24, 16, 1024, 242, "bilinear"},
    {"vit_l_32", "ViT-L/32", 32, 24, 16, 1024, 256, "bilinear"},
    {"vit_h_14", "ViT-H/14", 14, 32, 16, 1280, 224, "bicubic"},
}};

LayerId block(NetworkBuilder &builder, const std::string &name, LayerId input, const Variant &variant)
{
    LayerId x = builder.layerNorm(name + ".ln_1", input, variant.width, Epsilon);
    x = builder.add(name + ".self_attention", "MultiheadAttention", {{"embed_dim", variant.width}, {"num_heads", variant.heads}}, x);
    x = builder.dropout(name + ".dropout", x, 0);
    const LayerId middle = builder.join(name + ".add", "Add", x, input);
    x = builder.layerNorm(name + ".ln_2", middle, variant.width, Epsilon);
    x = builder.transformerMlp(name + ".mlp", x, variant.width, 4 * variant.width);
    return builder.join(name + ".add_1", "Add", middle, x);
}

Network build(const Variant &variant, int classes)
{
    const std::int64_t width = variant.width;
    const std::int64_t patches = (Pixels / variant.patch) * (Pixels / variant.patch);
    const auto token = [&](std::int64_t count) { return Attributes{{"shape", Shape{1, count, width}}, {"has_batch_dimension", true}}; };
    NetworkBuilder builder(variant.name, {3, Pixels, Pixels});
    LayerId x = builder.convolution(
        "conv_proj", builder.input(), {.inputs = 3, .outputs = width, .kernel = variant.patch, .stride = variant.patch, .bias = true});
    x = builder.add("reshape", "Reshape", {{"shape", Shape{width, patches}}}, x);
    x = builder.add("permute", "Permute", {{"dims", Shape{0, 2, 1}}}, x);
    const LayerId classToken = builder.parameter("class_token", token(1));
    x = builder.concatenate("cat", {classToken, x});
    const LayerId positions = builder.parameter("encoder.pos_embedding", token(patches + 1));
    x = builder.join("encoder.add", "Add", x, positions);
    x = builder.dropout("encoder.dropout", x, 0);
    for (int index = 0; index < variant.blocks; ++index)
        x = block(builder, "encoder.layers.encoder_layer_" + std::to_string(index), x, variant);
    x = builder.layerNorm("encoder.ln", x, width, Epsilon);
    x = builder.plain("getitem", "Select", x);
    builder.linear("heads.head", x, width, classes);
    return builder.take();
}

} // namespace

void add(Architectures &all)
{
    addVariants<Variants, build>(all, [](const Variant &variant) {
        return Architecture{.name = variant.name,
            .title = variant.title,
            .family = "Vision Transformer",
            .preprocessing = {.resize = variant.resize, .interpolation = variant.interpolation},
            .source = "Dosovitskiy et al., An Image is Worth 16x16 Words, 2020"};
    });
}

} // namespace graft::families::visiontransformer
