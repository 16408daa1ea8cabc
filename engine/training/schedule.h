#pragma once
#include "core/registry.h"
#include "training/config.h"

#include <cstdint>
#include <string>

namespace graft {

/// How the learning rate moves over a run. One file in training/schedules per type, each defining `void add(ScheduleTypes &)`.
struct ScheduleType {
    std::string name; ///< "cosine"
    std::string title; ///< "Cosine"
    /// The rate for optimiser step `step` (from 0) of `totalSteps`, `stepsPerEpoch` in each epoch. Pure.
    double (*learningRate)(const TrainingConfig &config, std::int64_t step, std::int64_t stepsPerEpoch, std::int64_t totalSteps) = nullptr;
};
using ScheduleTypes = Registry<ScheduleType>;
[[nodiscard]] const ScheduleTypes &scheduleTypes();

} // namespace graft
