#pragma once
#include "graph/modelpackage.h"
#include "training/batchsource.h"
#include "training/config.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace graft {

/// One pass's figures over all samples seen.
struct Metrics {
    double loss = 0;     ///< mean cross-entropy per picture
    double accuracy = 0; ///< top-1, 0 … 1
};

/// One point on a curve: after a training step, the running figures of the epoch so far.
struct MetricSample {
    int epoch = 0;          ///< from 1
    std::int64_t step = 0;  ///< optimiser steps of the whole run so far
    double batchLoss = 0;   ///< of this batch
    double batchAccuracy = 0;
    double learningRate = 0;
};

struct EpochResult {
    int epoch = 0; ///< from 1
    Metrics train;
    std::optional<Metrics> validation; ///< none without validation pictures
    double seconds = 0;
    bool isBest = false; ///< best so far: highest validation accuracy, then lowest validation loss (training's without validation)
    bool operator==(const EpochResult &) const;
};

/// How far the run is; for a progress bar.
struct Progress {
    int epoch = 0;                 ///< from 1
    bool validating = false;
    std::int64_t batchesDone = 0;  ///< of the whole run, training and validation
    std::int64_t batchesTotal = 0;
    double secondsElapsed = 0;     ///< pauses not counted
    double secondsLeft = -1;       ///< an estimate; negative while unknown
};

enum class StopReason { Completed, Stopped, Failed };

struct TrainingResult {
    StopReason reason = StopReason::Completed;
    Error error; ///< when reason is Failed
    std::vector<EpochResult> epochs; ///< those of a resumed run's earlier part too
    int bestEpoch = 0;               ///< 0 when no epoch was finished
    StateDict bestWeights;           ///< of the best epoch; the current ones when none was finished
    double seconds = 0;
};

/// Called on the training thread; must return quickly. Live tensors never pass through here.
class TrainingObserver {
public:
    virtual ~TrainingObserver() = default;
    virtual void stepDone(const MetricSample &) {}
    virtual void progressChanged(const Progress &) {}
    virtual void epochDone(const EpochResult &) {}
    virtual void finished(const TrainingResult &) {} ///< the last call, always made once
};

/// What a run needs besides its settings.
struct TrainingInput {
    Network network;   ///< with its frozen layers marked and its head replaced
    StateDict weights; ///< complete; see completeWeights()
    std::shared_ptr<BatchSource> train;
    std::shared_ptr<BatchSource> validation; ///< may be null
    std::filesystem::path checkpointFolder;  ///< empty = no checkpoints; else `checkpoint.safetensors` is written there each epoch and on stop
    bool resume = false; ///< go on from the checkpoint there; refused with a sentence when it is of another network or other settings
};

/// One training run on its own thread. start() returns at once; pause(), resume(), stop() do not block; wait() and the destructor do.
/// The same config, input and machine give the same numbers, with pauses, stops and resumes in between or without.
class TrainingSession {
public:
    /// Checks the settings and starts. `observer` must outlive the session.
    [[nodiscard]] static Result<std::unique_ptr<TrainingSession>> start(TrainingConfig config, TrainingInput input, TrainingObserver &observer);
    ~TrainingSession(); ///< stops and waits

    void pause();  ///< takes hold after the running batch
    void resume();
    void stop();   ///< takes hold after the running batch; a checkpoint is written first
    void wait();   ///< until finished() has returned
    [[nodiscard]] bool isRunning() const; ///< false once finished() has returned

private:
    struct Data;
    explicit TrainingSession(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

} // namespace graft
