#pragma once
#include "training/session.h"

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace graft {

/// What has come from the engine since the mailbox was emptied last.
struct TrainingNews {
    std::vector<MetricSample> samples;
    std::vector<EpochResult> epochs;
    std::vector<std::string> notes; ///< sentences for the log
    std::optional<Progress> progress; ///< the latest only
    std::optional<GradientNorms> gradients; ///< the latest only
    [[nodiscard]] bool empty() const { return samples.empty() && epochs.empty() && notes.empty() && !progress && !gradients; }
};

/// Where the engine's thread leaves its news and the window's takes them: a mutex and vectors, no signal per batch.
class TrainingMailbox : public TrainingObserver {
public:
    void stepDone(const MetricSample &sample) override;
    void progressChanged(const Progress &progress) override;
    void gradientsMeasured(const GradientNorms &norms) override;
    void noteMade(const std::string &sentence) override;
    void epochDone(const EpochResult &epoch) override;
    void finished(const TrainingResult &result) override;
    /// All there is, in order; empties the box. Any thread.
    [[nodiscard]] TrainingNews take();
    /// How the run ended; once it has. Any thread.
    [[nodiscard]] TrainingResult result();

private:
    std::mutex m_mutex;
    TrainingNews m_news; ///< guarded by m_mutex
    TrainingResult m_result; ///< guarded by m_mutex
};

} // namespace graft
