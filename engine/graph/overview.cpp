#include "graph/overview.h"

#include "graph/limits.h"

#include <algorithm>

namespace graft {
namespace {

/// The layer's figures, or none when it or one before it cannot be judged.
LayerAnalysis figuresOf(const Network &network, const Layer &layer, const NetworkAnalysis &before)
{
    const LayerAnalysis unknown{.id = layer.id, .outputShape = {}, .tensors = {}};
    std::vector<Shape> shapes;
    std::vector<std::string> names;
    for (const LayerId input : layer.inputs) {
        const LayerAnalysis *source = before.find(input);
        if (!source || source->outputShape.empty())
            return unknown;
        shapes.push_back(source->outputShape);
        names.push_back(network.find(input)->name);
    }
    auto figures = analyseLayer(layer, shapes, names);
    if (!figures)
        return unknown;
    figures->id = layer.id;
    return std::move(*figures);
}

} // namespace

Result<NetworkAnalysis> overview(const Network &network)
{
    if (requireRunnable(network))
        return analyse(network);
    NetworkAnalysis result;
    for (const Layer &layer : network.layers()) {
        LayerAnalysis figures = figuresOf(network, layer, result);
        result.parameters = saturatingSum(result.parameters, figures.parameters);
        if (!layer.frozen)
            result.trainableParameters = saturatingSum(result.trainableParameters, figures.parameters);
        result.multiplyAdds = saturatingSum(result.multiplyAdds, figures.multiplyAdds);
        result.layers.push_back(std::move(figures));
    }
    return result;
}

} // namespace graft
