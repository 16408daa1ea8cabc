#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// The parts of an HDF5 object header, by "HDF5 File Format Specification Version 3.0". Offsets and lengths are of 8 bytes.
namespace graft::hdf5 {

using Bytes = std::span<const std::byte>;
inline constexpr std::uint64_t undefinedAddress = ~std::uint64_t{0};
inline constexpr std::size_t mostDimensions = 32;

/// Reads little-endian numbers one after the other; behind the end, zeros, and `ok` is false from then on.
class Cursor {
public:
    explicit Cursor(Bytes bytes) : m_bytes(bytes) { }
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] std::size_t left() const { return m_bytes.size(); }
    std::uint8_t u8() { return number<std::uint8_t>(); }
    std::uint16_t u16() { return number<std::uint16_t>(); }
    std::uint32_t u32() { return number<std::uint32_t>(); }
    std::uint64_t u64() { return number<std::uint64_t>(); }
    /// A number of 1, 2, 4 or 8 bytes.
    std::uint64_t wide(std::size_t bytes) { return bytes == 1 ? u8() : bytes == 2 ? u16() : bytes == 4 ? u32() : u64(); }
    Bytes take(std::size_t count)
    {
        m_ok = m_ok && count <= m_bytes.size();
        if (!m_ok)
            return {};
        const Bytes taken = m_bytes.first(count);
        m_bytes = m_bytes.subspan(count);
        return taken;
    }
    void skip(std::size_t count) { take(count); }
    bool expect(std::string_view signature)
    {
        const Bytes found = take(signature.size());
        m_ok = m_ok && std::memcmp(found.data(), signature.data(), signature.size()) == 0;
        return m_ok;
    }

private:
    template <typename Number>
    Number number()
    {
        Number value{};
        if (const Bytes raw = take(sizeof(Number)); m_ok)
            std::memcpy(&value, raw.data(), sizeof(Number));
        return value;
    }
    Bytes m_bytes;
    bool m_ok = true;
};

enum class MessageType : std::uint16_t {
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    Link = 0x06,
    Layout = 0x08,
    Filters = 0x0B,
    Attribute = 0x0C,
    Continuation = 0x10,
    SymbolTable = 0x11,
    AttributeInfo = 0x15,
};

struct Message {
    MessageType type{};
    bool isShared = false; ///< kept elsewhere in the file: not read
    Bytes data;
};

/// The messages of the object at `address`, in all its blocks; nothing when they are damaged.
[[nodiscard]] std::optional<std::vector<Message>> objectMessages(Bytes file, std::uint64_t address);

/// Nothing for a damaged one; [] for a scalar. Each dimension is at most 2^40, and so is their product.
[[nodiscard]] std::optional<std::vector<std::uint64_t>> dataspace(Bytes message);

struct Datatype {
    enum class Kind { Integer, UnsignedInteger, Float, Text, VariableText, Opaque, Other };
    Kind kind = Kind::Other;
    std::uint32_t size = 0; ///< bytes of one element
    bool isLittleEndian = true;
    std::uint8_t exponentBits = 0; ///< of a Float
};
[[nodiscard]] std::optional<Datatype> datatype(Bytes message);

struct Layout {
    enum class Kind { Compact, Contiguous, Chunked, Unknown };
    Kind kind = Kind::Unknown;
    Bytes data; ///< of a compact one
    std::uint64_t address = undefinedAddress; ///< of the data, or of the tree of chunks
    std::uint64_t size = 0; ///< of a contiguous one
    std::vector<std::uint64_t> chunk; ///< its dimensions
};
[[nodiscard]] std::optional<Layout> layout(Bytes message);

enum class Filter : std::uint16_t { Deflate = 1, Shuffle = 2, Fletcher32 = 3 };
/// In the order in which they were applied when the file was written; nothing when one is not known.
[[nodiscard]] std::optional<std::vector<Filter>> filters(Bytes message);

struct Attribute {
    std::string name;
    Datatype type;
    std::vector<std::uint64_t> dimensions;
    Bytes data;
};
/// Nothing for a damaged one, or one whose type is kept elsewhere.
[[nodiscard]] std::optional<Attribute> attribute(Bytes message);

struct Link {
    std::string name;
    std::uint64_t address = undefinedAddress; ///< undefined for what is no hard link
};
[[nodiscard]] std::optional<Link> link(Bytes message);

} // namespace graft::hdf5
