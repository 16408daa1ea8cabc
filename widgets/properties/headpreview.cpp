#include "properties/headpreview.h"

#include "common/text.h"
#include "graph/layertext.h"
#include "graph/overview.h"

#include <algorithm>
#include <set>

namespace graft {

namespace {

HeadPreview failed(const Error &error)
{
    HeadPreview preview;
    preview.problem = fromEngine(error.message);
    return preview;
}

HeadPreview::Step step(const Layer &layer, const NetworkAnalysis &figures)
{
    const LayerAnalysis *found = figures.find(layer.id);
    return {fromEngine(layer.name), fromEngine(layer.type), attributeSummary(layer), found ? found->outputShape : Shape(),
        found ? qint64{found->parameters} : 0, 0, -1};
}

/// "species" of "head.species.fc"
QString innerBlock(const QString &layerName)
{
    return layerName.section(QLatin1Char('.'), -2, -2);
}

/// Stands the layers of several heads beside one another: those of each head in a column, what follows them below.
void arrange(HeadPreview &preview, const Network &network)
{
    const std::vector<LayerId> classifiers = outputClassifiers(network);
    if (classifiers.size() > 1)
        for (const LayerId classifier : classifiers)
            preview.branches.push_back(innerBlock(fromEngine(network.find(classifier)->name)));
    std::vector<int> rows(preview.branches.size(), 1);
    int below = 0;
    for (HeadPreview::Step &step : preview.steps) {
        const auto branch = std::find(preview.branches.begin(), preview.branches.end(), innerBlock(step.name));
        if (branch == preview.branches.end()) {
            step.row = below++;
        } else {
            step.branch = int(branch - preview.branches.begin());
            step.row = rows[std::size_t(step.branch)]++;
            below = std::max(below, step.row + 1);
        }
    }
}

/// What follows `trunk` on the way to the network's output.
HeadPreview describe(const Network &before, const Network &after, LayerId trunk)
{
    const auto figures = overview(after);
    if (!figures)
        return failed(figures.error());
    HeadPreview preview;
    const std::vector<bool> inTrainingOnly = trainingOnly(after);
    std::set<LayerId> reached{trunk};
    for (std::size_t i = 0; i < after.layers().size(); ++i) {
        const Layer &layer = after.layers()[i];
        const bool follows = std::any_of(layer.inputs.begin(), layer.inputs.end(), [&](LayerId input) { return reached.contains(input); });
        if (layer.id != trunk && (!follows || inTrainingOnly[i]))
            continue;
        reached.insert(layer.id);
        preview.steps.push_back(step(layer, *figures));
        preview.parameters += layer.id == trunk ? 0 : preview.steps.back().parameters;
    }
    arrange(preview, after);
    preview.auxiliaryClassifiers = static_cast<int>(after.auxiliaryOutputs.size());
    preview.removedLayers = static_cast<int>(
        std::count_if(before.layers().begin(), before.layers().end(), [&](const Layer &layer) { return !after.find(layer.id); }));
    return preview;
}

} // namespace

HeadPreview previewHead(const Network &network, const HeadPlan &plan)
{
    Network after = network;
    StateDict none;
    if (const auto replaced = replaceHead(after, none, plan); !replaced)
        return failed(replaced.error());
    const auto end = trunkEnd(after);
    return end ? describe(network, after, end->features) : failed(end.error());
}

HeadPreview previewCut(const Network &network, LayerId layer, const HeadPlan &plan)
{
    Network after = network;
    StateDict none;
    if (const auto cut = cutAt(after, none, layer, plan); !cut)
        return failed(cut.error());
    return describe(network, after, layer);
}

} // namespace graft
