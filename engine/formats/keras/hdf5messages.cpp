#include "formats/keras/hdf5messages.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace graft::hdf5 {
namespace {

constexpr std::size_t mostMessages = 65536;
constexpr std::size_t mostBlocks = 4096;
constexpr std::uint64_t mostElements = std::uint64_t{1} << 40;
constexpr std::uint8_t sharedFlag = 2;

struct Block {
    std::uint64_t address = 0, size = 0;
};

/// What all blocks of one header have in common.
struct HeaderKind {
    int version = 1;
    bool hasCreationOrder = false;
};

std::size_t padded(std::size_t size)
{
    return (size + 7) / 8 * 8;
}

/// Reads the messages of one block; continuations are put on `blocks`.
bool readBlock(Bytes block, const HeaderKind &kind, std::vector<Message> &messages, std::vector<Block> &blocks)
{
    const std::size_t prefix = kind.version == 1 ? 8 : kind.hasCreationOrder ? 6 : 4;
    Cursor cursor(block);
    while (cursor.left() >= prefix) {
        Message message;
        message.type = static_cast<MessageType>(kind.version == 1 ? cursor.u16() : cursor.u8());
        const std::uint16_t size = cursor.u16();
        message.isShared = (cursor.u8() & sharedFlag) != 0;
        cursor.skip(prefix - (kind.version == 1 ? 5 : 4));
        message.data = cursor.take(size);
        if (!cursor.ok() || messages.size() >= mostMessages)
            return false;
        if (message.type == MessageType::Continuation) {
            Cursor where(message.data);
            const Block next{where.u64(), where.u64()};
            if (!where.ok() || blocks.size() >= mostBlocks)
                return false;
            blocks.push_back(next);
        } else {
            messages.push_back(message);
        }
    }
    return true;
}

/// The messages of a block without what stands around them.
std::optional<Bytes> contentOf(Bytes file, const Block &block, const HeaderKind &kind, bool isFirst)
{
    if (block.address > file.size() || block.size > file.size() - block.address)
        return std::nullopt;
    const Bytes bytes = file.subspan(block.address, block.size);
    if (kind.version == 1 || isFirst)
        return bytes;
    constexpr std::size_t signatureBytes = 4, checksumBytes = 4;
    Cursor cursor(bytes);
    if (!cursor.expect("OCHK") || cursor.left() < checksumBytes)
        return std::nullopt;
    return bytes.subspan(signatureBytes, bytes.size() - signatureBytes - checksumBytes);
}

struct HeaderStart {
    HeaderKind kind;
    Block first;
};

std::optional<HeaderStart> headerStart(Bytes file, std::uint64_t address)
{
    if (address >= file.size())
        return std::nullopt;
    Cursor cursor(file.subspan(address));
    HeaderStart start;
    if (static_cast<char>(file[address]) != 'O') {
        const std::uint8_t version = cursor.u8();
        constexpr std::size_t prefix = 16; // with the padding to 8 bytes
        cursor.skip(7);
        start.first = {address + prefix, cursor.u32()};
        return cursor.ok() && version == 1 ? std::optional(start) : std::nullopt;
    }
    constexpr std::uint8_t timesFlag = 0x20, limitsFlag = 0x10, orderFlag = 0x04;
    cursor.expect("OHDR");
    const std::uint8_t version = cursor.u8();
    const std::uint8_t flags = cursor.u8();
    cursor.skip(((flags & timesFlag) != 0 ? 16 : 0) + ((flags & limitsFlag) != 0 ? 4 : 0));
    const std::size_t size = cursor.wide(std::size_t{1} << (flags & 3));
    start.kind = {.version = 2, .hasCreationOrder = (flags & orderFlag) != 0};
    start.first = {file.size() - cursor.left(), size};
    return cursor.ok() && version == 2 ? std::optional(start) : std::nullopt;
}

} // namespace

std::optional<std::vector<Message>> objectMessages(Bytes file, std::uint64_t address)
{
    const auto start = headerStart(file, address);
    if (!start)
        return std::nullopt;
    std::vector<Message> messages;
    std::vector<Block> blocks = {start->first};
    std::set<std::uint64_t> seen;
    for (std::size_t index = 0; index < blocks.size(); ++index) {
        const auto content = contentOf(file, blocks[index], start->kind, index == 0);
        if (!content || !seen.insert(blocks[index].address).second || !readBlock(*content, start->kind, messages, blocks))
            return std::nullopt;
    }
    return messages;
}

std::optional<std::vector<std::uint64_t>> dataspace(Bytes message)
{
    Cursor cursor(message);
    const std::uint8_t version = cursor.u8();
    const std::uint8_t rank = cursor.u8();
    cursor.skip(1);
    const std::uint8_t kind = cursor.u8(); // of version 2
    if (version == 1)
        cursor.skip(4);
    constexpr std::uint8_t null = 2;
    if (!cursor.ok() || version < 1 || version > 2 || rank > mostDimensions || (version == 2 && kind == null))
        return std::nullopt;
    std::vector<std::uint64_t> dimensions(rank);
    std::uint64_t elements = 1;
    for (std::uint64_t &dimension : dimensions) {
        dimension = cursor.u64();
        if (dimension > mostElements || elements > mostElements / std::max<std::uint64_t>(dimension, 1))
            return std::nullopt;
        elements *= std::max<std::uint64_t>(dimension, 1);
    }
    return cursor.ok() ? std::optional(dimensions) : std::nullopt;
}

