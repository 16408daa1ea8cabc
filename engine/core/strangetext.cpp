#include "core/strangetext.h"

#include <algorithm>

namespace graft {
namespace {

/// The longest start of `text` of at most `bytes` that does not end inside a character of UTF-8.
std::string_view startOf(std::string_view text, std::size_t bytes)
{
    const auto continues = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; };
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && continues(text[bytes]))
        --bytes;
    return text.substr(0, bytes);
}

bool isControl(unsigned char byte)
{
    return byte < 0x20 || byte == 0x7F;
}

} // namespace

std::string asSentence(std::string text)
{
    constexpr std::size_t longest = 4000, lastPart = 500;
    std::ranges::replace_if(text, isControl, ' ');
    if (text.size() <= longest)
        return text;
    const std::string_view whole = text;
    const std::string_view first = startOf(whole, longest - lastPart - 3);
    // The end says what to do.
    return std::string(first) + "…" + std::string(whole.substr(startOf(whole, whole.size() - lastPart + 1).size()));
}

std::string inQuotes(std::string_view name, char quote)
{
    constexpr std::size_t longest = 80;
    std::string start(startOf(name, longest));
    std::ranges::replace_if(start, isControl, '?');
    return quote + start + (start.size() < name.size() ? "…" : "") + quote;
}

} // namespace graft
