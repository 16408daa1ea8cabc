#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace graft {

/// 128 bits that stand for some content: different content has different ones for all practical purposes, though not against someone
/// who makes it on purpose. XXH3, so that it costs less than reading the content from memory.
struct Digest {
    std::uint64_t high = 0, low = 0;
    auto operator<=>(const Digest &) const = default;
    [[nodiscard]] bool isNull() const { return high == 0 && low == 0; } ///< stands for nothing
};
/// 32 hexadecimal digits.
[[nodiscard]] std::string hex(const Digest &digest);
/// Null for anything but 32 hexadecimal digits.
[[nodiscard]] Digest digestFromHex(std::string_view text);
[[nodiscard]] Digest digestOf(std::span<const std::byte> bytes);
[[nodiscard]] Digest digestOf(std::string_view text);

/// Makes the digest of several parts. Each counts with its length, so that "ab", "c" and "a", "bc" differ.
class Hasher {
public:
    Hasher();
    ~Hasher();
    Hasher(const Hasher &) = delete;
    Hasher &operator=(const Hasher &) = delete;
    Hasher &add(std::span<const std::byte> bytes);
    Hasher &add(std::string_view text);
    Hasher &add(std::uint64_t number);
    Hasher &add(const Digest &digest);
    [[nodiscard]] Digest digest() const; ///< of what was added so far

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace graft

template <>
struct std::hash<graft::Digest> {
    [[nodiscard]] std::size_t operator()(const graft::Digest &digest) const noexcept { return static_cast<std::size_t>(digest.low); }
};
