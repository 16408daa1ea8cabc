#include "formats/keras/hdf5.h"

#include "formats/keras/hdf5data.h"
#include "formats/support/filename.h"

#include <algorithm>
#include <set>

namespace graft {
namespace {

using namespace hdf5;

constexpr int deepestGroup = 64;
constexpr int deepestTree = 16;
constexpr std::size_t mostNodes = 1 << 20;
constexpr std::size_t longestName = 1024;
constexpr std::size_t lengthBytes = 4, addressBytes = 8, indexBytes = 4; // of a reference to variable-length data
constexpr std::uint64_t spareBytes = 64 << 20;

class Hdf5Reader {
public:
    Hdf5Reader(Bytes file, std::shared_ptr<const void> owner) : m_data{file, std::move(owner), 2 * file.size() + spareBytes} { }
    /// nullptr when damaged.
    std::shared_ptr<const Hdf5Node> readRoot();

private:
    // NOLINTNEXTLINE(misc-no-recursion): at most `deepestGroup` levels.
    std::shared_ptr<const Hdf5Node> readObject(std::uint64_t address, int depth);
    bool readAttributes(Hdf5Node &node, const std::vector<Message> &messages);
    std::optional<std::vector<std::string>> texts(const Attribute &attribute);
    std::optional<std::string> variableText(Bytes reference);
    Bytes heapObject(std::uint64_t collection, std::uint32_t index);
    void readHeap(std::map<std::uint32_t, Bytes> &objects, std::uint64_t collection);
    bool readLinks(std::vector<Link> &links, const std::vector<Message> &messages);
    // NOLINTNEXTLINE(misc-no-recursion): at most `deepestTree` levels.
    bool readSymbolTree(std::vector<Link> &links, Bytes names, std::uint64_t address, int depth);
    bool readSymbols(std::vector<Link> &links, Bytes names, std::uint64_t address);
    [[nodiscard]] std::optional<Bytes> localHeap(std::uint64_t address) const;
    [[nodiscard]] Bytes at(std::uint64_t address) const { return address < m_data.file.size() ? m_data.file.subspan(address) : Bytes(); }

