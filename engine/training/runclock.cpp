#include "training/runclock.h"

#include <algorithm>

namespace graft {
namespace {

// Until a validation batch was measured: a forward pass is about a third of a training step.
constexpr double validationShareOfTraining = 0.35;
constexpr double smallestWeight = 0.05;

} // namespace

void RunClock::Average::add(double value)
{
    ++count;
    seconds += (value - seconds) * std::max(1.0 / count, smallestWeight);
}

RunClock::RunClock(double secondsBefore, double secondsInEpochBefore)
    : m_before(secondsBefore), m_epochStart(secondsBefore - secondsInEpochBefore), m_mark(secondsBefore)
{
}

void RunClock::pause()
{
    m_pauseStart = Clock::now();
}

void RunClock::resume()
{
    m_paused += std::chrono::duration<double>(Clock::now() - m_pauseStart).count();
}

void RunClock::markBatch(Pass pass)
{
    const double now = seconds();
    (pass == Pass::Training ? m_training : m_validation).add(now - m_mark);
    m_mark = now;
}

double RunClock::seconds() const
{
    return m_before + std::chrono::duration<double>(Clock::now() - m_start).count() - m_paused;
}

double RunClock::secondsFor(std::int64_t trainingBatches, std::int64_t validationBatches) const
{
    if (m_training.count == 0 && m_validation.count == 0)
        return -1;
    const double training = m_training.count > 0 ? m_training.seconds : m_validation.seconds / validationShareOfTraining;
    const double validation = m_validation.count > 0 ? m_validation.seconds : training * validationShareOfTraining;
    return training * static_cast<double>(trainingBatches) + validation * static_cast<double>(validationBatches);
}

} // namespace graft
