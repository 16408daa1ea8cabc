#pragma once
#include "core/tensor.h"
#include "graph/preprocessing.h"

#include <string>
#include <vector>

namespace graft {

/// What looks wrong about how pictures are prepared, one sentence each; empty when nothing does. `ofTheWeights` is what the model came
/// with, `input` the shape of one of the network's inputs, 3 × height × width.
[[nodiscard]] std::vector<std::string> preprocessingDoubts(
    const Preprocessing &chosen, const Preprocessing &ofTheWeights, const Shape &input);

} // namespace graft
