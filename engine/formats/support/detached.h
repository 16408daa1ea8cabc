#pragma once
#include "core/tensor.h"

namespace graft {

/// The same tensors in memory of their own: a file that another program cuts while it is mapped would take Graft down with it.
[[nodiscard]] StateDict detached(const StateDict &views);

} // namespace graft
