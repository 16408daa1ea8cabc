#pragma once
#include "core/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace graft::cli {

/// One program doing a piece of work that is timed against another's.
struct SpeedTrial {
    std::string name; ///< for people: "script --channels-last"
    std::vector<std::string> arguments; ///< the program first
    std::vector<std::string> environment; ///< "NAME=value"
    std::string said; ///< what its last line of JSON calls the figure: its own clock's, without its start and the building of the network
    bool isRate = false; ///< what it says is pictures a second
    double share = 1; ///< how much of the work it does
};

struct SpeedFigures {
    double seconds = 0; ///< for the work; of a rate, for one picture
    double programSeconds = 0; ///< for the work, from the program's start to its end; of a rate, 0
    double peakBytes = 0;
    std::optional<double> accuracy; ///< of validation, where it says one
};

/// Runs it once. Internal, with what it said last, when it does not end well.
[[nodiscard]] Result<SpeedFigures> runTrial(const SpeedTrial &trial, const std::filesystem::path &folder);

} // namespace graft::cli
