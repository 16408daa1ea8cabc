#pragma once
#include <algorithm>
#include <atomic>
#include <c10/core/CPUAllocator.h>
#include <cstring>
#include <limits>
#include <new>
#include <utility>

/// LibTorch's allocator of the computer's memory with a limit to what is out at once.
class LimitedAllocator : public c10::Allocator {
public:
    LimitedAllocator() : m_real(c10::GetCPUAllocator()) { c10::SetCPUAllocator(this, 100); }
    ~LimitedAllocator() override { c10::SetCPUAllocator(m_real, 100); }
    // Without `override`: which one LibTorch calls, and whether it asks for copies, depends on its version.
    c10::DataPtr allocate(std::size_t bytes) { return std::as_const(*this).allocate(bytes); }
    void copy_data(void *to, const void *from, std::size_t bytes) const { std::memcpy(to, from, bytes); }
    c10::DataPtr allocate(std::size_t bytes) const
    {
        if (m_out + bytes > limit)
            throw std::bad_alloc();
        m_out += bytes;
        most = std::max(most.load(), m_out.load());
        void *data = bytes == 0 ? nullptr : ::operator new(bytes + header, std::align_val_t(header));
        if (data) {
            *static_cast<std::size_t *>(data) = bytes;
            data = static_cast<char *>(data) + header;
        }
        return {data, data, &release, at::kCPU};
    }
    c10::DeleterFnPtr raw_deleter() const override { return &release; }

    [[nodiscard]] static std::size_t out() { return m_out; } ///< bytes that are out now
    std::atomic<std::size_t> limit = std::numeric_limits<std::size_t>::max();
    mutable std::atomic<std::size_t> most = 0;

private:
    static constexpr std::size_t header = 64;
    static void release(void *data)
    {
        if (!data)
            return;
        void *start = static_cast<char *>(data) - header;
        m_out -= *static_cast<std::size_t *>(start);
        ::operator delete(start, std::align_val_t(header));
    }
    static inline std::atomic<std::size_t> m_out = 0;
    c10::Allocator *m_real;
};
