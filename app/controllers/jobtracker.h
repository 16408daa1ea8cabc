#pragma once
#include "core/cancellation.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <any>
#include <functional>
#include <memory>
#include <type_traits>

namespace graft {

/// How far a job is; told by the job from its own thread, delivered on the window's at most 30 times a second.
struct JobProgress {
    qint64 done = 0;
    qint64 total = 0; ///< 0 = unknown
};

/// What a job's work gets.
struct JobContext {
    Cancellation cancellation;
    std::function<void(JobProgress)> report; ///< any thread
};

/// Runs short jobs on worker threads and hands their answers to the window's thread. Jobs are sorted into lanes ("model", "prediction"):
/// starting one cancels the one that runs in the same lane, whose answer is dropped even when it was on its way.
/// All functions on the window's thread.
class JobTracker : public QObject {
    Q_OBJECT
public:
    explicit JobTracker(QObject *parent = nullptr);
    ~JobTracker() override; ///< cancels all and waits for them; no answer is delivered any more

    /// `work` runs on a worker thread and must own all that it uses; `done` runs on the window's with its answer.
    template <typename Work, typename Done>
    void start(const QString &lane, const QString &title, Work work, Done done)
    {
        using Answer = std::invoke_result_t<Work, const JobContext &>;
        startErased(
            lane, title,
            [work = std::move(work)](const JobContext &context) -> std::any { return std::make_shared<Answer>(work(context)); },
            [done = std::move(done)](const std::any &answer) { done(std::move(*std::any_cast<const std::shared_ptr<Answer> &>(answer))); });
    }
    void cancel(const QString &lane);
    [[nodiscard]] bool isRunning(const QString &lane) const { return m_running.contains(lane); }

Q_SIGNALS:
    void started(const QString &lane, const QString &title);
    void progressed(const QString &lane, qint64 done, qint64 total);
    void cancelled(const QString &lane); ///< its answer will not come; ended() follows
    void ended(const QString &lane); ///< answered (before the answer is handed over) or cancelled

private:
    struct Running {
        quint64 number = 0;
        Cancellation cancellation;
        std::function<void(const std::any &)> done;
    };
    void startErased(const QString &lane, const QString &title, std::function<std::any(const JobContext &)> work,
        std::function<void(const std::any &)> done);
    void deliver(const QString &lane, quint64 number, const std::any &answer);
    void deliverProgress(const QString &lane, quint64 number, JobProgress progress);

    QThreadPool m_pool;
    QHash<QString, Running> m_running;
    quint64 m_lastNumber = 0;
};

} // namespace graft
