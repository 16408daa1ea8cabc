#pragma once
#include "core/result.h"

#include <string>
#include <vector>

namespace graft::cli {

struct DataBenchOptions {
    std::string folder; ///< a folder of class folders
    int threads = 0; ///< 0 = one per core
    int runs = 5;
};

/// Pictures a second from the training files to batches, once over all of them in each run.
[[nodiscard]] Result<std::vector<double>> benchDecoding(const DataBenchOptions &options);
/// The same of the validation files, as evaluation sees them.
[[nodiscard]] Result<std::vector<double>> benchDecodingForEvaluation(const DataBenchOptions &options);
/// Milliseconds until a folder is looked through, split and ready to train; its index on disk is removed before the first run alone.
[[nodiscard]] Result<std::vector<double>> benchIndexing(const DataBenchOptions &options);
/// The most memory that this process has had, in bytes.
[[nodiscard]] double peakMemory();

} // namespace graft::cli
