#include "training/optimizers/adamrule_helper.h"

#include <cmath>

namespace graft {
namespace {

// PyTorch's defaults.
constexpr double beta1 = 0.9;
constexpr double beta2 = 0.999;
constexpr double epsilon = 1e-8;

} // namespace

AdamRule::AdamRule(const std::vector<ParameterGroup> &groups, const TrainingConfig &config, WeightDecay decay)
    : TensorOptimizer(groups, {"mean", "square"}), m_weightDecay(config.weightDecay), m_decay(decay)
{
}

void AdamRule::apply(Update &update, double learningRate, std::int64_t stepNumber) const
{
    auto &mean = update.slots[0];
    auto &square = update.slots[1];
    std::vector<at::Tensor> gradients = update.gradients;
    if (m_weightDecay > 0 && m_decay == WeightDecay::Decoupled)
        at::_foreach_mul_(update.parameters, 1.0 - learningRate * m_weightDecay);
    if (m_weightDecay > 0 && m_decay == WeightDecay::InGradient)
        gradients = at::_foreach_add(gradients, update.parameters, m_weightDecay);
    at::_foreach_mul_(mean, beta1);
    at::_foreach_add_(mean, gradients, 1.0 - beta1);
    at::_foreach_mul_(square, beta2);
    at::_foreach_addcmul_(square, gradients, gradients, 1.0 - beta2);

    const auto steps = static_cast<double>(stepNumber);
    const double meanCorrection = 1.0 - std::pow(beta1, steps);
    const double squareCorrection = 1.0 - std::pow(beta2, steps);
    std::vector<at::Tensor> denominators = at::_foreach_sqrt(square);
    at::_foreach_div_(denominators, std::sqrt(squareCorrection));
    at::_foreach_add_(denominators, epsilon);
    at::_foreach_addcdiv_(update.parameters, mean, denominators, -learningRate / meanCorrection);
}

void AdamRule::apply(const stepkernels::Stretch &stretch, double learningRate, std::int64_t stepNumber) const
{
    const auto steps = static_cast<double>(stepNumber);
    const double squareCorrection = 1.0 - std::pow(beta2, steps);
    const bool isDecoupled = m_decay == WeightDecay::Decoupled;
    stepkernels::step(stretch,
        stepkernels::Adam{.beta1 = static_cast<float>(beta1),
            .beta2 = static_cast<float>(beta2),
            .epsilon = static_cast<float>(epsilon),
            .meanShare = static_cast<float>(1.0 - beta1),
            .squareShare = static_cast<float>(1.0 - beta2),
            .keptShare = static_cast<float>(isDecoupled ? 1.0 - learningRate * m_weightDecay : 1.0),
            .weightDecay = static_cast<float>(isDecoupled ? 0.0 : m_weightDecay),
            .stepSize = static_cast<float>(learningRate / (1.0 - std::pow(beta1, steps))),
            .rootCorrection = static_cast<float>(1.0 / std::sqrt(squareCorrection))});
}

OptimizerCost AdamRule::cost(const TrainingConfig &config)
{
    if (!config.device.isCuda())
        return {.slots = 2, .passes = 3, .temporaries = 0}; // one pass over seven numbers, where a plain addition's has three
    const int decay = config.weightDecay > 0 ? 1 : 0;
    return {.slots = 2, .passes = 8 + decay, .temporaries = 1 + decay};
}

} // namespace graft
