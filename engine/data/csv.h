#pragma once
#include "core/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace graft {

struct CsvRow {
    std::size_t line = 0; ///< where it begins, from 1
    std::vector<std::string> cells; ///< without spaces and tabs around them, unless they are in quotes
};

/// The rows of a text as RFC 4180 has it: commas between cells, quotes around those with commas, quotes or line ends in them. LF ends a
/// line as well as CRLF; empty lines and a byte order mark do not count. DataInvalid with the line for a quote that does not end and for
/// text behind one that does; `subject` is the file for the sentence.
[[nodiscard]] Result<std::vector<CsvRow>> parseCsv(std::string_view text, const std::string &subject);

} // namespace graft
