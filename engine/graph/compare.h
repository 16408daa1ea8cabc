#pragma once
#include "graph/modelpackage.h"
#include "graph/network.h"

#include <functional>
#include <optional>

namespace graft {

/// An attribute that two matched layers have different values of; nothing where the layer's type has no such attribute.
struct AttributeDifference {
    std::string name;
    std::optional<AttributeValue> left, right; ///< the type's default where a layer does not say
    bool operator==(const AttributeDifference &) const = default;
};

enum class DifferenceKind { Added, Removed, Changed };

/// What is different about a layer, or about a pair of layers that stand for each other.
struct LayerDifference {
    DifferenceKind kind = DifferenceKind::Changed;
    LayerId left, right; ///< invalid where there is none
    std::string leftName, rightName;
    std::string leftType, rightType;
    std::vector<AttributeDifference> attributes;
    /// The names of what each takes, when that is different (the matched layers' inputs count as the same); empty otherwise.
    std::vector<std::string> leftInputs, rightInputs;
    bool isRewired = false;
    bool isRefrozen = false; ///< frozen on one side alone
    std::optional<std::pair<double, double>> learningRateFactors; ///< when they are different
};

struct NetworkDifference {
    std::vector<std::pair<LayerId, LayerId>> matches; ///< layers that stand for each other: those of one name, then those of one structure
    /// Removed, changed and renamed layers in the left network's order; added ones in the right one's, behind what comes before them there.
    std::vector<LayerDifference> layers;
    bool hasOtherOutput = false;
    [[nodiscard]] bool empty() const { return layers.empty() && !hasOtherOutput; }
};
/// Any thread; milliseconds.
[[nodiscard]] NetworkDifference compareNetworks(const Network &left, const Network &right);

/// One tensor, or a pair that stand for each other.
struct TensorDifference {
    DifferenceKind kind = DifferenceKind::Changed;
    std::string leftName, rightName; ///< empty where there is none
    Shape leftShape, rightShape;
    bool isEqual = false; ///< number for number
    /// ‖right − left‖ / ‖left‖ and the largest |right − left|, in double precision; none when the shapes are different. The first is
    /// infinite when what was all zeros changed.
    std::optional<double> relativeChange, largestChange;
};
/// All tensors, the equal ones too, in the left side's order and then what is new. `rightNameOf` tells what a tensor of the left is called
/// on the right; none = the same. Any thread; a second for large networks.
[[nodiscard]] std::vector<TensorDifference> compareWeights(
    const StateDict &left, const StateDict &right, const std::function<std::string(const std::string &)> &rightNameOf = {});

struct ModelDifference {
    NetworkDifference network;
    std::vector<TensorDifference> tensors;
    bool hasOtherPreprocessing = false, hasOtherClasses = false;
};
/// Both, with tensors matched as their layers are.
[[nodiscard]] ModelDifference compareModels(const ModelPackage &left, const ModelPackage &right);

} // namespace graft
