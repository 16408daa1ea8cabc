#pragma once
#include "graph/analysis.h"

#include <map>
#include <optional>

/// What a person does to a network's layers. Each function either does all of it or fails with a sentence and changes nothing; afterwards
/// the network is a network (one Input first, a topological order, unique names), though it may have problems: see problems(). Shapes that
/// do not fit are problems, not errors. Tensors of layers that an edit does not touch stay as they are; those that new layers need are made
/// when the network is run (preparedWeights() in nn/model.h). Plain functions of values: any thread.
namespace graft {

/// One of a layer's inputs: where an edge ends. `index` = the number of its inputs means one more.
struct InputPort {
    LayerId layer;
    int index = 0;
    auto operator<=>(const InputPort &) const = default;
};

/// A new layer that takes no input yet. Its attributes are the type's defaults; its name is made from the type's.
[[nodiscard]] Result<LayerId> addLayer(Network &network, const std::string &type);
/// A new layer on the edge that ends at `edge`: it takes what that input took. Its attributes are fitted to the shape there, and keep it
/// where the type can. Its name is in the block that the edge's ends share.
[[nodiscard]] Result<LayerId> insertLayer(Network &network, const std::string &type, InputPort edge);
/// The same on all edges that start at `from` at once; behind the output, the new layer becomes the output.
[[nodiscard]] Result<LayerId> insertBehind(Network &network, const std::string &type, LayerId from);

/// Removes layers and their tensors. What took from them takes from what they took first, where the shapes allow it; else, or when it takes
/// that already, the input is left missing. The Input stays (NetworkInvalid).
[[nodiscard]] Result<void> removeLayers(Network &network, StateDict &weights, const std::vector<LayerId> &layers);

/// Copies of layers under new names, with copies of their tensors: connected among each other as the originals are, and taking from the
/// same layers outside. Nothing takes from them yet.
[[nodiscard]] Result<std::vector<LayerId>> duplicateLayers(Network &network, StateDict &weights, const std::vector<LayerId> &layers);

/// Layers cut out of a network: what copying keeps and pasting takes, in any network.
struct LayerClip {
    std::vector<Layer> layers; ///< in topological order; their ids and inputs are meant among themselves; inputs from outside are left out
    std::vector<std::string> blocks; ///< blocks that are in it as a whole: they stay together where they are given a new name
    StateDict weights; ///< their tensors
    std::map<std::string, std::string, std::less<>> tiedTensors; ///< those tied among themselves
    [[nodiscard]] bool empty() const { return layers.empty(); }
};
/// The Input is left out: a network has one.
[[nodiscard]] LayerClip copyLayers(const Network &network, const StateDict &weights, const std::vector<LayerId> &layers);
/// The pasted layers, in the clip's order; new names where theirs are taken.
[[nodiscard]] Result<std::vector<LayerId>> pasteLayers(Network &network, StateDict &weights, const LayerClip &clip);

/// Makes `to` take `from`'s output instead of what it took. NetworkInvalid for a circle, an input that the type does not have.
[[nodiscard]] Result<void> connectLayers(Network &network, StateDict &weights, LayerId from, InputPort to);
/// The inputs behind move up by one.
[[nodiscard]] Result<void> disconnect(Network &network, InputPort port);
/// A port that may take a layer's output without a circle.
struct ConnectionTarget {
    InputPort port;
    bool fits = false; ///< the layer takes that shape there; also when the shapes are not known
};
/// What connectLayers() takes from `from`, but for what is connected so already; `figures` are those of check(). In the layers' order.
[[nodiscard]] std::vector<ConnectionTarget> validTargets(const Network &network, const NetworkAnalysis &figures, LayerId from);

/// Makes the layer the network's output.
[[nodiscard]] Result<void> setOutput(Network &network, LayerId layer);

/// `name` whole, with its blocks ("layer1.0.conv1"). Moves the layer's tensors.
[[nodiscard]] Result<void> renameLayer(Network &network, StateDict &weights, LayerId layer, const std::string &name);
/// "layer1" → "stage1" for all layers of the block; both names are whole.
[[nodiscard]] Result<void> renameBlock(Network &network, StateDict &weights, const std::string &block, const std::string &name);

/// Sets an attribute of layers that all have it; nothing = the type's default. AttributeInvalid for another kind of value or one out of
/// range; a whole number serves as a number.
[[nodiscard]] Result<void> setAttribute(
    Network &network, const std::vector<LayerId> &layers, const std::string &name, const std::optional<AttributeValue> &value);
/// Fits the attributes of layers to the shapes that come in (`in_channels`, `num_features`, …), one after the other; those that cannot be
/// known stay.
[[nodiscard]] Result<void> fitToInputs(Network &network, const std::vector<LayerId> &layers);

/// Gives all activations among `layers` another type; attributes that the new type has as well stay.
[[nodiscard]] Result<void> swapActivations(
    Network &network, StateDict &weights, const std::vector<LayerId> &layers, const std::string &type);

/// A name that no layer and no block has: `wanted` itself, or with the next number ("conv1_2"; "layer1.3" for "layer1.2").
[[nodiscard]] std::string freeName(const Network &network, const std::string &wanted);

} // namespace graft
