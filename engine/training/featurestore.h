#pragma once
#include "training/featurefolder.h"
#include "training/featuresegment.h"

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace graft {

/// The features of one FeatureSet that are kept on disk: looked up by sample. Other processes may read and write the same set meanwhile;
/// each writes segments of its own.
class FeatureStore {
public:
    /// Opens what is kept of the set; what is damaged is removed. `wanted`: how many records the set is expected to have, so that as much
    /// space is taken as is needed.
    FeatureStore(FeatureCacheSettings settings, FeatureSet set, std::int64_t wanted);

    [[nodiscard]] const FeatureSet &set() const { return m_set; }
    /// The record of a sample; empty when there is none or it is damaged. Any thread.
    [[nodiscard]] std::vector<std::byte> find(const SampleKey &key) const;
    /// Keeps a record of set().recordBytes(); does nothing when it is there already. Once keeping has failed (full disk, no permission,
    /// limit reached) it is given up for the rest of the run. One thread.
    void add(const SampleKey &key, std::span<const std::byte> record);
    /// Takes in what other processes have written meanwhile. One thread, the one that adds.
    void refresh();
    /// A sentence that says why nothing more is kept, the first time it is asked; empty otherwise.
    [[nodiscard]] std::string takeProblem() { return std::exchange(m_problem, {}); }

private:
    struct Place {
        std::size_t segment = 0;
        std::size_t slot = 0;
    };
    struct HashOfKey {
        std::size_t operator()(const SampleKey &key) const
        {
            return static_cast<std::size_t>(key.content.low + key.variant * 0x9E3779B97F4A7C15ULL);
        }
    };
    void openSegments();
    void takeNew(std::size_t segment);
    [[nodiscard]] bool findRoom(); ///< m_writing is a segment that can be written
    [[nodiscard]] Result<void> makeSegment();
    void giveUp(std::string sentence);

    const FeatureCacheSettings m_settings;
    const FeatureSet m_set;
    const std::int64_t m_wanted;
    mutable std::shared_mutex m_mutex; ///< guards what find() reads: the index and the list of segments
    std::vector<std::unique_ptr<FeatureSegment>> m_segments;
    std::vector<std::filesystem::path> m_files; ///< of the segments, and of those that could not be opened
    std::unordered_map<SampleKey, Place, HashOfKey> m_index;
    std::optional<std::size_t> m_writing;
    bool m_keeps = true;
    std::string m_problem;
};

} // namespace graft
