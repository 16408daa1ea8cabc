#pragma once
#include "graph/analysis.h"

#include <string>
#include <utility>
#include <vector>

namespace graft {

/// A network's tensors as expectedTensors() gives them.
using ExpectedTensors = std::vector<std::pair<std::string, TensorSpec>>;

/// How far a state dict and a network's tensors agree. BatchNorm's `num_batches_tracked` and tables that follow from
/// a layer's attributes count neither way when they are missing.
struct TensorFit {
    std::size_t equal = 0; ///< weights of equal name and shape (counters and tables left out: they are the same everywhere)
    std::size_t differences = 0; ///< wrong shapes, wrong types, missing and surplus tensors
};
[[nodiscard]] TensorFit fit(const ExpectedTensors &expected, const StateDict &tensors);

/// The first difference and how many more there are, as the end of a sentence: "`fc.weight` is 10 × 512 instead of 2 × 512 (and 1 more
/// differs)". A wrong shape is named before a missing tensor, and that before a surplus one. There must be a difference.
[[nodiscard]] std::string describeDifferences(const ExpectedTensors &expected, const StateDict &tensors);

/// The expected tensors in their order, turned to float32 and int64, missing counters 0, missing tables filled. There must be no
/// difference.
[[nodiscard]] StateDict fitted(const ExpectedTensors &expected, const StateDict &tensors);

} // namespace graft
