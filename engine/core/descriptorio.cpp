#include "core/descriptorio.h"

#include <cerrno>
#include <unistd.h>

namespace graft {
namespace {

template <typename Byte, typename Transfer>
bool transferAll(std::span<Byte> bytes, std::int64_t offset, Transfer transfer)
{
    while (!bytes.empty()) {
        const ssize_t count = transfer(bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        offset += count;
    }
    return true;
}

} // namespace

bool readAll(int descriptor, std::span<std::byte> bytes, std::int64_t offset)
{
    return transferAll(bytes, offset, [=](std::byte *data, std::size_t size, off_t at) { return ::pread(descriptor, data, size, at); });
}

bool writeAll(int descriptor, std::span<const std::byte> bytes, std::int64_t offset)
{
    return transferAll(
        bytes, offset, [=](const std::byte *data, std::size_t size, off_t at) { return ::pwrite(descriptor, data, size, at); });
}

} // namespace graft
