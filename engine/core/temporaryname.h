#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace graft {

/// A new name beside `path`, hidden, for a file that is renamed to it once it is whole. Any thread.
[[nodiscard]] std::filesystem::path temporaryBeside(const std::filesystem::path &path);
/// The name of the file that a name of temporaryBeside() was made for, which a crash may have left; empty for any other name.
[[nodiscard]] std::string nameBehindTemporary(std::string_view name);

} // namespace graft