    DataContext m_data;
    std::map<std::uint64_t, std::shared_ptr<const Hdf5Node>> m_known;
    std::set<std::uint64_t> m_open; ///< groups that are being read
    std::set<std::uint64_t> m_trees;
    std::map<std::uint64_t, std::map<std::uint32_t, Bytes>> m_heaps; ///< collections of variable-length data, by their address
    std::size_t m_nodes = 0;
};

std::shared_ptr<const Hdf5Node> Hdf5Reader::readRoot()
{
    Cursor cursor(m_data.file);
    cursor.expect(hdf5Signature);
    const std::uint8_t version = cursor.u8();
    std::uint64_t root = 0, base = 0;
    std::uint8_t offsetBytes = 0, sizeBytes = 0;
    if (version <= 1) {
        cursor.skip(4);
        offsetBytes = cursor.u8();
        sizeBytes = cursor.u8();
        cursor.skip(version == 0 ? 9 : 13);
        base = cursor.u64();
        cursor.skip(3 * 8 + 8);
        root = cursor.u64();
    } else {
        offsetBytes = cursor.u8();
        sizeBytes = cursor.u8();
        cursor.skip(1);
        base = cursor.u64();
        cursor.skip(2 * 8);
        root = cursor.u64();
    }
    if (!cursor.ok() || version > 3 || offsetBytes != 8 || sizeBytes != 8 || base != 0)
        return nullptr;
    return readObject(root, 0);
}

// NOLINTNEXTLINE(misc-no-recursion)
std::shared_ptr<const Hdf5Node> Hdf5Reader::readObject(std::uint64_t address, int depth)
{
    if (const auto known = m_known.find(address); known != m_known.end())
        return known->second;
    const auto messages = objectMessages(m_data.file, address);
    if (!messages || depth > deepestGroup || ++m_nodes > mostNodes || !m_open.insert(address).second)
        return nullptr;
    auto node = std::make_shared<Hdf5Node>();
    if (!readAttributes(*node, *messages))
        return nullptr;
    if (std::ranges::find(*messages, MessageType::Layout, &Message::type) != messages->end()) {
        auto data = readDataset(m_data, *messages, node->text("dtype") == "bfloat16");
        if (auto *tensor = std::get_if<Tensor>(&data))
            node->tensor = std::move(*tensor);
        else
            node->unreadable = std::get<std::string>(data);
    } else {
        std::vector<Link> links;
        if (!readLinks(links, *messages))
            return nullptr;
        std::ranges::sort(links, {}, &Link::name);
        for (const Link &link : links) {
            if (link.address == undefinedAddress)
                continue;
            auto child = readObject(link.address, depth + 1);
            if (!child)
                return nullptr;
            node->children.emplace_back(link.name, std::move(child));
        }
    }
    m_open.erase(address);
    m_known.emplace(address, node);
    return node;
}

bool Hdf5Reader::readAttributes(Hdf5Node &node, const std::vector<Message> &messages)
{
    for (const Message &message : messages) {
        if (message.type == MessageType::AttributeInfo) {
            Cursor cursor(message.data);
            cursor.skip(1);
            const bool hasOrder = (cursor.u8() & 1) != 0;
            cursor.skip(hasOrder ? 2 : 0);
            if (cursor.u64() != undefinedAddress)
                node.unreadable = "has attributes that are kept in a way that Graft cannot read";
        }
        if (message.type != MessageType::Attribute || message.isShared)
            continue;
        const auto found = attribute(message.data);
        if (!found)
            continue;
        auto values = texts(*found);
        if (!values)
            return false;
        if (!values->empty())
            node.texts.insert_or_assign(found->name, std::move(*values));
    }
    return true;
}

/// The elements of an attribute of text; none for another; nothing when it is damaged.
std::optional<std::vector<std::string>> Hdf5Reader::texts(const Attribute &attribute)
{
    using Kind = Datatype::Kind;
    std::vector<std::string> all;
    if (attribute.type.kind != Kind::Text && attribute.type.kind != Kind::VariableText)
        return all;
    std::uint64_t count = 1;
    for (const std::uint64_t dimension : attribute.dimensions)
        count *= dimension;
    const std::size_t size = attribute.type.kind == Kind::Text ? attribute.type.size : lengthBytes + addressBytes + indexBytes;
    if (size == 0 || count > attribute.data.size() / size)
        return std::nullopt;
    for (std::uint64_t i = 0; i < count; ++i) {
        const Bytes element = attribute.data.subspan(i * size, size);
        if (attribute.type.kind == Kind::VariableText) {
            auto text = variableText(element);
            if (!text)
                return std::nullopt;
            all.push_back(std::move(*text));
            continue;
        }
        const std::string_view raw(reinterpret_cast<const char *>(element.data()), size);
        const std::string_view text = raw.substr(0, raw.find('\0'));
        if (text.size() + sizeof(std::string) > m_data.bytesLeft)
            return std::nullopt;
        m_data.bytesLeft -= text.size() + sizeof(std::string);
        all.emplace_back(text);
    }
    return all;
}

std::optional<std::string> Hdf5Reader::variableText(Bytes reference)
{
    Cursor cursor(reference);
    const std::uint32_t length = cursor.u32();
    const std::uint64_t collection = cursor.u64();
    const std::uint32_t index = cursor.u32();
    if (length == 0)
        return std::string();
    const Bytes object = heapObject(collection, index);
    if (length > object.size() || length > m_data.bytesLeft)
        return std::nullopt;
    m_data.bytesLeft -= length;
    const std::string_view text(reinterpret_cast<const char *>(object.data()), length);
    return std::string(text.substr(0, text.find('\0')));
}

Bytes Hdf5Reader::heapObject(std::uint64_t collection, std::uint32_t index)
{
    const auto [heap, isNew] = m_heaps.try_emplace(collection);
    if (isNew)
        readHeap(heap->second, collection);
    const auto found = heap->second.find(index);
    return found == heap->second.end() ? Bytes() : found->second;
}

void Hdf5Reader::readHeap(std::map<std::uint32_t, Bytes> &objects, std::uint64_t collection)
{
    Cursor cursor(at(collection));
    cursor.expect("GCOL");
    cursor.skip(4);
    const std::uint64_t size = cursor.u64();
    constexpr std::uint64_t headerBytes = 16;
    if (!cursor.ok() || size < headerBytes || size - headerBytes > cursor.left() || size > m_data.bytesLeft)
        return;
    m_data.bytesLeft -= size;
    Cursor content(cursor.take(size - headerBytes));
    while (content.left() >= headerBytes) {
        const std::uint16_t number = content.u16();
        content.skip(6);
        const std::uint64_t bytes = content.u64();
        if (number == 0 || bytes > content.left())
            return;
        objects.emplace(number, content.take(bytes));
        content.skip(std::min<std::size_t>((8 - bytes % 8) % 8, content.left()));
    }
}

bool Hdf5Reader::readLinks(std::vector<Link> &links, const std::vector<Message> &messages)
{
    for (const Message &message : messages) {
        if (message.type == MessageType::Link) {
            auto found = link(message.data);
            if (!found || found->name.size() > longestName)
                return false;
            links.push_back(std::move(*found));
        }
        if (message.type != MessageType::SymbolTable)
            continue;
        Cursor cursor(message.data);
        const std::uint64_t tree = cursor.u64();
        const auto names = localHeap(cursor.u64());
        if (!cursor.ok() || !names || !readSymbolTree(links, *names, tree, 0))
            return false;
    }
    return true;
}

std::optional<Bytes> Hdf5Reader::localHeap(std::uint64_t address) const
{
    Cursor cursor(at(address));
    cursor.expect("HEAP");
    cursor.skip(4);
    const std::uint64_t size = cursor.u64();
    cursor.skip(8);
    const Bytes data = at(cursor.u64());
    return cursor.ok() && size <= data.size() ? std::optional(data.first(size)) : std::nullopt;
}

// NOLINTNEXTLINE(misc-no-recursion)
bool Hdf5Reader::readSymbolTree(std::vector<Link> &links, Bytes names, std::uint64_t address, int depth)
{
    if (depth > deepestTree || !m_trees.insert(address).second)
        return false;
    Cursor cursor(at(address));
    cursor.expect("TREE");
    const std::uint8_t kind = cursor.u8();
    const std::uint8_t level = cursor.u8();
    const std::uint16_t entries = cursor.u16();
    cursor.skip(16 + 8);
    constexpr std::uint8_t ofGroups = 0;
    if (!cursor.ok() || kind != ofGroups)
        return false;
    for (int i = 0; i < entries; ++i) {
        const std::uint64_t child = cursor.u64();
        cursor.skip(8);
        if (!cursor.ok() || !(level > 0 ? readSymbolTree(links, names, child, depth + 1) : readSymbols(links, names, child)))
            return false;
    }
    return true;
}

bool Hdf5Reader::readSymbols(std::vector<Link> &links, Bytes names, std::uint64_t address)
{
    if (!m_trees.insert(address).second)
        return false;
    Cursor cursor(at(address));
    cursor.expect("SNOD");
    cursor.skip(2);
    const std::uint16_t symbols = cursor.u16();
    constexpr std::uint32_t softLink = 2;
    for (int i = 0; i < symbols; ++i) {
        const std::uint64_t nameOffset = cursor.u64();
        Link found{.name = {}, .address = cursor.u64()};
        if (cursor.u32() == softLink)
            found.address = undefinedAddress;
        cursor.skip(4 + 16);
        if (!cursor.ok() || nameOffset >= names.size())
            return false;
        const Bytes rest = names.subspan(nameOffset);
        const auto end = std::ranges::find(rest.first(std::min(rest.size(), longestName)), std::byte{0});
        found.name.assign(reinterpret_cast<const char *>(rest.data()), static_cast<std::size_t>(end - rest.begin()));
        links.push_back(std::move(found));
    }
    return cursor.ok();
}

} // namespace

const Hdf5Node *Hdf5Node::child(std::string_view name) const
{
    const auto found = std::ranges::lower_bound(children, name, {}, [](const auto &entry) -> std::string_view { return entry.first; });
    return found == children.end() || found->first != name ? nullptr : found->second.get();
}

const Hdf5Node *Hdf5Node::at(std::string_view path) const
{
    const Hdf5Node *node = this;
    while (node && !path.empty()) {
        const auto slash = path.find('/');
        if (slash != 0)
            node = node->child(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return node;
}

std::string Hdf5Node::text(std::string_view name) const
{
    const auto found = texts.find(name);
    return found == texts.end() || found->second.empty() ? std::string() : found->second.front();
}

Result<std::shared_ptr<const Hdf5Node>> readHdf5(
    std::span<const std::byte> bytes, std::shared_ptr<const void> owner, const std::string &subject)
{
    auto root = Hdf5Reader(bytes, std::move(owner)).readRoot();
    if (!root)
        return fail(ErrorCode::FileCorrupt,
            "'" + fileName(subject) + "' is damaged or cut short: its HDF5 structure cannot be read; get the file again.", subject);
    return root;
}

} // namespace graft
