#pragma once
#include "core/result.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

/// A Keras model's architecture as its JSON says it, of Keras 2 and 3.
namespace graft::keras {

/// The output of one call of a layer.
struct TensorRef {
    std::string layer;
    std::size_t call = 0;
    bool operator<(const TensorRef &other) const { return std::tie(layer, call) < std::tie(other.layer, other.call); }
    bool operator==(const TensorRef &) const = default;
};

struct Call {
    std::vector<TensorRef> inputs;
    std::vector<double> constants; ///< plain numbers among the arguments: y of `x / y`
};

struct KerasModel;

struct KerasLayer {
    std::string className; ///< "Conv2D"
    std::string name;
    nlohmann::json config;
    std::vector<Call> calls; ///< none in a Sequential
    std::shared_ptr<const KerasModel> model; ///< of a model that is used as a layer
};

/// Functional or Sequential.
struct KerasModel {
    std::string name;
    bool isSequential = false;
    std::vector<KerasLayer> layers;
    std::vector<TensorRef> inputs, outputs; ///< none in a Sequential
    nlohmann::json buildInputShape; ///< of a Sequential that was built later; null for none
};

/// Of {"class_name": "Functional", "config": {…}}. FormatUnknown for a subclassed model, FileCorrupt when parts are missing or of another
/// kind. `subject` is the file's path.
[[nodiscard]] Result<KerasModel> parseModel(const nlohmann::json &json, const std::string &subject);

} // namespace graft::keras
