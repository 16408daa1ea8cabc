#pragma once
#include "core/tensor.h"

#include <cstdint>
#include <vector>

namespace graft {

/// Some pictures, preprocessed, with their class indices.
struct Batch {
    Tensor pictures; ///< [N, 3, H, W] float32
    std::vector<std::int64_t> labels; ///< N class indices
};

/// Where training takes its batches from; it knows nothing of pictures on disk. Used by one thread (the engine's).
class BatchSource {
public:
    virtual ~BatchSource() = default;
    /// Starts a pass. The order and the augmentation depend on `seed` and `epoch` alone, so that a resumed run sees the same.
    virtual void startEpoch(std::uint64_t seed, int epoch) = 0;
    /// The next batch of the pass; an empty one (no labels) at its end. PictureUnreadable and the like end the run.
    [[nodiscard]] virtual Result<Batch> next() = 0;
    [[nodiscard]] virtual std::int64_t sampleCount() const = 0;
    [[nodiscard]] virtual std::int64_t batchCount() const = 0;
};

} // namespace graft
