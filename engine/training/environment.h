#pragma once
#include "nn/device.h"

#include <nlohmann/json_fwd.hpp>

namespace graft {

/// What a run was made with, for its record: {"graft","libtorch","device","deviceTitle","threads","system"}.
[[nodiscard]] nlohmann::json environment(Device device);

} // namespace graft
