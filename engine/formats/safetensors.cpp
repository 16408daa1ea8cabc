#include "formats/safetensors.h"

#include <cstring>

namespace graft::fileformats::safetensors {
namespace {

bool recognises(std::span<const std::byte> head, std::uint64_t)
{
    constexpr std::uint64_t longestHeader = 100'000'000;
    std::uint64_t headerBytes = 0;
    if (head.size() < sizeof(headerBytes) + 1)
        return false;
    std::memcpy(&headerBytes, head.data(), sizeof(headerBytes));
    return headerBytes <= longestHeader && head[sizeof(headerBytes)] == std::byte{'{'};
}

/// `safetensors.torch.save_model` writes one of several tied tensors, and in the metadata which name stands for which.
void restoreTied(FileContents &contents)
{
    for (const auto &[name, owner] : contents.metadata) {
        const Tensor *tensor = contents.tensors.find(owner);
        if (tensor && !contents.tensors.contains(name))
            contents.tensors.set(name, Tensor(*tensor));
    }
}

Result<FileContents> read(const std::filesystem::path &path)
{
    auto contents = readSafetensors(path);
    if (contents)
        restoreTied(*contents);
    return contents;
}

Result<void> write(const std::filesystem::path &path, const ModelPackage &package, const Attributes &)
{
    return writeSafetensors(path, {.tensors = package.weights, .metadata = packageMetadata(package)});
}

} // namespace

void add(Formats &all)
{
    all.add({.name = "safetensors",
        .title = "safetensors",
        .extensions = {"safetensors"},
        .recognises = recognises,
        .read = read,
        .write = write});
}

} // namespace graft::fileformats::safetensors
