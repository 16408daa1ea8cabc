#pragma once
#include "core/tensor.h"

#include <QString>

namespace graft {

/// Numbers for people, in the present locale, with sensible digits.
[[nodiscard]] QString formatCount(qint64 count); ///< "950", "25.6 M"
[[nodiscard]] QString formatMultiplyAdds(qint64 multiplyAdds); ///< "4.09 GMACs"
[[nodiscard]] QString formatBytes(qint64 bytes); ///< "97.8 MB", in steps of 1000
[[nodiscard]] QString formatDuration(double seconds); ///< "0.4 s", "1 min 20 s", "2 h 5 min"
[[nodiscard]] QString formatPercent(double share); ///< 0.954 → "95.4 %", 0.0001 → "< 0.1 %"
/// The same, not to be broken into two lines.
[[nodiscard]] QString unbroken(QString figure);
[[nodiscard]] QString formatShape(const Shape &shape); ///< "64 × 112 × 112"; "?" for an empty one, which is not known

/// The engine speaks UTF-8.
[[nodiscard]] QString fromEngine(const std::string &text);
/// What the engine says of a layer type or an attribute, in the person's language where translations/enginetexts.cpp has it.
[[nodiscard]] QString engineText(const std::string &text);

} // namespace graft
