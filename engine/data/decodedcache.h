#pragma once
#include <atomic>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>

#include "core/digest.h"
#include "core/result.h"

namespace graft {

class PixelSource;
class WholePicture;

/// Where decoded pictures are kept between epochs and runs, and how much of them.
struct DecodedCacheSettings {
    std::filesystem::path folder; ///< empty = nothing is kept
    std::int64_t limitBytes = 0; ///< of the whole folder; 0 = defaultDecodedLimit()
    bool operator==(const DecodedCacheSettings &) const = default;
};
/// `graft/decoded` beneath the user's cache folder.
[[nodiscard]] std::filesystem::path defaultDecodedFolder();
/// A tenth of what is free there (what the cache holds counts as free), 10 GB at most.
[[nodiscard]] std::int64_t defaultDecodedLimit(const std::filesystem::path &folder);
/// What the cache takes on disk.
[[nodiscard]] std::int64_t decodedCacheBytes(const std::filesystem::path &folder);
/// Removes all pictures that are kept, and nothing that Graft did not put there. Runs that use them go on. FileUnwritable.
[[nodiscard]] Result<void> clearDecodedCache(const std::filesystem::path &folder);

/// Pictures that are kept on disk as decoded pixels, whole, so that runs that show fresh views of them need not decode them again; a file
/// for each, known by the digest of the picture file's content. What transforms make of them is the same with and without it, bit by bit.
/// Any number of processes use a folder at once. What is damaged or of another version is made again. When the limit is reached, what was
/// not used since this object was made goes, the longest unused first. Nothing that Graft did not put there is touched. Any thread.
class DecodedCache {
public:
    /// For views of `viewSide` × `viewSide` pixels.
    DecodedCache(DecodedCacheSettings settings, int viewSide);

    using Use = std::function<tl::expected<void, std::string>(PixelSource &pixels)>;
    /// Calls `use` with the pixels of a picture file that has that content: those that are kept, or else the file's, which are then kept. A
    /// null content, a picture of over 40 megapixels or one with a defect outside what is seen is not kept. `use` is called again when what
    /// was kept turns out damaged. Errors as withPixels().
    [[nodiscard]] Result<void> withPixels(const std::filesystem::path &file, const Digest &content, const Use &use);
    /// A sentence that says why nothing more is kept (full disk, no permission, limit reached), the first time it is asked; empty
    /// otherwise.
    [[nodiscard]] std::string takeProblem();

private:
    [[nodiscard]] std::filesystem::path fileOf(const Digest &content) const;
    [[nodiscard]] bool findRoom(std::int64_t bytes);
    void keep(const Digest &content, const WholePicture &picture);
    void giveUp(std::string sentence);

    const DecodedCacheSettings m_settings;
    const int m_viewSide;
    const std::time_t m_opened;
    std::atomic<bool> m_keeps = true;
    std::mutex m_mutex;
    // Guarded by m_mutex.
    std::int64_t m_limit = 0;
    std::int64_t m_held = 0; ///< by the folder, when it was last looked through, and what was added since
    std::int64_t m_added = 0; ///< since then
    std::int64_t m_unwritten = 0; ///< that have their room, but may not be found in the folder yet
    std::string m_problem;
};

} // namespace graft
