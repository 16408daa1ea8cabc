#include "formats/support/scriptlexer.h"

#include <charconv>

namespace graft {
namespace {

using Kind = ScriptToken::Kind;

constexpr std::size_t deepestIndentation = 400;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool startsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

} // namespace

char ScriptLexer::peek(std::size_t offset) const
{
    return offset < m_text.size() - m_position ? m_text[m_position + offset] : '\0';
}

ScriptToken ScriptLexer::indentation()
{
    std::size_t width = 0;
    for (;;) {
        width = 0;
        while (peek() == ' ') {
            ++m_position;
            ++width;
        }
        if (peek() == '#')
            while (!atEnd() && peek() != '\n')
                ++m_position;
        if (peek() == '\r')
            ++m_position;
        if (atEnd() || peek() != '\n')
            break;
        ++m_position;
        ++m_line;
    }
    m_lineStarts = false;
    if (atEnd())
        width = 0;
    if (width > m_indents.back()) {
        if (m_indents.size() >= deepestIndentation)
            return {.kind = Kind::Bad};
        m_indents.push_back(width);
        return {.kind = Kind::Indent};
    }
    while (width < m_indents.back()) {
        m_indents.pop_back();
        ++m_dedents;
    }
    return {.kind = width == m_indents.back() ? Kind::End : Kind::Bad};
}

void ScriptLexer::skipBlank()
{
    for (; !atEnd(); ++m_position) {
        if (peek() == '\n' && m_brackets > 0)
            ++m_line;
        else if (peek() == '#')
            while (!atEnd() && peek(1) != '\n' && m_position + 1 < m_text.size())
                ++m_position;
        else if (peek() != ' ' && peek() != '\r' && peek() != '\t')
            return;
    }
}

ScriptToken ScriptLexer::next()
{
    if (m_dedents == 0 && m_lineStarts)
        if (auto token = indentation(); token.kind != Kind::End)
            return token;
    if (m_dedents > 0) {
        --m_dedents;
        return {.kind = Kind::Dedent};
    }
    skipBlank();
    if (atEnd())
        return {};
    const char c = peek();
    if (c == '\n') {
        ++m_position;
        ++m_line;
        m_lineStarts = true;
        return {.kind = Kind::Newline};
    }
    if (startsName(c))
        return name();
    if (isDigit(c))
        return number();
    return c == '"' || c == '\'' ? quoted() : symbol();
}

ScriptToken ScriptLexer::name()
{
    const std::size_t start = m_position;
    while (startsName(peek()) || isDigit(peek()))
        ++m_position;
    return {.kind = Kind::Name, .text = m_text.substr(start, m_position - start)};
}

ScriptToken ScriptLexer::number()
{
    const std::size_t start = m_position;
    bool isReal = false;
    for (; !atEnd(); ++m_position) {
        const char c = peek();
        const bool isExponent = c == 'e' || c == 'E';
        if (isExponent && (peek(1) == '-' || peek(1) == '+'))
            ++m_position;
        else if (!isExponent && c != '.' && !isDigit(c))
            break;
        isReal = isReal || isExponent || c == '.';
    }
    const std::string_view text = m_text.substr(start, m_position - start);
    ScriptToken token{.kind = isReal ? Kind::Real : Kind::Integer, .text = text};
    const char *end = text.data() + text.size();
    const auto read = isReal ? std::from_chars(text.data(), end, token.real) : std::from_chars(text.data(), end, token.integer);
    // A number that 64 bits do not hold counts as the nearest one.
    if (read.ptr != end || read.ec == std::errc::invalid_argument)
        token.kind = Kind::Bad;
    else if (read.ec == std::errc::result_out_of_range && !isReal)
        token.integer = INT64_MAX;
    return token;
}

bool ScriptLexer::escape(std::string &value)
{
    const char c = peek();
    ++m_position;
    switch (c) {
    case 'n': value += '\n'; return true;
    case 't': value += '\t'; return true;
    case 'r': value += '\r'; return true;
    case 'a': value += '\a'; return true;
    case 'b': value += '\b'; return true;
    case 'f': value += '\f'; return true;
    case 'v': value += '\v'; return true;
    case '\\':
    case '"':
    case '\'': value += c; return true;
    default: break;
    }
    int code = 0;
    --m_position;
    for (int digits = 0; digits < 3; ++digits, ++m_position) {
        if (peek() < '0' || peek() > '7')
            return false;
        code = code * 8 + (peek() - '0');
    }
    value += static_cast<char>(code);
    return true;
}

ScriptToken ScriptLexer::quoted()
{
    const char quote = peek();
    ScriptToken token{.kind = Kind::Text};
    ++m_position;
    while (!atEnd() && peek() != '\n') {
        const char c = peek();
        ++m_position;
        if (c == quote)
            return token;
        if (c != '\\')
            token.value += c;
        else if (atEnd() || !escape(token.value))
            break;
    }
    return {.kind = Kind::Bad};
}

ScriptToken ScriptLexer::symbol()
{
    const std::size_t length = peek() == '-' && peek(1) == '>' ? 2 : 1;
    const std::string_view text = m_text.substr(m_position, length);
    if (std::string_view("()[]{},:.=->@*").find(text.front()) == std::string_view::npos)
        return {.kind = Kind::Bad};
    if (std::string_view("([{").find(text) != std::string_view::npos)
        ++m_brackets;
    else if (std::string_view(")]}").find(text) != std::string_view::npos && m_brackets > 0)
        --m_brackets;
    m_position += length;
    return {.kind = Kind::Symbol, .text = text};
}

} // namespace graft
