#include "graph/layeredits.h"

#include "graph/edits.h"
#include "graph/editsupport.h"
#include "graph/overview.h"

#include <algorithm>

namespace graft {
namespace {

/// The shape that comes out of a layer, where it is known.
std::optional<Shape> shapeBehind(const Network &network, LayerId layer)
{
    const auto figures = overview(network);
    const LayerAnalysis *found = figures ? figures->find(layer) : nullptr;
    return found && !found->outputShape.empty() ? std::optional(found->outputShape) : std::nullopt;
}

Result<Layer> layerBetween(const Network &network, const std::string &type, const Layer &from, const std::string &block)
{
    const LayerType *known = layerTypes().find(type);
    if (known && type != "Input" && known->maximumInputs == 0)
        return fail(
            ErrorCode::NetworkInvalid, "A " + type + " takes no input, so it cannot stand between two layers; put it beside them.", type);
    auto layer = freshLayer(type, freeName(network, joined(block, nameForType(type))), shapeBehind(network, from.id));
    if (layer)
        layer->inputs = {from.id};
    return layer;
}

/// What becomes of the inputs of the layers that stay when others go.
class Reconnection {
public:
    Reconnection(const Network &network, const std::set<LayerId> &gone) : m_network(network), m_gone(gone)
    {
        if (auto figures = overview(network))
            m_figures = std::move(*figures);
    }

    /// The layer itself, or the nearest one before it that stays, through first inputs; invalid when there is none.
    [[nodiscard]] LayerId standIn(LayerId id) const
    {
        while (m_gone.contains(id)) {
            const Layer &layer = *m_network.find(id);
            id = layer.inputs.empty() ? LayerId{} : layer.inputs.front();
        }
        return id;
    }

    [[nodiscard]] std::vector<LayerId> inputsOf(const Layer &layer) const
    {
        const bool fits = takesStandIns(layer);
        std::vector<LayerId> inputs;
        for (const LayerId input : layer.inputs) {
            if (!m_gone.contains(input)) {
                inputs.push_back(input);
                continue;
            }
            const LayerId other = standIn(input);
            const bool isTaken
                = std::ranges::find(layer.inputs, other) != layer.inputs.end() || std::ranges::find(inputs, other) != inputs.end();
            if (other.isValid() && !isTaken && (fits || shapeOf(other) == shapeOf(input)))
                inputs.push_back(other);
        }
        return inputs;
    }

private:
    [[nodiscard]] Shape shapeOf(LayerId id) const
    {
        const LayerAnalysis *found = m_figures.find(id);
        return found ? found->outputShape : Shape();
    }

    /// Whether the layer's own shapes allow all of its new inputs; also when they are not known.
    [[nodiscard]] bool takesStandIns(const Layer &layer) const
    {
        std::vector<Shape> shapes;
        for (const LayerId input : layer.inputs)
            shapes.push_back(shapeOf(standIn(input)));
        if (std::ranges::any_of(shapes, [](const Shape &shape) { return shape.empty(); }))
            return true;
        return analyseLayer(layer, shapes, std::vector<std::string>(shapes.size())).has_value();
    }

