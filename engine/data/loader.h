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

/// Decodes and transforms on worker threads a few batches ahead. With variants, what a picture becomes depends on its file's content and
/// the epoch alone, so that runs share what is kept of it; without, on (seed, epoch, picture); never on threads. A picture that went bad
/// since the scan ends the pass with PictureUnreadable.
[[nodiscard]] std::unique_ptr<BatchSource> makeLoader(std::vector<Sample> samples, LoaderOptions options);

} // namespace graft
