#pragma once
#include "gallery/publishedweights.h"
#include "gallery/transfer.h"

#include <optional>

namespace graft {

/// Where downloaded weights lie: $XDG_CACHE_HOME/graft/weights, else ~/.cache/graft/weights.
[[nodiscard]] std::filesystem::path weightsFolder();
/// The file of these weights in the folder, when it is there. It got there with the right checksum, or by adopt().
[[nodiscard]] std::optional<std::filesystem::path> cachedFile(const PublishedWeights &weights, const std::filesystem::path &folder);
/// What adopt() said of a file whose checksum is not the published one; empty for all others.
[[nodiscard]] std::string remarkOf(const PublishedWeights &weights, const std::filesystem::path &folder);
/// Bytes of a download that was broken off and will go on; 0 when there is none.
[[nodiscard]] std::int64_t bytesKept(const PublishedWeights &weights, const std::filesystem::path &folder);
/// Takes the file, or what has come of it, out of the folder. Busy while another Graft downloads it.
[[nodiscard]] Result<void> removeCached(const PublishedWeights &weights, const std::filesystem::path &folder);

struct DownloadProgress {
    std::int64_t done = 0;
    std::int64_t total = 0; ///< the server's word, or the table's estimate
};

/// The file of these weights in the folder, downloaded when it is not there: what an earlier try left is gone on with, the checksum is
/// verified, and a file that is not what was published is removed. While another Graft downloads the same file, waits for it.
/// Blocks; `progress` is called on the same thread. Unreachable, FileCorrupt (wrong checksum), DiskFull, FileUnwritable, Cancelled.
/// $GRAFT_WEIGHTS_MIRROR names a folder on another server that holds the same files (an http or https address).
[[nodiscard]] Result<std::filesystem::path> download(const PublishedWeights &weights, const std::filesystem::path &folder,
    const std::function<void(DownloadProgress)> &progress, const Cancellation &cancellation, const DownloadLimits &limits = {});

struct Adopted {
    std::filesystem::path file;
    std::string remark; ///< a sentence when the checksum is not the published one
};

/// «I already have the file»: puts a copy of it into the folder. A file with another checksum is taken, with a remark, when its tensors
/// fit the architecture; else the error says why not.
[[nodiscard]] Result<Adopted> adopt(const PublishedWeights &weights, const std::filesystem::path &file, const std::filesystem::path &folder,
    const Cancellation &cancellation);

/// download() and readPublished(): the model, ready for use.
[[nodiscard]] Result<ModelPackage> openPublished(const PublishedWeights &weights, const std::filesystem::path &folder,
    const std::function<void(DownloadProgress)> &progress, const Cancellation &cancellation);

} // namespace graft
