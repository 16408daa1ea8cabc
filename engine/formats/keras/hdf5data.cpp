#include "formats/keras/hdf5data.h"

#include <algorithm>
#include <set>
#include <zlib.h>

namespace graft::hdf5 {
namespace {

constexpr const char *damagedData = "is damaged";
constexpr const char *foreignData = "is kept in a way that Graft cannot read";
constexpr const char *foreignType = "is of a type that Graft cannot read";
constexpr const char *tooLarge = "would unpack to much more than the file";
constexpr int deepestTree = 16;

const Message *find(const std::vector<Message> &messages, MessageType type)
{
    const auto found = std::ranges::find(messages, type, &Message::type);
    return found == messages.end() || found->isShared ? nullptr : &*found;
}

std::optional<DType> elementType(const Datatype &type, bool isBrainFloat)
{
    using enum Datatype::Kind;
    constexpr std::uint8_t halfExponent = 5, brainExponent = 8;
    if (!type.isLittleEndian)
        return std::nullopt;
    if (type.size == 2 && (isBrainFloat || (type.kind == Float && type.exponentBits == brainExponent)))
        return DType::BFloat16;
    if (type.kind == Float)
        return type.size == 4                                     ? std::optional(DType::Float32)
            : type.size == 8                                      ? std::optional(DType::Float64)
            : type.size == 2 && type.exponentBits == halfExponent ? std::optional(DType::Float16)
                                                                  : std::nullopt;
    if (type.kind == Integer)
        return type.size == 8 ? std::optional(DType::Int64) : type.size == 4 ? std::optional(DType::Int32) : std::nullopt;
    if (type.kind == UnsignedInteger && type.size == 8)
        return DType::Int64;
    return std::nullopt;
}

/// A data set's shape and what follows from it.
struct Extent {
    std::vector<std::uint64_t> dimensions;
    std::size_t elementBytes = 0;
    std::uint64_t bytes = 0;
};

/// Puts one chunk's elements at their place in the whole; what lies beyond the edge is left out.
void place(std::vector<std::byte> &whole, const Extent &extent, Bytes chunk, const std::vector<std::uint64_t> &chunkShape,
    const std::vector<std::uint64_t> &start)
{
    const std::size_t rank = chunkShape.size();
    const std::uint64_t row = std::min(chunkShape[rank - 1], extent.dimensions[rank - 1] - start[rank - 1]) * extent.elementBytes;
    const std::uint64_t chunkRow = chunkShape[rank - 1] * extent.elementBytes;
    std::vector<std::uint64_t> index(rank, 0);
    for (std::uint64_t source = 0; source < chunk.size(); source += chunkRow) {
        bool isInside = true;
        std::uint64_t position = 0;
        for (std::size_t d = 0; d < rank; ++d) {
            isInside = isInside && start[d] + index[d] < extent.dimensions[d];
            position = position * extent.dimensions[d] + start[d] + index[d];
        }
        if (isInside)
            std::memcpy(whole.data() + position * extent.elementBytes, chunk.data() + source, row);
        for (std::size_t d = rank - 1; d > 0; --d) {
            if (++index[d - 1] < chunkShape[d - 1])
                break;
            index[d - 1] = 0;
        }
    }
}

std::vector<std::byte> unshuffled(Bytes bytes, std::size_t elementBytes)
{
    std::vector<std::byte> result(bytes.size());
    const std::size_t elements = bytes.size() / elementBytes;
    for (std::size_t byte = 0; byte < elementBytes; ++byte)
        for (std::size_t i = 0; i < elements; ++i)
            result[i * elementBytes + byte] = bytes[byte * elements + i];
    std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(elements * elementBytes), bytes.end(),
        result.begin() + static_cast<std::ptrdiff_t>(elements * elementBytes));
    return result;
}

class ChunkReader {
public:
    ChunkReader(DataContext &context, const Extent &extent, const Layout &layout, const std::vector<Filter> &applied)
        : m_context(context), m_extent(extent), m_chunk(layout.chunk), m_filters(applied), m_whole(extent.bytes)
    {
        m_chunkBytes = extent.elementBytes;
        for (const std::uint64_t size : m_chunk)
            m_chunkBytes *= size;
    }
    // NOLINTNEXTLINE(misc-no-recursion): at most `deepestTree` levels.
    bool readTree(std::uint64_t address, int depth);
    [[nodiscard]] std::vector<std::byte> take() { return std::move(m_whole); }

private:
    bool readChunk(std::uint64_t address, std::uint32_t storedBytes, std::uint32_t skippedFilters, std::vector<std::uint64_t> start);
    bool unfilter(std::vector<std::byte> &bytes, Filter filter) const;

