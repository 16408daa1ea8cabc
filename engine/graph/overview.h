#pragma once
#include "graph/analysis.h"

namespace graft {

/// What can be said of a network while it is edited.
struct NetworkCheck {
    /// As analyse(). A layer that cannot be judged (an input is missing or its shape unknown, its own shape is wrong, a step without a
    /// layer) has an empty shape and no figures.
    NetworkAnalysis figures;
    std::vector<Error> problems; ///< as problems(): the subject of each is its layer's name
};

/// Fails for a graph that is no network only: no Input first, two layers of one name, inputs that are not there or come later. Any thread;
/// microseconds a layer.
[[nodiscard]] Result<NetworkCheck> check(const Network &network);

/// The figures alone.
[[nodiscard]] Result<NetworkAnalysis> overview(const Network &network);

} // namespace graft
