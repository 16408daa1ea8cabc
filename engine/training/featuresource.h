#pragma once
#include "training/featurestore.h"
#include "training/frozenpart.h"

#include <deque>

namespace graft {

/// Turns a source of pictures into one of features: what is kept is taken from the cache, and only what is missing is decoded, run through
/// the frozen part, and kept for the next time. Whether a sample's features were kept or have just been made, they are the same numbers.
class FeatureSource : public BatchSource {
public:
    /// `variants`: how many records each sample will come to have.
    [[nodiscard]] static std::unique_ptr<FeatureSource> create(
        std::shared_ptr<BatchSource> pictures, std::shared_ptr<FrozenPart> frozen, const FeatureCacheSettings &cache, int variants);

    ~FeatureSource() override;

    void startEpoch(std::uint64_t seed, int epoch) override;
    [[nodiscard]] Result<void> skip(std::int64_t batches) override { return m_pictures->skip(batches); }
    [[nodiscard]] Result<Batch> next() override;
    [[nodiscard]] std::int64_t sampleCount() const override { return m_pictures->sampleCount(); }
    [[nodiscard]] std::int64_t batchCount() const override { return m_pictures->batchCount(); }

    struct Counts {
        std::int64_t samples = 0, kept = 0;
    };
    [[nodiscard]] Counts counts() const { return m_counts; } ///< of the pass: handed out, and those of them that came from the cache
    /// Why nothing more is kept, once; else empty.
    [[nodiscard]] std::string takeProblem() { return m_store ? m_store->takeProblem() : std::string(); }

private:
    FeatureSource(std::shared_ptr<BatchSource> pictures, std::shared_ptr<FrozenPart> frozen, FeatureSet set)
        : m_pictures(std::move(pictures)), m_frozen(std::move(frozen)), m_set(std::move(set))
    {
    }
    void openCache(const FeatureCacheSettings &cache, int variants);
    [[nodiscard]] SampleRecord lookUp(const SampleKey &key) const; ///< any thread
    [[nodiscard]] Result<void> fetch();
    [[nodiscard]] Result<void> complete(std::vector<Batch> &batches);

    std::shared_ptr<BatchSource> m_pictures;
    std::shared_ptr<FrozenPart> m_frozen;
    FeatureSet m_set;
    std::unique_ptr<FeatureStore> m_store; ///< null = nothing is kept
    std::unique_ptr<FeatureStore> m_earlier; ///< features from earlier in the network, to start from; null = none
    std::vector<LayerId> m_earlierLayers;
    std::deque<Batch> m_ready;
    Counts m_counts;
    bool m_atEnd = false;
};

} // namespace graft
