#pragma once
#include "document/modelstate.h"

#include <map>

namespace graft {

/// All that a person has chosen and made: what a project file holds. A value; copies share the tensors.
struct Project {
    ModelPackage package; ///< an empty network when none is open; the weights are as they are, complete or not
    Preprocessing originalPreprocessing; ///< as it came with the model
    std::filesystem::path modelFile; ///< that the model was opened from; empty for the built-in one
    std::optional<TrainingRecord> training;
    std::uint64_t seed = 0; ///< of the weights that new layers get
    std::filesystem::path dataFolder; ///< empty when none is open
    double validationShare = 0.2;
    TrainingConfig config;
    Augmentation augmentation;
    std::vector<std::string> selection; ///< layers' names
};

/// A project file ("flowers.graft") is a safetensors file with the model's own description and the project's beside it in its metadata, so
/// that it is a model file too. Written atomically. Any thread.
[[nodiscard]] Result<void> writeProject(const std::filesystem::path &path, const Project &project);
/// FileNotFound, FileUnreadable, FormatUnknown (no project, or one of a newer Graft), FileCorrupt. Every field is checked; tensors of
/// another shape than the network's are left out. A data folder that has moved along with the file is found again. Any thread.
[[nodiscard]] Result<Project> readProject(const std::filesystem::path &path);

/// The two descriptions as text fields, the tensors aside; `file` is where they are to stand.
[[nodiscard]] std::map<std::string, std::string> projectMetadata(const Project &project, const std::filesystem::path &file);
[[nodiscard]] Result<Project> projectFromMetadata(
    const std::map<std::string, std::string> &metadata, StateDict tensors, const std::filesystem::path &file);

} // namespace graft
