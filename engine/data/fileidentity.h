#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>

struct stat;

namespace graft {

/// A file's state as the file system tells it: as long as it stays the same, so does the content.
struct FileIdentity {
    std::uint64_t size = 0;
    std::uint64_t state
        = 0; ///< stands for the inode, the time of the last change to the content and that of any change (nobody sets it back)
    bool operator==(const FileIdentity &) const = default;
};
[[nodiscard]] FileIdentity identityOf(const struct ::stat &status);
/// None for what is no file.
[[nodiscard]] std::optional<FileIdentity> identityOf(const std::filesystem::path &file);
/// Whether the file may change once more without showing it, because the clock has not moved on far enough since it last did.
[[nodiscard]] bool isTooFresh(const struct ::stat &status);

} // namespace graft
