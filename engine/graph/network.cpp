#include "graph/network.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdio>
#include <set>

namespace graft {
namespace {

/// Depth-first through the inputs, with a stack of its own: files may hold chains of many thousand layers.
class OrderWalk {
public:
    explicit OrderWalk(const Network &network) : m_network(network), m_states(network.layers().size(), State::Unseen) { }

    /// Indices so that each comes after those of its inputs; nothing when there is a circle.
    [[nodiscard]] std::optional<std::vector<std::size_t>> order()
    {
        for (std::size_t index = 0; index < m_states.size(); ++index)
            if (m_states[index] == State::Unseen && !visit(index))
                return std::nullopt;
        return std::move(m_order);
    }

private:
    enum class State { Unseen, Open, Done };

    [[nodiscard]] bool visit(std::size_t root)
    {
        std::vector<std::pair<std::size_t, std::size_t>> open = {{root, 0}}; // a layer, and how many of its inputs were looked at
        m_states[root] = State::Open;
        while (!open.empty()) {
            auto &[index, next] = open.back();
            const auto &inputs = m_network.layers()[index].inputs;
            if (next == inputs.size()) {
                m_states[index] = State::Done;
                m_order.push_back(index);
                open.pop_back();
                continue;
            }
            const std::size_t input = m_network.indexOf(inputs[next++]);
            if (m_states[input] == State::Open)
                return false;
            if (m_states[input] == State::Unseen) {
                m_states[input] = State::Open;
                open.emplace_back(input, 0);
            }
        }
        return true;
    }

    const Network &m_network;
    std::vector<State> m_states;
    std::vector<std::size_t> m_order;
};

std::string describeNumber(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

} // namespace

std::string describe(const AttributeValue &value)
{
    if (const auto *flag = std::get_if<bool>(&value))
        return *flag ? "true" : "false";
    if (const auto *integer = std::get_if<std::int64_t>(&value))
        return std::to_string(*integer);
    if (const auto *number = std::get_if<double>(&value))
        return describeNumber(*number);
    if (const auto *text = std::get_if<std::string>(&value))
        return *text;
    return describe(std::get<std::vector<std::int64_t>>(value));
}

LayerId Network::insert(Layer layer, std::size_t position)
{
    assert(position <= m_layers.size() && !find(layer.name));
    assert(std::ranges::all_of(layer.inputs, [&](LayerId input) { return indexOf(input) < position; }));
    const LayerId id{static_cast<int>(m_positions.size())};
    layer.id = id;
    m_positions.push_back(static_cast<int>(position));
    const bool isLast = position == m_layers.size();
    m_layers.insert(m_layers.begin() + static_cast<std::ptrdiff_t>(position), std::move(layer));
    if (!isLast)
        indexLayers();
    return id;
}

LayerId Network::add(Layer layer)
{
    m_output = insert(std::move(layer), m_layers.size());
    return m_output;
}

LayerId Network::add(std::string name, std::string type, Attributes attributes, std::vector<LayerId> inputs)
{
    Layer layer;
    layer.name = std::move(name);
    layer.type = std::move(type);
    layer.attributes = std::move(attributes);
    layer.inputs = std::move(inputs);
    return add(std::move(layer));
}

std::size_t Network::indexOf(LayerId id) const
{
    const bool isKnown = id.value >= 0 && static_cast<std::size_t>(id.value) < m_positions.size();
    const int position = isKnown ? m_positions[static_cast<std::size_t>(id.value)] : -1;
    return position < 0 ? m_layers.size() : static_cast<std::size_t>(position);
}

const Layer *Network::find(LayerId id) const
{
    const std::size_t index = indexOf(id);
    return index < m_layers.size() ? &m_layers[index] : nullptr;
}

const Layer *Network::find(std::string_view name) const
{
    const auto position = std::ranges::find(m_layers, name, &Layer::name);
    return position == m_layers.end() ? nullptr : &*position;
}

Layer *Network::find(LayerId id)
{
    const std::size_t index = indexOf(id);
    return index < m_layers.size() ? &m_layers[index] : nullptr;
}

void Network::indexLayers()
{
    std::ranges::fill(m_positions, -1);
    for (std::size_t index = 0; index < m_layers.size(); ++index)
        m_positions[static_cast<std::size_t>(m_layers[index].id.value)] = static_cast<int>(index);
}

void Network::remove(const std::vector<LayerId> &ids)
{
    const std::set<LayerId> gone(ids.begin(), ids.end());
    const auto isGone = [&](LayerId id) { return gone.contains(id); };
    std::erase_if(m_layers, [&](const Layer &layer) { return isGone(layer.id); });
    assert(std::ranges::none_of(m_layers, [&](const Layer &layer) { return std::ranges::any_of(layer.inputs, isGone); }));
    std::erase_if(auxiliaryOutputs, [&](const AuxiliaryOutput &output) { return isGone(output.layer); });
    if (isGone(m_output))
        m_output = m_layers.empty() ? LayerId{} : m_layers.back().id;
    indexLayers();
}

bool Network::restoreOrder()
{
    auto order = OrderWalk(*this).order();
    if (!order)
        return false;
    std::vector<Layer> layers;
    layers.reserve(m_layers.size());
    for (const std::size_t index : *order)
        layers.push_back(std::move(m_layers[index]));
    m_layers = std::move(layers);
    indexLayers();
    return true;
}

std::vector<LayerId> Network::consumers(LayerId id) const
{
    std::vector<LayerId> result;
    for (const Layer &layer : m_layers)
        if (std::ranges::find(layer.inputs, id) != layer.inputs.end())
            result.push_back(layer.id);
    return result;
}

Shape Network::inputShape() const
{
    if (m_layers.empty())
        return {};
    const auto shape = m_layers.front().attributes.find("shape");
    if (shape == m_layers.front().attributes.end())
        return {};
    const auto *value = std::get_if<std::vector<std::int64_t>>(&shape->second);
    return value ? *value : Shape{};
}

bool isInBlock(std::string_view name, std::string_view block)
{
    if (block.empty() || name == block)
        return true;
    return name.size() > block.size() && name.starts_with(block) && name[block.size()] == '.';
}

std::string_view parentBlock(std::string_view name)
{
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
}

} // namespace graft
