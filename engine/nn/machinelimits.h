#pragma once
#include "core/result.h"

namespace graft {

/// What this machine's processor can do at best with all of its threads, measured now: what the speed of a network is to be set against.
struct MachineLimits {
    double multiplyAdds = 0; ///< a second, in products of matrices of 2048 × 2048 or, where that is more, in convolutions on AMX's tiles
    double bytes = 0; ///< a second, read and written, in copying 256 MB
};

/// The best of some passes, since other programs can only slow one down. Takes a second. OutOfMemory.
[[nodiscard]] Result<MachineLimits> measureLimits(bool bfloat16);

} // namespace graft
