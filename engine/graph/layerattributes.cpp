#include "graph/editsupport.h"
#include "graph/layeredits.h"
#include "graph/shapewalk.h"

#include <algorithm>

namespace graft {
namespace {

/// A whole number where the schema wants any number.
AttributeValue inKindOf(const AttributeSchema &schema, const AttributeValue &value)
{
    const auto *integer = std::get_if<std::int64_t>(&value);
    return integer && std::holds_alternative<double>(schema.defaultValue) ? AttributeValue(static_cast<double>(*integer)) : value;
}

Result<Layer> withAttribute(Layer layer, const std::string &name, const std::optional<AttributeValue> &value)
{
    const LayerType *type = layerTypes().find(layer.type);
    const AttributeSchema *schema = type ? findSchema(*type, name) : nullptr;
    if (!schema)
        return fail(ErrorCode::AttributeInvalid, layer.type + " `" + layer.name + "` has no attribute `" + name + "`.", layer.name);
    if (!value && schema->required)
        return fail(ErrorCode::AttributeInvalid,
            "`" + name + "` of " + layer.type + " `" + layer.name + "` has no default; give it a value.", layer.name);
    if (!value || (!schema->required && inKindOf(*schema, *value) == schema->defaultValue))
        layer.attributes.erase(name);
    else
        layer.attributes[name] = inKindOf(*schema, *value);
    if (auto valid = validateWhileEdited(layer); !valid)
        return fail(valid.error());
    return layer;
}

} // namespace

Result<void> setAttribute(
    Network &network, const std::vector<LayerId> &layers, const std::string &name, const std::optional<AttributeValue> &value)
{
    std::vector<Layer> changed;
    for (const LayerId id : layers) {
        const auto layer = requireLayer(network, id);
        if (!layer)
            return fail(layer.error());
        auto other = withAttribute(**layer, name, value);
        if (!other)
            return fail(other.error());
        changed.push_back(std::move(*other));
    }
    for (Layer &layer : changed)
        network.find(layer.id)->attributes = std::move(layer.attributes);
    return {};
}

Result<void> fitToInputs(Network &network, const std::vector<LayerId> &layers)
{
    for (const LayerId id : layers)
        if (const auto layer = requireLayer(network, id); !layer)
            return fail(layer.error());
    ShapeWalk walk(network);
    if (const auto found = walk.structure(); !found.empty())
        return fail(found.front());
    std::vector<Shape> shapes;
    for (std::size_t index = 0; index < network.layers().size(); ++index) {
        Layer &layer = *network.find(network.layers()[index].id);
        const LayerType *type = layerTypes().find(layer.type);
        const bool isChosen = std::ranges::find(layers, layer.id) != layers.end();
        if (isChosen && type && type->fittedTo && !layer.inputs.empty()) {
            const Shape &input = shapes[network.indexOf(layer.inputs.front())];
            Layer fitted = layer;
            if (!input.empty())
                fitted.attributes = type->fittedTo(layer, input);
            if (validateWhileEdited(fitted))
                layer.attributes = std::move(fitted.attributes);
        }
        const auto figures = walk.layer(index);
        shapes.push_back(figures && *figures ? (*figures)->outputShape : Shape());
    }
    return {};
}

Result<void> swapActivations(Network &network, StateDict &weights, const std::vector<LayerId> &layers, const std::string &type)
{
    const auto isActivation = [](const std::string &name) {
        const LayerType *known = layerTypes().find(name);
        return known && known->category == "activation";
    };
    if (!isActivation(type))
        return fail(ErrorCode::SettingInvalid, "'" + type + "' is no activation; choose another, such as ReLU or GELU.", type);
    std::vector<Layer> changed;
    for (const LayerId id : layers) {
        const Layer *layer = network.find(id);
        if (!layer || !isActivation(layer->type))
            continue;
        auto other = freshLayer(type, layer->name, std::nullopt);
        if (!other)
            return fail(other.error());
        other->id = id;
        for (const auto &[name, value] : layer->attributes) {
            Layer tried = *other;
            tried.attributes[name] = value;
            if (validateWhileEdited(tried))
                other->attributes = std::move(tried.attributes);
        }
        changed.push_back(std::move(*other));
    }
    if (changed.empty())
        return fail(ErrorCode::SettingInvalid, "There is no activation among these layers; choose others.", type);
    std::set<std::string, std::less<>> swapped; // whose tensors go: another type has others
    for (Layer &layer : changed) {
        Layer &target = *network.find(layer.id);
        if (target.type != type)
            swapped.insert(target.name);
        target.type = layer.type;
        target.attributes = std::move(layer.attributes);
    }
    StateDict kept;
    for (const auto &[name, tensor] : weights.entries())
        if (!swapped.contains(parentBlock(name)))
            kept.set(name, tensor);
    weights = std::move(kept);
    return {};
}

} // namespace graft
