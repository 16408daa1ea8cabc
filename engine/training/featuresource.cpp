#include "training/featuresource.h"

#include <algorithm>
#include <cstring>

namespace graft {
namespace {

/// Pictures that are worth running together; batches are fetched ahead until there are as many.
constexpr std::size_t fewestPictures = 32;
constexpr std::size_t mostBatchesAhead = 16;

enum Stage { AtFrontier, Earlier };

/// A sample among some batches.
struct Place {
    std::size_t batch = 0, sample = 0;
};

/// Gathers some tensors' rows [N, …] one by one. A row of all of them in a piece is what a record holds.
class Rows {
public:
    Rows(const FeatureSet &set, std::size_t count) : m_set(set), m_count(count)
    {
        for (const Shape &shape : set.shapes) {
            m_rowBytes.push_back(static_cast<std::size_t>(elementCount(shape)) * byteSize(set.type));
            m_bytes.push_back(std::make_shared<std::vector<std::byte>>(m_rowBytes.back() * count));
        }
    }
    void setRow(std::size_t row, std::span<const std::byte> record)
    {
        for (std::size_t i = 0; i < m_bytes.size(); ++i) {
            std::memcpy(m_bytes[i]->data() + row * m_rowBytes[i], record.data(), m_rowBytes[i]);
            record = record.subspan(m_rowBytes[i]);
        }
    }
    [[nodiscard]] std::vector<Tensor> take()
    {
        std::vector<Tensor> result;
        for (std::size_t i = 0; i < m_bytes.size(); ++i) {
            Shape shape = m_set.shapes[i];
            shape.insert(shape.begin(), static_cast<std::int64_t>(m_count));
            result.emplace_back(m_set.type, std::move(shape), std::move(m_bytes[i]));
        }
        return result;
    }

private:
    const FeatureSet &m_set;
    std::size_t m_count;
    std::vector<std::size_t> m_rowBytes;
    std::vector<std::shared_ptr<std::vector<std::byte>>> m_bytes;
};

/// Row `row` of each tensor, one after another.
std::vector<std::byte> recordOf(const std::vector<Tensor> &tensors, std::size_t row)
{
    std::vector<std::byte> record;
    for (const Tensor &tensor : tensors) {
        const std::size_t size = tensor.bytes().size() / static_cast<std::size_t>(tensor.shape().front());
        const auto bytes = tensor.bytes().subspan(row * size, size);
        record.insert(record.end(), bytes.begin(), bytes.end());
    }
    return record;
}

/// The pictures of all batches as one tensor.
Tensor joined(const std::vector<Batch> &batches)
{
    std::vector<const Tensor *> parts;
    for (const Batch &batch : batches)
        if (batch.pictures.elementCount() > 0)
            parts.push_back(&batch.pictures);
    if (parts.size() == 1)
        return *parts.front();
    auto bytes = std::make_shared<std::vector<std::byte>>();
    Shape shape = parts.front()->shape();
    shape.front() = 0;
    for (const Tensor *part : parts) {
        shape.front() += part->shape().front();
        bytes->insert(bytes->end(), part->bytes().begin(), part->bytes().end());
    }
    return {parts.front()->type(), std::move(shape), std::move(bytes)};
}

} // namespace

std::unique_ptr<FeatureSource> FeatureSource::create(
    std::shared_ptr<BatchSource> pictures, std::shared_ptr<FrozenPart> frozen, const FeatureCacheSettings &cache, int variants)
{
    const Digest settings = pictures->pictureSettings();
    FeatureSet set = frozen->featuresOf(settings);
    std::unique_ptr<FeatureSource> source(new FeatureSource(std::move(pictures), std::move(frozen), std::move(set)));
    if (!settings.isNull() && !cache.folder.empty())
        source->openCache(cache, variants);
    return source;
}

void FeatureSource::openCache(const FeatureCacheSettings &cache, int variants)
{
    if (auto start = m_frozen->bestStart(m_set, keptSets(cache.folder)); !start.layers.empty()) {
        m_earlier = std::make_unique<FeatureStore>(cache, std::move(start.set), 0);
        m_earlierLayers = std::move(start.layers);
    }
    m_store = std::make_unique<FeatureStore>(cache, m_set, m_pictures->sampleCount() * std::max(1, variants));
    m_pictures->useRecords([this](const SampleKey &key) { return lookUp(key); });
}

FeatureSource::~FeatureSource()
{
    m_pictures->useRecords({});
}

SampleRecord FeatureSource::lookUp(const SampleKey &key) const
{
    SampleRecord record{m_store->find(key), AtFrontier};
    if (record.bytes.empty() && m_earlier)
        record = {m_earlier->find(key), Earlier};
    return record;
}

void FeatureSource::startEpoch(std::uint64_t seed, int epoch)
{
    m_ready.clear();
    m_atEnd = false;
    m_counts = {};
    if (m_store)
        m_store->refresh();
    m_pictures->startEpoch(seed, epoch);
}

Result<Batch> FeatureSource::next()
{
    if (m_ready.empty() && !m_atEnd)
        if (auto fetched = fetch(); !fetched)
            return fail(fetched.error());
    if (m_ready.empty())
        return Batch{};
    Batch batch = std::move(m_ready.front());
    m_ready.pop_front();
    return batch;
}

Result<void> FeatureSource::fetch()
{
    std::vector<Batch> batches;
    std::size_t pictures = 0;
    do {
        auto batch = m_pictures->next();
        if (!batch)
            return fail(batch.error());
        m_atEnd = batch->labels.empty();
        if (m_atEnd)
            break;
        if (auto fitting = requireFitting(*batch, m_frozen->pictureShape()); !fitting)
            return fitting;
        pictures += batch->pictures.elementCount() > 0 ? static_cast<std::size_t>(batch->pictures.shape().front()) : 0;
        batches.push_back(std::move(*batch));
    } while (pictures > 0 && pictures < fewestPictures && batches.size() < mostBatchesAhead);
    if (auto completed = complete(batches); !completed)
        return completed;
    for (Batch &batch : batches)
        m_ready.push_back(std::move(batch));
    return {};
}

Result<void> FeatureSource::complete(std::vector<Batch> &batches)
{
    std::vector<Rows> rows;
    std::vector<Place> fromPictures, fromEarlier;
    for (std::size_t b = 0; b < batches.size(); ++b) {
        const Batch &batch = batches[b];
        const auto samples = static_cast<std::size_t>(batch.sampleCount());
        rows.emplace_back(m_set, samples);
        for (std::size_t i = 0; i < samples; ++i) {
            ++m_counts.samples;
            if (batch.records.empty() || batch.records[i].bytes.empty()) {
                fromPictures.push_back({b, i});
            } else if (batch.records[i].stage == Earlier) {
                fromEarlier.push_back({b, i});
            } else {
                ++m_counts.kept;
                rows[b].setRow(i, batch.records[i].bytes);
            }
        }
    }
    const auto takeIn = [&](const std::vector<Place> &places, const Result<std::vector<Tensor>> &made) -> Result<void> {
        if (!made)
            return fail(made.error());
        for (std::size_t row = 0; row < places.size(); ++row) {
            const auto record = recordOf(*made, row);
            rows[places[row].batch].setRow(places[row].sample, record);
            if (const auto &keys = batches[places[row].batch].keys; m_store && !keys.empty())
                m_store->add(keys[places[row].sample], record);
        }
        return {};
    };
    if (!fromPictures.empty())
        if (auto taken = takeIn(fromPictures, m_frozen->run(joined(batches), batches.front().scales)); !taken)
            return taken;
    if (!fromEarlier.empty()) {
        Rows earlier(m_earlier->set(), fromEarlier.size());
        for (std::size_t row = 0; row < fromEarlier.size(); ++row)
            earlier.setRow(row, batches[fromEarlier[row].batch].records[fromEarlier[row].sample].bytes);
        if (auto taken = takeIn(fromEarlier, m_frozen->runFrom(m_earlierLayers, earlier.take())); !taken)
            return taken;
    }
    for (std::size_t b = 0; b < batches.size(); ++b) {
        batches[b].pictures = {};
        batches[b].records.clear();
        batches[b].features = rows[b].take();
    }
    return {};
}

} // namespace graft
