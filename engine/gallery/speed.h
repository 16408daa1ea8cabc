#pragma once
#include "core/cancellation.h"
#include "graph/network.h"
#include "nn/device.h"

namespace graft {

/// Pictures per second of the network's forward pass here, `batch` at a time: that of the fastest of some passes, since other programs can
/// only slow one down; a second or two in all, and a pass of some seconds is not run twice. The weights do not matter for it, so that none
/// are needed. Blocks; cancelled between passes. OutOfMemory when the computer has too little free for it, Cancelled, DeviceUnavailable,
/// NetworkInvalid.
[[nodiscard]] Result<double> measureSpeed(const Network &network, Device device, int batch, const Cancellation &cancellation);

} // namespace graft
