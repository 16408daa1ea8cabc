#include "controllers/trainingcontroller.h"
#include "core/threadpriority.h"

#include <mutex>

namespace graft {
namespace {

constexpr int mailboxInterval = 33; // milliseconds: 30 times a second
constexpr int trainingNiceness = 10;

} // namespace

struct TrainingController::Shared {
    TrainingMailbox mailbox;
    std::mutex mutex;
    std::unique_ptr<Adaptation> adaptation; ///< guarded by mutex; null before it has started and after it has ended
    bool stopWanted = false; ///< guarded by mutex
    bool watchesGradients = false; ///< guarded by mutex
    std::optional<TrainingOutcome> outcome; ///< guarded by mutex
};

TrainingController::TrainingController(QObject *parent) : QObject(parent)
{
    m_timer.setInterval(mailboxInterval);
    connect(&m_timer, &QTimer::timeout, this, &TrainingController::emptyMailbox);
}

TrainingController::~TrainingController()
{
    if (!m_thread.joinable())
        return;
    stop();
    m_thread.join();
}

void TrainingController::start(AdaptationPlan plan)
{
    if (isBusy())
        return;
    m_shared = std::make_unique<Shared>();
    m_shared->watchesGradients = m_watchesGradients;
    setState(State::Starting);
    m_thread = std::thread(&TrainingController::run, std::ref(*m_shared), std::move(plan));
    m_timer.start();
}

void TrainingController::run(Shared &shared, AdaptationPlan plan)
{
    setThreadNiceness(trainingNiceness); // before the engine starts threads of its own, which inherit it
    TrainingOutcome outcome;
    auto started = Adaptation::start(std::move(plan), shared.mailbox);
    if (!started) {
        outcome.error = started.error();
    } else {
        TrainingSession &session = (*started)->session();
        {
            const std::lock_guard lock(shared.mutex);
            shared.adaptation = std::move(*started);
            session.watchGradients(shared.watchesGradients);
            if (shared.stopWanted)
                session.stop();
        }
        session.wait();
        std::unique_ptr<Adaptation> adaptation; // freed outside the lock, which the window's thread may want
        {
            const std::lock_guard lock(shared.mutex);
            adaptation = std::move(shared.adaptation);
        }
        const TrainingResult result = shared.mailbox.result();
        outcome.reason = result.reason;
        outcome.error = result.error;
        outcome.bestEpoch = result.bestEpoch;
        if (result.reason != StopReason::Failed || result.bestEpoch > 0)
            outcome.package = adaptation->trainedPackage();
    }
    const std::lock_guard lock(shared.mutex);
    shared.outcome = std::move(outcome);
}

void TrainingController::pause()
{
    if (m_state != State::Running)
        return;
    const std::lock_guard lock(m_shared->mutex);
    if (m_shared->adaptation) {
        m_shared->adaptation->session().pause();
        setState(State::Paused);
    }
}

void TrainingController::resume()
{
    if (m_state != State::Paused)
        return;
    const std::lock_guard lock(m_shared->mutex);
    if (m_shared->adaptation) {
        m_shared->adaptation->session().resume();
        setState(State::Running);
    }
}

void TrainingController::watchGradients(bool watch)
{
    m_watchesGradients = watch;
    if (!m_shared)
        return;
    const std::lock_guard lock(m_shared->mutex);
    m_shared->watchesGradients = watch;
    if (m_shared->adaptation)
        m_shared->adaptation->session().watchGradients(watch);
}

void TrainingController::stop()
{
    if (!isBusy() || m_state == State::Stopping)
        return;
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->stopWanted = true;
        if (m_shared->adaptation)
            m_shared->adaptation->session().stop();
    }
    setState(State::Stopping);
}

void TrainingController::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void TrainingController::emptyMailbox()
{
    std::optional<TrainingOutcome> outcome;
    bool hasStarted = false;
    {
        const std::lock_guard lock(m_shared->mutex);
        outcome = std::move(m_shared->outcome);
        hasStarted = m_shared->adaptation != nullptr;
    }
    if (hasStarted && m_state == State::Starting)
        setState(State::Running);
    if (const TrainingNews news = m_shared->mailbox.take(); !news.empty())
        Q_EMIT newsArrived(news);
    if (!outcome)
        return;
    m_timer.stop();
    m_thread.join();
    m_shared.reset();
    setState(State::Idle);
    Q_EMIT ended(*outcome);
}

} // namespace graft
