#include "training/optimizers/adamrule_helper.h"

namespace graft::optimizers::adam {
namespace {

std::unique_ptr<Optimizer> create(const std::vector<ParameterGroup> &groups, const TrainingConfig &config)
{
    return std::make_unique<AdamRule>(groups, config, AdamRule::WeightDecay::InGradient);
}

} // namespace

void add(OptimizerTypes &all)
{
    all.add({.name = "adam", .title = "Adam", .create = create, .cost = AdamRule::cost});
}

} // namespace graft::optimizers::adam
