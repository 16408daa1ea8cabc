#pragma once
#include "training/batchsource.h"

namespace graft {

/// How many pictures a batch has, or samples in their place.
[[nodiscard]] std::int64_t samplesOf(const Batch &batch);
/// `count` samples from `first` on: their pictures or features, which share the batch's bytes, and their labels. The batch has no records.
[[nodiscard]] Batch partOf(const Batch &batch, std::int64_t first, std::int64_t count);

} // namespace graft
