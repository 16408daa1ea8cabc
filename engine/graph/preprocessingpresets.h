#pragma once
#include "graph/preprocessing.h"

#include <vector>

namespace graft {

/// How well-known collections of networks prepare pictures, for files that do not say it.
struct PreprocessingPreset {
    std::string name; ///< "imagenet": what the command line takes
    std::string help; ///< one sentence
    Preprocessing preprocessing; ///< its sizes are not the preset's to say
};
/// imagenet, caffe, tensorflow, none.
[[nodiscard]] const std::vector<PreprocessingPreset> &preprocessingPresets();

/// A preset's name, which keeps the sizes of `current`, or a JSON file with the fields of a Preprocessing. SettingInvalid, FileNotFound.
[[nodiscard]] Result<Preprocessing> choosePreprocessing(const std::string &nameOrFile, const Preprocessing &current);

} // namespace graft
