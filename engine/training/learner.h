#pragma once
#include "nn/compilednetwork.h"
#include "nn/torchmodel.h"
#include "training/labelsetloss.h"
#include "training/optimizer.h"
#include "training/stepgraph.h"

#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace graft {

/// A live network with its optimiser: makes single steps. Training thread only; what LibTorch throws comes back as an Error.
class Learner {
public:
    /// `labelSets` as TrainingInput has them. With `from` it learns from batches of features, the outputs of these layers (see
    /// crossingLayers()); else from pictures.
    [[nodiscard]] static Result<std::unique_ptr<Learner>> create(const Network &network, const StateDict &weights,
        const TrainingConfig &config, const std::vector<LabelSet> &labelSets = {}, const std::vector<LayerId> &from = {});

    using Figures = std::vector<SetFigures>; ///< of one batch, for each label set; a loss may be NaN
    /// One optimiser step. Randomness (dropout) depends on `stepSeed` alone. On the CPU a loss that is not finite changes no weight.
    /// Auxiliary classifiers' losses are added with their weights; the figures are the main output's alone, so that they can be
    /// compared with those of evaluation.
    /// A batch of more than TrainingConfig::microBatchSize pictures goes through in parts whose gradients are added up. When memory runs
    /// out the parts are halved, for this step and all later ones, and the step starts anew; see takeNote(). When it runs out with single
    /// pictures too, activations are checkpointed from then on (unless the settings say "off"), with the parts first as large as they may
    /// be.
    [[nodiscard]] Result<void> train(const Batch &batch, double learningRate, std::uint64_t stepSeed);
    /// What has changed in how steps are made, in a sentence or two; empty when nothing has since it was taken.
    [[nodiscard]] std::string takeNote();
    /// The next step keeps the norms of its gradients for takeGradientNorms().
    void measureGradients() { m_measuresGradients = true; }
    struct MeasuredGradients {
        std::vector<double> norms; ///< per layer as GradientNorms has them
        std::chrono::steady_clock::duration took{}; ///< what measuring them cost
    };
    /// Those of the last measured step; empty when none was measured since they were taken.
    [[nodiscard]] MeasuredGradients takeGradientNorms() { return std::exchange(m_gradients, {}); }
    /// A forward pass in evaluation mode.
    [[nodiscard]] Result<void> evaluate(const Batch &batch);

    enum class Reading {
        WhenCheap, ///< a GPU is asked every few batches only, since asking waits for it
        All,
    };
    /// The figures of the batches done and not handed out yet, in their order.
    [[nodiscard]] Result<std::vector<Figures>> figures(Reading reading);

    [[nodiscard]] Result<StateDict> weights() const;
    [[nodiscard]] Result<StateDict> optimizerState() const;
    [[nodiscard]] Result<void> loadOptimizerState(const StateDict &state);
    /// Whether all numbers that training has changed are, the optimiser's too.
    [[nodiscard]] Result<bool> isFinite() const;

private:
    struct Pending {
        at::Tensor lossAndCorrect; ///< [2, sets] on the device: means and counts
        std::vector<std::int64_t> samples; ///< per set
        bool continues = false; ///< of the same batch as the one before
    };
    Learner(TorchModel model, const TrainingConfig &config, const std::vector<LabelSet> &labelSets, std::vector<LayerId> from);
    [[nodiscard]] std::vector<at::Tensor> upload(const Batch &batch) const; ///< pictures, or features as float32
    struct TrainedLogits {
        at::Tensor main;
        std::vector<std::pair<double, at::Tensor>> auxiliary; ///< with the weight of each one's loss
    };
    [[nodiscard]] TrainedLogits trainedLogits(const std::vector<at::Tensor> &inputs) const;
    [[nodiscard]] Result<at::Tensor> evaluatedLogits(const std::vector<at::Tensor> &inputs);
    [[nodiscard]] std::vector<double> gradientNorms() const;
    void measureGradientNorms();
    [[nodiscard]] at::Tensor figuresOf(const at::Tensor &losses, const at::Tensor &logits, const LabelSetLoss::Labels &labels) const;
    [[nodiscard]] Error failure(const std::exception &exception) const;
    [[nodiscard]] Result<void> tryStep(const Batch &batch, double learningRate, std::uint64_t stepSeed);
    struct Losses {
        at::Tensor loss; ///< to be differentiated: a part's share of the batch's
        at::Tensor figures; ///< as Pending has them
    };
    [[nodiscard]] Losses losses(
        const std::vector<at::Tensor> &inputs, const LabelSetLoss::Labels &labels, const std::vector<std::int64_t> &knownInBatch) const;
    /// Adds up gradients of a part's share of the batch's loss; false when the loss is not finite.
    [[nodiscard]] Result<bool> addGradients(const Batch &part, const std::vector<std::int64_t> &knownInBatch);
    void prepareGraph();
    [[nodiscard]] bool halveParts(std::int64_t samples); ///< false when they are single pictures already
    void chooseCheckpointing();
    [[nodiscard]] bool checkpointAfterAll(); ///< false when it does already, or may not
    template <typename Function>
    auto guarded(Function function) const -> decltype(function());

    TorchModel m_model;
    std::vector<LayerId> m_from; ///< none = it learns from pictures
    TrainingConfig m_config;
    LabelSetLoss m_loss;
    bool m_bfloat16;
    std::int64_t m_partSize; ///< pictures that go through at once; 0 = the whole batch
    bool m_checkpoints = false; ///< activations
    std::string m_checkpointNote, m_partNote, m_graphNote;
    std::unique_ptr<StepGraph> m_graph; ///< null = steps are made one by one
    std::optional<CompiledNetwork> m_compiled; ///< with the weights of now; made when they are evaluated
    std::unique_ptr<Optimizer> m_optimizer;
    std::vector<Pending> m_pending;
    bool m_measuresGradients = false;
    MeasuredGradients m_gradients;
};

} // namespace graft
