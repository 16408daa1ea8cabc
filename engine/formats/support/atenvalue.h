#pragma once
#include "core/tensor.h"
#include "graph/network.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace graft {

/// A tensor as the steps of a PyTorch graph hand it on: what a layer gives (its contents unknown), or one that the file holds. Shared and
/// changed in place where PyTorch does so.
struct AtenTensor {
    std::optional<LayerId> layer; ///< nothing for one that the file holds
    Tensor constant{};
    std::string name{}; ///< of a constant: its attribute's path, "layer1.0.conv1.weight"
    bool isParameter = false; ///< a constant that is trained
    bool isTransposed = false; ///< a constant matrix whose rows are its columns
    /// What a layer gives, with all dimensions but the last counted as one, the batch included: how a Linear of more dimensions is written.
    bool isMerged = false;
    std::optional<LayerId> asLayer = {}; ///< the Parameter that stands for the constant, once it is needed
};

/// What a step takes or gives: PyTorch's IValue, for reading a graph.
struct AtenValue {
    enum class Kind { None, Boolean, Integer, Real, Text, List, Tuple, Dictionary, Tensor, Module, Function, Unknown };
    Kind kind = Kind::None;
    bool isBatch = false; ///< an Integer: that many times the number of pictures, which is left open
    std::int64_t integer = 0; ///< Boolean, Integer; of a Module: its place in the pickle
    double real = 0;
    std::string text{}; ///< Text; of a Module: its path; of a Function: its qualified name
    int depth = 0; ///< how deep lists and tuples lie in it
    std::shared_ptr<std::vector<AtenValue>> items{}; ///< List (shared, as in Python), Tuple; Dictionary: keys and values in turn
    std::shared_ptr<AtenTensor> tensor{};

    [[nodiscard]] static AtenValue ofBoolean(bool value) { return {.kind = Kind::Boolean, .integer = value ? 1 : 0}; }
    [[nodiscard]] static AtenValue ofInteger(std::int64_t value) { return {.kind = Kind::Integer, .integer = value}; }
    [[nodiscard]] static AtenValue ofReal(double value) { return {.kind = Kind::Real, .real = value}; }
    [[nodiscard]] static AtenValue ofText(std::string value) { return {.kind = Kind::Text, .text = std::move(value)}; }
    [[nodiscard]] static AtenValue ofLayer(LayerId layer);
    [[nodiscard]] static AtenValue ofConstant(Tensor tensor, std::string name, bool isParameter);
    /// Unknown for what would be nested too deep.
    [[nodiscard]] static AtenValue ofItems(Kind kind, std::vector<AtenValue> items);
    [[nodiscard]] static AtenValue unknown() { return {.kind = Kind::Unknown}; }

    [[nodiscard]] bool isNone() const { return kind == Kind::None; }
    [[nodiscard]] bool isTensor() const { return kind == Kind::Tensor; }
    [[nodiscard]] bool isLayer() const { return kind == Kind::Tensor && tensor->layer; }
    [[nodiscard]] bool isConstant() const { return kind == Kind::Tensor && !tensor->layer; }
    [[nodiscard]] bool isSequence() const { return kind == Kind::List || kind == Kind::Tuple; }
    /// A number that does not depend on the batch: Integer, Real, Boolean, or a constant of one element without dimensions.
    [[nodiscard]] std::optional<double> number() const;
    /// The same for whole numbers; a Real is none.
    [[nodiscard]] std::optional<std::int64_t> whole() const;
};

/// What a call is given: some by place, some by name.
struct AtenArguments {
    std::vector<AtenValue> positional;
    std::vector<std::pair<std::string, AtenValue>> named;
};

} // namespace graft
