#pragma once
#include "graph/analysis.h"

namespace graft {

/// What can be said of a network that is to be looked at: as analyse(), and where steps without a layer (Opaque) hide the shapes behind
/// them, those layers have an empty shape and no figures instead of being an error. Any thread.
[[nodiscard]] Result<NetworkAnalysis> overview(const Network &network);

} // namespace graft
