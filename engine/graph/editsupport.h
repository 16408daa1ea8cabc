#pragma once
#include "graph/analysis.h"

#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

/// What the edits share: names, tensors' owners, tied tensors.
namespace graft {

/// The names of a network's layers and blocks, for finding new ones.
class NameTable {
public:
    NameTable() = default;
    explicit NameTable(const Network &network);
    void take(std::string_view name); ///< a layer's
    /// Not a layer, not a block, and in no layer.
    [[nodiscard]] bool isFree(std::string_view name) const;
    /// `wanted`, or the next number that is free.
    [[nodiscard]] std::string free(const std::string &wanted) const;

private:
    std::unordered_set<std::string> m_layers, m_blocks;
};

/// Which layer a tensor belongs to, by the names alone.
class TensorOwners {
public:
    /// `network` must outlive it and keep its layers.
    explicit TensorOwners(const Network &network);
    [[nodiscard]] const Layer *of(std::string_view tensorName) const; ///< nullptr for none of the network's

private:
    std::unordered_map<std::string_view, const Layer *> m_layers;
};

/// The tensors of the layers that are still there; in place.
void dropStrayTensors(const Network &network, StateDict &weights);
/// After layers were removed or changed places: lets each group of tied tensors have its owner in its first layer, with the values that
/// `before`, the weights of before the edit, has for it.
void restoreTies(Network &network, StateDict &weights, const StateDict &before);

/// NetworkInvalid when there is no such layer.
[[nodiscard]] Result<const Layer *> requireLayer(const Network &network, LayerId id);
/// A layer of that type with attributes for an input of `shape`, or with the schema's when it is not known. Its inputs are the caller's to
/// set.
[[nodiscard]] Result<Layer> freshLayer(const std::string &type, std::string name, const std::optional<Shape> &shape);
/// "relu" for "ReLU".
[[nodiscard]] std::string nameForType(const std::string &type);
/// The innermost block that both lie in.
[[nodiscard]] std::string commonBlock(std::string_view a, std::string_view b);
/// "block.name", or "name" when there is no block.
[[nodiscard]] std::string joined(std::string_view block, std::string_view name);

} // namespace graft
