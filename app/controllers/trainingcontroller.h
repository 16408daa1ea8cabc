#pragma once
#include "adaptation/adaptation.h"
#include "controllers/mailbox.h"

#include <QObject>
#include <QTimer>
#include <thread>

namespace graft {

/// How a run ended.
struct TrainingOutcome {
    Error error; ///< when it failed, also at its start
    StopReason reason = StopReason::Failed;
    int bestEpoch = 0;
    ModelPackage package; ///< trained; empty network when it failed
};

/// Runs one training at a time on a thread of its own and brings the engine's news to the window's thread, where all of its functions
/// and signals live. A 33 ms timer empties the mailbox while a run lasts; an idle controller does nothing.
class TrainingController : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Starting, Running, Paused, Stopping };
    Q_ENUM(State)

    explicit TrainingController(QObject *parent = nullptr);
    ~TrainingController() override; ///< stops (a checkpoint is written) and waits

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isBusy() const { return m_state != State::Idle; }
    /// Returns at once; ignored while a run lasts. What goes wrong is told by ended().
    void start(AdaptationPlan plan);
    void pause();
    void resume();
    /// Whether the news bring gradient norms; holds for later runs too.
    void watchGradients(bool watch);
    void stop(); ///< returns at once; ended() follows

Q_SIGNALS:
    void stateChanged(graft::TrainingController::State state);
    /// Once per emptied mailbox, however much had come.
    void newsArrived(const graft::TrainingNews &news);
    void ended(const graft::TrainingOutcome &outcome);

private:
    struct Shared; // what both threads touch
    static void run(Shared &shared, AdaptationPlan plan);
    void setState(State state);
    void emptyMailbox();

    State m_state = State::Idle;
    bool m_watchesGradients = false;
    QTimer m_timer;
    std::unique_ptr<Shared> m_shared; ///< of the running run; null when idle
    std::thread m_thread;
};

} // namespace graft
