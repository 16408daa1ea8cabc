#pragma once
#include "core/cancellation.h"
#include "core/result.h"

#include <filesystem>
#include <string>

namespace graft {

/// The file's SHA-256 as 64 lower-case hexadecimal digits. FileNotFound, FileUnreadable, Cancelled.
[[nodiscard]] Result<std::string> sha256(const std::filesystem::path &file, const Cancellation &cancellation = {});

} // namespace graft
