#pragma once
#include "training/batchsource.h"
#include "training/setfigures.h"

#include <ATen/ATen.h>

namespace graft {

/// A classifier's losses, for one label set or several. Internal to training/; LibTorch's exceptions pass through.
class LabelSetLoss {
public:
    /// Empty = one set of all logits.
    explicit LabelSetLoss(std::vector<LabelSet> sets) : m_sets(std::move(sets)) { }

    struct Labels {
        at::Tensor indices; ///< [N, sets]; −1 = not known
        std::vector<std::int64_t> known; ///< pictures whose label is known, per set
    };
    [[nodiscard]] Labels upload(const Batch &batch, at::Device device) const;
    /// Per set the mean cross-entropy over the pictures whose label is known, 0 when it is of none: [sets]. The loss is its sum.
    [[nodiscard]] at::Tensor perSet(const at::Tensor &logits, const Labels &labels, double labelSmoothing) const;
    /// Per set how often the highest logit is right: [sets], float32.
    [[nodiscard]] at::Tensor correct(const at::Tensor &logits, const Labels &labels) const;

private:
    std::vector<LabelSet> m_sets;
};

} // namespace graft
