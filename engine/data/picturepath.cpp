#include "data/picturepath.h"

namespace graft {

PicturePath::PicturePath(const std::filesystem::path &path)
{
    std::string text = path.parent_path().string();
    m_name = static_cast<std::uint32_t>(text.size() + 1);
    text += '\0' + path.filename().string() + '\0';
    m_text = std::make_shared<const std::string>(std::move(text));
}

std::vector<PicturePath> PicturePath::ofFolder(const std::filesystem::path &folder, std::span<const std::string> names)
{
    std::string text = folder.string() + '\0';
    std::vector<PicturePath> paths(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        paths[i].m_name = static_cast<std::uint32_t>(text.size());
        text += names[i] + '\0';
    }
    text.shrink_to_fit();
    const auto shared = std::make_shared<const std::string>(std::move(text));
    for (auto &path : paths)
        path.m_text = shared;
    return paths;
}

std::string PicturePath::string() const
{
    std::string text(folderText());
    if (!text.empty() && text.back() != '/')
        text += '/';
    return text += nameText();
}

std::string_view PicturePath::folderText() const
{
    return m_text ? std::string_view(m_text->c_str()) : std::string_view();
}

std::string_view PicturePath::nameText() const
{
    return m_text ? std::string_view(m_text->c_str() + m_name) : std::string_view();
}

bool PicturePath::operator==(const PicturePath &other) const
{
    return nameText() == other.nameText() && folderText() == other.folderText();
}

} // namespace graft
