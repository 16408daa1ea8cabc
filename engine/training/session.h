#pragma once
#include "graph/modelpackage.h"
#include "training/batchsource.h"
#include "training/config.h"
#include "training/featurefolder.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace graft {

/// One label set's figures over the pictures whose label is known; 0 when it is of none.
struct SetMetrics {
    std::string name;
    double loss = 0, accuracy = 0;
    bool operator==(const SetMetrics &) const = default;
};

/// One pass's figures over all samples seen.
struct Metrics {
    /// Mean cross-entropy per picture; the training's includes label smoothing, the validation's never does. With several label sets the
    /// sum of theirs.
    double loss = 0;
    double accuracy = 0; ///< top-1, 0 … 1; with several label sets the mean of those of the sets with a known label
    std::vector<SetMetrics> labelSets = {}; ///< when there are several
    bool operator==(const Metrics &) const = default;
};

/// One point on a curve: the figures of one training step. On a GPU they arrive a few steps late and several at a time.
struct MetricSample {
    int epoch = 0; ///< from 1
    std::int64_t step = 0; ///< optimiser steps of the whole run so far
    double batchLoss = 0; ///< of this batch
    double batchAccuracy = 0;
    double learningRate = 0;
};

struct EpochResult {
    int epoch = 0; ///< from 1
    Metrics train;
    std::optional<Metrics> validation; ///< none without validation pictures
    double seconds = 0;
    double cached = 0; ///< share of the samples, training and validation, whose features were kept and not computed, 0 … 1
    bool isBest = false; ///< best so far: highest validation accuracy, then lowest validation loss (training's without validation)
    bool operator==(const EpochResult &) const = default;
};
/// {"epoch":1,"train":{"loss":..,"accuracy":..},"validation":{..},"seconds":..,"cached":..,"isBest":..}; no "validation" without validation
/// pictures. With several label sets "train" and "validation" have "labelSets":[{"name":..,"loss":..,"accuracy":..}] as well.
[[nodiscard]] nlohmann::json toJson(const EpochResult &result);

/// How strongly the last step pulled at each layer; measured while someone watches, see TrainingSession::watchGradients().
struct GradientNorms {
    std::int64_t step = 0; ///< optimiser steps of the whole run so far, this one counted
    /// Per layer, in the order of Network::layers(): the L2 norm of the gradient of all its parameters together, before the optimiser's
    /// weight decay; NaN for a layer without a gradient.
    std::vector<double> norms;
};

/// How far the run is; for a progress bar.
struct Progress {
    int epoch = 0; ///< from 1
    bool validating = false;
    std::int64_t batchesDone = 0; ///< of the whole run, training and validation
    std::int64_t batchesTotal = 0;
    double secondsElapsed = 0; ///< pauses not counted
    double secondsLeft = -1; ///< an estimate; negative while unknown
};

enum class StopReason { Completed, Stopped, Failed };

struct TrainingResult {
    StopReason reason = StopReason::Completed;
    Error error; ///< when reason is Failed
    std::vector<EpochResult> epochs; ///< those of a resumed run's earlier part too
    int bestEpoch = 0; ///< 0 when no epoch was finished
    StateDict bestWeights; ///< of the best epoch; the current ones when none was finished
    double seconds = 0; ///< of the whole run, a resumed run's earlier part too; pauses not counted
};

/// Called on the training thread; must return quickly. Live tensors never pass through here.
class TrainingObserver {
public:
    virtual ~TrainingObserver() = default;
    virtual void stepDone(const MetricSample &) { }
    virtual void progressChanged(const Progress &) { }
    virtual void gradientsMeasured(const GradientNorms &) { } ///< at most five times a second
    virtual void noteMade(const std::string &) { } ///< a sentence for the log: what has changed in how the run goes on
    virtual void epochDone(const EpochResult &) { }
    virtual void finished(const TrainingResult &) { } ///< the last call, always made once
};

/// What a run needs besides its settings.
struct TrainingInput {
    Network network; ///< with its frozen layers marked and its head replaced; its output is one row of logits
    /// What the logits divide into; empty = they are of one label set. The loss is the sum over the sets of the mean cross-entropy over the
    /// pictures whose label is known; auxiliary classifiers have the same sets.
    std::vector<LabelSet> labelSets = {};
    StateDict weights; ///< complete; see completeWeights()
    /// A last batch of a single picture trains as any other; a BatchNorm that sees one value per channel uses its running statistics there.
    std::shared_ptr<BatchSource> train;
    std::shared_ptr<BatchSource> validation; ///< may be null
    /// Where features of the frozen part are kept. With or without, the frozen part is run apart from the rest, and the numbers are the
    /// same.
    FeatureCacheSettings featureCache;
    int variants = 1; ///< how many views of each training picture there are; 0 = fresh ones every epoch
    std::filesystem::path
        checkpointFolder; ///< empty = no checkpoints; else `checkpoint.safetensors` is written there after an epoch and on stop
    /// Least time between two checkpoints, so that short epochs are not spent on writing. After the last epoch, a stop or a failure to get
    /// pictures one is written in any case. Epochs that ended within this time are lost to a crash, and as far as going on from them is
    /// concerned, when memory runs out or the loss is not finite; no copy is held for that.
    std::chrono::milliseconds checkpointInterval = std::chrono::seconds(2);
    /// Go on from the checkpoint there; refused with a sentence when it is of another network, other settings or another number of training
    /// pictures. The device, activation checkpointing and the number of epochs may differ (a cosine or one-cycle schedule then stretches to
    /// the new number).
    bool resume = false;
    /// Called on the training thread after a checkpoint or a failure, when epochs were finished since it was called last: with all epochs
    /// so far (a resumed run's earlier ones too, the newest last) and the weights of the best one. An error ends the run as failed. May be
    /// empty.
    std::function<Result<void>(const std::vector<EpochResult> &epochs, const StateDict &bestWeights)> afterCheckpoint;
};

/// One training run on its own thread. start() returns at once; pause(), resume(), stop() do not block; wait() and the destructor do.
/// The same config, input and machine give the same numbers, with pauses, stops and resumes in between or without.
/// A loss that is not finite ends the run with LossNotFinite; no checkpoint is written then, so that the last good one stays.
class TrainingSession {
public:
    /// Checks the settings and starts. SettingInvalid, DeviceUnavailable, DataInvalid, NetworkInvalid, FileUnwritable; what needs longer to
    /// find out comes with finished(). `observer` must outlive the session.
    [[nodiscard]] static Result<std::unique_ptr<TrainingSession>> start(
        TrainingConfig config, TrainingInput input, TrainingObserver &observer);
    ~TrainingSession(); ///< stops and waits

    void pause(); ///< takes hold after the running batch
    void resume();
    void stop(); ///< takes hold after the running batch; a checkpoint is written first
    /// Whether gradientsMeasured() is called; at first it is not. Seldom enough to cost less than a hundredth of the run's time.
    void watchGradients(bool watch);
    void wait(); ///< until finished() has returned
    [[nodiscard]] bool isRunning() const; ///< false once finished() has returned

private:
    struct Data;
    explicit TrainingSession(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

} // namespace graft
