#pragma once
#include "graph/analysis.h"

#include <optional>

namespace graft {

/// Walks a network once in its order and keeps each layer's shape: what analyse(), overview() and problems() share.
class ShapeWalk {
public:
    /// `network` must outlive it.
    explicit ShapeWalk(const Network &network) : m_network(network), m_known(network.layers().size()) { }

    /// Problems of the graph itself; they make the shapes meaningless.
    [[nodiscard]] std::vector<Error> structure() const;
    /// The layer at `index` of layers(), after those before it. Nothing when the shape of an input is not known and no more can be said.
    [[nodiscard]] std::optional<Result<LayerAnalysis>> layer(std::size_t index);

private:
    [[nodiscard]] const std::string &sourceName(LayerId id) const;

    const Network &m_network;
    std::vector<std::optional<Shape>> m_known;
};

/// Adds the layer's figures to the totals and to `all`, its index included; called in the order of the network's layers.
void append(NetworkAnalysis &all, LayerAnalysis figures, const Layer &layer, bool isForTrainingOnly);

/// Whether Graft can run layers of this one's type.
[[nodiscard]] bool isRunnable(const Layer &layer);
/// "`detect` is a NonMaxSuppression": what the opened file calls the step.
[[nodiscard]] std::string stepOf(const Layer &layer);

} // namespace graft
