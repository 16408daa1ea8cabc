#pragma once
#include "core/result.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <span>
#include <string>

namespace graft {

/// A whole file mapped read-only; the bytes live as long as the last copy of the pointer.
class MappedFile {
public:
    /// FileNotFound, FileUnreadable; an empty file gives an empty span.
    [[nodiscard]] static Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path &path);
    ~MappedFile();
    MappedFile(const MappedFile &) = delete;
    MappedFile &operator=(const MappedFile &) = delete;
    [[nodiscard]] std::span<const std::byte> bytes() const { return {m_data, m_size}; }

private:
    MappedFile(const std::byte *data, std::size_t size) : m_data(data), m_size(size) { }
    const std::byte *m_data;
    std::size_t m_size;
};

/// A whole file read into memory: unlike a mapping, it stays as it is when the file shrinks or its disk goes away.
[[nodiscard]] Result<std::string> readText(const std::filesystem::path &path);

/// Writes a file so that `path` holds the old content or the whole new one, never a part: a temporary file
/// beside it, fsync, rename. `write` fills the stream; its error, a full disk or a missing permission leaves
/// `path` as it was and removes the temporary file.
[[nodiscard]] Result<void> writeAtomically(const std::filesystem::path &path, const std::function<Result<void>(std::ostream &)> &write);
/// The same for a library that insists on a file name: `write` gets the temporary file's path.
[[nodiscard]] Result<void> writeFileAtomically(
    const std::filesystem::path &path, const std::function<Result<void>(const std::filesystem::path &)> &write);
[[nodiscard]] Result<void> writeText(const std::filesystem::path &path, const std::string &text);

/// The folder, made with its parents when it is not there.
[[nodiscard]] Result<void> makeFolder(const std::filesystem::path &path);

/// An exclusive lock on `folder` for the life of the object (flock on `.lock` in it; goes with the process).
class FolderLock {
public:
    /// Busy when another process holds it.
    [[nodiscard]] static Result<FolderLock> acquire(const std::filesystem::path &folder);
    FolderLock(FolderLock &&other) noexcept;
    FolderLock &operator=(FolderLock &&other) noexcept;
    ~FolderLock();

private:
    explicit FolderLock(int descriptor) : m_descriptor(descriptor) { }
    int m_descriptor = -1;
};

} // namespace graft
