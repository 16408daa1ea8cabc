#include "graph/overview.h"

#include "graph/shapewalk.h"

namespace graft {

Result<NetworkCheck> check(const Network &network)
{
    ShapeWalk walk(network);
    if (const auto found = walk.structure(); !found.empty())
        return fail(found.front());
    NetworkCheck result;
    result.figures.layers.reserve(network.layers().size());
    const std::vector<bool> inTrainingOnly = trainingOnly(network);
    for (std::size_t index = 0; index < network.layers().size(); ++index) {
        const Layer &layer = network.layers()[index];
        auto figures = walk.layer(index);
        if (figures && !*figures)
            result.problems.push_back(figures->error());
        else if (!isRunnable(layer))
            result.problems.push_back({ErrorCode::NetworkInvalid,
                stepOf(layer) + ", which Graft has no layer for; it can be looked at but not run: remove it or replace it.", layer.name});
        LayerAnalysis known;
        known.id = layer.id;
        if (figures && *figures)
            known = std::move(**figures);
        append(result.figures, std::move(known), layer, inTrainingOnly[index]);
    }
    return result;
}

Result<NetworkAnalysis> overview(const Network &network)
{
    auto checked = check(network);
    if (!checked)
        return fail(checked.error());
    return std::move(checked->figures);
}

std::vector<Error> problems(const Network &network)
{
    if (auto found = ShapeWalk(network).structure(); !found.empty())
        return found;
    return check(network)->problems;
}

} // namespace graft
