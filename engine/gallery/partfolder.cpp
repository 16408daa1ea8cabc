#include "gallery/partfolder.h"

#include <nlohmann/json.hpp>

namespace graft {
namespace {

namespace fs = std::filesystem;

fs::path partFolder(const PublishedWeights &weights, const fs::path &folder)
{
    return folder / (weights.fileName() + ".part");
}

} // namespace

fs::path PartFolder::dataFile(const PublishedWeights &weights, const fs::path &folder)
{
    return partFolder(weights, folder) / "data";
}

Result<PartFolder> PartFolder::acquire(const PublishedWeights &weights, const fs::path &folder)
{
    const fs::path path = partFolder(weights, folder);
    if (auto made = makeFolder(path); !made)
        return fail(made.error());
    auto lock = FolderLock::acquire(path);
    if (!lock)
        return fail(lock.error());
    return PartFolder(path, std::move(*lock));
}

PartialFile PartFolder::read(const std::string &address) const
{
    PartialFile part;
    part.path = m_path / "data";
    const auto text = readText(m_path / "about.json");
    const nlohmann::json about = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
    std::error_code error;
    const auto size = fs::file_size(part.path, error);
    if (error || !about.is_object() || about.value("address", nlohmann::json()) != address)
        return part;
    const nlohmann::json total = about.value("total", nlohmann::json()), validator = about.value("validator", nlohmann::json());
    if (!total.is_number_integer() || !validator.is_string())
        return part;
    part.total = total.get<std::int64_t>();
    if (part.total > 0 && static_cast<std::int64_t>(size) > part.total)
        return {part.path, 0, 0, {}};
    part.bytes = static_cast<std::int64_t>(size);
    part.validator = validator.get<std::string>();
    return part;
}

Result<void> PartFolder::note(const std::string &address, const PartialFile &part) const
{
    const nlohmann::json about = {{"address", address}, {"total", part.total}, {"validator", part.validator}};
    return writeText(m_path / "about.json", about.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

void PartFolder::remove() const
{
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

} // namespace graft
