#include "core/files.h"
#include "formats/format.h"
#include "formats/support/filename.h"
#include "formats/support/legacytorch.h"
#include "formats/support/torchzip.h"

#include <algorithm>
#include <array>

namespace graft::fileformats::pth {
namespace {

bool isZip(std::span<const std::byte> head)
{
    constexpr std::array<std::byte, 4> signature = {std::byte{'P'}, std::byte{'K'}, std::byte{3}, std::byte{4}};
    return head.size() >= signature.size() && std::ranges::equal(head.first(signature.size()), signature);
}

bool recognises(std::span<const std::byte> head, std::uint64_t)
{
    return isZip(head) || isPickle(head);
}

Result<FileContents> read(const std::filesystem::path &path)
{
    const auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error());
    const auto bytes = (*file)->bytes();
    if (isZip(bytes))
        return readTorchZip(*file, path.string());
    if (isPickle(bytes))
        return readLegacyTorch(*file, path.string());
    return fail(
        ErrorCode::FormatUnknown, "'" + fileName(path) + "' is no PyTorch file; choose a .pth or .safetensors file.", path.string());
}

Result<void> write(const std::filesystem::path &path, const ModelPackage &package, const Attributes &)
{
    return writeTorchZip(path, {.tensors = package.weights, .metadata = packageMetadata(package)});
}

} // namespace

void add(Formats &all)
{
    all.add({.name = "pth",
        .title = "PyTorch state dict",
        .extensions = {"pth", "pt", "pt2", "th", "bin", "ckpt"},
        .recognises = recognises,
        .read = read,
        .write = write});
}

} // namespace graft::fileformats::pth
