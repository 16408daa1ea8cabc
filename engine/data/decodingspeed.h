#pragma once
#include "core/cancellation.h"
#include "data/dataset.h"
#include "data/transform.h"

namespace graft {

/// Seconds that one thread takes to read, decode and transform a picture for training: the median of a few spread over `samples`, those
/// left out that cannot be read. 0 without any. Blocks, a fraction of a second; cancelled between pictures.
[[nodiscard]] double measureDecoding(const std::vector<Sample> &samples, const Preprocessing &preprocessing,
    const Augmentation &augmentation, const Cancellation &cancellation);

} // namespace graft
