#pragma once
#include "core/result.h"

#include <QString>

namespace graft {

/// A few words in the person's language for what kind of thing went wrong; the engine's own sentence says the rest.
[[nodiscard]] QString headline(ErrorCode code);

} // namespace graft
