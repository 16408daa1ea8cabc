#include "core/digest.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <charconv>

namespace graft {
namespace {

Digest fromHash(XXH128_hash_t hash)
{
    return {hash.high64, hash.low64};
}

} // namespace

std::string hex(const Digest &digest)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint64_t half : {digest.high, digest.low})
        for (int shift = 60; shift >= 0; shift -= 4)
            text += digits[(half >> shift) & 0xF];
    return text;
}

Digest digestFromHex(std::string_view text)
{
    if (text.size() != 32)
        return {};
    Digest digest;
    const auto readHalf = [](std::string_view half, std::uint64_t &value) {
        const auto [end, error] = std::from_chars(half.data(), half.data() + half.size(), value, 16);
        return error == std::errc() && end == half.data() + half.size();
    };
    return readHalf(text.substr(0, 16), digest.high) && readHalf(text.substr(16), digest.low) ? digest : Digest{};
}

Digest digestOf(std::span<const std::byte> bytes)
{
    return fromHash(XXH3_128bits(bytes.data(), bytes.size()));
}

Digest digestOf(std::string_view text)
{
    return digestOf(std::as_bytes(std::span(text)));
}

struct Hasher::State {
    XXH3_state_t state;
};

Hasher::Hasher() : m_state(std::make_unique<State>())
{
    XXH3_128bits_reset(&m_state->state);
}

Hasher::~Hasher() = default;

Hasher &Hasher::add(std::span<const std::byte> bytes)
{
    const std::uint64_t size = bytes.size();
    XXH3_128bits_update(&m_state->state, &size, sizeof size);
    XXH3_128bits_update(&m_state->state, bytes.data(), bytes.size());
    return *this;
}

Hasher &Hasher::add(std::string_view text)
{
    return add(std::as_bytes(std::span(text)));
}

Hasher &Hasher::add(std::uint64_t number)
{
    return add(std::as_bytes(std::span(&number, 1)));
}

Hasher &Hasher::add(const Digest &digest)
{
    return add(digest.high).add(digest.low);
}

Digest Hasher::digest() const
{
    return fromHash(XXH3_128bits_digest(&m_state->state));
}

} // namespace graft
