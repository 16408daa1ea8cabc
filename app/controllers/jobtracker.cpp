#include "controllers/jobtracker.h"
#include "core/threadpriority.h"

#include <QElapsedTimer>
#include <atomic>

namespace graft {
namespace {

constexpr int workerThreads = 5; // most jobs wait for the disk or for other threads; checking all pictures keeps one for long
constexpr int jobNiceness = 5;
constexpr qint64 progressInterval = 33; // milliseconds

/// Lets a progress report through when the last one is old enough; any thread.
class Throttle {
public:
    Throttle() { m_clock.start(); }
    [[nodiscard]] bool letsThrough(const JobProgress &progress)
    {
        const qint64 now = m_clock.elapsed();
        qint64 last = m_last.load();
        if (progress.done < progress.total && now - last < progressInterval)
            return false;
        return m_last.compare_exchange_strong(last, now);
    }

private:
    QElapsedTimer m_clock;
    std::atomic<qint64> m_last = -progressInterval;
};

} // namespace

JobTracker::JobTracker(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(workerThreads);
}

JobTracker::~JobTracker()
{
    for (const Running &job : std::as_const(m_running))
        job.cancellation.request();
    m_running.clear();
    m_pool.waitForDone();
}

void JobTracker::startErased(
    const QString &lane, const QString &title, std::function<std::any(const JobContext &)> work, std::function<void(const std::any &)> done)
{
    cancel(lane);
    Running job{++m_lastNumber, {}, std::move(done)};
    JobContext context;
    context.cancellation = job.cancellation;
    const quint64 number = job.number;
    // Reports are queued to this object; once it is gone, Qt drops them.
    context.report = [this, lane, number, throttle = std::make_shared<Throttle>()](JobProgress progress) {
        if (throttle->letsThrough(progress))
            QMetaObject::invokeMethod(
                this, [this, lane, number, progress] { deliverProgress(lane, number, progress); }, Qt::QueuedConnection);
    };
    m_running.insert(lane, std::move(job));
    Q_EMIT started(lane, title);
    m_pool.start([this, lane, number, context = std::move(context), work = std::move(work)] {
        setThreadNiceness(jobNiceness);
        std::any answer;
        if (!context.cancellation.requested())
            answer = work(context);
        QMetaObject::invokeMethod(
            this, [this, lane, number, answer = std::move(answer)] { deliver(lane, number, answer); }, Qt::QueuedConnection);
    });
}

void JobTracker::cancel(const QString &lane)
{
    const auto job = m_running.constFind(lane);
    if (job == m_running.constEnd())
        return;
    job->cancellation.request();
    m_running.erase(job);
    Q_EMIT cancelled(lane);
    Q_EMIT ended(lane);
}

void JobTracker::deliver(const QString &lane, quint64 number, const std::any &answer)
{
    const auto job = m_running.constFind(lane);
    if (job == m_running.constEnd() || job->number != number)
        return;
    const auto done = job->done;
    m_running.erase(job);
    Q_EMIT ended(lane);
    done(answer);
}

void JobTracker::deliverProgress(const QString &lane, quint64 number, JobProgress progress)
{
    const auto job = m_running.constFind(lane);
    if (job != m_running.constEnd() && job->number == number)
        Q_EMIT progressed(lane, progress.done, progress.total);
}

} // namespace graft
