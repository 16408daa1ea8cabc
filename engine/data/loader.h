#pragma once
#include "data/contentdigests.h"
#include "data/dataset.h"
#include "data/decodedcache.h"
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
    bool asLevels = false; ///< pictures as uint8 with Batch::scales, for who scales them quickly; else as float32
    int workers = 0; ///< 0 = one per core
    std::shared_ptr<ContentDigests> contents; ///< knows the files' digests; may be null
    std::shared_ptr<DecodedCache> decoded; ///< where decoded pictures are kept; null = nowhere
    /// Called for each picture that cannot be read, once, by who calls next(); its batch comes without it. It ends the pass, as any other
    /// error, when too many are left out (a tenth, or all of a class) or when this is empty.
    std::function<void(const BrokenFile &)> leftOut;
};

/// Decodes and transforms on worker threads a few batches ahead. With variants, what a picture becomes depends on its file's content and
/// the epoch alone, so that runs share what is kept of it; without, on (seed, epoch, picture); never on threads.
[[nodiscard]] std::unique_ptr<BatchSource> makeLoader(std::vector<Sample> samples, LoaderOptions options);

} // namespace graft
