#include "fuzzed.h"

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sanitizer/allocator_interface.h>
#include <unistd.h>

namespace {

constexpr std::ptrdiff_t allowance = std::ptrdiff_t{256} << 20;
std::atomic<std::ptrdiff_t> inUse = 0; // since the limit came; what is older may go meanwhile
std::atomic<std::ptrdiff_t> limit = PTRDIFF_MAX;

void onAllocation(const volatile void *, std::size_t size)
{
    const auto bytes = static_cast<std::ptrdiff_t>(size);
    if (inUse.fetch_add(bytes, std::memory_order_relaxed) + bytes > limit.load(std::memory_order_relaxed)) {
        limit = PTRDIFF_MAX;
        stop("more memory than 4 × the file's size + 256 MiB");
    }
}

void onRelease(const volatile void *block)
{
    if (block)
        inUse.fetch_sub(
            static_cast<std::ptrdiff_t>(__sanitizer_get_allocated_size(const_cast<const void *>(block))), std::memory_order_relaxed);
}

} // namespace

void stop(const char *what)
{
    std::fprintf(stderr, "fuzzer: %s\n", what);
    std::abort();
}

void checkSentence(const graft::Error &error)
{
    if (error.message.empty() || error.message.size() > 4000 || error.message.back() != '.'
        || error.message.find('\n') != std::string::npos)
        stop(("no sentence: " + error.message).c_str());
}

const std::filesystem::path &filePath()
{
    static const std::filesystem::path path = [] {
        const char *name = std::getenv("GRAFT_FUZZ_NAME");
        const auto folder = std::filesystem::path("/dev/shm") / ("graft-fuzz-" + std::to_string(getpid()));
        std::filesystem::create_directories(folder);
        return folder / (name ? name : "model.bin");
    }();
    return path;
}

MemoryLimit::MemoryLimit(std::size_t fileBytes)
{
    inUse = 0;
    limit = 4 * static_cast<std::ptrdiff_t>(fileBytes) + allowance;
}

MemoryLimit::~MemoryLimit()
{
    limit = PTRDIFF_MAX;
}

void watchMemory()
{
    __sanitizer_install_malloc_and_free_hooks(onAllocation, onRelease);
}
