#include "training/optimizers/stepkernels_helper.h"

#include <cmath>

// The same loops for each generation of processors, chosen when the program starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define GRAFT_EVERY_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define GRAFT_EVERY_PROCESSOR
#endif

namespace graft::stepkernels {
namespace {

GRAFT_EVERY_PROCESSOR void stepPlain(const Stretch &stretch, const Sgd &sgd)
{
    float *__restrict parameters = stretch.parameters;
    const float *__restrict gradients = stretch.gradients;
    for (std::int64_t i = 0; i < stretch.count; ++i)
        parameters[i] -= sgd.learningRate * (gradients[i] + sgd.weightDecay * parameters[i]);
}

GRAFT_EVERY_PROCESSOR void stepWithMomentum(const Stretch &stretch, const Sgd &sgd)
{
    float *__restrict parameters = stretch.parameters;
    const float *__restrict gradients = stretch.gradients;
    float *__restrict velocities = stretch.slots[0];
    // What a step follows is ahead × velocity + share × gradient.
    const float ahead = sgd.nesterov ? sgd.momentum : 1, share = sgd.nesterov ? 1 : 0;
    for (std::int64_t i = 0; i < stretch.count; ++i) {
        const float gradient = gradients[i] + sgd.weightDecay * parameters[i];
        const float velocity = sgd.momentum * velocities[i] + gradient;
        velocities[i] = velocity;
        parameters[i] -= sgd.learningRate * (share * gradient + ahead * velocity);
    }
}

} // namespace

void step(const Stretch &stretch, const Sgd &sgd)
{
    if (sgd.momentum > 0)
        stepWithMomentum(stretch, sgd);
    else
        stepPlain(stretch, sgd);
}

GRAFT_EVERY_PROCESSOR void step(const Stretch &stretch, const Adam &adam)
{
    float *__restrict parameters = stretch.parameters;
    const float *__restrict gradients = stretch.gradients;
    float *__restrict means = stretch.slots[0];
    float *__restrict squares = stretch.slots[1];
    for (std::int64_t i = 0; i < stretch.count; ++i) {
        const float gradient = gradients[i] + adam.weightDecay * parameters[i];
        const float mean = adam.beta1 * means[i] + adam.meanShare * gradient;
        const float square = adam.beta2 * squares[i] + adam.squareShare * gradient * gradient;
        means[i] = mean;
        squares[i] = square;
        parameters[i] = adam.keptShare * parameters[i] - adam.stepSize * mean / (std::sqrt(square) * adam.rootCorrection + adam.epsilon);
    }
}

} // namespace graft::stepkernels
