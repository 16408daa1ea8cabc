#pragma once
#include "core/tensor.h"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace graft {

/// Names a layer inside one Network; stays the same through edits.
struct LayerId {
    int value = -1;
    auto operator<=>(const LayerId &) const = default;
    [[nodiscard]] bool isValid() const { return value >= 0; }
};

/// The value of one attribute of a layer (`stride` = [2, 2]).
using AttributeValue = std::variant<bool, std::int64_t, double, std::string, std::vector<std::int64_t>>;
/// Attribute name → value. Holds what differs from the layer type's defaults or is required; see LayerType.
using Attributes = std::map<std::string, AttributeValue, std::less<>>;

/// "3 × 3" for [3, 3], "true", "0.5", …: for people.
[[nodiscard]] std::string describe(const AttributeValue &value);

/// One node of a Network. Plain data.
struct Layer {
    LayerId id;
    std::string name; ///< unique and dotted: "layer1.0.conv1"; the dots make the blocks; names the layer's tensors
    std::string type; ///< a LayerType's name: "Conv2d"
    Attributes attributes;
    std::vector<LayerId> inputs; ///< in the order the type expects them
    bool frozen = false; ///< no gradient, no optimiser state; BatchNorm keeps its statistics, dropout is off
    double learningRateFactor = 1.0;
    bool operator==(const Layer &) const = default;
};

/// An output that is used in training only: an auxiliary classifier as GoogLeNet and Inception v3 have them.
struct AuxiliaryOutput {
    LayerId layer;
    double lossWeight = 0.3; ///< its loss is added to the main one with this factor
    bool operator==(const AuxiliaryOutput &) const = default;
};

/// A directed acyclic graph of layers with no tensors in it: a value type, cheap to copy and to compare.
///
/// Layers are kept in a topological order (a layer comes after its inputs); ids say nothing of the order. There is one layer of type
/// "Input", the first, whose attribute `shape` is the input without the batch dimension ([3, 224, 224]); the output is the layer that
/// `output()` names. A layer may have fewer inputs than its type wants, or inputs of the wrong shape: such a network is shown and edited,
/// and problems() lists what keeps it from running.
class Network {
public:
    std::string architecture; ///< the Architecture it came from ("resnet50"); empty for none

    /// Layers that lead to these alone are run in training only.
    std::vector<AuxiliaryOutput> auxiliaryOutputs;
    /// Tied weights: full name of a tensor → the tensor (of an earlier layer) whose values it shares for good.
    std::map<std::string, std::string, std::less<>> tiedTensors;

    /// Appends a layer and makes it the output. `layer.id` is chosen here and returned. The name must be new and the
    /// inputs must exist already (asserted: builders are ours; what comes from a file goes through networkFromJson).
    LayerId add(Layer layer);
    /// As add(), but before the layer at `position` of layers(), and the output stays; layers().size() = at the end.
    LayerId insert(Layer layer, std::size_t position);
    /// Short form for builders.
    LayerId add(std::string name, std::string type, Attributes attributes, std::vector<LayerId> inputs);

    [[nodiscard]] const std::vector<Layer> &layers() const { return m_layers; }
    [[nodiscard]] const Layer *find(LayerId id) const; ///< nullptr when there is none
    [[nodiscard]] const Layer *find(std::string_view name) const;
    /// To change a layer in place. Its id stays, its name stays unique, and after other inputs restoreOrder() is called.
    [[nodiscard]] Layer *find(LayerId id);
    [[nodiscard]] std::size_t indexOf(LayerId id) const; ///< in layers(); layers().size() when there is none
    [[nodiscard]] LayerId output() const { return m_output; }
    void setOutput(LayerId id) { m_output = id; }
    /// Removes layers that feed none but each other, their auxiliary outputs too; see layeredits.h for what a person does. Where the output
    /// goes, the last layer becomes it.
    void remove(const std::vector<LayerId> &ids);
    void remove(LayerId id) { remove(std::vector{id}); }
    /// Puts the layers into a topological order again after inputs were changed; what is in order stays so. False, with nothing changed,
    /// when layers lead to each other in a circle.
    [[nodiscard]] bool restoreOrder();
    [[nodiscard]] std::vector<LayerId> consumers(LayerId id) const;
    /// The input's shape without the batch dimension; empty for an empty network.
    [[nodiscard]] Shape inputShape() const;
    [[nodiscard]] bool empty() const { return m_layers.empty(); }
    bool operator==(const Network &) const = default;

private:
    void indexLayers();

    std::vector<Layer> m_layers;
    std::vector<int> m_positions; ///< by an id's value: where it stands in m_layers; -1 for one that was removed
    LayerId m_output;
};

/// Whether `name` lies in `block`: "layer1.0.conv1" lies in "layer1" and "layer1.0" and in itself; every name lies in "".
[[nodiscard]] bool isInBlock(std::string_view name, std::string_view block);
/// "layer1.0" for "layer1.0.conv1", "" for a name without dots.
[[nodiscard]] std::string_view parentBlock(std::string_view name);

} // namespace graft
