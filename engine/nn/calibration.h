#pragma once
#include "core/cancellation.h"
#include "graph/machinerates.h"
#include "nn/device.h"

#include <filesystem>
#include <functional>
#include <string>

namespace graft {

/// What rates belong to: they are measured anew when any of it differs.
struct RatesKey {
    Device device;
    bool bfloat16 = false;
};
/// "AMD EPYC 7R13, 2 threads, cpu, bf16, LibTorch 1.13.0": processor, threads, device, precision, version.
[[nodiscard]] std::string describe(const RatesKey &key);

/// Times layers of each kind of work in sizes as pictures' networks have them, forward and backward, and fits rates to them: some five
/// seconds on a processor with two cores. The fastest of some passes counts, since other programs can only slow one down. Blocks;
/// `progress` gets shares from 0 to 1 on the calling thread and may be empty. Cancelled, DeviceUnavailable, OutOfMemory.
[[nodiscard]] Result<MachineRates> measureRates(
    const RatesKey &key, const std::function<void(double)> &progress, const Cancellation &cancellation);

/// Rates that were measured on this machine and kept in `folder`; FileNotFound when there are none.
[[nodiscard]] Result<MachineRates> readRates(const RatesKey &key, const std::filesystem::path &folder);
[[nodiscard]] Result<void> keepRates(const RatesKey &key, const MachineRates &rates, const std::filesystem::path &folder);

} // namespace graft
