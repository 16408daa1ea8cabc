#include "formats/support/legacytorch.h"

#include "formats/support/filename.h"
#include "formats/support/torchtensors.h"

#include <array>
#include <cstring>
#include <unordered_map>

namespace graft {
namespace {

using Kind = PickleNode::Kind;

/// 0x1950a86a20f9469cfc6c as ten little-endian bytes: what the first pickle holds.
constexpr std::array<unsigned char, 10> magic = {0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19};
constexpr std::int64_t protocolVersion = 1001;

struct Span {
    std::size_t start = 0, size = 0;
};

class LegacyReader {
public:
    LegacyReader(std::shared_ptr<const MappedFile> file, std::string subject) : m_file(std::move(file)), m_subject(std::move(subject)) { }
    Result<FileContents> read();

private:
    [[nodiscard]] tl::unexpected<Error> damaged(const std::string &what) const
    {
        return fail(
            ErrorCode::FileCorrupt, "'" + fileName(m_subject) + "' is damaged or cut short: " + what + "; get the file again.", m_subject);
    }
    [[nodiscard]] Result<Pickle> next();
    [[nodiscard]] Result<void> readPreamble();
    [[nodiscard]] Result<void> findStorages(const Pickle &object, const Pickle &keys);
    [[nodiscard]] Result<StorageBytes> storage(const Pickle &object, const StorageReference &reference) const;

    std::shared_ptr<const MappedFile> m_file;
    std::string m_subject;
    std::size_t m_position = 0;
    std::unordered_map<std::string, Span> m_storages;
};

Result<Pickle> LegacyReader::next()
{
    auto pickle = parsePickle(m_file->bytes().subspan(m_position), m_subject);
    if (pickle)
        m_position += pickle->length;
    return pickle;
}

Result<void> LegacyReader::readPreamble()
{
    const auto first = next();
    if (!first)
        return fail(first.error());
    const auto text = first->at(first->root).text;
    if (text.size() != magic.size() || std::memcmp(text.data(), magic.data(), magic.size()) != 0)
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(m_subject)
                + "' is a pickle, but not one that torch.save wrote; in Python, save `model.state_dict()` with torch.save.",
            m_subject);
    const auto version = next();
    if (!version)
        return fail(version.error());
    if (version->at(version->root).integer != protocolVersion)
        return damaged("its version is unknown");
    const auto system = next();
    if (!system)
        return fail(system.error());
    const PickleNode *littleEndian = system->find(system->at(system->root), "little_endian");
    if (littleEndian && littleEndian->integer == 0)
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(m_subject) + "' was written by a big-endian computer, which Graft cannot read; save it again on this one.",
            m_subject);
    return {};
}

/// Behind the pickles: for each key in turn a 64-bit count and as many elements.
Result<void> LegacyReader::findStorages(const Pickle &object, const Pickle &keys)
{
    std::unordered_map<std::string, std::size_t> elementBytes;
    for (const auto &node : object.nodes) {
        if (node.kind != Kind::Storage)
            continue;
        const auto reference = storageReference(object, node, m_subject);
        if (!reference)
            return fail(reference.error());
        elementBytes[reference->key] = reference->type ? byteSize(*reference->type) : 1;
    }
    const auto bytes = m_file->bytes();
    for (const auto item : keys.at(keys.root).items) {
        const std::string key(keys.at(item).text);
        const auto known = elementBytes.find(key);
        if (known == elementBytes.end() || bytes.size() - m_position < sizeof(std::uint64_t))
            return damaged("its data are not all there");
        std::uint64_t count = 0;
        std::memcpy(&count, bytes.data() + m_position, sizeof(count));
        m_position += sizeof(count);
        if (count > (bytes.size() - m_position) / known->second)
            return damaged("its data are not all there");
        m_storages[key] = {.start = m_position, .size = count * known->second};
        m_position += count * known->second;
    }
    return {};
}

Result<StorageBytes> LegacyReader::storage(const Pickle &object, const StorageReference &reference) const
{
    const auto found = m_storages.find(reference.key);
    if (found == m_storages.end())
        return damaged("its data are not all there");
    auto bytes = m_file->bytes().subspan(found->second.start, found->second.size);
    if (reference.view) {
        // A part of another storage: (key, first element, number of elements).
        const std::size_t width = reference.type ? byteSize(*reference.type) : 1;
        const auto &items = reference.view->items;
        if (items.size() != 3)
            return damaged("a view of its data is wrong");
        const auto start = static_cast<std::uint64_t>(object.at(items[1]).integer),
                   count = static_cast<std::uint64_t>(object.at(items[2]).integer);
        if (start > bytes.size() / width || count > bytes.size() / width - start)
            return damaged("a view of its data is wrong");
        bytes = bytes.subspan(start * width, count * width);
    }
    return StorageBytes{.owner = m_file, .bytes = bytes};
}

Result<FileContents> LegacyReader::read()
{
    if (auto preamble = readPreamble(); !preamble)
        return fail(preamble.error());
    const auto object = next();
    if (!object)
        return fail(object.error());
    const auto keys = next();
    if (!keys)
        return fail(keys.error());
    if (auto found = findStorages(*object, *keys); !found)
        return fail(found.error());
    auto tensors = stateDictOf(
        *object, [&](const StorageReference &reference) { return storage(*object, reference); }, m_file->bytes().size(), m_subject);
    if (!tensors)
        return fail(tensors.error());
    return FileContents{.tensors = std::move(*tensors), .metadata = {}};
}

} // namespace

bool isPickle(std::span<const std::byte> head)
{
    return head.size() >= 2 && head[0] == std::byte{0x80} && head[1] >= std::byte{2} && head[1] <= std::byte{5};
}

Result<FileContents> readLegacyTorch(const std::shared_ptr<const MappedFile> &file, const std::string &subject)
{
    return LegacyReader(file, subject).read();
}

} // namespace graft
