#pragma once
#include "data/dataset.h"

#include <unordered_set>

namespace graft {

// How dataset.cpp finds files; internal to data/.

enum class Part { Train, Validation };

struct FoundFile {
    PicturePath path;
    std::string className;
    Part part = Part::Train;
};

struct FoundFiles {
    std::vector<FoundFile> files; ///< in the order of class names and paths, by bytes; training first
    std::vector<std::string> trainClasses; ///< all class folders, with or without files
    std::vector<BrokenFile> unreadable; ///< folders that may not be entered
    std::vector<std::string> warnings;
    bool hasOwnSplit = false;
};

/// Lists the files of a folder of class folders, subfolders of a class included; opens none of them. Hidden files are left out, links are
/// followed once.
[[nodiscard]] Result<FoundFiles> findDatasetFiles(const std::filesystem::path &folder, const Cancellation &cancellation);

/// Adds a warning for pictures that occur, byte for byte, more than once. Only files among `suspects` are read.
void warnOfDuplicates(Dataset &dataset, const std::unordered_set<std::string> &suspects);

} // namespace graft
