#pragma once
#include <atomic>
#include <memory>

namespace graft {

/// A flag that one side raises and the other reads at every step. Copies share the flag; any thread.
class Cancellation {
public:
    void request() const { m_flag->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool requested() const { return m_flag->load(std::memory_order_relaxed); }

private:
    std::shared_ptr<std::atomic<bool>> m_flag = std::make_shared<std::atomic<bool>>(false);
};

} // namespace graft
