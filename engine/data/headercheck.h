#pragma once
#include "data/fileidentity.h"

namespace graft {

// Internal to data/.

/// What a quick look at a file tells.
struct HeaderCheck {
    FileIdentity identity;
    bool isTooFresh = false; ///< see fileidentity.h
    /// A whole JPEG or PNG for all that its first and last bytes tell: its header is sound and its end is there. When false, only decoding
    /// can tell.
    bool isPlausible = false;
    int width = 0, height = 0; ///< as stored; 0 when not plausible
    std::uint64_t fingerprint = 0; ///< of its size and of some bytes from its start and its end: copies have the same
};

/// Reads a few kilobytes. None when the file cannot be opened or is no file. Any thread.
[[nodiscard]] std::optional<HeaderCheck> checkHeader(const std::filesystem::path &file);

} // namespace graft
