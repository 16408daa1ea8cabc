#pragma once
#include "core/registry.h"
#include "core/tensor.h"
#include "graph/forecast.h"
#include "training/config.h"

#include <memory>
#include <string>
#include <vector>

namespace at {
class Tensor;
}

namespace graft {

/// Parameters that share a learning-rate factor.
struct ParameterGroup {
    std::vector<at::Tensor> parameters;
    double learningRateFactor = 1.0;
};

/// Changes parameters by their gradients. Training thread only.
class Optimizer {
public:
    virtual ~Optimizer() = default;
    virtual void step(double learningRate) = 0; ///< the schedule's rate; each group multiplies it by its factor
    virtual void zeroGradients() = 0;
    /// Internal state as named tensors, to go on from a checkpoint with the same numbers.
    [[nodiscard]] virtual StateDict state() const = 0;
    [[nodiscard]] virtual Result<void> loadState(const StateDict &state) = 0;
    [[nodiscard]] virtual bool isFinite() const = 0; ///< whether the state has finite numbers alone
};

/// One file in training/optimizers per type, each defining `void add(OptimizerTypes &)`.
struct OptimizerType {
    std::string name; ///< "sgd"
    std::string title; ///< "SGD with momentum"
    bool usesMomentum = false; ///< whether momentum and nesterov mean anything
    std::unique_ptr<Optimizer> (*create)(const std::vector<ParameterGroup> &groups, const TrainingConfig &config) = nullptr;
    OptimizerCost (*cost)(const TrainingConfig &config) = nullptr; ///< for forecasts
};
using OptimizerTypes = Registry<OptimizerType>;
[[nodiscard]] const OptimizerTypes &optimizerTypes();

} // namespace graft
