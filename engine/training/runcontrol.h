#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>

namespace graft {

/// Pause, stop, and whether gradients are watched: any thread asks, the training thread obeys between batches. No call but
/// waitWhilePaused() blocks.
class RunControl {
public:
    void pause() { set(m_paused, true); }
    void resume() { set(m_paused, false); }
    void stop() { set(m_stopping, true); }
    void watchGradients(bool watch) { m_watchesGradients.store(watch, std::memory_order_relaxed); }
    [[nodiscard]] bool watchesGradients() const { return m_watchesGradients.load(std::memory_order_relaxed); }
    [[nodiscard]] bool isStopping() const { return m_stopping.load(); }
    [[nodiscard]] bool isPaused() const { return m_paused.load() && !isStopping(); }
    /// Until resume() or stop().
    void waitWhilePaused()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !isPaused(); });
    }

private:
    void set(std::atomic<bool> &flag, bool value)
    {
        {
            // Under the lock, so that no change falls between the waiting thread's test and its sleep.
            const std::lock_guard lock(m_mutex);
            flag.store(value);
        }
        m_changed.notify_all();
    }
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::atomic<bool> m_paused = false;
    std::atomic<bool> m_stopping = false;
    std::atomic<bool> m_watchesGradients = false;
};

} // namespace graft
