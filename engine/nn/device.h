#pragma once
#include "core/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace graft {

/// Where a model runs: the CPU, or a CUDA device by index.
struct Device {
    int cudaIndex = -1; ///< -1 = the CPU
    [[nodiscard]] bool isCuda() const { return cudaIndex >= 0; }
    bool operator==(const Device &) const = default;
};

struct DeviceDescription {
    Device device;
    std::string name; ///< "cpu", "cuda:0": what parseDevice() reads
    std::string title; ///< "CPU, 2 threads", "NVIDIA H100 (cuda:0)"
    std::int64_t memoryBytes = 0; ///< of the device; 0 when unknown
};

/// The CPU first, then every CUDA device that this LibTorch can use.
[[nodiscard]] std::vector<DeviceDescription> availableDevices();
/// "cpu", "cuda", "cuda:1", or "auto" (the first CUDA device, else the CPU). DeviceUnavailable lists what there is.
[[nodiscard]] Result<Device> parseDevice(const std::string &text);
[[nodiscard]] std::string name(Device device);

/// Bytes that the device can still give without swapping; 0 when it does not say.
[[nodiscard]] std::int64_t freeMemory(Device device);

/// What a precision setting means on that device: "fp32" and "bf16" say it themselves; "auto" is bf16 on GPUs and CPUs with
/// instructions for it (from Ampere on; AVX512-BF16, which all with AMX-BF16 have), fp32 elsewhere. bf16 without them runs, but slower than
/// fp32.
[[nodiscard]] bool usesBfloat16(std::string_view precision, Device device);

/// Gives back to the system what the allocator holds ready of memory that was let go: after long work, for the programs beside. Any thread.
void returnFreeMemory();

/// Once a process: what nn/openblas.h and, of waiting, nn/openmp.h describe. For the calling thread: all cores (Debian's LibTorch starts
/// with one), see nn/openmp.h, and what nn/processor.h describes. Called by each thread that runs LibTorch, before it does; TorchModel does
/// it by itself. Quick when called again.
void prepareThreads();
/// A sentence when matrix products run on a slow reference BLAS (measured, about 20 ms), empty otherwise.
[[nodiscard]] std::string slowMathWarning();

} // namespace graft
