#include "architectures/recognition/renamings.h"

#include <array>

namespace graft::naming {
namespace {

using enum TensorForm;

/// As torchvision's published DenseNet files still have them.
constexpr std::array denseNet{
    Renaming{"features.denseblock{i}.denselayer{j}.norm.{k}.*", "features.denseblock{i}.denselayer{j}.norm{k}.*"},
    Renaming{"features.denseblock{i}.denselayer{j}.conv.{k}.*", "features.denseblock{i}.denselayer{j}.conv{k}.*"},
};

/// As torchvision's published ViT files still have them.
constexpr std::array visionTransformer{
    Renaming{"encoder.layers.encoder_layer_{i}.mlp.linear_1.*", "encoder.layers.encoder_layer_{i}.mlp.0.*"},
    Renaming{"encoder.layers.encoder_layer_{i}.mlp.linear_2.*", "encoder.layers.encoder_layer_{i}.mlp.3.*"},
};

/// Of facebookresearch/ConvNeXt.
constexpr std::array convNeXt{
    Renaming{"downsample_layers.{i}.{k}.*", "features.{2i}.{k}.*"},
    Renaming{"stages.{i}.{j}.gamma", "features.{2i+1}.{j}.layer_scale", nullptr, ChannelColumn},
    Renaming{"stages.{i}.{j}.dwconv.*", "features.{2i+1}.{j}.block.0.*"},
    Renaming{"stages.{i}.{j}.norm.*", "features.{2i+1}.{j}.block.2.*"},
    Renaming{"stages.{i}.{j}.pwconv1.*", "features.{2i+1}.{j}.block.3.*"},
    Renaming{"stages.{i}.{j}.pwconv2.*", "features.{2i+1}.{j}.block.5.*"},
    Renaming{"norm.*", "classifier.0.*"},
    Renaming{"head.*", "classifier.2.*"},
};

constexpr std::array schemes{
    NamingScheme{.title = "torchvision's earlier DenseNet", .mark = "features.denseblock1.denselayer1.norm.1.weight", .rules = denseNet},
    NamingScheme{.title = "torchvision's earlier Vision Transformer",
        .mark = "encoder.layers.encoder_layer_0.mlp.linear_1.weight",
        .rules = visionTransformer},
    NamingScheme{.title = "ConvNeXt's authors'", .mark = "downsample_layers.0.0.weight", .rules = convNeXt},
};

} // namespace

std::span<const NamingScheme> originals()
{
    return schemes;
}

} // namespace graft::naming
