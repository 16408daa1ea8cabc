#include "graph/network.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdio>

namespace graft {
namespace {

/// Ids grow with every added layer and layers are appended only, so they are sorted by id.
template <typename Layers>
auto *findById(Layers &layers, LayerId id)
{
    const auto position = std::ranges::lower_bound(layers, id, {}, &Layer::id);
    return position != layers.end() && position->id == id ? &*position : nullptr;
}

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

LayerId Network::add(Layer layer)
{
    assert(!find(layer.name));
    assert(std::ranges::all_of(layer.inputs, [this](LayerId input) { return find(input) != nullptr; }));
    layer.id = LayerId{m_nextId++};
    m_output = layer.id;
    m_layers.push_back(std::move(layer));
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

const Layer *Network::find(LayerId id) const
{
    return findById(m_layers, id);
}

const Layer *Network::find(std::string_view name) const
{
    const auto position = std::ranges::find(m_layers, name, &Layer::name);
    return position == m_layers.end() ? nullptr : &*position;
}

Layer *Network::find(LayerId id)
{
    return findById(m_layers, id);
}

void Network::remove(LayerId id)
{
    assert(consumers(id).empty());
    std::erase_if(m_layers, [id](const Layer &layer) { return layer.id == id; });
    std::erase_if(auxiliaryOutputs, [id](const AuxiliaryOutput &output) { return output.layer == id; });
    if (m_output == id)
        m_output = m_layers.empty() ? LayerId{} : m_layers.back().id;
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
