#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace graft {

/// Where a picture lies, in little memory: paths of one folder share one block of text, so that a hundred thousand of them take a few
/// megabytes. Stands for a std::filesystem::path wherever one is asked for. A value type; any thread.
class PicturePath {
public:
    PicturePath() = default;
    PicturePath(const std::filesystem::path &path);
    PicturePath(const char *path) : PicturePath(std::filesystem::path(path)) { }
    PicturePath(const std::string &path) : PicturePath(std::filesystem::path(path)) { }
    /// The paths of these files in that folder.
    [[nodiscard]] static std::vector<PicturePath> ofFolder(const std::filesystem::path &folder, std::span<const std::string> names);

    [[nodiscard]] std::string string() const;
    [[nodiscard]] std::string_view folderText() const; ///< as it was given; without a slash at its end unless it is the root
    [[nodiscard]] std::string_view nameText() const; ///< the file's name
    [[nodiscard]] std::filesystem::path filename() const { return nameText(); }
    [[nodiscard]] std::filesystem::path parent_path() const { return folderText(); }
    operator std::filesystem::path() const { return string(); }
    [[nodiscard]] bool operator==(const PicturePath &other) const;

private:
    std::shared_ptr<const std::string> m_text; ///< the folder and the names in it, each with a zero behind it
    std::uint32_t m_name = 0; ///< where in the text the name begins
};

} // namespace graft
