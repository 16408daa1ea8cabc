#pragma once
#include "core/cancellation.h"
#include "formats/format.h"

#include <filesystem>
#include <string>
#include <vector>

namespace graft {

/// Whether an exported file gives the same answers as the package it was made from, when something else than its writer runs it.
struct ParityReport {
    std::string runtime; ///< what ran the file: "OpenCV 4.6.0", "torch::jit", "a fresh build from the file"
    int pictures = 0; ///< how many were tried
    bool ownPictures = false; ///< false: Graft drew them
    double maxDifference = 0; ///< of the outputs, relative to the largest output; infinity where the file gives no numbers
    double top1Agreement = 0; ///< share of pictures with the same best class
    double originalMilliseconds = 0; ///< for one picture, the median; in Graft, on the CPU
    double exportedMilliseconds = 0; ///< the same in `runtime`
    bool pass = false; ///< maxDifference ≤ 1e-4, and the same best class everywhere but where two are closer than that
    std::string remark; ///< a sentence: why the file cannot be run, or what could not be checked; may be empty
};

/// What a check that did not pass found, as one sentence.
[[nodiscard]] std::string describeFailure(const ParityReport &report);

/// Runs both on up to 32 of `pictures` (unreadable ones are passed over; without any, on drawn ones) for some 10 seconds at most each, on
/// the CPU. A file that cannot be run is a report that does not pass; an error is the package's own, or Cancelled.
[[nodiscard]] Result<ParityReport> checkExport(const std::filesystem::path &path, const Format &format, const Attributes &options,
    const ModelPackage &package, const std::vector<std::filesystem::path> &pictures = {}, const Cancellation &cancellation = {});

} // namespace graft
