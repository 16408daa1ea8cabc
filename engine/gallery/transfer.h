#pragma once
#include "core/cancellation.h"
#include "core/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace graft {

/// How patient a download is.
struct DownloadLimits {
    std::chrono::milliseconds connect{20'000}; ///< until the server answers
    std::chrono::milliseconds stall{30'000}; ///< without a byte
    int redirects = 5;
    int attempts = 4; ///< tries in a row that bring nothing
    std::chrono::milliseconds pause{1'000}; ///< between two tries
};

/// The bytes of a file that are here already, and what the server said of them.
struct PartialFile {
    std::filesystem::path path; ///< gets the bytes that come
    std::int64_t bytes = 0;
    std::int64_t total = 0; ///< of the whole file; 0 = unknown
    std::string validator; ///< the server's ETag or date; empty = it gave none
};

enum class TransferEnd {
    Complete,
    Cut, ///< worth another try, which goes on where this one ended
    Changed, ///< the server's file is not the one that the bytes came from: start again
    Failed, ///< another try will not help
};

struct TransferResult {
    TransferEnd end = TransferEnd::Failed;
    Error error; ///< for Cut and Failed
};

/// What a transfer tells while it runs, on the thread that called it.
struct TransferNews {
    std::function<Result<void>()> began; ///< before the first byte is written: `part` says what will come; an error ends the transfer
    std::function<void()> progressed; ///< `part.bytes` has grown
};

/// One try to bring what is missing of `part` from an http or https address. From https it is not redirected to http. Refuses more than
/// `largest` bytes. Blocks; `part` is kept up to date.
[[nodiscard]] TransferResult transfer(const std::string &address, PartialFile &part, std::int64_t largest, const TransferNews &news,
    const Cancellation &cancellation, const DownloadLimits &limits);

} // namespace graft
