#pragma once
#include "graph/forecast.h"
#include "nn/calibration.h"
#include "training/config.h"

namespace graft {

/// What a run with this configuration means for a forecast: batch, precision, device, optimiser and what the device has free now. Pictures
/// and their decoding are for the caller to fill in. The configuration must be valid.
[[nodiscard]] ForecastSettings forecastSettings(const TrainingConfig &config);
/// The rates that such a run goes by.
[[nodiscard]] RatesKey ratesKey(const TrainingConfig &config);

} // namespace graft