    DataContext &m_context;
    const Extent &m_extent;
    std::vector<std::uint64_t> m_chunk;
    std::vector<Filter> m_filters;
    std::vector<std::byte> m_whole;
    std::uint64_t m_chunkBytes = 0;
    std::set<std::uint64_t> m_nodes;
    std::set<std::vector<std::uint64_t>> m_chunks;
};

// NOLINTNEXTLINE(misc-no-recursion)
bool ChunkReader::readTree(std::uint64_t address, int depth)
{
    if (address >= m_context.file.size() || depth > deepestTree || !m_nodes.insert(address).second)
        return false;
    Cursor cursor(m_context.file.subspan(address));
    cursor.expect("TREE");
    const std::uint8_t kind = cursor.u8();
    const std::uint8_t level = cursor.u8();
    const std::uint16_t entries = cursor.u16();
    cursor.skip(16);
    constexpr std::uint8_t ofChunks = 1;
    if (!cursor.ok() || kind != ofChunks)
        return false;
    for (int i = 0; i < entries; ++i) {
        const std::uint32_t storedBytes = cursor.u32();
        const std::uint32_t skippedFilters = cursor.u32();
        std::vector<std::uint64_t> start(m_chunk.size());
        for (std::uint64_t &offset : start)
            offset = cursor.u64();
        cursor.skip(8);
        const std::uint64_t child = cursor.u64();
        if (!cursor.ok())
            return false;
        if (!(level > 0 ? readTree(child, depth + 1) : readChunk(child, storedBytes, skippedFilters, std::move(start))))
            return false;
    }
    return true;
}

bool ChunkReader::readChunk(
    std::uint64_t address, std::uint32_t storedBytes, std::uint32_t skippedFilters, std::vector<std::uint64_t> start)
{
    for (std::size_t d = 0; d < start.size(); ++d)
        if (start[d] % m_chunk[d] != 0 || start[d] >= m_extent.dimensions[d])
            return false;
    const Bytes file = m_context.file;
    if (!m_chunks.insert(start).second || address > file.size() || storedBytes > file.size() - address
        || m_chunkBytes > m_context.bytesLeft)
        return false;
    m_context.bytesLeft -= m_chunkBytes;
    const Bytes stored = file.subspan(address, storedBytes);
    std::vector<std::byte> bytes(stored.begin(), stored.end());
    for (std::size_t i = m_filters.size(); i > 0; --i)
        if ((skippedFilters >> (i - 1) & 1) == 0 && !unfilter(bytes, m_filters[i - 1]))
            return false;
    if (bytes.size() != m_chunkBytes)
        return false;
    place(m_whole, m_extent, bytes, m_chunk, start);
    return true;
}

bool ChunkReader::unfilter(std::vector<std::byte> &bytes, Filter filter) const
{
    constexpr std::size_t checksumBytes = 4;
    if (filter == Filter::Shuffle) {
        bytes = unshuffled(bytes, m_extent.elementBytes);
        return true;
    }
    if (filter == Filter::Fletcher32) {
        if (bytes.size() < checksumBytes)
            return false;
        bytes.resize(bytes.size() - checksumBytes);
        return true;
    }
    std::vector<std::byte> unpacked(m_chunkBytes + checksumBytes);
    uLongf size = unpacked.size();
    if (uncompress(reinterpret_cast<Bytef *>(unpacked.data()), &size, reinterpret_cast<const Bytef *>(bytes.data()), bytes.size()) != Z_OK)
        return false;
    unpacked.resize(size);
    bytes = std::move(unpacked);
    return true;
}

std::variant<Tensor, std::string> fromChunks(
    DataContext &context, const std::vector<Message> &messages, const Extent &extent, const Layout &layout, DType type, const Shape &shape)
{
    const Message *pipeline = find(messages, MessageType::Filters);
    const auto applied = pipeline ? filters(pipeline->data) : std::optional(std::vector<Filter>());
    if (!applied)
        return foreignData;
    if (layout.chunk.size() != extent.dimensions.size() || layout.chunk.empty() || extent.bytes > context.bytesLeft)
        return layout.chunk.size() == extent.dimensions.size() && !layout.chunk.empty() ? tooLarge : damagedData;
    for (std::size_t d = 0; d < layout.chunk.size(); ++d)
        if (layout.chunk[d] == 0 || layout.chunk[d] > std::max<std::uint64_t>(extent.dimensions[d], 1))
            return damagedData;
    context.bytesLeft -= extent.bytes;
    ChunkReader reader(context, extent, layout, *applied);
    if (layout.address != undefinedAddress && extent.bytes > 0 && !reader.readTree(layout.address, 0))
        return damagedData;
    return Tensor(type, shape, std::make_shared<const std::vector<std::byte>>(reader.take()));
}

std::variant<Tensor, std::string> fromOnePiece(DataContext &context, Bytes data, DType type, const Shape &shape)
{
    if (reinterpret_cast<std::uintptr_t>(data.data()) % byteSize(type) == 0)
        return Tensor(type, shape, context.owner, data.data());
    if (data.size() > context.bytesLeft)
        return tooLarge;
    context.bytesLeft -= data.size();
    return Tensor(type, shape, std::make_shared<const std::vector<std::byte>>(data.begin(), data.end()));
}

} // namespace

std::variant<Tensor, std::string> readDataset(DataContext &context, const std::vector<Message> &messages, bool isBrainFloat)
{
    const Message *typeMessage = find(messages, MessageType::Datatype);
    const Message *spaceMessage = find(messages, MessageType::Dataspace);
    const Message *layoutMessage = find(messages, MessageType::Layout);
    if (!typeMessage || !spaceMessage || !layoutMessage)
        return foreignData;
    const auto type = datatype(typeMessage->data);
    const auto dimensions = dataspace(spaceMessage->data);
    const auto place = layout(layoutMessage->data);
    if (!type || !dimensions || !place)
        return damagedData;
    const auto element = elementType(*type, isBrainFloat);
    if (!element)
        return foreignType;
    Extent extent{*dimensions, byteSize(*element), byteSize(*element)};
    const Shape shape(dimensions->begin(), dimensions->end());
    for (const std::uint64_t dimension : *dimensions)
        extent.bytes *= dimension;
    if (place->kind == Layout::Kind::Chunked)
        return fromChunks(context, messages, extent, *place, *element, shape);
    if (place->kind == Layout::Kind::Unknown)
        return foreignData;
    Bytes data = place->data;
    if (place->kind == Layout::Kind::Contiguous) {
        if (place->address > context.file.size() || extent.bytes > context.file.size() - place->address)
            return damagedData;
        data = context.file.subspan(place->address);
    }
    if (data.size() < extent.bytes)
        return damagedData;
    return fromOnePiece(context, data.first(extent.bytes), *element, shape);
}

} // namespace graft::hdf5
