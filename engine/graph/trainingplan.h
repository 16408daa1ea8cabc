#pragma once
#include "graph/forecast.h"

namespace graft {

/// What one training step runs, layer by layer, and what that takes; forecast() is made of it. Any thread.
class TrainingPlan {
public:
    /// The network must be runnable and all shapes known (see forecast()). With `recomputes` activations are checkpointed, where that
    /// helps.
    TrainingPlan(const Network &network, const NetworkAnalysis &analysis, bool recomputes = false);

    [[nodiscard]] MemoryForecast memory(std::int64_t batchSize, const ForecastSettings &settings) const;
    /// Without decoding; `secondsPerPicture` and `secondsPerEpoch` are left 0.
    [[nodiscard]] TimeForecast step(std::int64_t batchSize, const ForecastSettings &settings, const MachineRates &rates) const;
    enum class Start { Picture, Frontier };
    /// Of one batch in validation, from its pictures or from the features at the frontier.
    [[nodiscard]] double evaluationSeconds(
        std::int64_t batchSize, const ForecastSettings &settings, const MachineRates &rates, Start start = Start::Picture) const;
    /// Bytes that are held between the forward and the backward pass: what backward needs, and the logits.
    [[nodiscard]] std::int64_t keptForBackward(std::int64_t batchSize, const ForecastSettings &settings) const;
    [[nodiscard]] std::int64_t trainableParameters() const { return m_trainable; }
    [[nodiscard]] bool recomputes() const { return m_segments.size() > 1; } ///< whether activations are made again

private:
    struct Step {
        std::vector<std::size_t> inputs; ///< as places in layers()
        LayerWork work;
        Work evaluationWork = Work::None;
        double outputValues = 0;
        double trainable = 0; ///< parameters that get a gradient
        bool isView = false; ///< the output is the input's memory
        bool sharesGradient = false; ///< the inputs' gradients are the output's
        bool runsInTraining = true, runsInEvaluation = true;
        bool beforeFrontier = false;
        bool records = false; ///< takes part in backward
    };
    class Memory;
    using Segment = std::vector<std::size_t>; ///< places of steps in their order
    void markRecording(std::size_t index);
    void divide(const std::vector<std::size_t> &cuts);

    std::vector<Step> m_steps;
    Segment m_atOnce; ///< what is run before the segments: with several of them what lies before the frontier
    std::vector<Segment> m_segments; ///< all but the last are run again in the backward pass
    std::size_t m_output = 0;
    std::int64_t m_trainable = 0;
    double m_tensorBytes = 0; ///< of all tensors of the network
    double m_pictureValues = 0;
};

} // namespace graft
