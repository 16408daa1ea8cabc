#include "training/schedule.h"

#include <cmath>
#include <numbers>

namespace graft::schedules::onecycle {
namespace {

constexpr double divFactor = 25;
constexpr double finalDivFactor = 1e4;

double anneal(double from, double to, double share)
{
    return to + (from - to) / 2.0 * (std::cos(std::numbers::pi * share) + 1.0);
}

/// torch.optim.lr_scheduler.OneCycleLR with cosine annealing, stepped each batch; the momentum is not cycled.
double learningRate(const TrainingConfig &config, std::int64_t step, std::int64_t, std::int64_t totalSteps)
{
    const double position = static_cast<double>(step);
    const double top = config.warmupShare * static_cast<double>(totalSteps) - 1.0;
    const double end = static_cast<double>(totalSteps) - 1.0;
    const double initial = config.learningRate / divFactor;
    if (position <= top)
        return anneal(initial, config.learningRate, top > 0 ? position / top : 1.0);
    return anneal(config.learningRate, initial / finalDivFactor, end > top ? (position - top) / (end - top) : 1.0);
}

} // namespace

void add(ScheduleTypes &all)
{
    all.add({.name = "onecycle", .title = "One cycle", .learningRate = learningRate});
}

} // namespace graft::schedules::onecycle
