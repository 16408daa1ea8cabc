#include "graph/frontier.h"

#include "graph/analysis.h"
#include "graph/layertype.h"

#include <algorithm>

namespace graft {
namespace {

void addAttribute(Hasher &hasher, const AttributeValue &value)
{
    hasher.add(std::uint64_t{value.index()});
    if (const auto *list = std::get_if<std::vector<std::int64_t>>(&value))
        hasher.add(std::as_bytes(std::span(*list)));
    else if (const auto *text = std::get_if<std::string>(&value))
        hasher.add(std::string_view(*text));
    else if (const auto *number = std::get_if<double>(&value))
        hasher.add(std::as_bytes(std::span(number, 1)));
    else if (const auto *integer = std::get_if<std::int64_t>(&value))
        hasher.add(static_cast<std::uint64_t>(*integer));
    else
        hasher.add(std::uint64_t{std::get<bool>(value)});
}

Result<void> addTensor(Hasher &hasher, const Network &network, const StateDict &weights, const std::string &name)
{
    const auto tied = network.tiedTensors.find(name);
    const Tensor *tensor = weights.find(tied == network.tiedTensors.end() ? name : tied->second);
    if (!tensor)
        return fail(ErrorCode::WeightsMismatch, "The weights have no tensor `" + name + "`; use the weights of this network.", name);
    hasher.add(std::as_bytes(std::span(tensor->shape()))).add(graft::name(tensor->type())).add(tensor->bytes());
    return {};
}

} // namespace

std::vector<bool> layersBetween(const Network &network, const std::vector<LayerId> &from, const std::vector<LayerId> &to)
{
    std::vector<bool> between(network.layers().size(), false);
    std::vector<LayerId> left = to;
    while (!left.empty()) {
        const LayerId id = left.back();
        left.pop_back();
        const std::size_t index = network.indexOf(id);
        if (index == between.size() || between[index] || std::ranges::find(from, id) != from.end())
            continue;
        between[index] = true;
        const auto &inputs = network.layers()[index].inputs;
        left.insert(left.end(), inputs.begin(), inputs.end());
    }
    return between;
}

std::vector<LayerId> crossingLayers(const Network &network)
{
    const auto &layers = network.layers();
    const std::vector<bool> before = beforeFrontier(network);
    const std::vector<bool> idle = idleInTraining(network);
    std::vector<bool> crosses(layers.size(), false);
    for (std::size_t index = 0; index < layers.size(); ++index)
        for (const LayerId input : layers[index].inputs)
            if (const std::size_t source = network.indexOf(input); !before[index] && !idle[index] && before[source])
                crosses[source] = true;
    if (const std::size_t output = network.indexOf(network.output()); output < layers.size() && before[output])
        crosses[output] = true;

    std::vector<LayerId> result;
    for (std::size_t index = 0; index < layers.size(); ++index)
        if (crosses[index])
            result.push_back(layers[index].id);
    const std::vector<bool> needed = layersBetween(network, {}, result);
    for (std::size_t index = 0; index < layers.size(); ++index) {
        const LayerType *type = layerTypes().find(layers[index].type);
        if (needed[index] && type && type->tensors)
            return result;
    }
    return {};
}

bool cutsOff(const Network &network, const std::vector<LayerId> &from, const std::vector<LayerId> &to)
{
    const std::vector<bool> needed = layersBetween(network, from, to);
    for (std::size_t index = 0; index < needed.size(); ++index)
        if (needed[index] && network.layers()[index].type == "Input")
            return false;
    return true;
}

Result<std::unordered_map<int, Digest>> layerDigests(const Network &network, const StateDict &weights, const std::vector<LayerId> &outputs)
{
    const auto analysis = analyse(network);
    if (!analysis)
        return fail(analysis.error());
    const std::vector<bool> needed = layersBetween(network, {}, outputs);
    std::unordered_map<int, Digest> result;
    for (std::size_t index = 0; index < needed.size(); ++index) {
        if (!needed[index])
            continue;
        const Layer &layer = network.layers()[index];
        Hasher hasher;
        hasher.add(std::string_view(layer.type));
        for (const AttributeSchema &schema : layerTypes().find(layer.type)->schema) {
            const auto given = layer.attributes.find(schema.name);
            hasher.add(std::string_view(schema.name));
            addAttribute(hasher, given == layer.attributes.end() ? schema.defaultValue : given->second);
        }
        hasher.add(std::uint64_t{layer.inputs.size()});
        for (const LayerId input : layer.inputs)
            hasher.add(result.at(input.value));
        for (const TensorSpec &tensor : analysis->layers[index].tensors)
            if (auto added = addTensor(hasher, network, weights, tensorName(layer, tensor)); !added)
                return fail(added.error());
        result[layer.id.value] = hasher.digest();
    }
    return result;
}

} // namespace graft
