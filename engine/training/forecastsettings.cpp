#include "training/forecastsettings.h"

#include "training/frozenpart.h"
#include "training/optimizer.h"

#include <algorithm>
#include <thread>

namespace graft {

RatesKey ratesKey(const TrainingConfig &config)
{
    return {config.device, usesBfloat16(config.precision, config.device)};
}

ForecastSettings forecastSettings(const TrainingConfig &config)
{
    using enum ActivationCheckpointing;
    const std::string &checkpointing = config.activationCheckpointing;
    ForecastSettings settings;
    settings.batchSize = config.batchSize;
    settings.microBatchSize = config.microBatchSize;
    settings.checkpointing = checkpointing == "on" ? On : checkpointing == "off" ? Off : Auto;
    settings.bfloat16 = usesBfloat16(config.precision, config.device);
    settings.onGpu = config.device.isCuda();
    settings.picturesTogether = FrozenPart::picturesTogether(config.device);
    if (const OptimizerType *optimizer = optimizerTypes().find(config.optimizer))
        settings.optimizer = optimizer->cost(config);
    settings.decodeThreads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    settings.freeBytes = freeMemory(config.device);
    return settings;
}

} // namespace graft
