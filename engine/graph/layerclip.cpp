#include "graph/editsupport.h"
#include "graph/layeredits.h"

#include <algorithm>

namespace graft {
namespace {

/// Those of `blocks` and of the names' other blocks that hold no layer but `chosen` ones, the largest for each layer.
std::vector<std::string> wholeBlocks(const Network &network, const std::set<LayerId> &chosen)
{
    std::unordered_set<std::string_view> partly; // blocks with a layer that is not chosen
    for (const Layer &layer : network.layers())
        if (!chosen.contains(layer.id))
            for (std::string_view block = parentBlock(layer.name); !block.empty(); block = parentBlock(block))
                partly.insert(block);
    std::vector<std::string> whole;
    for (const Layer &layer : network.layers()) {
        std::string_view largest;
        for (std::string_view block = parentBlock(layer.name); !block.empty() && !partly.contains(block); block = parentBlock(block))
            largest = block;
        if (chosen.contains(layer.id) && !largest.empty() && (whole.empty() || whole.back() != largest))
            whole.emplace_back(largest);
    }
    return whole;
}

/// Chosen layers with all of their inputs, those from outside too.
LayerClip clipOf(const Network &network, const StateDict &weights, const std::vector<LayerId> &layers)
{
    std::set<LayerId> chosen;
    for (const LayerId id : layers)
        if (const Layer *layer = network.find(id); layer && layer->type != "Input")
            chosen.insert(id);
    LayerClip clip;
    for (const Layer &layer : network.layers())
        if (chosen.contains(layer.id))
            clip.layers.push_back(layer);
    clip.blocks = wholeBlocks(network, chosen);
    const TensorOwners owners(network);
    const auto isChosen = [&](std::string_view tensor) {
        const Layer *owner = owners.of(tensor);
        return owner && chosen.contains(owner->id);
    };
    for (const auto &[name, tensor] : weights.entries())
        if (isChosen(name))
            clip.weights.set(name, tensor);
    for (const auto &[tied, owner] : network.tiedTensors) {
        if (!isChosen(tied))
            continue;
        if (isChosen(owner))
            clip.tiedTensors.emplace(tied, owner);
        else if (const Tensor *values = weights.find(owner))
            clip.weights.set(tied, *values); // without the other layer it has values of its own
    }
    return clip;
}

/// The clip's names in a network that has names of its own.
std::map<std::string, std::string, std::less<>> newNames(const Network &network, const LayerClip &clip)
{
    NameTable table(network);
    std::map<std::string, std::string, std::less<>> renamed, units;
    for (const Layer &layer : clip.layers) {
        const auto block = std::ranges::find_if(clip.blocks, [&](const std::string &name) { return isInBlock(layer.name, name); });
        const std::string &unit = block == clip.blocks.end() ? layer.name : *block;
        if (!units.contains(unit))
            units.emplace(unit, table.free(unit));
        std::string name = units[unit] + layer.name.substr(unit.size());
        table.take(name);
        renamed.emplace(layer.name, std::move(name));
    }
    return renamed;
}

/// The tensor's name when its layer is renamed.
std::string renamedTensor(const std::map<std::string, std::string, std::less<>> &names, std::string_view tensor)
{
    for (std::string_view layer = tensor; !layer.empty(); layer = parentBlock(layer))
        if (const auto found = names.find(layer); found != names.end())
            return found->second + std::string(tensor.substr(layer.size()));
    return std::string(tensor);
}

/// `keepsOutside`: inputs that are not in the clip are layers of this network.
std::vector<LayerId> addClip(Network &network, StateDict &weights, const LayerClip &clip, bool keepsOutside)
{
    const auto names = newNames(network, clip);
    std::map<LayerId, LayerId> ids;
    std::vector<LayerId> added;
    for (Layer layer : clip.layers) {
        const LayerId before = layer.id;
        std::vector<LayerId> inputs;
        for (const LayerId input : layer.inputs) {
            if (const auto inside = ids.find(input); inside != ids.end())
                inputs.push_back(inside->second);
            else if (keepsOutside)
                inputs.push_back(input);
        }
        layer.inputs = std::move(inputs);
        layer.name = names.at(layer.name);
        ids[before] = network.insert(std::move(layer), network.layers().size());
        added.push_back(ids[before]);
    }
    for (const auto &[name, tensor] : clip.weights.entries())
        weights.set(renamedTensor(names, name), tensor);
    for (const auto &[tied, owner] : clip.tiedTensors)
        network.tiedTensors.emplace(renamedTensor(names, tied), renamedTensor(names, owner));
    return added;
}

} // namespace

LayerClip copyLayers(const Network &network, const StateDict &weights, const std::vector<LayerId> &layers)
{
    LayerClip clip = clipOf(network, weights, layers);
    std::set<LayerId> chosen;
    for (const Layer &layer : clip.layers)
        chosen.insert(layer.id);
    for (Layer &layer : clip.layers)
        std::erase_if(layer.inputs, [&](LayerId input) { return !chosen.contains(input); });
    return clip;
}

Result<std::vector<LayerId>> pasteLayers(Network &network, StateDict &weights, const LayerClip &clip)
{
    if (clip.empty())
        return fail(ErrorCode::NetworkInvalid, "There are no copied layers to paste; copy some first.");
    if (network.empty())
        return fail(ErrorCode::NetworkInvalid, "There is no network to paste into; open a model first.");
    return addClip(network, weights, clip, false);
}

Result<std::vector<LayerId>> duplicateLayers(Network &network, StateDict &weights, const std::vector<LayerId> &layers)
{
    const LayerClip clip = clipOf(network, weights, layers);
    if (clip.empty())
        return fail(ErrorCode::NetworkInvalid, "There is nothing to duplicate: choose layers other than the Input.");
    return addClip(network, weights, clip, true);
}

} // namespace graft
