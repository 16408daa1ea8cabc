#pragma once
#include <string>
#include <string_view>

namespace graft {

/// One line of at most 4,000 bytes, whatever a stranger's file put into a message: control characters become spaces, and the middle of a
/// longer text becomes "…"; its end, which says what to do, stays.
[[nodiscard]] std::string asSentence(std::string text);

/// A name from a stranger's file as a sentence quotes it: at most 80 bytes of it, "?" for each control character.
[[nodiscard]] std::string inQuotes(std::string_view name, char quote = '`');

} // namespace graft
