#pragma once
#include <array>
#include <cstdint>

/// The arithmetic of a step over plain memory, each number read and written once. One thread each; internal to the engine.
namespace graft::stepkernels {

/// Numbers that belong together: `count` parameters, their gradients and what the optimiser keeps beside each.
struct Stretch {
    std::int64_t count = 0;
    float *parameters = nullptr;
    const float *gradients = nullptr;
    std::array<float *, 2> slots{};
};

struct Sgd {
    float learningRate = 0, momentum = 0, weightDecay = 0;
    bool nesterov = false;
};
/// Slot 0 is the momentum; none is needed when there is no momentum.
void step(const Stretch &stretch, const Sgd &sgd);

struct Adam {
    float beta1 = 0, beta2 = 0, epsilon = 0;
    float meanShare = 1, squareShare = 1; ///< of the gradient and its square in the running means: 1 − beta, exactly
    float keptShare = 1; ///< factor of each parameter before the step: decoupled weight decay
    float weightDecay = 0; ///< share of each parameter that is added to its gradient
    float stepSize = 0; ///< learning rate over the correction of the mean
    float rootCorrection = 1; ///< one over the root of the correction of the squares
};
/// Slots 0 and 1 are the running means of the gradients and of their squares.
void step(const Stretch &stretch, const Adam &adam);

} // namespace graft::stepkernels
