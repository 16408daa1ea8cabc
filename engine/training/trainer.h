#pragma once
#include "training/checkpoint.h"
#include "training/featuresource.h"
#include "training/learner.h"
#include "training/runclock.h"
#include "training/runcontrol.h"
#include "training/schedule.h"

#include <chrono>
#include <deque>
#include <optional>

namespace graft {

/// The loop of one run; lives on the training thread. Internal to training/; see TrainingSession for what it promises.
class Trainer {
public:
    Trainer(TrainingConfig config, TrainingInput input, TrainingObserver &observer, RunControl &control);
    /// Trains until done, stopped or failed. Does not call finished().
    [[nodiscard]] TrainingResult run();

private:
    enum class Outcome { Done, Stopped };
    using Sums = std::vector<SetFigures>;

    [[nodiscard]] Result<void> prepare();
    [[nodiscard]] Result<void> restore();
    [[nodiscard]] Result<void> runFrozenPartApart(const StateDict &weights);
    [[nodiscard]] Result<Outcome> runEpochs();
    [[nodiscard]] Result<Outcome> runEpoch(int epoch);
    [[nodiscard]] Result<Outcome> trainEpoch(int epoch);
    [[nodiscard]] Result<Outcome> validateEpoch(int epoch, Sums &sums);
    [[nodiscard]] Result<void> trainBatch(int epoch, const Batch &batch);
    void watchGradients(); ///< before a step: whether it is to measure them
    void publishGradients(); ///< after it
    [[nodiscard]] Result<void> readTrainingFigures(Learner::Reading reading);
    [[nodiscard]] Result<void> skipBatches(std::int64_t count);
    [[nodiscard]] Result<void> finishEpoch(int epoch, const Sums &validation);
    [[nodiscard]] Result<void> requireUsable(const Batch &batch) const;
    [[nodiscard]] double cachedShare() const;
    void reportCache();
    [[nodiscard]] Result<void> requireFiniteState(int epoch) const;
    [[nodiscard]] Result<StateDict> weightsNow() const; ///< a copy, unless they are those of the best epoch
    [[nodiscard]] Result<void> writeCheckpointNow();
    [[nodiscard]] Result<void> keepState(); ///< writes a checkpoint and tells of the epochs done
    [[nodiscard]] Result<void> tellOfEpochs(); ///< TrainingInput::afterCheckpoint, when there are new ones
    void keepAfterFailure(const Error &error); ///< what is worth it
    /// Between batches: waits while paused; whether the run shall stop.
    [[nodiscard]] bool obeyControl();
    void reportProgress(int epoch, RunClock::Pass pass, std::int64_t validationBatchesDone);

    TrainingConfig m_config;
    TrainingInput m_input;
    std::shared_ptr<FrozenPart> m_frozen; ///< null when there is none; then both below are
    std::shared_ptr<FeatureSource> m_trainFeatures, m_validationFeatures; ///< what m_input's sources were wrapped into
    TrainingObserver &m_observer;
    RunControl &m_control;
    std::filesystem::path m_checkpointFile; ///< empty = none
    std::unique_ptr<Learner> m_learner;
    Checkpoint m_state; ///< without `weights` and `optimizerState`; see writeCheckpointNow()
    std::chrono::steady_clock::time_point m_lastKept = std::chrono::steady_clock::now();
    std::size_t m_epochsTold = 0;
    bool m_isKept = true; ///< the state of now is written, as far as it can be
    bool m_inStep = false; ///< the learner is making one, or has failed to
    RunClock m_clock{0, 0};
    const ScheduleType *m_schedule = nullptr;
    std::vector<ClassRange> m_classes; ///< of each label set
    std::int64_t m_trainBatches = 0, m_validationBatches = 0;
    std::chrono::steady_clock::time_point m_nextGradients; ///< not measured before
    std::deque<MetricSample> m_unread; ///< steps whose figures are still on the device
};

} // namespace graft
