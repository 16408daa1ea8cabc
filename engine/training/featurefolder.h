#pragma once
#include "core/digest.h"
#include "core/result.h"
#include "core/tensor.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace graft {

/// Where features of the frozen part are kept between runs, and how much of them.
struct FeatureCacheSettings {
    std::filesystem::path folder; ///< empty = nothing is kept
    std::int64_t limitBytes = 0; ///< of the whole folder; 0 = defaultFeatureLimit()
    bool operator==(const FeatureCacheSettings &) const = default;
};
/// `graft/features` beneath the user's cache folder ($XDG_CACHE_HOME, else ~/.cache).
[[nodiscard]] std::filesystem::path defaultFeatureFolder();
/// A tenth of what is free there (what the cache holds counts as free), 10 GB at most.
[[nodiscard]] std::int64_t defaultFeatureLimit(const std::filesystem::path &folder);
/// What the cache takes on disk.
[[nodiscard]] std::int64_t featureCacheBytes(const std::filesystem::path &folder);
/// Removes all that is kept, and nothing that Graft did not put there. Runs that use it go on and keep nothing more there. FileUnwritable.
[[nodiscard]] Result<void> clearFeatureCache(const std::filesystem::path &folder);

/// What a set of kept features is: everything that decides the values, and how a record is laid out.
struct FeatureSet {
    Digest pictures; ///< of all that makes the pictures and rounds the numbers: settings, variant rules, precision, kind of device
    std::vector<Digest> layers; ///< of each crossing layer (see layerDigests()), in the order in which a record holds them
    std::vector<Shape> shapes; ///< of each one's output for one picture
    DType type = DType::Float32; ///< Float32 or BFloat16
    [[nodiscard]] Digest key() const;
    [[nodiscard]] std::size_t recordBytes() const;
    bool operator==(const FeatureSet &) const = default;
};

// The folder of each set bears its key's name and holds `set.json` (the FeatureSet; its time of change is the last use) and segments.
inline constexpr const char *segmentExtension = ".features";

[[nodiscard]] std::filesystem::path folderOf(const FeatureSet &set, const std::filesystem::path &cache);
/// Makes the set's folder, or marks it as used now.
[[nodiscard]] Result<void> openSetFolder(const FeatureSet &set, const std::filesystem::path &cache);
/// The sets that are there; what cannot be read is left out.
[[nodiscard]] std::vector<FeatureSet> keptSets(const std::filesystem::path &cache);
/// Removes the sets that were used least recently, but not `kept`, until `bytes` more fit under the limit; whether they do.
[[nodiscard]] bool makeRoom(const FeatureCacheSettings &settings, const FeatureSet &kept, std::int64_t bytes);

} // namespace graft