std::optional<Datatype> datatype(Bytes message)
{
    Cursor cursor(message);
    const std::uint8_t kindAndVersion = cursor.u8();
    const std::uint8_t bits = cursor.u8();
    cursor.skip(2);
    Datatype type;
    type.size = cursor.u32();
    constexpr std::uint8_t bigEndianFlags = 0x41; // bit 0, and bit 6 for VAX
    switch (kindAndVersion & 0x0F) {
    case 0:
        type.kind = (bits & 8) != 0 ? Datatype::Kind::Integer : Datatype::Kind::UnsignedInteger;
        type.isLittleEndian = (bits & 1) == 0;
        break;
    case 1:
        type.kind = Datatype::Kind::Float;
        type.isLittleEndian = (bits & bigEndianFlags) == 0;
        cursor.skip(5);
        type.exponentBits = cursor.u8();
        break;
    case 3: type.kind = Datatype::Kind::Text; break;
    case 5: type.kind = Datatype::Kind::Opaque; break;
    case 9: type.kind = (bits & 0x0F) == 1 ? Datatype::Kind::VariableText : Datatype::Kind::Other; break;
    default: break;
    }
    return cursor.ok() ? std::optional(type) : std::nullopt;
}

std::optional<Layout> layout(Bytes message)
{
    Cursor cursor(message);
    Layout result;
    if (const std::uint8_t version = cursor.u8(); version != 3 && version != 4)
        return cursor.ok() ? std::optional(result) : std::nullopt;
    const bool isOlder = static_cast<std::uint8_t>(message[0]) == 3;
    switch (cursor.u8()) {
    case 0:
        result.kind = Layout::Kind::Compact;
        result.data = cursor.take(cursor.u16());
        break;
    case 1:
        result.kind = Layout::Kind::Contiguous;
        result.address = cursor.u64();
        result.size = cursor.u64();
        break;
    case 2: {
        if (!isOlder)
            break;
        result.kind = Layout::Kind::Chunked;
        const std::uint8_t numbers = cursor.u8(); // one more than dimensions: the element's size is the last
        result.address = cursor.u64();
        for (int i = 0; i + 1 < numbers; ++i)
            result.chunk.push_back(cursor.u32());
        break;
    }
    default: break;
    }
    return cursor.ok() ? std::optional(result) : std::nullopt;
}

std::optional<std::vector<Filter>> filters(Bytes message)
{
    Cursor cursor(message);
    const std::uint8_t version = cursor.u8();
    const std::uint8_t count = cursor.u8();
    if (version == 1)
        cursor.skip(6);
    std::vector<Filter> result;
    constexpr std::uint16_t firstForeign = 256;
    for (int i = 0; i < count; ++i) {
        const std::uint16_t id = cursor.u16();
        const std::uint16_t nameBytes = version == 1 || id >= firstForeign ? cursor.u16() : std::uint16_t{0};
        cursor.skip(2);
        const std::uint16_t values = cursor.u16();
        cursor.skip(version == 1 ? padded(nameBytes) : nameBytes);
        cursor.skip(std::size_t{values} * 4 + (version == 1 && values % 2 == 1 ? 4 : 0));
        if (!cursor.ok() || id < 1 || id > 3)
            return std::nullopt;
        result.push_back(static_cast<Filter>(id));
    }
    return result;
}

std::optional<Attribute> attribute(Bytes message)
{
    Cursor cursor(message);
    const std::uint8_t version = cursor.u8();
    const std::uint8_t flags = cursor.u8();
    const std::uint16_t nameBytes = cursor.u16();
    const std::uint16_t typeBytes = cursor.u16();
    const std::uint16_t spaceBytes = cursor.u16();
    if (version == 3)
        cursor.skip(1);
    const auto part = [&](std::size_t size) {
        const Bytes bytes = cursor.take(version == 1 ? padded(size) : size);
        return cursor.ok() ? bytes.first(size) : Bytes();
    };
    const Bytes name = part(nameBytes);
    const auto type = datatype(part(typeBytes));
    const auto space = dataspace(part(spaceBytes));
    if (!cursor.ok() || version < 1 || version > 3 || (version > 1 && flags != 0) || !type || !space)
        return std::nullopt;
    const std::string_view text(reinterpret_cast<const char *>(name.data()), name.size());
    return Attribute{std::string(text.substr(0, text.find('\0'))), *type, *space, cursor.take(cursor.left())};
}

std::optional<Link> link(Bytes message)
{
    Cursor cursor(message);
    constexpr std::uint8_t typeFlag = 8, orderFlag = 4, charsetFlag = 16;
    const std::uint8_t version = cursor.u8();
    const std::uint8_t flags = cursor.u8();
    const std::uint8_t type = (flags & typeFlag) != 0 ? cursor.u8() : std::uint8_t{0};
    cursor.skip(((flags & orderFlag) != 0 ? 8 : 0) + ((flags & charsetFlag) != 0 ? 1 : 0));
    const Bytes name = cursor.take(cursor.wide(std::size_t{1} << (flags & 3)));
    Link result;
    if (!cursor.ok() || version != 1)
        return std::nullopt;
    result.name.assign(reinterpret_cast<const char *>(name.data()), name.size());
    if (type == 0)
        result.address = cursor.u64();
    return cursor.ok() ? std::optional(result) : std::nullopt;
}

} // namespace graft::hdf5
