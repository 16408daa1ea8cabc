#include "formats/support/graphimport.h"

#include "graph/analysis.h"

#include <algorithm>
#include <set>

namespace graft {
namespace {

constexpr std::size_t longestName = 400;

/// Path separators become dots, so that a file's scopes become blocks; no part is empty.
std::string plainName(const std::string &wanted)
{
    std::string name;
    for (const char character : wanted.substr(0, longestName)) {
        const auto code = static_cast<unsigned char>(character);
        const bool separates = character == '/' || character == '.';
        if (separates && (name.empty() || name.back() == '.'))
            continue;
        name += separates ? '.' : (code < 0x20 || code == 0x7F ? '_' : character);
    }
    while (!name.empty() && name.back() == '.')
        name.pop_back();
    return name.empty() ? "layer" : name;
}

void dropDefaults(Layer &layer)
{
    const LayerType *type = layerTypes().find(layer.type);
    if (!type)
        return;
    for (const AttributeSchema &schema : type->schema)
        if (const auto own = layer.attributes.find(schema.name);
            own != layer.attributes.end() && !schema.required && own->second == schema.defaultValue)
            layer.attributes.erase(own);
}

bool mayBeMissing(const TensorSpec &specification)
{
    return specification.isBuffer && specification.type == DType::Int64 && specification.shape.empty();
}

const Tensor *find(const GraphImport::NamedTensors &tensors, const std::string &name)
{
    const auto position = std::ranges::find(tensors, name, &GraphImport::NamedTensors::value_type::first);
    return position == tensors.end() ? nullptr : &position->second;
}

} // namespace

GraphImport::GraphImport(std::string inputName, Shape shape)
{
    Layer layer;
    layer.name = plainName(inputName);
    layer.type = "Input";
    layer.attributes["shape"] = shape;
    append(std::move(layer), std::move(shape));
}

Result<LayerId> GraphImport::add(
    const std::string &name, const std::string &type, Attributes attributes, std::vector<LayerId> inputs, const NamedTensors &tensors)
{
    Layer layer;
    layer.name = freeName(plainName(name));
    layer.type = type;
    layer.attributes = std::move(attributes);
    layer.inputs = std::move(inputs);
    dropDefaults(layer);
    if (auto valid = validate(layer); !valid)
        return fail(valid.error());
    std::vector<Shape> shapes;
    std::vector<std::string> names;
    for (const LayerId input : layer.inputs) {
        if (const auto &known = shape(input))
            shapes.push_back(*known);
        names.push_back(m_network.find(input)->name);
    }
    if (shapes.size() != layer.inputs.size()) {
        for (const auto &[tensorsName, tensor] : tensors)
            m_weights.set(tensorsName.empty() ? layer.name : layer.name + "." + tensorsName, tensor);
        return append(std::move(layer), std::nullopt);
    }
    auto figures = analyseLayer(layer, shapes, names);
    if (!figures)
        return fail(figures.error());
    if (auto fits = checkTensors(layer, figures->tensors, tensors); !fits)
        return fail(fits.error());
    keepTensors(layer, figures->tensors, tensors);
    return append(std::move(layer), std::move(figures->outputShape));
}

LayerId GraphImport::addOpaque(const std::string &name, const std::string &operatorName, std::vector<LayerId> inputs,
    const std::string &reason, const std::optional<Shape> &outputShape)
{
    Layer layer;
    layer.name = freeName(plainName(name));
    layer.type = "Opaque";
    layer.attributes["operator"] = operatorName.substr(0, longestName);
    if (!reason.empty())
        layer.attributes["reason"] = reason;
    const bool isKnown = outputShape && !outputShape->empty() && std::ranges::all_of(*outputShape, [](auto size) { return size > 0; });
    if (isKnown)
        layer.attributes["output_shape"] = *outputShape;
    layer.inputs = std::move(inputs);
    return append(std::move(layer), isKnown ? outputShape : std::nullopt);
}

const std::optional<Shape> &GraphImport::shape(LayerId layer) const
{
    return m_shapes.at(static_cast<std::size_t>(layer.value));
}

FileContents GraphImport::finish(LayerId output) &&
{
    removeUnused(output);
    m_network.setOutput(output);
    FileContents contents;
    if (auto remark = opaqueRemark())
        contents.remarks.push_back(std::move(*remark));
    contents.network = std::move(m_network);
    contents.tensors = std::move(m_weights);
    return contents;
}

std::string GraphImport::freeName(const std::string &wanted) const
{
    std::string name = wanted;
    for (int copy = 1; m_names.contains(name); ++copy)
        name = wanted + "_" + std::to_string(copy);
    return name;
}

LayerId GraphImport::append(Layer layer, std::optional<Shape> shape)
{
    m_names.insert(layer.name);
    m_shapes.push_back(std::move(shape));
    return m_network.add(std::move(layer));
}

Result<void> GraphImport::checkTensors(const Layer &layer, const std::vector<TensorSpec> &expected, const NamedTensors &tensors) const
{
    const auto mismatch = [&](const std::string &complaint) -> Result<void> {
        return fail(ErrorCode::WeightsMismatch, layer.type + " `" + layer.name + "` " + complaint + "; get the file again.", layer.name);
    };
    for (const TensorSpec &specification : expected) {
        const Tensor *tensor = find(tensors, specification.name);
        const std::string called = "`" + tensorName(layer, specification) + "`";
        if (!tensor && !mayBeMissing(specification))
            return mismatch("has no tensor " + called);
        if (tensor && tensor->shape() != specification.shape)
            return mismatch("expects " + called + " to be " + describe(specification.shape) + ", gets " + describe(tensor->shape()));
    }
    for (const auto &[name, tensor] : tensors)
        if (std::ranges::find(expected, name, &TensorSpec::name) == expected.end())
            return mismatch("takes no tensor `" + name + "`");
    return {};
}

void GraphImport::keepTensors(const Layer &layer, const std::vector<TensorSpec> &expected, const NamedTensors &tensors)
{
    for (const TensorSpec &specification : expected) {
        const Tensor *tensor = find(tensors, specification.name);
        if (!tensor)
            continue;
        const std::string full = tensorName(layer, specification);
        m_weights.set(full, *tensor);
        if (specification.isBuffer)
            continue;
        const auto [owner, isNew] = m_owners.emplace(std::pair(tensor->bytes().data(), tensor->shape()), full);
        if (!isNew)
            m_network.tiedTensors.emplace(full, owner->second);
    }
}

void GraphImport::removeUnused(LayerId output)
{
    std::set<LayerId> used = {output, input()};
    std::set<std::string, std::less<>> removed;
    const std::vector<Layer> layers = m_network.layers();
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        if (used.contains(layer->id)) {
            used.insert(layer->inputs.begin(), layer->inputs.end());
            continue;
        }
        removed.insert(layer->name);
        m_network.remove(layer->id);
    }
    const auto belongsToRemoved = [&](std::string_view name) {
        while (!name.empty() && !removed.contains(name))
            name = parentBlock(name);
        return !name.empty();
    };
    StateDict kept;
    for (const auto &[name, tensor] : m_weights.entries())
        if (!belongsToRemoved(name))
            kept.set(name, tensor);
    m_weights = std::move(kept);
    std::erase_if(m_network.tiedTensors, [&](const auto &tied) { return belongsToRemoved(tied.first) || belongsToRemoved(tied.second); });
}

std::optional<std::string> GraphImport::opaqueRemark() const
{
    std::vector<std::pair<std::string, std::string>> kinds; // operator → its layers
    std::size_t count = 0;
    for (const Layer &layer : m_network.layers()) {
        if (layer.type != "Opaque")
            continue;
        const std::string kind = describe(layer.attributes.at("operator"));
        auto known = std::ranges::find(kinds, kind, &std::pair<std::string, std::string>::first);
        if (known == kinds.end())
            known = kinds.insert(kinds.end(), {kind, {}});
        known->second += (known->second.empty() ? "`" : ", `") + layer.name + "`";
        ++count;
    }
    if (count == 0)
        return std::nullopt;
    std::string list;
    for (const auto &[kind, layers] : kinds)
        list += (list.empty() ? "" : "; ") + kind + " (" + layers + ")";
    return "Graft has no layer for " + std::to_string(count) + (count == 1 ? " step" : " steps")
        + " of this file, which can be looked at but not run: " + list + ".";
}

} // namespace graft
