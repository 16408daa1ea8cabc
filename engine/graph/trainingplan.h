#pragma once
#include "graph/compiledwork.h"
#include "graph/fusedlayers.h"

namespace graft {

/// What one training step runs, and what that takes; forecast() is made of it. What lies before the frozen frontier is run apart, as
/// CompiledNetwork does it, and hands over its outputs (crossingLayers()); the rest layer by layer, or a FusedGroup as one. Any thread.
class TrainingPlan {
public:
    struct Way {
        bool recomputes = false; ///< activations are checkpointed, where that helps
        bool fuses = false; ///< groups of layers are run as one, as on a CPU
    };
    /// The network must be runnable and all shapes known (see forecast()).
    TrainingPlan(const Network &network, const NetworkAnalysis &analysis, Way way);

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
        std::vector<std::size_t> kept; ///< whose outputs backward needs
        LayerWork work;
        double outputValues = 0;
        double trainable = 0; ///< parameters that get a gradient
        bool isView = false; ///< the output is the input's memory
        bool sharesGradient = false; ///< the inputs' gradients are the output's
        bool runs = true;
        bool isGiven = false; ///< the frozen part hands its output over
        bool beforeFrontier = false;
        bool records = false; ///< takes part in backward
    };
    class Memory;
    using Segment = std::vector<std::size_t>; ///< places of steps in their order
    void describe(std::size_t index, const Layer &layer, const std::vector<Shape> &shapes, const LayerAnalysis &figures);
    void fuse(const std::vector<Layer> &layers, std::size_t last, const FusedGroup &group);
    void chooseWhatRuns(const Network &network, const std::vector<LayerId> &crossing);
    void markRecording(Step &step) const;
    /// The most that is held at any time of what comes and goes, gradients of the weights with it.
    [[nodiscard]] double mostFlow(std::int64_t batchSize, const ForecastSettings &settings) const;
    void divide(const std::vector<std::size_t> &cuts);

    std::vector<Step> m_steps;
    Segment m_atOnce; ///< what is run before the segments: with several of them what lies before the frontier
    std::vector<Segment> m_segments; ///< all but the last are run again in the backward pass
    std::size_t m_output = 0;
    std::int64_t m_trainable = 0;
    CompiledWork m_frozen, m_evaluated; ///< before the frontier, and what validation runs behind it
    double m_frozenBytes = 0, m_liveBytes = 0; ///< of the tensors before the frontier, and of all others
    double m_pictureValues = 0, m_featureValues = 0; ///< of a picture, and of what crosses the frontier
};

} // namespace graft
