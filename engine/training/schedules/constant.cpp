#include "training/schedule.h"

namespace graft::schedules::constant {
namespace {

double learningRate(const TrainingConfig &config, std::int64_t, std::int64_t, std::int64_t)
{
    return config.learningRate;
}

} // namespace

void add(ScheduleTypes &all)
{
    all.add({.name = "constant", .title = "Constant", .learningRate = learningRate});
}

} // namespace graft::schedules::constant
