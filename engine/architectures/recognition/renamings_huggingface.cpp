#include "architectures/recognition/renamings.h"

#include <array>

// Names as transformers' models/{convnext,regnet,resnet,swin,vit}/modeling_*.py define them.
namespace graft::naming {
namespace {

using enum TensorForm;

constexpr std::array resNet{
    Renaming{"resnet.embedder.embedder.convolution.*", "conv1.*"},
    Renaming{"resnet.embedder.embedder.normalization.*", "bn1.*"},
    Renaming{"resnet.encoder.stages.{i}.layers.{j}.shortcut.convolution.*", "layer{i+1}.{j}.downsample.0.*"},
    Renaming{"resnet.encoder.stages.{i}.layers.{j}.shortcut.normalization.*", "layer{i+1}.{j}.downsample.1.*"},
    Renaming{"resnet.encoder.stages.{i}.layers.{j}.layer.{k}.convolution.*", "layer{i+1}.{j}.conv{k+1}.*"},
    Renaming{"resnet.encoder.stages.{i}.layers.{j}.layer.{k}.normalization.*", "layer{i+1}.{j}.bn{k+1}.*"},
    Renaming{"classifier.1.*", "fc.*"},
};

/// The Y variants have squeeze-and-excitation as the third of four layers.
constexpr std::array regNet{
    Renaming{"regnet.embedder.embedder.convolution.*", "stem.0.*"},
    Renaming{"regnet.embedder.embedder.normalization.*", "stem.1.*"},
    Renaming{"regnet.encoder.stages.{i}.layers.{j}.shortcut.convolution.*", "trunk_output.block{i+1}.block{i+1}-{j}.proj.0.*"},
    Renaming{"regnet.encoder.stages.{i}.layers.{j}.shortcut.normalization.*", "trunk_output.block{i+1}.block{i+1}-{j}.proj.1.*"},
    Renaming{"regnet.encoder.stages.{i}.layers.{j}.layer.0.convolution.*", "trunk_output.block{i+1}.block{i+1}-{j}.f.a.0.*"},
    Renaming{"regnet.encoder.stages.{i}.layers.{j}.layer.0.normalization.*", "trunk_output.block{i+1}.block{i+1}-{j}.f.a.1.*"},
    Renaming{"regnet.encoder.stages.{i}.layers.{j}.layer.1.convolution.*", "trunk_output.block{i+1}.block{i+1}-{j}.f.b.0.*"},
    Renaming{"regnet.encoder.stages.{i}.layers.{j}.layer.1.normalization.*", "trunk_output.block{i+1}.block{i+1}-{j}.f.b.1.*"},
    Renaming{"regnet.encoder.stages.{i}.layers.{j}.layer.2.attention.0.*", "trunk_output.block{i+1}.block{i+1}-{j}.f.se.fc1.*"},
    Renaming{"regnet.encoder.stages.{i}.layers.{j}.layer.2.attention.2.*", "trunk_output.block{i+1}.block{i+1}-{j}.f.se.fc2.*"},
    Renaming{"regnet.encoder.stages.{i}.layers.{j}.layer.{k}.convolution.*", "trunk_output.block{i+1}.block{i+1}-{j}.f.c.0.*"},
    Renaming{"regnet.encoder.stages.{i}.layers.{j}.layer.{k}.normalization.*", "trunk_output.block{i+1}.block{i+1}-{j}.f.c.1.*"},
    Renaming{"classifier.1.*", "fc.*"},
};

constexpr std::array convNeXt{
    Renaming{"convnext.embeddings.patch_embeddings.*", "features.0.0.*"},
    Renaming{"convnext.embeddings.layernorm.*", "features.0.1.*"},
    Renaming{"convnext.encoder.stages.{i}.downsampling_layer.{k}.*", "features.{2i}.{k}.*"},
    Renaming{"convnext.encoder.stages.{i}.layers.{j}.layer_scale_parameter", "features.{2i+1}.{j}.layer_scale", nullptr, ChannelColumn},
    Renaming{"convnext.encoder.stages.{i}.layers.{j}.dwconv.*", "features.{2i+1}.{j}.block.0.*"},
    Renaming{"convnext.encoder.stages.{i}.layers.{j}.layernorm.*", "features.{2i+1}.{j}.block.2.*"},
    Renaming{"convnext.encoder.stages.{i}.layers.{j}.pwconv1.*", "features.{2i+1}.{j}.block.3.*"},
    Renaming{"convnext.encoder.stages.{i}.layers.{j}.pwconv2.*", "features.{2i+1}.{j}.block.5.*"},
    Renaming{"convnext.layernorm.*", "classifier.0.*"},
    Renaming{"classifier.*", "classifier.2.*"},
};

constexpr std::array visionTransformer{
    Renaming{"vit.embeddings.cls_token", "class_token"},
    Renaming{"vit.embeddings.position_embeddings", "encoder.pos_embedding"},
    Renaming{"vit.embeddings.patch_embeddings.projection.*", "conv_proj.*"},
    Renaming{"vit.encoder.layer.{i}.layernorm_before.*", "encoder.layers.encoder_layer_{i}.ln_1.*"},
    Renaming{"vit.encoder.layer.{i}.attention.attention.query.weight", "encoder.layers.encoder_layer_{i}.self_attention.in_proj_weight",
        nullptr, FirstOfThree},
    Renaming{"vit.encoder.layer.{i}.attention.attention.key.weight", "encoder.layers.encoder_layer_{i}.self_attention.in_proj_weight",
        nullptr, SecondOfThree},
    Renaming{"vit.encoder.layer.{i}.attention.attention.value.weight", "encoder.layers.encoder_layer_{i}.self_attention.in_proj_weight",
        nullptr, LastOfThree},
    Renaming{"vit.encoder.layer.{i}.attention.attention.query.bias", "encoder.layers.encoder_layer_{i}.self_attention.in_proj_bias",
        nullptr, FirstOfThree},
    Renaming{"vit.encoder.layer.{i}.attention.attention.key.bias", "encoder.layers.encoder_layer_{i}.self_attention.in_proj_bias", nullptr,
        SecondOfThree},
    Renaming{"vit.encoder.layer.{i}.attention.attention.value.bias", "encoder.layers.encoder_layer_{i}.self_attention.in_proj_bias",
        nullptr, LastOfThree},
    Renaming{"vit.encoder.layer.{i}.attention.output.dense.*", "encoder.layers.encoder_layer_{i}.self_attention.out_proj.*"},
    Renaming{"vit.encoder.layer.{i}.layernorm_after.*", "encoder.layers.encoder_layer_{i}.ln_2.*"},
    Renaming{"vit.encoder.layer.{i}.intermediate.dense.*", "encoder.layers.encoder_layer_{i}.mlp.0.*"},
    Renaming{"vit.encoder.layer.{i}.output.dense.*", "encoder.layers.encoder_layer_{i}.mlp.3.*"},
    Renaming{"vit.layernorm.*", "encoder.ln.*"},
    Renaming{"classifier.*", "heads.head.*"},
};

constexpr std::array swin{
    Renaming{"swin.embeddings.patch_embeddings.projection.*", "features.0.0.*"},
    Renaming{"swin.embeddings.norm.*", "features.0.2.*"},
    Renaming{"swin.encoder.layers.{i}.downsample.*", "features.{2i+2}.*"},
    Renaming{"swin.encoder.layers.{i}.blocks.{j}.layernorm_before.*", "features.{2i+1}.{j}.norm1.*"},
    Renaming{"swin.encoder.layers.{i}.blocks.{j}.layernorm_after.*", "features.{2i+1}.{j}.norm2.*"},
    Renaming{
        "swin.encoder.layers.{i}.blocks.{j}.attention.self.query.weight", "features.{2i+1}.{j}.attn.qkv.weight", nullptr, FirstOfThree},
    Renaming{"swin.encoder.layers.{i}.blocks.{j}.attention.self.key.weight", "features.{2i+1}.{j}.attn.qkv.weight", nullptr, SecondOfThree},
    Renaming{"swin.encoder.layers.{i}.blocks.{j}.attention.self.value.weight", "features.{2i+1}.{j}.attn.qkv.weight", nullptr, LastOfThree},
    Renaming{"swin.encoder.layers.{i}.blocks.{j}.attention.self.query.bias", "features.{2i+1}.{j}.attn.qkv.bias", nullptr, FirstOfThree},
    Renaming{"swin.encoder.layers.{i}.blocks.{j}.attention.self.key.bias", "features.{2i+1}.{j}.attn.qkv.bias", nullptr, SecondOfThree},
    Renaming{"swin.encoder.layers.{i}.blocks.{j}.attention.self.value.bias", "features.{2i+1}.{j}.attn.qkv.bias", nullptr, LastOfThree},
    Renaming{"swin.encoder.layers.{i}.blocks.{j}.attention.self.relative_position_index",
        "features.{2i+1}.{j}.attn.relative_position_index", nullptr, Flat},
    Renaming{"swin.encoder.layers.{i}.blocks.{j}.attention.self.*", "features.{2i+1}.{j}.attn.*"},
    Renaming{"swin.encoder.layers.{i}.blocks.{j}.attention.output.dense.*", "features.{2i+1}.{j}.attn.proj.*"},
    Renaming{"swin.encoder.layers.{i}.blocks.{j}.intermediate.dense.*", "features.{2i+1}.{j}.mlp.0.*"},
    Renaming{"swin.encoder.layers.{i}.blocks.{j}.output.dense.*", "features.{2i+1}.{j}.mlp.3.*"},
    Renaming{"swin.layernorm.*", "norm.*"},
    Renaming{"classifier.*", "head.*"},
};

constexpr double transformersEpsilon = 1e-12; // the LayerNorms of transformers' ViT

constexpr std::array schemes{
    NamingScheme{.title = "HuggingFace's ResNet", .mark = "resnet.embedder.embedder.convolution.weight", .rules = resNet},
    NamingScheme{.title = "HuggingFace's RegNet", .mark = "regnet.embedder.embedder.convolution.weight", .rules = regNet},
    NamingScheme{.title = "HuggingFace's ConvNeXt", .mark = "convnext.embeddings.patch_embeddings.weight", .rules = convNeXt},
    NamingScheme{.title = "HuggingFace's Vision Transformer",
        .mark = "vit.embeddings.cls_token",
        .rules = visionTransformer,
        .layerNormEpsilon = transformersEpsilon},
    NamingScheme{.title = "HuggingFace's Swin Transformer", .mark = "swin.embeddings.patch_embeddings.projection.weight", .rules = swin},
};

} // namespace

std::span<const NamingScheme> huggingFace()
{
    return schemes;
}

} // namespace graft::naming
