#pragma once
#include <filesystem>
#include <string>

namespace graft {

/// The last part of a path, for sentences: "x.pth" for "/models/x.pth".
[[nodiscard]] inline std::string fileName(const std::filesystem::path &path)
{
    return path.has_filename() ? path.filename().string() : path.string();
}

} // namespace graft
