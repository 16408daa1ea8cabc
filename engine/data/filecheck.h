#pragma once
#include "data/datasetfiles.h"
#include "data/datasetindex.h"

namespace graft {

// Internal to data/.

/// The verdict on one file of a folder.
struct FileVerdict {
    bool checked = false;
    std::uint64_t fingerprint = 0; ///< see HeaderCheck; 0 = not known
    std::unique_ptr<const std::string> defect; ///< a sentence; none for a good picture
};

/// Checks all files on all cores, by what the folder's index knows where that still holds; what is found out is kept in the index. Stops
/// early when cancelled.
[[nodiscard]] std::vector<FileVerdict> checkFiles(const std::filesystem::path &folder, const std::vector<FoundFile> &files,
    PictureCheck check, const std::function<void(const ScanProgress &)> &progress, const Cancellation &cancellation);
/// The file's name as its folder's index has it.
[[nodiscard]] std::string nameWithin(const std::filesystem::path &folder, const PicturePath &file);

} // namespace graft
