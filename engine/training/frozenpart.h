#pragma once
#include "graph/analysis.h"
#include "graph/network.h"
#include "nn/device.h"
#include "training/batchsource.h"
#include "training/featurefolder.h"

#include <memory>

namespace graft {

/// What lies before the frozen frontier, as it is run once per picture: makes the outputs that cross it, in the numbers in which they are
/// kept (bfloat16 where the run computes in it, else float32). It is put together when it is first run, so that a run which finds all its
/// features kept does not pay for it. Training thread only; what LibTorch throws comes back as an Error.
class FrozenPart {
public:
    /// Of `weights` it keeps what it needs. WeightsMismatch, NetworkInvalid.
    [[nodiscard]] static Result<std::unique_ptr<FrozenPart>> create(
        Network network, const StateDict &weights, std::vector<LayerId> crossing, Device device, bool bfloat16);
    ~FrozenPart();
    /// That are run at once: enough to keep the device busy, few enough for their activations to stay small.
    [[nodiscard]] static std::int64_t picturesTogether(Device device);

    [[nodiscard]] const std::vector<LayerId> &crossing() const { return m_crossing; }
    [[nodiscard]] const StateDict &weights() const { return m_weights; } ///< those of the frozen part alone
    [[nodiscard]] Shape pictureShape() const { return m_network.inputShape(); }
    /// What it makes of pictures of these settings.
    [[nodiscard]] FeatureSet featuresOf(const Digest &pictureSettings) const;
    /// Of the sets that are kept of the same pictures the one from whose layers least is left to do, with these layers in its order; no
    /// layers when there is none.
    struct Start {
        FeatureSet set;
        std::vector<LayerId> layers;
    };
    [[nodiscard]] Start bestStart(const FeatureSet &wanted, const std::vector<FeatureSet> &kept) const;

    /// [N, C, H, W] pictures, levels where there are scales (see Batch) → of each crossing layer [N, …], in the type of FeatureSet.
    [[nodiscard]] Result<std::vector<Tensor>> run(const Tensor &pictures, const std::vector<LevelScale> &scales);
    /// The same from the outputs of earlier layers.
    [[nodiscard]] Result<std::vector<Tensor>> runFrom(
        const std::vector<LayerId> &layers, const std::vector<Tensor> &outputs, const std::vector<LevelScale> &scales = {});

private:
    struct Compiled;
    FrozenPart(Network network, NetworkAnalysis analysis, std::vector<LayerId> crossing, Device device, bool bfloat16);

    Network m_network;
    NetworkAnalysis m_analysis;
    StateDict m_weights;
    std::vector<LayerId> m_crossing;
    Device m_device;
    bool m_bfloat16;
    std::unordered_map<int, Digest> m_digests; ///< by layer
    std::vector<std::unique_ptr<Compiled>> m_compiled; ///< by where they start
};

} // namespace graft
