#include "training/batchparts.h"

#include <memory>

namespace graft {
namespace {

Tensor rows(const Tensor &tensor, std::int64_t first, std::int64_t count)
{
    Shape shape = tensor.shape();
    const std::size_t rowBytes = tensor.bytes().size() / static_cast<std::size_t>(shape.front());
    shape.front() = count;
    const auto owner = std::make_shared<Tensor>(tensor);
    return {tensor.type(), std::move(shape), owner, owner->bytes().data() + static_cast<std::size_t>(first) * rowBytes};
}

const Tensor &samples(const Batch &batch)
{
    return batch.features.empty() ? batch.pictures : batch.features.front();
}

} // namespace

std::int64_t samplesOf(const Batch &batch)
{
    return samples(batch).shape().front();
}

Batch partOf(const Batch &batch, std::int64_t first, std::int64_t count)
{
    Batch part = batch;
    if (batch.features.empty())
        part.pictures = rows(batch.pictures, first, count);
    for (Tensor &features : part.features)
        features = rows(features, first, count);
    const std::ptrdiff_t each = std::ssize(batch.labels) / samplesOf(batch); // one for each label set
    part.labels.assign(batch.labels.begin() + first * each, batch.labels.begin() + (first + count) * each);
    part.keys.clear();
    return part;
}

} // namespace graft
