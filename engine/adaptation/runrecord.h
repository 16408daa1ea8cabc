#pragma once
#include "adaptation/adaptation.h"

#include <nlohmann/json.hpp>

namespace graft {

/// `run.json`: settings, environment and metrics of a run. Internal to adaptation/; training thread only once the run has started.
class RunRecord {
public:
    RunRecord() = default; ///< writes nothing
    RunRecord(const AdaptationPlan &plan, const Split &parts);

    [[nodiscard]] Result<void> writeRunning(const std::vector<EpochResult> &epochs);
    [[nodiscard]] Result<void> writeEnd(const TrainingResult &result);

private:
    void setEpochs(const std::vector<EpochResult> &epochs);
    [[nodiscard]] Result<void> write() const;
    std::filesystem::path m_file; ///< empty = none
    nlohmann::ordered_json m_json;
};

} // namespace graft
