#pragma once
#include "graph/analysis.h"

namespace graft {

/// Low-rank adaptation (LoRA): beside a frozen layer, a branch of `rank` features learns what is added to its output.
struct LoraPlan {
    std::int64_t rank = 8;
    double alpha = 16; ///< the branch counts alpha / rank times
    bool operator==(const LoraPlan &) const = default;
};

/// Puts a LoRA branch beside each Linear and each Conv2d without groups among `layers` and freezes these: `fc` → `fc_lora_a` (to `rank`),
/// `fc_lora_b` (back), `fc_lora_scale` and the sum `fc_lora`, which takes its place. `fc_lora_b` starts as zeros, so that the answers stay.
/// Left out: other types, the classifiers (they are trained anyway), what has a branch already. The layers that got one; SettingInvalid
/// when none can.
[[nodiscard]] Result<std::vector<LayerId>> addLora(
    Network &network, StateDict &weights, const std::vector<LayerId> &layers, const LoraPlan &plan);

/// Puts a bottleneck adapter behind each Linear and Conv2d among `layers` and freezes these: x + up(ReLU(down(x))) with `width` features in
/// between. The part back up starts as zeros. Classifiers are left out.
[[nodiscard]] Result<std::vector<LayerId>> addBottlenecks(
    Network &network, StateDict &weights, const std::vector<LayerId> &layers, std::int64_t width);

/// Whether the layer is one that learns in a LoRA branch or a bottleneck adapter, by its name: trained when all but the head is frozen.
[[nodiscard]] bool isAdapterLayer(const Layer &layer);
/// Whether there are LoRA branches that mergeAdapters() would fold.
[[nodiscard]] bool hasLora(const Network &network);
/// Folds each LoRA branch into the weights of the layer beside it and takes it away; the answers stay, up to rounding. Bottleneck adapters
/// cannot be folded and stay. The weights must be complete. How many branches were folded.
[[nodiscard]] Result<int> mergeAdapters(Network &network, StateDict &weights);

} // namespace graft
