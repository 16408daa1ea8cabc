#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace graft {

struct ScriptToken {
    enum class Kind { Name, Integer, Real, Text, Symbol, Newline, Indent, Dedent, End, Bad };
    Kind kind = Kind::End;
    std::string_view text{}; ///< Name; Symbol: one character, or "->"
    std::string value{}; ///< Text, without quotes and escapes
    std::int64_t integer = 0;
    double real = 0;
};

/// Cuts code into tokens, one at a time; lines within brackets go on, indentation becomes Indent and Dedent.
class ScriptLexer {
public:
    explicit ScriptLexer(std::string_view text) : m_text(text) { }
    [[nodiscard]] ScriptToken next();
    [[nodiscard]] int line() const { return m_line; }

private:
    [[nodiscard]] bool atEnd() const { return m_position >= m_text.size(); }
    [[nodiscard]] char peek(std::size_t offset = 0) const;
    /// At the start of a line: an Indent or a Dedent, or End for neither.
    [[nodiscard]] ScriptToken indentation();
    void skipBlank();
    [[nodiscard]] ScriptToken name();
    [[nodiscard]] ScriptToken number();
    [[nodiscard]] ScriptToken quoted();
    [[nodiscard]] bool escape(std::string &value);
    [[nodiscard]] ScriptToken symbol();

    std::string_view m_text;
    std::size_t m_position = 0;
    int m_line = 1;
    int m_brackets = 0;
    bool m_lineStarts = true;
    std::vector<std::size_t> m_indents = {0};
    std::size_t m_dedents = 0; ///< still to be given
};

} // namespace graft
