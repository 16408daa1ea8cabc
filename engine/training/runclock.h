#pragma once
#include <chrono>
#include <cstdint>

namespace graft {

/// Measures a run without its pauses and guesses what is left. Training thread only.
class RunClock {
public:
    enum class Pass { Training, Validation };

    RunClock(double secondsBefore, double secondsInEpochBefore); ///< of a resumed run's earlier part
    void startEpoch() { m_epochStart = seconds(); }
    void pause();
    void resume();
    /// One batch of that pass is done, the time since the last mark was its.
    void markBatch(Pass pass);
    /// What follows is no part of a batch's time (a checkpoint was written).
    void skip() { m_mark = seconds(); }
    [[nodiscard]] double seconds() const;
    [[nodiscard]] double secondsInEpoch() const { return seconds() - m_epochStart; }
    /// For that many batches more; negative while unknown.
    [[nodiscard]] double secondsFor(std::int64_t trainingBatches, std::int64_t validationBatches) const;

private:
    using Clock = std::chrono::steady_clock;
    /// A mean that forgets: the first batches are slow, and a machine's load changes.
    struct Average {
        double seconds = 0;
        int count = 0;
        void add(double value);
    };
    double m_before;
    double m_epochStart;
    double m_mark;
    double m_paused = 0;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_pauseStart;
    Average m_training, m_validation;
};

} // namespace graft
