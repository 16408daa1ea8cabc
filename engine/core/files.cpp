#include "core/files.h"

#include "core/temporaryname.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace graft {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> readFailure(const fs::path &path, int error)
{
    if (error == ENOENT || error == ENOTDIR)
        return fail(ErrorCode::FileNotFound, "There is no file '" + path.string() + "'; check the path.", path.string());
    return fail(ErrorCode::FileUnreadable, "'" + path.string() + "' cannot be read (" + std::strerror(error) + "); check its permissions.",
        path.string());
}

tl::unexpected<Error> notAFile(const fs::path &path)
{
    return fail(ErrorCode::FileNotFound, "'" + path.string() + "' is not a file; choose a file.", path.string());
}

tl::unexpected<Error> writeFailure(const fs::path &path, int error)
{
    if (error == ENOSPC || error == EDQUOT)
        return fail(ErrorCode::DiskFull,
            "The disk is full: '" + path.string() + "' was not written and nothing was lost; free some space and try again.",
            path.string());
    return fail(ErrorCode::FileUnwritable,
        "'" + path.string() + "' cannot be written (" + std::strerror(error) + "); choose another folder or change its permissions.",
        path.string());
}

/// Closes its descriptor; -1 is none.
class Descriptor {
public:
    explicit Descriptor(int value) : m_value(value) { }
    ~Descriptor()
    {
        if (m_value >= 0)
            ::close(m_value);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int value() const { return m_value; }

private:
    int m_value;
};

int syncToDisk(const fs::path &path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.value() < 0 || ::fsync(file.value()) != 0)
        return errno;
    return 0;
}

} // namespace

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const fs::path &path)
{
    // Without O_NONBLOCK a named pipe would be waited for.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.value() < 0)
        return readFailure(path, errno);
    struct stat status { };
    if (::fstat(file.value(), &status) != 0)
        return readFailure(path, errno);
    if (!S_ISREG(status.st_mode))
        return notAFile(path);
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size == 0)
        return std::shared_ptr<const MappedFile>(new MappedFile(nullptr, 0));
    void *data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.value(), 0);
    if (data == MAP_FAILED)
        return readFailure(path, errno);
    return std::shared_ptr<const MappedFile>(new MappedFile(static_cast<const std::byte *>(data), size));
}

MappedFile::~MappedFile()
{
    if (m_data)
        ::munmap(const_cast<std::byte *>(m_data), m_size);
}

Result<std::string> readText(const fs::path &path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status { };
    if (file.value() < 0 || ::fstat(file.value(), &status) != 0)
        return readFailure(path, errno);
    if (!S_ISREG(status.st_mode))
        return notAFile(path);
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t count = ::read(file.value(), text.data() + done, text.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return readFailure(path, errno);
        if (count == 0)
            break; // it became shorter meanwhile
        done += static_cast<std::size_t>(count);
    }
    text.resize(done);
    return text;
}

Result<void> writeAtomically(const fs::path &path, const std::function<Result<void>(std::ostream &)> &write)
{
    return writeFileAtomically(path, [&](const fs::path &temporary) -> Result<void> {
        errno = 0;
        std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
        if (!stream)
            return writeFailure(path, errno);
        if (auto written = write(stream); !written)
            return written;
        stream.close();
        if (!stream)
            return writeFailure(path, errno != 0 ? errno : EIO);
        return {};
    });
}

Result<void> writeFileAtomically(const fs::path &path, const std::function<Result<void>(const fs::path &)> &write)
{
    const fs::path temporary = temporaryBeside(path);
    std::error_code ignored;
    Result<void> written;
    try {
        written = write(temporary);
    } catch (...) {
        fs::remove(temporary, ignored);
        throw;
    }
    if (!written) {
        fs::remove(temporary, ignored);
        return written;
    }
    int error = syncToDisk(temporary);
    if (error == 0 && ::rename(temporary.c_str(), path.c_str()) != 0)
        error = errno;
    if (error != 0) {
        fs::remove(temporary, ignored);
        return writeFailure(path, error);
    }
    // The rename itself is durable only once the folder is; a file system that cannot sync folders is no failure.
    syncToDisk(path.has_parent_path() ? path.parent_path() : fs::path("."));
    return {};
}

Result<void> writeText(const fs::path &path, const std::string &text)
{
    return writeAtomically(path, [&](std::ostream &stream) -> Result<void> {
        stream << text;
        return {};
    });
}

Result<void> makeFolder(const fs::path &path)
{
    std::error_code error;
    fs::create_directories(path, error);
    if (error || !fs::is_directory(path, error))
        return writeFailure(path, error ? error.value() : ENOTDIR);
    return {};
}

Result<FolderLock> FolderLock::acquire(const fs::path &folder)
{
    const fs::path path = folder / ".lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return writeFailure(path, errno);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const int error = errno;
        ::close(descriptor);
        if (error != EWOULDBLOCK)
            return writeFailure(path, error);
        return fail(ErrorCode::Busy,
            "Another Graft is working in '" + folder.string() + "'; wait until it is done or choose another folder.", folder.string());
    }
    return FolderLock(descriptor);
}

FolderLock::FolderLock(FolderLock &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) { }

FolderLock &FolderLock::operator=(FolderLock &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FolderLock::~FolderLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace graft
