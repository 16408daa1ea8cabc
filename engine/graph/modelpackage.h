#pragma once
#include "core/tensor.h"
#include "graph/labelset.h"
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
    std::vector<LabelSet> labelSets = {}; ///< how the class names divide: two sets or more; empty = they are of one
    std::string origin; ///< where the trunk's weights came from: a file name, an architecture's weights; for people
    std::string licence; ///< of those weights, when known
    std::vector<std::string> remarks = {}; ///< of the reading, one sentence each; not kept in files
};

/// "class 17" style names for a package that does not say its own.
[[nodiscard]] std::string className(const ModelPackage &package, std::size_t index);

/// How that many outputs divide into the package's label sets; one range of all when they are not made for that many.
[[nodiscard]] std::vector<ClassRange> classRanges(const ModelPackage &package, std::size_t outputs);

} // namespace graft
