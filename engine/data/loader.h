#pragma once
#include "data/dataset.h"
#include "data/transform.h"
#include "training/batchsource.h"

#include <memory>
#include <optional>

namespace graft {

struct LoaderOptions {
    int batchSize = 32;
    Preprocessing preprocessing;
    std::optional<Augmentation> augmentation; ///< none = the evaluation transform
    bool shuffle = false;
    int workers = 0; ///< 0 = one per core
};

/// Decodes and transforms on worker threads a few batches ahead. What a picture becomes depends on (seed, epoch, picture) alone, not on
/// threads. A picture that went bad since the scan ends the pass with PictureUnreadable.
[[nodiscard]] std::unique_ptr<BatchSource> makeLoader(std::vector<Sample> samples, LoaderOptions options);

} // namespace graft
