#pragma once
#include "training/session.h"

namespace graft {

/// What a step adds to the figures of one label set.
struct SetFigures {
    double loss = 0; ///< summed over the pictures
    double correct = 0; ///< pictures whose highest logit of the set was right
    double samples = 0; ///< pictures whose label is known
    bool operator==(const SetFigures &) const = default;
};

/// `sums` may be empty at first.
void add(std::vector<SetFigures> &sums, const std::vector<SetFigures> &more);
/// As Metrics says; those of each set are left out when there is one.
[[nodiscard]] Metrics metricsOf(const std::vector<SetFigures> &sums, const std::vector<LabelSet> &sets);

} // namespace graft
