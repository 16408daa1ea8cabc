#pragma once
#include "training/optimizers/tensoroptimizer_helper.h"

namespace graft {

/// The rule that Adam and AdamW share; they differ in how weight decay enters.
class AdamRule : public TensorOptimizer {
public:
    enum class WeightDecay {
        InGradient, ///< Adam: L2, added to the gradient
        Decoupled, ///< AdamW: the parameter shrinks by itself
    };
    AdamRule(const std::vector<ParameterGroup> &groups, const TrainingConfig &config, WeightDecay decay);

    [[nodiscard]] static OptimizerCost cost(const TrainingConfig &config);

protected:
    void apply(Update &update, double learningRate, std::int64_t stepNumber) const override;
    void apply(const stepkernels::Stretch &stretch, double learningRate, std::int64_t stepNumber) const override;

private:
    double m_weightDecay;
    WeightDecay m_decay;
};

} // namespace graft
