#pragma once
#include "core/tensor.h"
#include "graph/network.h"
#include "graph/preprocessing.h"

#include <string>
#include <vector>

namespace graft {

/// All that makes a model by itself, at rest: what a model file holds and what training returns.
struct ModelPackage {
    Network network;
    StateDict weights; ///< fits the network (every expected tensor, right shape, float32 / int64)
    Preprocessing preprocessing;
    std::vector<std::string> classNames; ///< in the order of the outputs; empty when the file does not say
    std::string origin;  ///< where the trunk's weights came from: a file name, an architecture's weights; for people
    std::string licence; ///< of those weights, when known
    std::vector<std::string> remarks = {}; ///< of the reading, one sentence each; not kept in files
};

/// "class 17" style names for a package that does not say its own.
[[nodiscard]] std::string className(const ModelPackage &package, std::size_t index);

} // namespace graft
