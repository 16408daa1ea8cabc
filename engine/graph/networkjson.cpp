#include "graph/networkjson.h"

#include "graph/layertype.h"
#include "graph/limits.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <unordered_map>

namespace graft {
namespace {

using Json = nlohmann::json;

constexpr std::string_view formatName = "graft-network";
constexpr int formatVersion = 1;
constexpr std::size_t maximumLayers = 100'000;

tl::unexpected<Error> invalid(const std::string &message, const std::string &layer = {})
{
    return fail(ErrorCode::NetworkInvalid, message, layer);
}

std::string ofLayer(const std::string &name)
{
    return " of layer `" + name + "`";
}

/// Reads the layers one after the other into a network; each may refer only to earlier ones.
class Reader {
public:
    [[nodiscard]] Result<Network> read(const Json &json);

private:
    [[nodiscard]] Result<void> readLayer(const Json &json);
    [[nodiscard]] Result<std::string> readName(const Json &json) const;
    [[nodiscard]] Result<std::vector<LayerId>> readInputs(const Json &json, const std::string &name) const;
    [[nodiscard]] static Result<Attributes> readAttributes(const Json &json, const Layer &layer);
    [[nodiscard]] Result<void> readAuxiliaryOutputs(const Json &json);
    [[nodiscard]] Result<void> readTiedTensors(const Json &json);
    [[nodiscard]] static Result<void> readTraining(const Json &json, Layer &layer);

