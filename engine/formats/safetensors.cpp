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
        .read = readSafetensors,
        .write = write});
}

} // namespace graft::fileformats::safetensors
