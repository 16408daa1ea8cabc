#include "training/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace graft::schedules::cosine {
namespace {

/// torch.optim.lr_scheduler.CosineAnnealingLR with T_max = all steps and eta_min = 0, stepped each batch.
double learningRate(const TrainingConfig &config, std::int64_t step, std::int64_t, std::int64_t totalSteps)
{
    const double share = static_cast<double>(step) / static_cast<double>(std::max<std::int64_t>(1, totalSteps));
    return config.learningRate * (1.0 + std::cos(std::numbers::pi * share)) / 2.0;
}

} // namespace

void add(ScheduleTypes &all)
{
    all.add({.name = "cosine", .title = "Cosine", .learningRate = learningRate});
}

} // namespace graft::schedules::cosine
