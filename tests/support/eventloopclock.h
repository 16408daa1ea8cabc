#pragma once
#include <QElapsedTimer>
#include <QObject>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

/// Posts an event every 5 ms from a thread of its own and notes how long each waited until the window's thread took it.
class EventLoopClock : public QObject {
public:
    EventLoopClock()
    {
        m_clock.start();
        m_thread = std::thread([this] {
            while (!m_stop) {
                const qint64 posted = m_clock.nsecsElapsed();
                QMetaObject::invokeMethod(
                    this, [this, posted] { m_delays.push_back(double(m_clock.nsecsElapsed() - posted) / 1e6); }, Qt::QueuedConnection);
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
        });
    }
    ~EventLoopClock() override { stop(); }
    void stop()
    {
        m_stop = true;
        if (m_thread.joinable())
            m_thread.join();
    }
    void print(const char *when)
    {
        if (m_delays.empty())
            return;
        std::sort(m_delays.begin(), m_delays.end());
        const auto at = [this](double share) { return m_delays[std::size_t(share * double(m_delays.size() - 1))]; };
        const auto over = std::count_if(m_delays.begin(), m_delays.end(), [](double delay) { return delay > 100; });
        std::printf("event-loop delay in ms over %zu events %s: p50 %.2f  p95 %.2f  p99 %.2f  max %.2f  (over 100 ms: %ld)\n",
            m_delays.size(), when, at(0.5), at(0.95), at(0.99), m_delays.back(), long(over));
    }

private:
    QElapsedTimer m_clock;
    std::thread m_thread;
    std::atomic<bool> m_stop = false;
    std::vector<double> m_delays; // milliseconds; the window's thread only
};
