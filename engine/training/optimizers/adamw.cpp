#include "training/optimizers/adamrule_helper.h"

namespace graft::optimizers::adamw {
namespace {

std::unique_ptr<Optimizer> create(const std::vector<ParameterGroup> &groups, const TrainingConfig &config)
{
    return std::make_unique<AdamRule>(groups, config, AdamRule::WeightDecay::Decoupled);
}

} // namespace

void add(OptimizerTypes &all)
{
    all.add({.name = "adamw", .title = "AdamW", .create = create, .cost = AdamRule::cost});
}

} // namespace graft::optimizers::adamw
