#pragma once
#include "data/dataset.h"

namespace graft {

/// Decodes every picture of a data set's folder, on all cores, and names the files that are broken: what a scan by their headers may take
/// for good. A file that is gone by the end is not among them, so that a folder on a disk that went away is not broken as a whole. What is
/// found out is remembered as scanDataset() remembers it, also of a check that is given up. `progress` as with scanDataset().
[[nodiscard]] Result<std::vector<BrokenFile>> findBrokenPictures(const std::filesystem::path &folder,
    const std::function<void(const ScanProgress &)> &progress = {}, const Cancellation &cancellation = {});

/// Moves the samples of these files to what is broken and returns how many files those were. Classes stay as they are; one that has no
/// picture left to train on is warned of.
std::size_t leaveOut(Dataset &dataset, const std::vector<BrokenFile> &broken);

} // namespace graft
