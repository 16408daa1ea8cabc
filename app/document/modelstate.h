#pragma once
#include "data/transform.h"
#include "graph/modelpackage.h"
#include "training/session.h"

#include <filesystem>
#include <optional>

namespace graft {

/// The run that a model's weights come from, with what it was run on: what makes «trained» go stale.
struct TrainingRecord {
    Network network;
    std::filesystem::path dataFolder;
    double validationShare = 0.2;
    TrainingConfig config;
    Augmentation augmentation;
    Preprocessing preprocessing;
    std::filesystem::path runFolder; ///< empty when nothing was written
    int bestEpoch = 0;
    bool operator==(const TrainingRecord &) const = default;
};

/// All of the open model that edits change: what an undo command keeps before and after. A value; copies share the tensors.
struct ModelState {
    Network network;
    /// Those of the layers that have some. Layers that were added or changed may want others: see runnablePackage().
    StateDict weights;
    std::vector<std::string> classNames;
    std::vector<LabelSet> labelSets; ///< as ModelPackage has them
    int weightsVersion = 0; ///< another number for every other set of weights or preprocessing; comes back with undo
    std::optional<TrainingRecord> training;
    Preprocessing preprocessing = {};
};

} // namespace graft
