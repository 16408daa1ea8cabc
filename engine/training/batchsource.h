#pragma once
#include "core/digest.h"
#include "core/levelscale.h"
#include "core/tensor.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace graft {

/// Says which picture a sample shows, whatever its place, name and class, so that what was computed of it can be kept and found again.
struct SampleKey {
    Digest content; ///< of the bytes of its file
    std::uint32_t variant = 0; ///< which of its augmented views
    auto operator<=>(const SampleKey &) const = default;
};

/// What was kept of a sample in place of its picture: its features somewhere in the network.
struct SampleRecord {
    std::vector<std::byte> bytes; ///< empty = nothing; the picture is there
    int stage = 0; ///< where in the network; the keeper's own numbers
};

/// Some pictures, preprocessed, with their labels.
struct Batch {
    /// [N, C, H, W] float32, or uint8 where there are `scales`; where there are records, those of the samples without one alone, in their
    /// order.
    Tensor pictures;
    /// Per picture one class index for each label set (index into the set's classes), picture after picture; −1 = not known.
    std::vector<std::int64_t> labels;
    std::vector<SampleKey> keys = {}; ///< N; none when the pictures will not come again, maybe none without useRecords()
    std::vector<SampleRecord> records = {}; ///< N, or none when no sample has one
    std::vector<Tensor> features = {}; ///< instead of pictures, for training from the frontier: of each crossing layer [N, …]
    std::int64_t labelSets = 1; ///< labels per picture
    std::vector<LevelScale> scales = {}; ///< per channel, of pictures that are still levels: a quarter of the bytes
    [[nodiscard]] std::int64_t sampleCount() const { return static_cast<std::int64_t>(labels.size()) / labelSets; } ///< N
};

/// Finds what was kept of a sample; an empty record for nothing. Called by a source's own threads, several at once.
using RecordLookup = std::function<SampleRecord(const SampleKey &)>;

/// Where training takes its batches from; it knows nothing of pictures on disk. Used by one thread (the engine's).
class BatchSource {
public:
    virtual ~BatchSource() = default;
    /// Starts a pass. The order and the augmentation depend on `seed` and `epoch` alone, so that a resumed run sees the same.
    virtual void startEpoch(std::uint64_t seed, int epoch) = 0;
    /// Leaves out the pass's first batches, for a run that goes on; called right after startEpoch(). This one makes them in vain.
    [[nodiscard]] virtual Result<void> skip(std::int64_t batches);
    /// The next batch of the pass; an empty one (no labels) at its end. PictureUnreadable and the like end the run.
    [[nodiscard]] virtual Result<Batch> next() = 0;
    [[nodiscard]] virtual std::int64_t sampleCount() const = 0;
    [[nodiscard]] virtual std::int64_t batchCount() const = 0;

    /// Stands for all that makes pictures of files (preprocessing, augmentation, how files are decoded): sources that agree in it make the
    /// same picture for the same key. Null for a source whose batches have no keys.
    [[nodiscard]] virtual Digest pictureSettings() const { return {}; }
    /// From the next pass on, pictures that `lookup` finds a record for are not made; the batch has the record instead. A source that
    /// does not know its samples does nothing.
    virtual void useRecords(RecordLookup) { }
};

/// ShapeMismatch unless the batch holds a picture of that shape for each sample without a record.
[[nodiscard]] Result<void> requireFitting(const Batch &batch, const Shape &picture);

} // namespace graft
