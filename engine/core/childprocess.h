#pragma once
#include "core/cancellation.h"
#include "core/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace graft {

/// Another program, as it is to be run.
struct ChildCommand {
    std::vector<std::string> arguments; ///< the program first, looked up as a shell does
    std::vector<std::string> environment; ///< "NAME=value", beside this program's own
    std::filesystem::path words; ///< the file that takes what it says, on standard output and on standard error
    std::chrono::steady_clock::duration patience = std::chrono::hours(24); ///< it is ended after that
};

/// How it went.
struct ChildEnd {
    std::optional<int> status; ///< its exit status; none when a signal ended it, or this program did, out of patience or cancelled
    int signal = 0; ///< the one that ended it; 0 = none
    double seconds = 0; ///< from its start to its end
    std::int64_t peakBytes = 0; ///< the most memory that it had resident at a time, to within the last milliseconds; its own children not counted
};

/// Runs it to its end, with nothing on its standard input. FileNotFound when there is no such program. Any thread.
[[nodiscard]] Result<ChildEnd> runChild(const ChildCommand &command, const Cancellation &cancellation = {});

} // namespace graft
