#include "data/csv.h"

#include "core/strangetext.h"

namespace graft {
namespace {

std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

class CsvReader {
public:
    CsvReader(std::string_view text, const std::string &subject) : m_text(text), m_subject(subject) { }

    Result<std::vector<CsvRow>> read()
    {
        std::vector<CsvRow> rows;
        while (m_at < m_text.size()) {
            auto row = readRow();
            if (!row)
                return fail(row.error());
            if (row->cells.size() > 1 || !row->cells.front().empty())
                rows.push_back(std::move(*row));
        }
        return rows;
    }

private:
    [[nodiscard]] bool isAt(char letter) const { return m_at < m_text.size() && m_text[m_at] == letter; }
    [[nodiscard]] bool isAtLineEnd() const { return isAt('\n') || (isAt('\r') && m_at + 1 < m_text.size() && m_text[m_at + 1] == '\n'); }

    tl::unexpected<Error> broken(std::size_t line, const std::string &what) const
    {
        return fail(ErrorCode::DataInvalid,
            "Line " + std::to_string(line) + " of " + inQuotes(m_subject, '\'') + " " + what + "; mend the file.", m_subject);
    }

    Result<CsvRow> readRow()
    {
        CsvRow row{m_line, {}};
        for (;;) {
            auto cell = readCell();
            if (!cell)
                return fail(cell.error());
            row.cells.push_back(std::move(*cell));
            if (!isAt(','))
                break;
            ++m_at;
        }
        if (m_at < m_text.size()) {
            m_at += isAt('\r') ? 2 : 1;
            ++m_line;
        }
        return row;
    }

    Result<std::string> readCell()
    {
        while (isAt(' ') || isAt('\t'))
            ++m_at;
        if (isAt('"'))
            return readQuoted();
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && !isAt(',') && !isAtLineEnd())
            ++m_at;
        return trimmed(m_text.substr(begin, m_at - begin));
    }

    Result<std::string> readQuoted()
    {
        const std::size_t line = m_line;
        std::string cell;
        for (++m_at;; ++m_at) {
            if (m_at >= m_text.size())
                return broken(line, "has a quote that does not end");
            if (isAt('"')) {
                ++m_at;
                if (!isAt('"'))
                    break;
            }
            m_line += isAt('\n') ? 1 : 0;
            cell += m_text[m_at];
        }
        while (isAt(' ') || isAt('\t'))
            ++m_at;
        if (m_at < m_text.size() && !isAt(',') && !isAtLineEnd())
            return broken(m_line, "has text behind a quote");
        return cell;
    }

    std::string_view m_text;
    const std::string &m_subject;
    std::size_t m_at = 0, m_line = 1;
};

} // namespace

Result<std::vector<CsvRow>> parseCsv(std::string_view text, const std::string &subject)
{
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(byteOrderMark))
        text.remove_prefix(byteOrderMark.size());
    return CsvReader(text, subject).read();
}

} // namespace graft
