#pragma once
#include "common/wording.h"
#include "graph/blocktree.h"

#include <QString>
#include <span>
#include <vector>

namespace graft {

/// Figures that colour the layers of a graph, one overlay at a time. Plain data.
struct GraphOverlay {
    enum class Kind {
        Training, ///< frozen or trainable: how the boxes look by themselves; no figures
        Parameters,
        MultiplyAdds,
        ActivationMemory, ///< bytes of the output for one picture, as float32
        Time, ///< measured seconds of the layer
        Drift, ///< L2 norm of the change of the layer's parameters since they were loaded
        Gradient, ///< L2 norm of the gradient of the layer's parameters
    };
    Kind kind = Kind::Training;
    std::vector<double> values; ///< per index in Network::layers(); NaN = not known; empty = nothing is known yet
    /// Empty, or as `values` what each is a share of (Drift: the L2 norm of what was loaded); the graph shows shares then.
    std::vector<double> references = {};
    Wording note = {}; ///< the circumstances, for the legend: "Batch of 32, forward, CPU"
};

/// In the order of the chooser.
inline constexpr GraphOverlay::Kind overlayKinds[]
    = {GraphOverlay::Kind::Training, GraphOverlay::Kind::Parameters, GraphOverlay::Kind::MultiplyAdds, GraphOverlay::Kind::ActivationMemory,
        GraphOverlay::Kind::Time, GraphOverlay::Kind::Drift, GraphOverlay::Kind::Gradient};

/// Whether the figures follow from the network alone; the others come from outside.
[[nodiscard]] bool isFromAnalysis(GraphOverlay::Kind kind);
[[nodiscard]] GraphOverlay analysisOverlay(GraphOverlay::Kind kind, const NetworkAnalysis &analysis);

[[nodiscard]] QString overlayTitle(GraphOverlay::Kind kind);
/// What a figure counts, and how blocks make theirs: "for one picture; blocks: sum".
[[nodiscard]] QString overlayUnit(const GraphOverlay &overlay);
/// Why there are no figures yet, and what the button that asks for them says.
[[nodiscard]] QString overlayMissing(GraphOverlay::Kind kind);
[[nodiscard]] QString overlayRequestText(GraphOverlay::Kind kind);
/// A figure with its unit: "25.6 M", "1.25 ms", "3.4 %"; a dash for NaN.
[[nodiscard]] QString overlayFigure(const GraphOverlay &overlay, double figure);

/// Per node of the tree what is shown there: of blocks the sum, of Drift and Gradient the norm, over what is known. NaN where nothing is.
[[nodiscard]] std::vector<double> nodeFigures(const GraphOverlay &overlay, const BlockTree &tree);

/// The figures, which are those of the layers `from`, at the places that these layers have in another network; NaN for its new layers.
[[nodiscard]] std::vector<double> carriedOver(std::span<const double> values, std::span<const LayerId> from, const Network &to);

} // namespace graft
