#pragma once
#include <string>
#include <vector>

namespace graft::cli {

/// What `graft-cli bench speed` takes, as it was typed.
struct SpeedOptions {
    std::string data; ///< with train/ and val/
    std::string python = "python3";
    std::string script = "tests/benchmarks/torch_finetune.py";
    std::vector<std::string> scriptEnvironment; ///< "NAME=value", for the script alone
    std::string only; ///< comparisons whose name has this in it; empty = all
    int epochs = 10;
    int scriptEpochs = 10; ///< the script's time is scaled from these to `epochs`
    int runs = 3;
    bool json = false;
};

/// Runs Graft and the script by turns on the same work and prints ratios: a table in Markdown, or with `json` one object a line. Returns
/// the exit status.
[[nodiscard]] int benchSpeed(const SpeedOptions &options);

} // namespace graft::cli