    const Network &m_network;
    const std::set<LayerId> &m_gone;
    NetworkAnalysis m_figures;
};

std::string quoted(const Layer &layer)
{
    return "`" + layer.name + "`";
}

/// Whether `to` may take one more output, or another one, in that place.
Result<void> requirePort(const Layer &to, int index)
{
    const LayerType *type = layerTypes().find(to.type);
    const int count = static_cast<int>(to.inputs.size());
    const bool mayGrow = type && (type->maximumInputs < 0 || count < type->maximumInputs);
    if (index >= 0 && (index < count || (index == count && mayGrow)))
        return {};
    const std::string most = type ? std::to_string(type->maximumInputs) : "0";
    return fail(ErrorCode::NetworkInvalid,
        type && type->maximumInputs == 0 ? to.type + " " + quoted(to) + " takes no input; connect to another layer."
                                         : to.type + " " + quoted(to) + " has no input " + std::to_string(index + 1) + " (it takes at most "
                + most + "); connect to one that it has.",
        to.name);
}

} // namespace

Result<LayerId> addLayer(Network &network, const std::string &type)
{
    auto layer = freshLayer(type, freeName(network, nameForType(type)), std::nullopt);
    if (!layer)
        return fail(layer.error());
    return network.insert(std::move(*layer), network.layers().size());
}

Result<LayerId> insertLayer(Network &network, const std::string &type, InputPort edge)
{
    const Layer *to = network.find(edge.layer);
    if (!to || edge.index < 0 || edge.index >= static_cast<int>(to->inputs.size()))
        return fail(ErrorCode::NetworkInvalid, "That connection is not in the network any more; choose another.");
    const Layer &from = *network.find(to->inputs[static_cast<std::size_t>(edge.index)]);
    auto layer = layerBetween(network, type, from, commonBlock(from.name, to->name));
    if (!layer)
        return fail(layer.error());
    const LayerId id = network.insert(std::move(*layer), network.indexOf(edge.layer));
    network.find(edge.layer)->inputs[static_cast<std::size_t>(edge.index)] = id;
    return id;
}

Result<LayerId> insertBehind(Network &network, const std::string &type, LayerId from)
{
    const auto source = requireLayer(network, from);
    if (!source)
        return fail(source.error());
    const std::vector<LayerId> consumers = network.consumers(from);
    const std::string block = consumers.empty() ? std::string(parentBlock((*source)->name))
                                                : commonBlock((*source)->name, network.find(consumers.front())->name);
    auto layer = layerBetween(network, type, **source, block);
    if (!layer)
        return fail(layer.error());
    const LayerId id = network.insert(std::move(*layer), network.indexOf(from) + 1);
    for (const LayerId consumer : consumers)
        std::ranges::replace(network.find(consumer)->inputs, from, id);
    if (network.output() == from)
        network.setOutput(id);
    for (AuxiliaryOutput &output : network.auxiliaryOutputs)
        if (output.layer == from)
            output.layer = id;
    return id;
}

Result<void> removeLayers(Network &network, StateDict &weights, const std::vector<LayerId> &layers)
{
    const std::set<LayerId> gone(layers.begin(), layers.end());
    for (const LayerId id : gone) {
        const auto layer = requireLayer(network, id);
        if (!layer)
            return fail(layer.error());
        if ((*layer)->type == "Input")
            return fail(
                ErrorCode::NetworkInvalid, "The Input " + quoted(**layer) + " cannot be removed: a network has one.", (*layer)->name);
    }
    const Reconnection reconnection(network, gone);
    const LayerId output = reconnection.standIn(network.output());
    std::vector<std::pair<LayerId, std::vector<LayerId>>> changed;
    for (const Layer &layer : network.layers())
        if (!gone.contains(layer.id) && std::ranges::any_of(layer.inputs, [&](LayerId input) { return gone.contains(input); }))
            changed.emplace_back(layer.id, reconnection.inputsOf(layer));
    for (auto &[id, inputs] : changed)
        network.find(id)->inputs = std::move(inputs);
    network.remove(layers);
    if (output.isValid())
        network.setOutput(output);
    const StateDict before = weights;
    dropStrayTensors(network, weights);
    restoreTies(network, weights, before);
    return {};
}

Result<void> connectLayers(Network &network, StateDict &weights, LayerId from, InputPort to)
{
    const auto source = requireLayer(network, from), target = requireLayer(network, to.layer);
    if (!source || !target)
        return fail(!source ? source.error() : target.error());
    if (auto port = requirePort(**target, to.index); !port)
        return port;
    const auto behind = descendants(network, to.layer);
    if (from == to.layer || std::ranges::find(behind, from) != behind.end())
        return fail(ErrorCode::NetworkInvalid,
            from == to.layer ? quoted(**source) + " cannot take its own output; connect it to another layer."
                             : quoted(**source) + " follows from " + quoted(**target) + " already, so connecting them would make a circle.",
            (*target)->name);
    auto &inputs = network.find(to.layer)->inputs;
    inputs.resize(std::max(inputs.size(), static_cast<std::size_t>(to.index) + 1));
    inputs[static_cast<std::size_t>(to.index)] = from;
    if (!network.restoreOrder())
        return fail(ErrorCode::Internal, "The layers could not be put in order.", (*target)->name);
    restoreTies(network, weights, StateDict(weights));
    return {};
}

Result<void> disconnect(Network &network, InputPort port)
{
    Layer *layer = network.find(port.layer);
    if (!layer || port.index < 0 || port.index >= static_cast<int>(layer->inputs.size()))
        return fail(ErrorCode::NetworkInvalid, "That connection is not in the network any more; choose another.");
    layer->inputs.erase(layer->inputs.begin() + port.index);
    return {};
}

std::vector<ConnectionTarget> validTargets(const Network &network, const NetworkAnalysis &figures, LayerId from)
{
    std::set<LayerId> before = {from};
    for (const LayerId ancestor : ancestors(network, from))
        before.insert(ancestor);
    const auto shapeOf = [&](LayerId id) {
        const LayerAnalysis *found = figures.find(id);
        return found ? found->outputShape : Shape();
    };
    const auto takes = [&](Layer layer, std::size_t index) {
        layer.inputs.resize(std::max(layer.inputs.size(), index + 1));
        layer.inputs[index] = from;
        std::vector<Shape> shapes;
        for (const LayerId input : layer.inputs)
            shapes.push_back(shapeOf(input));
        const bool isKnown = std::ranges::none_of(shapes, [](const Shape &shape) { return shape.empty(); });
        return !isKnown || !validate(layer) || analyseLayer(layer, shapes, std::vector<std::string>(shapes.size())).has_value();
    };
    std::vector<ConnectionTarget> targets;
    for (const Layer &layer : network.layers()) {
        const LayerType *type = layerTypes().find(layer.type);
        if (!type || !type->forward || before.contains(layer.id))
            continue;
        const std::size_t count = layer.inputs.size();
        const std::size_t ports = count + (type->maximumInputs < 0 || static_cast<int>(count) < type->maximumInputs ? 1 : 0);
        for (std::size_t index = 0; index < ports; ++index)
            if (index == count || layer.inputs[index] != from)
                targets.push_back({{layer.id, static_cast<int>(index)}, takes(layer, index)});
    }
    return targets;
}

Result<void> setOutput(Network &network, LayerId layer)
{
    if (const auto found = requireLayer(network, layer); !found)
        return fail(found.error());
    network.setOutput(layer);
    return {};
}

} // namespace graft
