#pragma once
#include <QStringList>

namespace graft {

/// The activation types that need no setting of their own, by the alphabet.
[[nodiscard]] QStringList activationChoices();

} // namespace graft
