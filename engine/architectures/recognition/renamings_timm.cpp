#include "architectures/recognition/renamings.h"

#include <array>

// Names as timm's models/{byobnet,convnext,efficientnet,mobilenetv3,regnet,swin_transformer,vgg,vision_transformer}.py define them.
namespace graft::naming {
namespace {

using enum TensorForm;

constexpr std::array vgg{
    Renaming{"features.*", "features.*"},
    Renaming{"pre_logits.fc1.weight", "classifier.0.weight", nullptr, Matrix},
    Renaming{"pre_logits.fc1.bias", "classifier.0.bias"},
    Renaming{"pre_logits.fc2.weight", "classifier.3.weight", nullptr, Matrix},
    Renaming{"pre_logits.fc2.bias", "classifier.3.bias"},
    Renaming{"head.fc.*", "classifier.6.*"},
};

/// Blocks whose first convolution is a depthwise one have no `conv_pwl`.
constexpr std::array mobileNetV2{
    Renaming{"conv_stem.*", "features.0.0.*"},
    Renaming{"bn1.*", "features.0.1.*"},
    Renaming{"blocks.{i}.{j}.conv_pwl.*", "features.{n+1}.conv.2.*"},
    Renaming{"blocks.{i}.{j}.bn3.*", "features.{n+1}.conv.3.*"},
    Renaming{"blocks.{i}.{j}.conv_pw.*", "features.{n+1}.conv.0.0.*", "blocks.{i}.{j}.conv_pwl.weight"},
    Renaming{"blocks.{i}.{j}.bn1.*", "features.{n+1}.conv.0.1.*"},
    Renaming{"blocks.{i}.{j}.conv_dw.*", "features.{n+1}.conv.1.0.*", "blocks.{i}.{j}.conv_pwl.weight"},
    Renaming{"blocks.{i}.{j}.bn2.*", "features.{n+1}.conv.1.1.*", "blocks.{i}.{j}.conv_pwl.weight"},
    Renaming{"blocks.{i}.{j}.conv_dw.*", "features.{n+1}.conv.0.0.*"},
    Renaming{"blocks.{i}.{j}.conv_pw.*", "features.{n+1}.conv.1.*"},
    Renaming{"blocks.{i}.{j}.bn2.*", "features.{n+1}.conv.2.*"},
    Renaming{"conv_head.*", "features.18.0.*"},
    Renaming{"bn2.*", "features.18.1.*"},
    Renaming{"classifier.*", "classifier.1.*"},
};

constexpr std::array mobileNetV3{
    Renaming{"conv_stem.*", "features.0.0.*"},
    Renaming{"bn1.*", "features.0.1.*"},
    Renaming{"blocks.{i}.{j}.conv.*", "features.{n+1}.0.*"},
    Renaming{"blocks.{i}.{j}.bn1.*", "features.{n+1}.1.*", "blocks.{i}.{j}.conv.weight"},
    Renaming{"blocks.{i}.{j}.conv_pw.*", "features.{n+1}.block.0.0.*", "blocks.{i}.{j}.conv_pwl.weight"},
    Renaming{"blocks.{i}.{j}.bn1.*", "features.{n+1}.block.0.1.*"},
    Renaming{"blocks.{i}.{j}.conv_dw.*", "features.{n+1}.block.1.0.*", "blocks.{i}.{j}.conv_pwl.weight"},
    Renaming{"blocks.{i}.{j}.bn2.*", "features.{n+1}.block.1.1.*", "blocks.{i}.{j}.conv_pwl.weight"},
    Renaming{"blocks.{i}.{j}.se.conv_reduce.*", "features.{n+1}.block.2.fc1.*", "blocks.{i}.{j}.conv_pwl.weight"},
    Renaming{"blocks.{i}.{j}.se.conv_expand.*", "features.{n+1}.block.2.fc2.*", "blocks.{i}.{j}.conv_pwl.weight"},
    Renaming{"blocks.{i}.{j}.conv_pwl.*", "features.{n+1}.block.3.0.*", "blocks.{i}.{j}.se.conv_reduce.weight"},
    Renaming{"blocks.{i}.{j}.bn3.*", "features.{n+1}.block.3.1.*", "blocks.{i}.{j}.se.conv_reduce.weight"},
    Renaming{"blocks.{i}.{j}.conv_pwl.*", "features.{n+1}.block.2.0.*"},
    Renaming{"blocks.{i}.{j}.bn3.*", "features.{n+1}.block.2.1.*"},
    Renaming{"blocks.{i}.{j}.conv_dw.*", "features.{n+1}.block.0.0.*"},
    Renaming{"blocks.{i}.{j}.se.conv_reduce.*", "features.{n+1}.block.1.fc1.*"},
    Renaming{"blocks.{i}.{j}.se.conv_expand.*", "features.{n+1}.block.1.fc2.*"},
    Renaming{"blocks.{i}.{j}.conv_pw.*", "features.{n+1}.block.2.0.*", "blocks.{i}.{j}.se.conv_reduce.weight"},
    Renaming{"blocks.{i}.{j}.bn2.*", "features.{n+1}.block.2.1.*", "blocks.{i}.{j}.se.conv_reduce.weight"},
    Renaming{"blocks.{i}.{j}.conv_pw.*", "features.{n+1}.block.1.0.*"},
    Renaming{"blocks.{i}.{j}.bn2.*", "features.{n+1}.block.1.1.*"},
    Renaming{"conv_head.weight", "classifier.0.weight", nullptr, Matrix},
    Renaming{"conv_head.bias", "classifier.0.bias"},
    Renaming{"classifier.*", "classifier.3.*"},
};

/// Both versions: `conv_exp` is the fused blocks' of version 2, `conv` that of its first stage.
constexpr std::array efficientNet{
    Renaming{"conv_stem.*", "features.0.0.*"},
    Renaming{"bn1.*", "features.0.1.*"},
    Renaming{"blocks.{i}.{j}.conv.*", "features.{i+1}.{j}.block.0.0.*"},
    Renaming{"blocks.{i}.{j}.conv_exp.*", "features.{i+1}.{j}.block.0.0.*"},
    Renaming{"blocks.{i}.{j}.conv_pwl.*", "features.{i+1}.{j}.block.1.0.*", "blocks.{i}.{j}.conv_exp.weight"},
    Renaming{"blocks.{i}.{j}.bn2.*", "features.{i+1}.{j}.block.1.1.*", "blocks.{i}.{j}.conv_exp.weight"},
    Renaming{"blocks.{i}.{j}.conv_pw.*", "features.{i+1}.{j}.block.0.0.*", "blocks.{i}.{j}.conv_pwl.weight"},
    Renaming{"blocks.{i}.{j}.bn1.*", "features.{i+1}.{j}.block.0.1.*"},
    Renaming{"blocks.{i}.{j}.conv_dw.*", "features.{i+1}.{j}.block.1.0.*", "blocks.{i}.{j}.conv_pwl.weight"},
    Renaming{"blocks.{i}.{j}.bn2.*", "features.{i+1}.{j}.block.1.1.*", "blocks.{i}.{j}.conv_pwl.weight"},
    Renaming{"blocks.{i}.{j}.se.conv_reduce.*", "features.{i+1}.{j}.block.2.fc1.*", "blocks.{i}.{j}.conv_pwl.weight"},
    Renaming{"blocks.{i}.{j}.se.conv_expand.*", "features.{i+1}.{j}.block.2.fc2.*", "blocks.{i}.{j}.conv_pwl.weight"},
    Renaming{"blocks.{i}.{j}.conv_pwl.*", "features.{i+1}.{j}.block.3.0.*"},
    Renaming{"blocks.{i}.{j}.bn3.*", "features.{i+1}.{j}.block.3.1.*"},
    Renaming{"blocks.{i}.{j}.conv_dw.*", "features.{i+1}.{j}.block.0.0.*"},
    Renaming{"blocks.{i}.{j}.se.conv_reduce.*", "features.{i+1}.{j}.block.1.fc1.*"},
    Renaming{"blocks.{i}.{j}.se.conv_expand.*", "features.{i+1}.{j}.block.1.fc2.*"},
    Renaming{"blocks.{i}.{j}.conv_pw.*", "features.{i+1}.{j}.block.2.0.*"},
    Renaming{"blocks.{i}.{j}.bn2.*", "features.{i+1}.{j}.block.2.1.*"},
    Renaming{"conv_head.*", "features.8.0.*", "blocks.6.0.conv_pw.weight"},
    Renaming{"bn2.*", "features.8.1.*", "blocks.6.0.conv_pw.weight"},
    Renaming{"conv_head.*", "features.7.0.*"},
    Renaming{"bn2.*", "features.7.1.*"},
    Renaming{"classifier.*", "classifier.1.*"},
};

constexpr std::array regNet{
    Renaming{"stem.conv.*", "stem.0.*"},
    Renaming{"stem.bn.*", "stem.1.*"},
    Renaming{"s{i}.b{j}.downsample.conv.*", "trunk_output.block{i}.block{i}-{j-1}.proj.0.*"},
    Renaming{"s{i}.b{j}.downsample.bn.*", "trunk_output.block{i}.block{i}-{j-1}.proj.1.*"},
    Renaming{"s{i}.b{j}.conv1.conv.*", "trunk_output.block{i}.block{i}-{j-1}.f.a.0.*"},
    Renaming{"s{i}.b{j}.conv1.bn.*", "trunk_output.block{i}.block{i}-{j-1}.f.a.1.*"},
    Renaming{"s{i}.b{j}.conv2.conv.*", "trunk_output.block{i}.block{i}-{j-1}.f.b.0.*"},
    Renaming{"s{i}.b{j}.conv2.bn.*", "trunk_output.block{i}.block{i}-{j-1}.f.b.1.*"},
    Renaming{"s{i}.b{j}.se.*", "trunk_output.block{i}.block{i}-{j-1}.f.se.*"},
    Renaming{"s{i}.b{j}.conv3.conv.*", "trunk_output.block{i}.block{i}-{j-1}.f.c.0.*"},
    Renaming{"s{i}.b{j}.conv3.bn.*", "trunk_output.block{i}.block{i}-{j-1}.f.c.1.*"},
    Renaming{"head.fc.*", "fc.*"},
};

constexpr std::array convNeXt{
    Renaming{"stem.{k}.*", "features.0.{k}.*"},
    Renaming{"stages.{i}.downsample.{k}.*", "features.{2i}.{k}.*"},
    Renaming{"stages.{i}.blocks.{j}.gamma", "features.{2i+1}.{j}.layer_scale", nullptr, ChannelColumn},
    Renaming{"stages.{i}.blocks.{j}.conv_dw.*", "features.{2i+1}.{j}.block.0.*"},
    Renaming{"stages.{i}.blocks.{j}.norm.*", "features.{2i+1}.{j}.block.2.*"},
    Renaming{"stages.{i}.blocks.{j}.mlp.fc1.weight", "features.{2i+1}.{j}.block.3.weight", nullptr, Matrix},
    Renaming{"stages.{i}.blocks.{j}.mlp.fc1.bias", "features.{2i+1}.{j}.block.3.bias"},
    Renaming{"stages.{i}.blocks.{j}.mlp.fc2.weight", "features.{2i+1}.{j}.block.5.weight", nullptr, Matrix},
    Renaming{"stages.{i}.blocks.{j}.mlp.fc2.bias", "features.{2i+1}.{j}.block.5.bias"},
    Renaming{"head.norm.*", "classifier.0.*"},
    Renaming{"head.fc.*", "classifier.2.*"},
};

constexpr std::array visionTransformer{
    Renaming{"cls_token", "class_token"},
    Renaming{"pos_embed", "encoder.pos_embedding"},
    Renaming{"patch_embed.proj.*", "conv_proj.*"},
    Renaming{"blocks.{i}.norm1.*", "encoder.layers.encoder_layer_{i}.ln_1.*"},
    Renaming{"blocks.{i}.attn.qkv.weight", "encoder.layers.encoder_layer_{i}.self_attention.in_proj_weight"},
    Renaming{"blocks.{i}.attn.qkv.bias", "encoder.layers.encoder_layer_{i}.self_attention.in_proj_bias"},
    Renaming{"blocks.{i}.attn.proj.*", "encoder.layers.encoder_layer_{i}.self_attention.out_proj.*"},
    Renaming{"blocks.{i}.norm2.*", "encoder.layers.encoder_layer_{i}.ln_2.*"},
    Renaming{"blocks.{i}.mlp.fc1.*", "encoder.layers.encoder_layer_{i}.mlp.0.*"},
    Renaming{"blocks.{i}.mlp.fc2.*", "encoder.layers.encoder_layer_{i}.mlp.3.*"},
    Renaming{"norm.*", "encoder.ln.*"},
    Renaming{"head.*", "heads.head.*"},
};

/// Newer files have the halving step first in its stage, older ones and Microsoft's own last in the stage before.
constexpr std::array swin{
    Renaming{"patch_embed.proj.*", "features.0.0.*"},
    Renaming{"patch_embed.norm.*", "features.0.2.*"},
    Renaming{"layers.{i}.downsample.*", "features.{2i}.*", "layers.3.downsample.norm.weight"},
    Renaming{"layers.{i}.downsample.*", "features.{2i+2}.*"},
    Renaming{"layers.{i}.blocks.{j}.attn_mask", ""},
    Renaming{"layers.{i}.blocks.{j}.attn.relative_position_index", "features.{2i+1}.{j}.attn.relative_position_index", nullptr, Flat},
    Renaming{"layers.{i}.blocks.{j}.attn.*", "features.{2i+1}.{j}.attn.*"},
    Renaming{"layers.{i}.blocks.{j}.norm{k}.*", "features.{2i+1}.{j}.norm{k}.*"},
    Renaming{"layers.{i}.blocks.{j}.mlp.fc1.*", "features.{2i+1}.{j}.mlp.0.*"},
    Renaming{"layers.{i}.blocks.{j}.mlp.fc2.*", "features.{2i+1}.{j}.mlp.3.*"},
    Renaming{"norm.*", "norm.*"},
    Renaming{"head.fc.*", "head.*"},
    Renaming{"head.*", "head.*"},
};

constexpr const char *pairs = "blocks.{i}.{j}.*";
constexpr double torchEpsilon = 1e-5; // timm keeps PyTorch's BatchNorm where torchvision has others

constexpr std::array schemes{
    NamingScheme{.title = "timm's VGG", .mark = "pre_logits.fc1.weight", .rules = vgg},
    NamingScheme{.title = "timm's MobileNetV2", .mark = "conv_head.weight", .rules = mobileNetV2, .counted = pairs},
    NamingScheme{
        .title = "timm's MobileNetV3", .mark = "conv_head.bias", .rules = mobileNetV3, .counted = pairs, .batchNormEpsilon = torchEpsilon},
    NamingScheme{.title = "timm's EfficientNetV2", .mark = "blocks.1.0.conv_exp.weight", .rules = efficientNet},
    NamingScheme{.title = "timm's EfficientNet", .mark = "conv_head.weight", .rules = efficientNet, .batchNormEpsilon = torchEpsilon},
    NamingScheme{.title = "timm's RegNet", .mark = "s1.b1.conv1.conv.weight", .rules = regNet},
    NamingScheme{.title = "timm's ConvNeXt", .mark = "stages.0.blocks.0.conv_dw.weight", .rules = convNeXt},
    NamingScheme{.title = "timm's Vision Transformer", .mark = "blocks.0.attn.qkv.weight", .rules = visionTransformer},
    NamingScheme{.title = "timm's Swin Transformer", .mark = "layers.0.blocks.0.attn.qkv.weight", .rules = swin},
};

} // namespace

std::span<const NamingScheme> timm()
{
    return schemes;
}

} // namespace graft::naming
