#pragma once
#include "data/dataset.h"

#include <memory>
#include <set>
#include <unordered_set>

namespace graft {

// How dataset.cpp finds files; internal to data/.

enum class Part { Train, Validation };

struct FoundFile {
    PicturePath path;
    std::shared_ptr<const std::vector<std::string>>
        labels; ///< class names, one for each label set; empty = not known. Shared by many files
    Part part = Part::Train;
};

struct FoundFiles {
    std::vector<FoundFile>
        files; ///< of folders in the order of class names and paths, by bytes, training first; of a label file in its own
    std::vector<std::string> setNames; ///< of several label sets; empty when there is one
    std::vector<std::set<std::string>> trainClasses; ///< per label set; of folders all, with or without files
    std::vector<BrokenFile> unreadable; ///< folders that may not be entered, lines of a label file that say nothing
    std::vector<std::string> warnings;
    bool hasOwnSplit = false;
};

/// Lists the files that the folder's label file names, or else those of its class folders, subfolders of a class included; opens none of
/// them. Hidden files are left out, links are followed once.
[[nodiscard]] Result<FoundFiles> findDatasetFiles(const std::filesystem::path &folder, const Cancellation &cancellation);

/// Class names go into model files and reports, which are UTF-8.
[[nodiscard]] bool isUtf8(std::string_view text);

/// Adds a warning for pictures that occur, byte for byte, more than once. Only files among `suspects` are read.
void warnOfDuplicates(Dataset &dataset, const std::unordered_set<std::string> &suspects);

} // namespace graft
