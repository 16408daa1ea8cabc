#include "graph/editsupport.h"

#include <algorithm>

namespace graft {
namespace {

/// The rest of a name behind its block.
std::string_view lastPart(std::string_view name)
{
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

bool isDigits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Where a number stands at the end of a name: behind the dot ("layer1.2") or behind an underscore ("conv1_2"); none otherwise.
std::optional<std::size_t> numberAt(std::string_view name)
{
    constexpr std::size_t longest = 6;
    const std::string_view last = lastPart(name);
    if (isDigits(last) && last.size() <= longest)
        return name.size() - last.size();
    const auto underscore = last.rfind('_');
    if (underscore == std::string_view::npos || underscore == 0)
        return std::nullopt;
    const std::string_view number = last.substr(underscore + 1);
    return isDigits(number) && number.size() <= longest ? std::optional(name.size() - number.size()) : std::nullopt;
}

/// The tensor at the end of a chain of ties.
std::string ownerAtEnd(const Network &network, const std::string &tensor)
{
    std::string owner = tensor;
    for (std::size_t steps = 0; steps <= network.tiedTensors.size(); ++steps) {
        const auto next = network.tiedTensors.find(owner);
        if (next == network.tiedTensors.end())
            break;
        owner = next->second;
    }
    return owner;
}

} // namespace

NameTable::NameTable(const Network &network)
{
    for (const Layer &layer : network.layers())
        take(layer.name);
}

void NameTable::take(std::string_view name)
{
    m_layers.emplace(name);
    for (std::string_view block = parentBlock(name); !block.empty(); block = parentBlock(block))
        if (!m_blocks.emplace(block).second)
            break;
}

bool NameTable::isFree(std::string_view name) const
{
    if (m_blocks.contains(std::string(name)))
        return false;
    for (; !name.empty(); name = parentBlock(name))
        if (m_layers.contains(std::string(name)))
            return false;
    return true;
}

std::string NameTable::free(const std::string &wanted) const
{
    if (isFree(wanted))
        return wanted;
    const std::string block(parentBlock(wanted));
    bool isInLayer = false;
    for (std::string_view outer = block; !outer.empty(); outer = parentBlock(outer))
        isInLayer = isInLayer || m_layers.contains(std::string(outer));
    if (isInLayer)
        return free(joined(free(block), lastPart(wanted)));
    const auto at = numberAt(wanted);
    const std::string stem = at ? wanted.substr(0, *at) : wanted + "_";
    for (int number = at ? std::stoi(wanted.substr(*at)) + 1 : 2;; ++number)
        if (std::string name = stem + std::to_string(number); isFree(name))
            return name;
}

TensorOwners::TensorOwners(const Network &network)
{
    for (const Layer &layer : network.layers())
        m_layers.emplace(layer.name, &layer);
}

const Layer *TensorOwners::of(std::string_view tensorName) const
{
    for (; !tensorName.empty(); tensorName = parentBlock(tensorName))
        if (const auto found = m_layers.find(tensorName); found != m_layers.end())
            return found->second;
    return nullptr;
}

void dropStrayTensors(const Network &network, StateDict &weights)
{
    const TensorOwners owners(network);
    StateDict kept;
    for (const auto &[name, tensor] : weights.entries())
        if (owners.of(name))
            kept.set(name, tensor);
    if (kept.size() != weights.size())
        weights = std::move(kept);
}

void restoreTies(Network &network, StateDict &weights, const StateDict &before)
{
    if (network.tiedTensors.empty())
        return;
    std::map<std::string, std::set<std::string>> groups; // the owner until now → all of its group
    for (const auto &[tied, owner] : network.tiedTensors)
        groups[ownerAtEnd(network, tied)].insert(tied);
    network.tiedTensors.clear();
    const TensorOwners owners(network);
    for (auto &[owner, members] : groups) {
        members.insert(owner);
        std::erase_if(members, [&](const std::string &name) { return !owners.of(name); });
        if (members.empty())
            continue;
        const auto first
            = std::ranges::min_element(members, {}, [&](const std::string &name) { return network.indexOf(owners.of(name)->id); });
        if (const Tensor *values = before.find(owner); values && *first != owner)
            weights.set(*first, *values);
        for (const std::string &name : members)
            if (name != *first)
                network.tiedTensors.emplace(name, *first);
    }
}

Result<const Layer *> requireLayer(const Network &network, LayerId id)
{
    if (const Layer *layer = network.find(id))
        return layer;
    return fail(ErrorCode::NetworkInvalid, "That layer is not in the network any more; choose another.");
}

Result<Layer> freshLayer(const std::string &type, std::string name, const std::optional<Shape> &shape)
{
    const LayerType *known = layerTypes().find(type);
    if (!known || !known->forward)
        return fail(ErrorCode::NetworkInvalid, "There is no layer type '" + type + "' to add; choose one of the library.", type);
    if (type == "Input")
        return fail(
            ErrorCode::NetworkInvalid, "A network has one Input, so a second cannot be added; connect to the one that is there.", type);
    Layer layer;
    layer.name = std::move(name);
    layer.type = type;
    if (shape && !shape->empty() && known->fittedTo)
        layer.attributes = known->fittedTo(layer, *shape);
    for (const AttributeSchema &schema : known->schema)
        if (schema.required)
            layer.attributes.try_emplace(schema.name, schema.defaultValue);
    if (auto valid = validateWhileEdited(layer); !valid)
        return fail(valid.error());
    return layer;
}

std::string nameForType(const std::string &type)
{
    std::string name = type;
    for (char &character : name)
        if (character >= 'A' && character <= 'Z')
            character = static_cast<char>(character - 'A' + 'a');
    return name;
}

std::string commonBlock(std::string_view a, std::string_view b)
{
    std::string_view block = parentBlock(a);
    while (!block.empty() && (!isInBlock(b, block) || b == block))
        block = parentBlock(block);
    return std::string(block);
}

std::string joined(std::string_view block, std::string_view name)
{
    return block.empty() ? std::string(name) : std::string(block) + "." + std::string(name);
}

} // namespace graft
