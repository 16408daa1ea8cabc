#pragma once
#include "core/result.h"
#include "data/dataset.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

namespace graft::cli {

/// One JSON object on one line of standard output, flushed so that a reader sees it at once.
void printLine(const nlohmann::ordered_json &object);

/// The sentence on standard error, and with `json` an error event on standard output. Returns the exit status 1.
[[nodiscard]] int report(const Error &error, bool json);
/// A sentence on standard error that does not end the command.
void note(const std::string &sentence);

/// The files that a scan left out and its warnings, a sentence each.
void noteLeftOut(const Dataset &dataset);

/// A line on standard error that rewrites itself, shown only when standard error is a terminal.
class ProgressLine {
public:
    ~ProgressLine();
    /// `share` 0 … 1.
    void show(double share, const std::string &text);
    void clear();

private:
    bool m_shown = false;
    std::chrono::steady_clock::time_point m_next; ///< not shown again before
};

/// "25.6 M", "1.2 K", "17".
[[nodiscard]] std::string shortCount(double value);
/// "97.8 MB", in steps of 1000.
[[nodiscard]] std::string shortBytes(double bytes);
/// "1 min 20 s".
[[nodiscard]] std::string duration(double seconds);
/// "94.2 %".
[[nodiscard]] std::string percent(double share);

} // namespace graft::cli
