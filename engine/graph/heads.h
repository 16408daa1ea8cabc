#pragma once
#include "graph/analysis.h"
#include "graph/labelset.h"

namespace graft {

/// The forms that a head can have.
enum class HeadKind {
    AsPublished, ///< the network's own form in another size; behind a cut or in place of several heads, Linear
    Linear,
    DropoutLinear,
    Classic, ///< global average pooling, a Linear of `width` features, ReLU, Linear: the recipe of many tutorials
    Mlp, ///< `hiddenLayers` times Linear, activation and Dropout, then Linear
    Convolutional, ///< Dropout, a 1 × 1 convolution and global average pooling, much as SqueezeNet has it
};

/// What a head is to be. Only the fields that the kind speaks of count.
struct HeadPlan {
    HeadKind kind = HeadKind::AsPublished;
    std::int64_t classes = 0; ///< without label sets
    /// Two or more: a head of the kind for each, side by side, and their logits one after another; empty = one head.
    std::vector<LabelSet> labelSets = {};
    double dropout = 0.2; ///< probability, 0 … 1; 0 = no Dropout layers
    std::int64_t width = 1024; ///< features of hidden layers
    int hiddenLayers = 1; ///< 1 … 16
    std::string activation = "ReLU"; ///< of Mlp; any activation type
    bool operator==(const HeadPlan &) const = default;
};

/// "linear", "dropout", "classic", "mlp", "convolutional", "published": for command lines and files.
[[nodiscard]] std::string_view name(HeadKind kind);
[[nodiscard]] Result<HeadKind> headKindFromName(std::string_view name);
/// All of them, in the order of a menu.
[[nodiscard]] const std::vector<HeadKind> &headKinds();

/// The classes of all its label sets together.
[[nodiscard]] std::int64_t classCount(const HeadPlan &plan);

/// Where a network's trunk ends: what its head takes in.
struct TrunkEnd {
    LayerId features; ///< what the head's first Linear (or its convolution) takes, without the Dropout before it
    LayerId map; ///< the last layer whose output still has height and width, [C, H, W]; invalid when there is none (transformers)
};
/// NetworkInvalid when there is no classifier (see classifierLayer()). Knows heads of several Linear layers (VGG, MobileNet), a ViT's
/// `heads.head`, SqueezeNet's convolution, several heads side by side; the layers of auxiliary classifiers belong to neither.
[[nodiscard]] Result<TrunkEnd> trunkEnd(const Network &network);

/// Takes the head away and puts one by the plan in its place, thawed, under the block name `head` (the published form keeps its names); the
/// block is what freeze() takes for the head then. Each of several label sets has its head in a block of its own in there (`head.species`),
/// the published form too.
/// Auxiliary classifiers get the new size. The old head's tensors go; new ones are made when the network is run. SettingInvalid for a plan
/// that cannot be, NetworkInvalid for a network without a head or a convolutional one where no picture is left.
[[nodiscard]] Result<void> replaceHead(Network &network, StateDict &weights, const HeadPlan &plan);

/// The same behind `layer`: all that comes after it goes. Auxiliary classifiers that hang on what is left stay.
[[nodiscard]] Result<void> cutAt(Network &network, StateDict &weights, LayerId layer, const HeadPlan &plan);

} // namespace graft
