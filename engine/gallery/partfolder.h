#pragma once
#include "core/files.h"
#include "gallery/publishedweights.h"
#include "gallery/transfer.h"

namespace graft {

/// What lies of a download until it is whole: `FILE.part/data` with the bytes and `FILE.part/about.json` with what the server said of
/// them. Held by one process at a time.
class PartFolder {
public:
    [[nodiscard]] static std::filesystem::path dataFile(const PublishedWeights &weights, const std::filesystem::path &folder);
    /// Busy while another process holds it.
    [[nodiscard]] static Result<PartFolder> acquire(const PublishedWeights &weights, const std::filesystem::path &folder);

    /// What an earlier try left of this address; nothing when it came from elsewhere.
    [[nodiscard]] PartialFile read(const std::string &address) const;
    [[nodiscard]] Result<void> note(const std::string &address, const PartialFile &part) const;
    /// Takes the folder away with all in it; it is not to be used after that.
    void remove() const;

private:
    PartFolder(std::filesystem::path path, FolderLock lock) : m_path(std::move(path)), m_lock(std::move(lock)) { }
    std::filesystem::path m_path;
    FolderLock m_lock;
};

} // namespace graft
