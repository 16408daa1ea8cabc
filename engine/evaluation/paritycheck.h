#pragma once
#include "data/dataset.h"
#include "graph/modelpackage.h"

#include <filesystem>
#include <string>

namespace graft {

/// Whether an exported file gives the same answers as the package it was made from, when something else than its writer runs it.
struct ParityReport {
    std::string runtime; ///< what loaded the file: "torch::jit", "a fresh build from the file"
    double maxDifference = 0; ///< of the logits, relative to the largest logit
    double top1Agreement = 0; ///< share of pictures with the same best class
    bool pass = false; ///< maxDifference ≤ 1e-4 and full agreement
};

/// Loads `path` again and runs both on drawn pictures, on the CPU. An unreadable file is an error; a difference is a report that does not
/// pass.
[[nodiscard]] Result<ParityReport> checkExport(
    const std::filesystem::path &path, const std::string &formatName, const ModelPackage &package);

} // namespace graft
