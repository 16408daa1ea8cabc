#include "nn/device.h"

#include "nn/openblas.h"
#include "nn/openmp.h"
#include "nn/processor.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <charconv>
#include <chrono>
#include <dlfcn.h>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>
#include <torch/cuda.h>
#include <torch/version.h>
#include <utility>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace graft {
namespace {

int cudaDeviceCount()
{
    try {
        return static_cast<int>(torch::cuda::device_count());
    } catch (const std::exception &) {
        return 0; // A driver that does not start is no device.
    }
}

std::string deviceList()
{
    std::string list;
    for (const DeviceDescription &device : availableDevices())
        list += (list.empty() ? "" : ", ") + device.name;
    return list;
}

std::int64_t freeSystemMemory()
{
    std::ifstream file("/proc/meminfo");
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string name;
        std::int64_t kibibytes = 0;
        if (words >> name >> kibibytes && name == "MemAvailable:")
            return kibibytes * 1024;
    }
    return 0;
}

/// CUDA's runtime comes with a LibTorch that has CUDA, and only then: asked for by name, so that a build links without it.
std::int64_t freeCudaMemory(int index)
{
    using SetDevice = int (*)(int);
    using MemoryInfo = int (*)(std::size_t *, std::size_t *);
    const auto setDevice = reinterpret_cast<SetDevice>(::dlsym(RTLD_DEFAULT, "cudaSetDevice"));
    const auto memoryInfo = reinterpret_cast<MemoryInfo>(::dlsym(RTLD_DEFAULT, "cudaMemGetInfo"));
    std::size_t free = 0, total = 0;
    if (!setDevice || !memoryInfo || setDevice(index) != 0 || memoryInfo(&free, &total) != 0)
        return 0;
    return static_cast<std::int64_t>(free);
}

/// Whether it has instructions for bfloat16 (Ampere and later); true when it does not say.
bool multipliesBfloat16(int cudaIndex)
{
    using Attribute = int (*)(int *, int, int);
    constexpr int capabilityMajor = 75; // cudaDevAttrComputeCapabilityMajor
    const auto attribute = reinterpret_cast<Attribute>(::dlsym(RTLD_DEFAULT, "cudaDeviceGetAttribute"));
    int major = 0;
    return !attribute || attribute(&major, capabilityMajor, cudaIndex) != 0 || major >= 8;
}

/// Billions of operations a second of one float32 matrix product on one thread.
double matrixSpeed()
{
    constexpr std::int64_t size = 256;
    const at::Tensor matrix = at::ones({size, size});
    double best = 0;
    for (int repetition = 0; repetition < 3; ++repetition) {
        const auto start = std::chrono::steady_clock::now();
        const at::Tensor product = at::mm(matrix, matrix);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        best = std::max(best, 2.0 * size * size * size / seconds.count() / 1e9);
    }
    return best;
}

/// Where a program goes without tcmalloc: batches and the largest activations go back to the system when they are let go. By itself glibc
/// raises the limit as it goes, until such blocks lie scattered over the heaps of all threads.
void returnLargeBlocks()
{
#if defined(__GLIBC__)
    constexpr int limit = 14'000'000; // bytes
    ::mallopt(M_MMAP_THRESHOLD, limit);
#endif
}

} // namespace

std::vector<DeviceDescription> availableDevices()
{
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    std::vector<DeviceDescription> devices
        = {{Device{}, "cpu", "CPU, " + std::to_string(cores) + (cores == 1 ? " thread" : " threads"), 0}};
    for (int index = 0; index < cudaDeviceCount(); ++index)
        devices.push_back({Device{index}, name(Device{index}), "CUDA device " + std::to_string(index), 0});
    return devices;
}

Result<Device> parseDevice(const std::string &text)
{
    const int count = cudaDeviceCount();
    if (text == "cpu" || (text == "auto" && count == 0))
        return Device{};
    if (text == "auto")
        return Device{0};
    constexpr std::string_view prefix = "cuda:";
    int index = text == "cuda" ? 0 : -1;
    if (text.starts_with(prefix)) {
        const char *end = text.data() + text.size();
        const auto [position, error] = std::from_chars(text.data() + prefix.size(), end, index);
        if (error != std::errc() || position != end)
            index = -1;
    }
    if (index < 0 || index >= count)
        return fail(
            ErrorCode::DeviceUnavailable, "There is no device '" + text + "' on this computer; choose one of: " + deviceList() + ".", text);
    return Device{index};
}

std::string name(Device device)
{
    return device.isCuda() ? "cuda:" + std::to_string(device.cudaIndex) : "cpu";
}

std::int64_t freeMemory(Device device)
{
    return device.isCuda() ? freeCudaMemory(device.cudaIndex) : freeSystemMemory();
}

bool usesBfloat16(std::string_view precision, Device device)
{
    return precision == "bf16" || (precision == "auto" && (device.isCuda() ? multipliesBfloat16(device.cudaIndex) : multipliesBfloat16()));
}

void prepareThreads()
{
    prepareTiles();
    static std::once_flag once;
    std::call_once(once, [] {
        returnLargeBlocks();
        waitBriefly();
        prepareProducts();
    });
    thread_local bool isReady = false;
    if (!std::exchange(isReady, true))
        useAllProcessors();
}

void returnFreeMemory()
{
    if (const auto ofTcmalloc = reinterpret_cast<void (*)()>(::dlsym(RTLD_DEFAULT, "MallocExtension_ReleaseFreeMemory")))
        return ofTcmalloc();
#if defined(__GLIBC__)
    ::malloc_trim(0);
#endif
}

std::string slowMathWarning()
{
    // OpenBLAS and MKL reach some 50 to 100 on one core; the reference BLAS stays below 5.
    constexpr double slow = 8;
    const double speed = matrixSpeed();
    if (speed >= slow)
        return {};
    char number[32];
    std::snprintf(number, sizeof number, "%.1f", speed);
    return std::string("Matrix products reach only ") + number
        + " GFLOP/s here, so training will be slow; install OpenBLAS (Debian: apt install libopenblas0-pthread).";
}

} // namespace graft
