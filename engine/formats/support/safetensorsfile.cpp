#include "core/files.h"
#include "core/strangetext.h"
#include "formats/safetensors.h"
#include "formats/support/filename.h"
#include "formats/support/safetensorsheader.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>
#include <numeric>

namespace graft {
namespace {

static_assert(std::endian::native == std::endian::little, "tensors at rest are little-endian and are mapped as they are");

constexpr std::uint64_t lengthBytes = 8;
constexpr std::uint64_t maximumHeaderBytes = 100'000'000; // the reference implementation's limit

tl::unexpected<Error> damaged(const std::string &subject, const std::string &what)
{
    return fail(ErrorCode::FileCorrupt, "'" + fileName(subject) + "' is damaged or cut short: " + what + "; get the file again.", subject);
}

/// The bytes that the shape takes; nothing when the product is too large for any file.
std::optional<std::uint64_t> byteCount(const Shape &shape, DType type)
{
    std::int64_t product = static_cast<std::int64_t>(byteSize(type));
    bool empty = false;
    for (const auto dimension : shape) {
        empty = empty || dimension == 0;
        if (__builtin_mul_overflow(product, std::max<std::int64_t>(dimension, 1), &product))
            return std::nullopt;
    }
    return empty ? 0 : static_cast<std::uint64_t>(product);
}

/// In range, in order, no overlap, no gap.
Result<void> checkOffsets(const SafetensorsHeader &header, std::uint64_t dataBytes, const std::string &subject)
{
    std::vector<const SafetensorsHeader::Entry *> sorted;
    for (const auto &entry : header.entries)
        sorted.push_back(&entry);
    std::ranges::sort(sorted, {}, [](const auto *entry) { return entry->offsets; });
    std::uint64_t position = 0;
    for (const auto *entry : sorted) {
        if (entry->offsets[0] != position || entry->offsets[1] < position || entry->offsets[1] > dataBytes)
            return damaged(subject, "the place of the tensor " + inQuotes(entry->name, '\'') + " is wrong");
        position = entry->offsets[1];
    }
    if (position != dataBytes)
        return damaged(subject, "it is longer than its tensors");
    return {};
}

Result<Tensor> viewOf(const SafetensorsHeader::Entry &entry, std::span<const std::byte> file, const std::shared_ptr<const void> &owner,
    std::uint64_t dataStart, const std::string &subject)
{
    const auto type = safetensorsType(entry.type, subject);
    if (!type)
        return fail(type.error());
    const auto size = byteCount(entry.shape, *type);
    if (!size || *size != entry.offsets[1] - entry.offsets[0])
        return damaged(subject, "the size of the tensor " + inQuotes(entry.name, '\'') + " does not fit its shape");
    const std::byte *data = file.data() + dataStart + entry.offsets[0];
    // Files by others may put numbers at odd addresses; those are copied once, so that every tensor can be used in place.
    if (reinterpret_cast<std::uintptr_t>(data) % byteSize(*type) != 0)
        return Tensor(*type, entry.shape, std::make_shared<const std::vector<std::byte>>(data, data + *size));
    return Tensor(*type, entry.shape, owner, data);
}

struct Layout {
    std::string header; ///< JSON, padded so that the data starts at a multiple of 8
    std::vector<std::size_t> order; ///< the tensors' indices in the order of their bytes
};

Result<Layout> layOut(const FileContents &contents, const std::string &subject)
{
    const auto &entries = contents.tensors.entries();
    Layout layout;
    layout.order.resize(entries.size());
    std::iota(layout.order.begin(), layout.order.end(), std::size_t{0});
    // Wide types first: every tensor is then aligned without gaps, which the format does not allow.
    std::ranges::stable_sort(layout.order, std::greater<>(), [&](std::size_t index) { return byteSize(entries[index].second.type()); });
    std::vector<std::uint64_t> starts(entries.size());
    std::uint64_t position = 0;
    for (const auto index : layout.order) {
        starts[index] = position;
        position += entries[index].second.bytes().size();
    }
    auto json = nlohmann::ordered_json::object();
    if (!contents.metadata.empty())
        json["__metadata__"] = contents.metadata;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto &[name, tensor] = entries[i];
        if (name == "__metadata__")
            return fail(ErrorCode::Internal, "A tensor cannot be named '__metadata__' in a safetensors file; rename it.", subject);
        json[name] = {{"dtype", safetensorsName(tensor.type())}, {"shape", tensor.shape()},
            {"data_offsets", {starts[i], starts[i] + tensor.bytes().size()}}};
    }
    layout.header = json.dump();
    layout.header.resize((layout.header.size() + 7) / 8 * 8, ' ');
    if (layout.header.size() > maximumHeaderBytes)
        return fail(ErrorCode::Internal, "The description of this model is too long for a safetensors file.", subject);
    return layout;
}

} // namespace

Result<FileContents> readSafetensors(const std::filesystem::path &path)
{
    const auto file = MappedFile::open(path);
    return file ? parseSafetensors((*file)->bytes(), *file, path.string()) : fail(file.error());
}

Result<FileContents> parseSafetensors(
    std::span<const std::byte> bytes, const std::shared_ptr<const void> &owner, const std::string &subject)
{
    if (bytes.size() < lengthBytes)
        return damaged(subject, "it is too short for a safetensors file");
    std::uint64_t headerBytes = 0;
    std::memcpy(&headerBytes, bytes.data(), lengthBytes);
    if (headerBytes > maximumHeaderBytes || headerBytes > bytes.size() - lengthBytes)
        return damaged(subject, "its header is longer than the file");
    const std::string_view json(reinterpret_cast<const char *>(bytes.data()) + lengthBytes, headerBytes);
    auto header = parseSafetensorsHeader(json, subject);
    if (!header)
        return fail(header.error());
    const std::uint64_t dataStart = lengthBytes + headerBytes;
    if (auto checked = checkOffsets(*header, bytes.size() - dataStart, subject); !checked)
        return fail(checked.error());
    FileContents contents;
    for (auto &entry : header->entries) {
        auto tensor = viewOf(entry, bytes, owner, dataStart, subject);
        if (!tensor)
            return fail(tensor.error());
        contents.tensors.set(std::move(entry.name), std::move(*tensor));
    }
    contents.metadata = std::move(header->metadata);
    return contents;
}

Result<void> writeSafetensors(const std::filesystem::path &path, const FileContents &contents)
{
    try {
        const auto layout = layOut(contents, path.string());
        if (!layout)
            return fail(layout.error());
        return writeAtomically(path, [&](std::ostream &stream) -> Result<void> {
            const std::uint64_t headerBytes = layout->header.size();
            stream.write(reinterpret_cast<const char *>(&headerBytes), lengthBytes);
            stream.write(layout->header.data(), static_cast<std::streamsize>(headerBytes));
            for (const auto index : layout->order) {
                const auto bytes = contents.tensors.entries()[index].second.bytes();
                stream.write(reinterpret_cast<const char *>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
            }
            return {};
        });
    } catch (const nlohmann::json::exception &) {
        return fail(ErrorCode::Internal, "A name in this model is not valid text (UTF-8), so '" + fileName(path) + "' was not written.",
            path.string());
    }
}

} // namespace graft
