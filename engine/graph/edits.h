#pragma once
#include "graph/analysis.h"

namespace graft {

/// Layers a pattern names: a layer or block name ("layer1", "features.0"), or a glob with * and ? over whole names
/// ("*.bn?"); several separated by commas. SettingInvalid when it matches nothing (the sentence names the nearest block).
[[nodiscard]] Result<std::vector<LayerId>> matchLayers(const Network &network, const std::string &pattern);

/// The layers of a type ("BatchNorm2d"), of a category ("normalization"), all of them.
[[nodiscard]] std::vector<LayerId> layersOfType(const Network &network, std::string_view type);
[[nodiscard]] std::vector<LayerId> layersOfCategory(const Network &network, std::string_view category);
/// The layers of a block, or the one layer of that name.
[[nodiscard]] std::vector<LayerId> layersInBlock(const Network &network, std::string_view block);

void setFrozen(Network &network, const std::vector<LayerId> &layers, bool frozen);
/// `setting` is "none", "all-but-head" or a pattern of matchLayers(); replaces the frozen state of every layer. "all-but-head" leaves what
/// adapters learn with as well, and freezes auxiliary classifiers: they are there for the trunk's sake, which they cannot change then.
[[nodiscard]] Result<void> freeze(Network &network, const std::string &setting);
/// All layers that `layer` depends on, without itself: «everything before here».
[[nodiscard]] std::vector<LayerId> ancestors(const Network &network, LayerId layer);

/// All layers that depend on `layer`, without itself.
[[nodiscard]] std::vector<LayerId> descendants(const Network &network, LayerId layer);

/// 0 … 1000000: what a learning-rate factor may be; SettingInvalid otherwise.
[[nodiscard]] Result<void> setLearningRateFactor(Network &network, const std::vector<LayerId> &layers, double factor);

/// Gives the head a new size. Keeps every layer before it; the classifier layer gets `classes` outputs, is thawed and keeps
/// its name (so published names still fit). Understands Linear heads (`fc`, `classifier.6`, `heads.head`, `linear`)
/// and SqueezeNet's `classifier.1` convolution. NetworkInvalid when there is no classifier layer or several
/// side by side (see replaceHead() in heads.h for those). Auxiliary classifiers get the
/// same new size. The old tensors of these layers (classifierLayers()) no longer fit: headWeights() has new ones.
[[nodiscard]] Result<void> replaceHead(Network &network, std::int64_t classes);

/// The network without its auxiliary outputs and the layers that lead to them alone: what evaluation runs, with equal ids.
[[nodiscard]] Network withoutAuxiliary(Network network);

/// The weights without the tensors of that layer.
[[nodiscard]] StateDict withoutLayer(const StateDict &weights, const std::string &layerName);

} // namespace graft
