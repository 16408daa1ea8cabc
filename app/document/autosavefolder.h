#pragma once
#include "core/files.h"
#include "document/project.h"

#include <cstdint>

namespace graft {

/// Work that was not saved, as a folder of the autosave keeps it.
struct UnsavedWork {
    std::filesystem::path folder = {};
    std::filesystem::path projectFile = {}; ///< of the project that it belongs to; empty for none
    std::string title = {}; ///< for people: "mobilenet_v2.pth"
    std::int64_t savedAt = 0; ///< seconds since 1970
    bool wasClosed = false; ///< Graft ended as it should; the work was left unsaved
};

/// One project's autosave: `project.json` and the tensors in files beside it, of which only those are written that are not there yet, so
/// that a change of the graph costs no rewriting of the weights. Locked while the object lives. One thread at a time.
class AutosaveFolder {
public:
    /// Makes a new folder in `base`.
    [[nodiscard]] static Result<AutosaveFolder> create(const std::filesystem::path &base);

    [[nodiscard]] const std::filesystem::path &path() const { return m_path; }
    /// A crash in the middle leaves what was written last.
    [[nodiscard]] Result<void> write(const Project &project, const UnsavedWork &about);
    /// Away with it, when all is saved.
    void remove();

    /// What is in `base` and belongs to no running Graft, newest first. Older than the newest five are removed, and so is what is not
    /// complete.
    [[nodiscard]] static std::vector<UnsavedWork> find(const std::filesystem::path &base);
    /// Busy while another Graft has it; FileCorrupt and so on.
    [[nodiscard]] static Result<Project> read(const std::filesystem::path &folder);
    static void discard(const std::filesystem::path &folder);

private:
    using Address = std::pair<const std::byte *, Shape>; ///< views of the same bytes may differ in shape
    struct Place {
        Tensor tensor; ///< keeps the bytes where they are, so that their address names them
        std::string file, key;
    };
    AutosaveFolder(std::filesystem::path path, FolderLock lock) : m_path(std::move(path)), m_lock(std::move(lock)) { }
    [[nodiscard]] Result<void> writeNewTensors(const StateDict &weights);
    void forgetOthers(const StateDict &weights);

    std::filesystem::path m_path;
    FolderLock m_lock;
    std::map<Address, Place> m_places;
    int m_lastFile = 0;
};

} // namespace graft
