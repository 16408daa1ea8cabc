#pragma once
#include "core/result.h"
#include "data/transform.h"
#include "graph/modelpackage.h"
#include "training/session.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace graft {

/// What a run was started with, kept as `plan.json` in its folder, so that the window can go on with it after a crash or another day.
/// The weights are not in it: they are in the run's checkpoint.
struct RunPlan {
    ModelPackage package; ///< `weights` is left empty on writing and filled from the checkpoint on reading
    std::filesystem::path dataFolder;
    double validationShare = 0.2;
    Augmentation augmentation;
    TrainingConfig config;
    std::vector<EpochResult> epochs; ///< those finished so far; only read, from the checkpoint
};

/// Any thread; they read and write files.
[[nodiscard]] Result<void> writeRunPlan(const std::filesystem::path &folder, const RunPlan &plan);
[[nodiscard]] Result<RunPlan> readRunPlan(const std::filesystem::path &folder);

/// A folder in `base` that is not there yet: "2026-11-21 mobilenet_v2", with " (2)" and so on when it was taken.
[[nodiscard]] std::filesystem::path newRunFolder(const std::filesystem::path &base, const std::string &date, const std::string &name);
/// The run in `base` that was written to last and can be gone on with (it has a plan and a checkpoint); none when there is none.
[[nodiscard]] std::optional<std::filesystem::path> lastRunFolder(const std::filesystem::path &base);

} // namespace graft
