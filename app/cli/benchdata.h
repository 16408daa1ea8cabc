#pragma once
#include "core/result.h"

#include <string>
#include <vector>

namespace graft::cli {

struct DataBenchOptions {
    std::string folder; ///< a folder of class folders
    bool training = true; ///< the training transform over the training pictures, else the evaluation transform over the validation ones
    int threads = 0; ///< 0 = one per core
    int runs = 5;
};

/// Pictures a second from files to batches, once over all pictures in each run.
[[nodiscard]] Result<std::vector<double>> benchDecode(const DataBenchOptions &options);

} // namespace graft::cli
