#pragma once
#include "training/optimizer.h"
#include "training/optimizers/stepkernels_helper.h"

#include <ATen/ATen.h>

namespace graft {

/// What the optimisers of this folder share: the parameters, one or more state tensors ("slots") beside each of them, the count of steps,
/// saving and restoring. A type adds its update rule.
class TensorOptimizer : public Optimizer {
public:
    void step(double learningRate) final;
    void zeroGradients() final;
    [[nodiscard]] StateDict state() const final;
    [[nodiscard]] Result<void> loadState(const StateDict &state) final;
    [[nodiscard]] bool isFinite() const final;

protected:
    /// The slots start as zeros, in the memory format of their parameters.
    TensorOptimizer(const std::vector<ParameterGroup> &groups, std::vector<std::string> slotNames);

    /// Parameters that got a gradient, with their gradients and slots, in the same order.
    struct Update {
        std::vector<at::Tensor> parameters, gradients;
        std::vector<std::vector<at::Tensor>> slots; ///< [slot][parameter]
    };
    /// Changes the parameters and slots in place, without recording gradients. `stepNumber` counts from 1.
    virtual void apply(Update &update, double learningRate, std::int64_t stepNumber) const = 0;
    /// The same on the CPU, for a part of a tensor. Called by several threads at once.
    virtual void apply(const stepkernels::Stretch &stretch, double learningRate, std::int64_t stepNumber) const = 0;

private:
    void applyInOnePass(Update &update, double learningRate) const;
    struct Group {
        std::vector<at::Tensor> parameters;
        std::vector<std::vector<at::Tensor>> slots; ///< [slot][parameter]
        double learningRateFactor;
    };
    std::vector<Group> m_groups;
    std::vector<std::string> m_slotNames;
    std::int64_t m_steps = 0;
};

} // namespace graft
