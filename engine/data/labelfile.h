#pragma once
#include "data/datasetfiles.h"

#include <string_view>

namespace graft {

inline constexpr std::string_view labelFileName = "labels.csv";

/// The pictures that a label file names: `text` is a CSV whose first line names the columns `file` (paths relative to `folder`), at will
/// `split` (`train` or `validation`), and one column for each label set. An empty cell is a label that is not known. Lines that cannot be
/// used are among the `unreadable`, each with a sentence; DataInvalid when the file as a whole cannot be. Opens no picture.
[[nodiscard]] Result<FoundFiles> filesOfLabelFile(const std::filesystem::path &folder, std::string_view text);

} // namespace graft
