#include "training/schedule.h"

#include <algorithm>
#include <cmath>

namespace graft::schedules::step {
namespace {

/// torch.optim.lr_scheduler.StepLR, stepped each epoch.
double learningRate(const TrainingConfig &config, std::int64_t step, std::int64_t stepsPerEpoch, std::int64_t)
{
    const std::int64_t epoch = step / std::max<std::int64_t>(1, stepsPerEpoch);
    return config.learningRate * std::pow(config.stepFactor, static_cast<double>(epoch / config.stepEpochs));
}

} // namespace

void add(ScheduleTypes &all)
{
    all.add({.name = "step", .title = "Step", .learningRate = learningRate});
}

} // namespace graft::schedules::step