    Network m_network;
    std::unordered_map<std::string, LayerId> m_ids;
};

bool isText(const Json &json, const char *key)
{
    const auto value = json.find(key);
    return value != json.end() && value->is_string();
}

/// The value in the kind that the schema asks for; nothing when it is of another kind.
std::optional<AttributeValue> attributeValue(const Json &json, const AttributeValue &kind)
{
    const auto isInt64 = [](const Json &value) {
        return value.is_number_integer() && (!value.is_number_unsigned() || value.get<std::uint64_t>() <= std::uint64_t{INT64_MAX});
    };
    if (std::holds_alternative<bool>(kind) && json.is_boolean())
        return json.get<bool>();
    if (std::holds_alternative<std::int64_t>(kind) && isInt64(json))
        return json.get<std::int64_t>();
    if (std::holds_alternative<double>(kind) && json.is_number())
        return json.get<double>();
    if (std::holds_alternative<std::string>(kind) && json.is_string())
        return json.get<std::string>();
    if (std::holds_alternative<std::vector<std::int64_t>>(kind) && json.is_array() && std::ranges::all_of(json, isInt64))
        return json.get<std::vector<std::int64_t>>();
    return std::nullopt;
}

Result<Network> Reader::read(const Json &json)
{
    if (!json.is_object() || !isText(json, "format") || json["format"] != formatName)
        return invalid("This is no network of Graft's: its `format` is not \"graft-network\".");
    if (!json.contains("version") || json["version"] != formatVersion)
        return invalid(
            "This network was written by another version of Graft; this one reads version " + std::to_string(formatVersion) + ".");
    const auto layers = json.find("layers");
    if (layers == json.end() || !layers->is_array() || layers->empty() || layers->size() > maximumLayers)
        return invalid("The network's `layers` must be a list of 1 to " + std::to_string(maximumLayers) + " layers.");
    for (const Json &layer : *layers)
        if (auto read = readLayer(layer); !read)
            return fail(read.error());
    if (m_network.layers().front().type != "Input")
        return invalid("The network's first layer must be its Input.", m_network.layers().front().name);
    const auto output = isText(json, "output") ? m_ids.find(json["output"].get<std::string>()) : m_ids.end();
    if (output == m_ids.end())
        return invalid("The network's `output` must name one of its layers.");
    m_network.setOutput(output->second);
    if (isText(json, "architecture"))
        m_network.architecture = json["architecture"].get<std::string>();
    if (auto read = readAuxiliaryOutputs(json); !read)
        return fail(read.error());
    if (auto read = readTiedTensors(json); !read)
        return fail(read.error());
    return std::move(m_network);
}

Result<void> Reader::readAuxiliaryOutputs(const Json &json)
{
    const auto outputs = json.find("auxiliaryOutputs");
    if (outputs == json.end())
        return {};
    if (!outputs->is_array() || outputs->size() > m_ids.size())
        return invalid("The network's `auxiliaryOutputs` must be a list.");
    for (const Json &output : *outputs) {
        const auto id = output.is_object() && isText(output, "layer") ? m_ids.find(output["layer"].get<std::string>()) : m_ids.end();
        const auto weight = id == m_ids.end() ? Json() : output.value("lossWeight", Json());
        if (!weight.is_number() || !std::isfinite(weight.get<double>()) || weight.get<double>() < 0
            || weight.get<double>() > maximumLearningRateFactor)
            return invalid("Each of the network's `auxiliaryOutputs` must name one of its layers and have a `lossWeight` of 0 to 1000000.");
        m_network.auxiliaryOutputs.push_back({id->second, weight.get<double>()});
    }
    return {};
}

Result<void> Reader::readTiedTensors(const Json &json)
{
    const auto tied = json.find("tiedTensors");
    if (tied == json.end())
        return {};
    const auto isName
        = [](const Json &value) { return value.is_string() && value.get_ref<const std::string &>().size() <= maximumNameLength; };
    if (!tied->is_object() || !std::ranges::all_of(*tied, isName))
        return invalid("The network's `tiedTensors` must give a tensor's name for each tensor.");
    for (const auto &[name, owner] : tied->items())
        m_network.tiedTensors.emplace(name, owner.get<std::string>());
    return {};
}

Result<std::string> Reader::readName(const Json &json) const
{
    if (!json.is_object() || !isText(json, "name") || !isText(json, "type"))
        return invalid("Layer " + std::to_string(m_ids.size() + 1) + " of the network has no `name` or no `type`.");
    const auto name = json["name"].get<std::string>();
    const bool isPlain = std::ranges::none_of(name, [](unsigned char character) { return character < 0x20 || character == 0x7F; });
    if (name.empty() || name.size() > maximumNameLength || !isPlain)
        return invalid("The name of layer " + std::to_string(m_ids.size() + 1) + " must be 1 to " + std::to_string(maximumNameLength)
            + " characters long, without control characters.");
    if (m_ids.contains(name))
        return invalid("Two layers are named `" + name + "`; names must be unique.", name);
    return name;
}

Result<std::vector<LayerId>> Reader::readInputs(const Json &json, const std::string &name) const
{
    std::vector<LayerId> inputs;
    const auto names = json.find("inputs");
    if (names == json.end())
        return inputs;
    if (!names->is_array())
        return invalid("The `inputs`" + ofLayer(name) + " must be a list of names.", name);
    for (const Json &input : *names) {
        const auto id = input.is_string() ? m_ids.find(input.get<std::string>()) : m_ids.end();
        if (id == m_ids.end())
            return invalid("Layer `" + name + "` takes its input from "
                    + (input.is_string() ? "`" + input.get<std::string>() + "`" : "no name") + ", which is no layer before it.",
                name);
        inputs.push_back(id->second);
    }
    return inputs;
}

Result<Attributes> Reader::readAttributes(const Json &json, const Layer &layer)
{
    Attributes attributes;
    const auto values = json.find("attributes");
    const LayerType *type = layerTypes().find(layer.type);
    if (values == json.end() || !type)
        return attributes; // validate() knows what to say of an unknown type
    if (!values->is_object())
        return fail(ErrorCode::AttributeInvalid, "The `attributes`" + ofLayer(layer.name) + " must be a JSON object.", layer.name);
    for (const auto &[name, value] : values->items()) {
        const auto schema = std::ranges::find(type->schema, name, &AttributeSchema::name);
        const auto read = schema == type->schema.end() ? std::nullopt : attributeValue(value, schema->defaultValue);
        if (!read)
            return fail(ErrorCode::AttributeInvalid,
                layer.type + " `" + layer.name + "` has no attribute `" + name.substr(0, maximumNameLength) + "`, or one of another kind.",
                layer.name);
        attributes.emplace(name, *read);
    }
    return attributes;
}

Result<void> Reader::readTraining(const Json &json, Layer &layer)
{
    if (const auto frozen = json.find("frozen"); frozen != json.end()) {
        if (!frozen->is_boolean())
            return invalid("`frozen`" + ofLayer(layer.name) + " must be true or false.", layer.name);
        layer.frozen = frozen->get<bool>();
    }
    if (const auto factor = json.find("learningRateFactor"); factor != json.end()) {
        layer.learningRateFactor = factor->is_number() ? factor->get<double>() : -1;
        if (!std::isfinite(layer.learningRateFactor) || layer.learningRateFactor < 0
            || layer.learningRateFactor > maximumLearningRateFactor)
            return invalid("`learningRateFactor`" + ofLayer(layer.name) + " must be a number from 0 to 1000000.", layer.name);
    }
    return {};
}

Result<void> Reader::readLayer(const Json &json)
{
    const auto name = readName(json);
    if (!name)
        return fail(name.error());
    Layer layer;
    layer.name = *name;
    layer.type = json["type"].get<std::string>().substr(0, maximumNameLength);
    if (layer.type == "Input" && !m_network.empty())
        return invalid("`" + layer.name + "` is a second Input; a network has one.", layer.name);
    auto inputs = readInputs(json, layer.name);
    if (!inputs)
        return fail(inputs.error());
    layer.inputs = std::move(*inputs);
    auto attributes = readAttributes(json, layer);
    if (!attributes)
        return fail(attributes.error());
    layer.attributes = std::move(*attributes);
    if (auto read = readTraining(json, layer); !read)
        return read;
    if (auto valid = validateWhileEdited(layer); !valid)
        return valid;
    m_ids.emplace(*name, m_network.add(std::move(layer)));
    return {};
}

} // namespace

Json toJson(const Network &network)
{
    Json layers = Json::array();
    for (const Layer &layer : network.layers()) {
        Json entry = {{"name", layer.name}, {"type", layer.type}};
        for (const auto &[name, value] : layer.attributes)
            std::visit([&, &key = name](const auto &plain) { entry["attributes"][key] = plain; }, value);
        for (const LayerId input : layer.inputs)
            entry["inputs"].push_back(network.find(input)->name);
        if (layer.frozen)
            entry["frozen"] = true;
        if (layer.learningRateFactor != 1.0)
            entry["learningRateFactor"] = layer.learningRateFactor;
        layers.push_back(std::move(entry));
    }
    Json json = {{"format", formatName}, {"version", formatVersion}, {"layers", std::move(layers)}};
    if (!network.architecture.empty())
        json["architecture"] = network.architecture;
    if (const Layer *output = network.find(network.output()))
        json["output"] = output->name;
    for (const AuxiliaryOutput &output : network.auxiliaryOutputs)
        if (const Layer *layer = network.find(output.layer))
            json["auxiliaryOutputs"].push_back({{"layer", layer->name}, {"lossWeight", output.lossWeight}});
    if (!network.tiedTensors.empty())
        json["tiedTensors"] = network.tiedTensors;
    return json;
}

Result<Network> networkFromJson(const Json &json)
{
    return Reader().read(json);
}

} // namespace graft
