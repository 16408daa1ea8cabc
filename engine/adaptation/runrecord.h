#pragma once
#include "adaptation/adaptation.h"

#include <nlohmann/json.hpp>

namespace graft {

/// `run.json`: settings, environment and metrics of a run. Internal to adaptation/; training thread only once the run has started.
class RunRecord {
public:
    RunRecord() = default; ///< writes nothing
    RunRecord(const AdaptationPlan &plan, const Split &parts);

    /// Whether the `run.json` that is there was made with the same classes, pictures, augmentation and preprocessing, so that going on with
    /// it makes sense. (The checkpoint itself vouches for the network and the training settings.)
    [[nodiscard]] Result<void> requireSameRun() const;
    void addLeftOut(const BrokenFile &file); ///< written with the next epoch
    [[nodiscard]] Result<void> writeRunning(const std::vector<EpochResult> &epochs);
    [[nodiscard]] Result<void> writeEnd(const TrainingResult &result);

private:
    void setEpochs(const std::vector<EpochResult> &epochs);
    [[nodiscard]] Result<void> write() const;
    std::filesystem::path m_file; ///< empty = none
    nlohmann::ordered_json m_json;
};

} // namespace graft
