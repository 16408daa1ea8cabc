#pragma once
#include "nn/compilednetwork.h"
#include "nn/torchmodel.h"
#include "training/batchsource.h"
#include "training/optimizer.h"

#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace graft {

/// A live network with its optimiser: makes single steps. Training thread only; what LibTorch throws comes back as an Error.
class Learner {
public:
    /// With `from` it learns from batches of features, the outputs of these layers (see crossingLayers()); else from pictures.
    [[nodiscard]] static Result<std::unique_ptr<Learner>> create(
        const Network &network, const StateDict &weights, const TrainingConfig &config, const std::vector<LayerId> &from = {});

    /// The figures of one batch.
    struct Figures {
        double loss = 0; ///< mean over the batch; may be NaN
        double correct = 0; ///< pictures whose highest logit was right
        std::int64_t samples = 0;
    };
    /// One optimiser step. Randomness (dropout) depends on `stepSeed` alone. On the CPU a loss that is not finite changes no weight.
    /// Auxiliary classifiers' losses are added with their weights; the figures are the main output's alone, so that they can be
    /// compared with those of evaluation.
    [[nodiscard]] Result<void> train(const Batch &batch, double learningRate, std::uint64_t stepSeed);
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

private:
    struct Pending {
        at::Tensor lossAndCorrect; ///< on the device
        std::int64_t samples;
    };
    Learner(TorchModel model, const TrainingConfig &config, std::vector<LayerId> from);
    [[nodiscard]] std::vector<at::Tensor> upload(const Batch &batch) const; ///< pictures, or features as float32
    struct TrainedLogits {
        at::Tensor main;
        std::vector<std::pair<double, at::Tensor>> auxiliary; ///< with the weight of each one's loss
    };
    [[nodiscard]] TrainedLogits trainedLogits(const std::vector<at::Tensor> &inputs) const;
    [[nodiscard]] Result<at::Tensor> evaluatedLogits(const std::vector<at::Tensor> &inputs);
    [[nodiscard]] at::Tensor trainingLoss(const at::Tensor &logits, const at::Tensor &labels) const;
    [[nodiscard]] std::vector<double> gradientNorms() const;
    void measureGradientNorms();
    void record(const at::Tensor &loss, const at::Tensor &logits, const at::Tensor &labels);
    [[nodiscard]] Error failure(const std::exception &exception) const;
    template <typename Function>
    auto guarded(Function function) const -> decltype(function());

    TorchModel m_model;
    std::vector<LayerId> m_from; ///< none = it learns from pictures
    TrainingConfig m_config;
    bool m_bfloat16;
    std::optional<CompiledNetwork> m_compiled; ///< with the weights of now; made when they are evaluated
    std::unique_ptr<Optimizer> m_optimizer;
    std::vector<Pending> m_pending;
    bool m_measuresGradients = false;
    MeasuredGradients m_gradients;
};

} // namespace graft
