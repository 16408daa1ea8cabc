#include "training/batchsource.h"

#include <algorithm>

namespace graft {

Result<void> BatchSource::skip(std::int64_t batches)
{
    for (std::int64_t i = 0; i < batches; ++i)
        if (const auto batch = next(); !batch)
            return fail(batch.error());
    return {};
}

Result<void> requireFitting(const Batch &batch, const Shape &picture)
{
    const auto known = std::ranges::count_if(batch.records, [](const SampleRecord &record) { return !record.bytes.empty(); });
    const std::int64_t made = batch.sampleCount() - known;
    const Shape &shape = batch.pictures.shape();
    if (made == 0
        || (shape.size() == picture.size() + 1 && shape.front() == made && std::equal(picture.begin(), picture.end(), shape.begin() + 1)))
        return {};
    return fail(ErrorCode::ShapeMismatch,
        "The network takes pictures of " + describe(picture) + " and gets a batch of " + describe(shape)
            + "; choose a preprocessing that crops to the network's size.",
        "data");
}

} // namespace graft
