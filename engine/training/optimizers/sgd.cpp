#include "training/optimizers/tensoroptimizer_helper.h"

namespace graft::optimizers::sgd {
namespace {

/// torch.optim.SGD without dampening.
class Sgd : public TensorOptimizer {
public:
    Sgd(const std::vector<ParameterGroup> &groups, const TrainingConfig &config)
        : TensorOptimizer(groups, config.momentum > 0 ? std::vector<std::string>{"momentum"} : std::vector<std::string>{}),
          m_momentum(config.momentum), m_weightDecay(config.weightDecay), m_nesterov(config.nesterov)
    {
    }

protected:
    void apply(Update &update, double learningRate, std::int64_t) const override
    {
        std::vector<at::Tensor> direction = update.gradients;
        if (m_weightDecay > 0)
            direction = at::_foreach_add(direction, update.parameters, m_weightDecay);
        if (m_momentum > 0) {
            auto &velocity = update.slots[0];
            at::_foreach_mul_(velocity, m_momentum);
            at::_foreach_add_(velocity, direction, 1.0);
            direction = m_nesterov ? at::_foreach_add(direction, velocity, m_momentum) : velocity;
        }
        at::_foreach_add_(update.parameters, direction, -learningRate);
    }
    void apply(const stepkernels::Stretch &stretch, double learningRate, std::int64_t) const override
    {
        stepkernels::step(stretch,
            stepkernels::Sgd{
                static_cast<float>(learningRate), static_cast<float>(m_momentum), static_cast<float>(m_weightDecay), m_nesterov});
    }

private:
    double m_momentum, m_weightDecay;
    bool m_nesterov;
};

std::unique_ptr<Optimizer> create(const std::vector<ParameterGroup> &groups, const TrainingConfig &config)
{
    return std::make_unique<Sgd>(groups, config);
}

OptimizerCost cost(const TrainingConfig &config)
{
    const int slots = config.momentum > 0 ? 1 : 0;
    if (!config.device.isCuda())
        return {.slots = slots, .passes = 1 + slots, .temporaries = 0}; // one pass, over two more numbers with momentum
    const int decay = config.weightDecay > 0 ? 1 : 0, nesterov = config.momentum > 0 && config.nesterov ? 1 : 0;
    return {.slots = slots, .passes = 1 + decay + 2 * slots + nesterov, .temporaries = decay + nesterov};
}

} // namespace

void add(OptimizerTypes &all)
{
    all.add({.name = "sgd", .title = "SGD with momentum", .usesMomentum = true, .create = create, .cost = cost});
}

} // namespace graft::optimizers::sgd
