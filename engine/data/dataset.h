#pragma once
#include "core/cancellation.h"
#include "core/result.h"
#include "data/picturepath.h"
#include "graph/labelset.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace graft {

struct Sample {
    PicturePath path;
    std::vector<int> labels; ///< for each label set (one at least) an index into its classes; −1 = not known, which one set never has
    bool operator==(const Sample &) const = default;
};

/// A file that was left out, and why.
struct BrokenFile {
    std::filesystem::path path;
    std::string reason; ///< a sentence
};

/// Pictures with their labels as found on disk.
struct Dataset {
    std::filesystem::path folder;
    std::vector<std::string> classNames; ///< sorted by bytes, as torchvision's ImageFolder does; of each label set in turn
    std::vector<LabelSet> labelSets = {}; ///< how the class names divide: two sets or more; empty = they are of one
    std::vector<Sample> samples; ///< all, or the training ones when the folder has its own split
    std::vector<Sample> validationSamples; ///< of `val/`, `valid/`, `validation/` or `test/`; empty when the folder has no split of its own
    std::vector<BrokenFile> broken; ///< cannot be decoded, or no picture
    std::vector<std::string> warnings; ///< sentences: a class with one picture, a class that is missing from val/, …
    bool hasOwnSplit = false;
    /// Indices into `classNames`, one for each label that is known.
    [[nodiscard]] std::vector<std::size_t> classesOf(const Sample &sample) const;
    /// Pictures per class name over both parts.
    [[nodiscard]] std::vector<std::int64_t> countsPerClass() const;
};

struct ScanProgress {
    std::int64_t done = 0, total = 0; ///< files
};

/// How pictures are checked when a folder is looked through. By its header = by its first and its last bytes, and by decoding where those
/// leave a doubt; whole = by decoding it. A folder of 1,000 files and more is remembered (in the user's cache folder), so that a file that
/// stays as it is is checked once.
enum class PictureCheck { Header, Whole };

/// Finds class folders and checks every picture, on all cores. A folder with a `labels.csv` (or that file itself) is read by that instead:
/// its first line names the columns `file` (paths as seen from the folder), at will `split` (`train` or `validation`), and one for each
/// label set; a cell may be empty where a picture's label is not known. With `train/` (and `val/`, `valid/`, `validation/` or
/// `test/`) beneath, those are the two parts; otherwise each subfolder is a class. Hidden files are ignored. DataInvalid for no folder, no
/// class folder, fewer than two classes, no readable picture; Cancelled. `progress` is called from worker threads, one at a time.
[[nodiscard]] Result<Dataset> scanDataset(const std::filesystem::path &place,
    const std::function<void(const ScanProgress &)> &progress = {}, const Cancellation &cancellation = {},
    PictureCheck check = PictureCheck::Header);

/// The two parts that training uses.
struct Split {
    std::vector<Sample> train, validation;
};

/// The data set's own split, or a stratified one: of each class `validationShare` (rounded, at least one where the class has two or more
/// pictures, none where it has one) goes to validation. With several label sets each combination of labels counts as a class; those that
/// are too rare to give a picture are put together by the first set. The same seed gives the same split.
[[nodiscard]] Split split(const Dataset &dataset, double validationShare = 0.2, std::uint64_t seed = 0);

} // namespace graft
