#include "graph/adapters.h"

#include "graph/editsupport.h"
#include "graph/overview.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace graft {
namespace {

using Ints = std::vector<std::int64_t>;

constexpr std::int64_t largestRank = 4096;
constexpr std::string_view branchEnding = "_lora";

bool isPlainConvolution(const Layer &layer)
{
    return layer.type == "Conv2d" && validate(layer) && intAttribute(layer, "groups") == 1;
}

bool isAdaptable(const Layer &layer)
{
    return (layer.type == "Linear" && validate(layer)) || isPlainConvolution(layer);
}

/// `layer`'s output goes where it went, through `end` now.
void takePlace(Network &network, LayerId layer, LayerId end, const std::vector<LayerId> &branch)
{
    for (const LayerId consumer : network.consumers(layer))
        if (std::ranges::find(branch, consumer) == branch.end())
            std::ranges::replace(network.find(consumer)->inputs, layer, end);
    if (network.output() == layer)
        network.setOutput(end);
    for (AuxiliaryOutput &output : network.auxiliaryOutputs)
        if (output.layer == layer)
            output.layer = end;
}

/// Inserts layers one behind the other, right behind the layer that they belong to.
class Branch {
public:
    Branch(Network &network, LayerId base) : m_network(network), m_base(base), m_next(network.indexOf(base) + 1) { }

    LayerId add(const std::string &ending, const std::string &type, Attributes attributes, std::vector<LayerId> inputs)
    {
        Layer layer;
        layer.name = m_network.find(m_base)->name + ending;
        layer.type = type;
        layer.attributes = std::move(attributes);
        layer.inputs = std::move(inputs);
        m_layers.push_back(m_network.insert(std::move(layer), m_next++));
        return m_layers.back();
    }

    /// What was added takes the base's place, and the base is frozen.
    void finish()
    {
        takePlace(m_network, m_base, m_layers.back(), m_layers);
        m_network.find(m_base)->frozen = true;
    }

private:
    Network &m_network;
    LayerId m_base;
    std::size_t m_next;
    std::vector<LayerId> m_layers;
};

void setZeros(StateDict &weights, const Network &network, LayerId id)
{
    const Layer &layer = *network.find(id);
    const Shape shape = layer.type == "Linear" ? Shape{intAttribute(layer, "out_features"), intAttribute(layer, "in_features")}
                                               : Shape{intAttribute(layer, "out_channels"), intAttribute(layer, "in_channels"), 1, 1};
    weights.set(layer.name + ".weight", Tensor::fromFloats(shape, std::vector<float>(static_cast<std::size_t>(elementCount(shape)), 0.0F)));
    if (boolAttribute(layer, "bias"))
        weights.set(layer.name + ".bias", Tensor::fromFloats({shape[0]}, std::vector<float>(static_cast<std::size_t>(shape[0]), 0.0F)));
}

Attributes pointwise(std::int64_t inputs, std::int64_t outputs, bool bias)
{
    return {{"in_channels", inputs}, {"out_channels", outputs}, {"kernel_size", Ints{1, 1}}, {"bias", bias}};
}

/// The attributes that `layer` gives a value of its own, with a bias or without.
Attributes dense(std::int64_t inputs, std::int64_t outputs, bool bias)
{
    return {{"in_features", inputs}, {"out_features", outputs}, {"bias", bias}};
}

Attributes withoutDefaultBias(Attributes attributes)
{
    if (const auto bias = attributes.find("bias"); bias != attributes.end() && bias->second == AttributeValue(true))
        attributes.erase(bias);
    return attributes;
}

void addLoraTo(Network &network, StateDict &weights, LayerId id, const LoraPlan &plan)
{
    const Layer base = *network.find(id);
    const bool isLinear = base.type == "Linear";
    Attributes down = base.attributes; // a convolution's window is the branch's too
    if (isLinear)
        down = dense(intAttribute(base, "in_features"), plan.rank, false);
    down[isLinear ? "out_features" : "out_channels"] = plan.rank;
    down["bias"] = false;
    const Attributes up = isLinear ? dense(plan.rank, intAttribute(base, "out_features"), false)
                                   : pointwise(plan.rank, intAttribute(base, "out_channels"), false);
    Branch branch(network, id);
    const LayerId a = branch.add("_lora_a", base.type, down, base.inputs);
    const LayerId b = branch.add("_lora_b", base.type, up, {a});
    const double factor = plan.alpha / static_cast<double>(plan.rank);
    const LayerId scale = branch.add("_lora_scale", "Scale", factor == 1 ? Attributes() : Attributes{{"factor", factor}}, {b});
    branch.add(std::string(branchEnding), "Add", {}, {id, scale});
    branch.finish();
    setZeros(weights, network, b);
}

void addBottleneckTo(Network &network, StateDict &weights, LayerId id, std::int64_t width)
{
    const Layer base = *network.find(id);
    const bool isLinear = base.type == "Linear";
    const std::int64_t features = intAttribute(base, isLinear ? "out_features" : "out_channels");
    const auto projection = [&](std::int64_t from, std::int64_t to) {
        return withoutDefaultBias(isLinear ? dense(from, to, true) : pointwise(from, to, true));
    };
    Branch branch(network, id);
    const LayerId down = branch.add("_adapter_down", base.type, projection(features, width), {id});
    const LayerId relu = branch.add("_adapter_relu", "ReLU", {}, {down});
    const LayerId up = branch.add("_adapter_up", base.type, projection(width, features), {relu});
    branch.add("_adapter", "Add", {}, {id, up});
    branch.finish();
    setZeros(weights, network, up);
}

/// Those of `layers` that can have the new layers of these names, in the network's order.
Result<std::vector<LayerId>> adaptable(const Network &network, const std::vector<LayerId> &layers, const std::vector<std::string> &endings)
{
    const NameTable names(network);
    const std::vector<LayerId> classifiers = classifierLayers(network);
    std::vector<LayerId> result;
    for (const Layer &layer : network.layers()) {
        const bool isChosen = std::ranges::find(layers, layer.id) != layers.end();
        const bool isClassifier = std::ranges::find(classifiers, layer.id) != classifiers.end();
        if (isChosen && !isClassifier && isAdaptable(layer) && !isAdapterLayer(layer)
            && std::ranges::all_of(endings, [&](const std::string &ending) { return names.isFree(layer.name + ending); }))
            result.push_back(layer.id);
    }
    if (result.empty())
        return fail(ErrorCode::SettingInvalid,
            "None of these layers can have an adapter: it takes a Linear, or a Conv2d without groups, that is not the classifier and has "
            "none "
            "yet; choose others.");
    return result;
}

tl::unexpected<Error> outOfRange(const std::string &what, std::int64_t value)
{
    return fail(ErrorCode::SettingInvalid, "An adapter's " + what + " is a number from 1 to 4096, not " + std::to_string(value) + ".");
}

/// A LoRA branch as addLora() makes it.
struct Found {
    LayerId base, a, b, scale, sum;
};

/// Whether two layers of a type look at their input in the same way: the same attributes but for the outputs and the bias.
bool isSameWindow(const Layer &one, const Layer &other)
{
    const auto value = [](const Layer &layer, const AttributeSchema &schema) {
        const auto own = layer.attributes.find(schema.name);
        return own == layer.attributes.end() ? schema.defaultValue : own->second;
    };
    return std::ranges::all_of(layerTypes().find(one.type)->schema, [&](const AttributeSchema &schema) {
        return schema.name == "out_channels" || schema.name == "out_features" || schema.name == "bias"
            || value(one, schema) == value(other, schema);
    });
}

std::optional<Found> branchAt(const Network &network, const Layer &sum)
{
    if (sum.type != "Add" || sum.inputs.size() != 2)
        return std::nullopt;
    const Layer *base = network.find(sum.inputs[0]), *scale = network.find(sum.inputs[1]);
    const Layer *b = scale->type == "Scale" && scale->inputs.size() == 1 ? network.find(scale->inputs[0]) : nullptr;
    const Layer *a = b && b->inputs.size() == 1 ? network.find(b->inputs[0]) : nullptr;
    if (!a || !isAdaptable(*base) || a->type != base->type || b->type != base->type || a->inputs != base->inputs || !isAdaptable(*a)
        || !isAdaptable(*b) || sum.name != base->name + std::string(branchEnding))
        return std::nullopt;
    const bool endsHere = network.consumers(a->id).size() == 1 && network.consumers(b->id).size() == 1
        && network.consumers(scale->id).size() == 1 && network.consumers(base->id).size() == 1;
    const bool isPlain
        = isSameWindow(*a, *base) && !boolAttribute(*a, "bias") && !boolAttribute(*b, "bias") && doubleAttribute(*scale, "offset") == 0;
    if (!endsHere || !isPlain)
        return std::nullopt;
    return Found{base->id, a->id, b->id, scale->id, sum.id};
}

/// W + factor × B · A, where a convolution's A has a row for each element of its window.
Result<Tensor> folded(const Network &network, const StateDict &weights, const Found &branch)
{
    const auto weightOf = [&](LayerId id) { return weights.find(network.find(id)->name + ".weight"); };
    const Tensor *base = weightOf(branch.base), *a = weightOf(branch.a), *b = weightOf(branch.b);
    const std::string &name = network.find(branch.base)->name;
    const bool fits = base && a && b && !base->shape().empty() && b->shape().size() >= 2 && a->shape().size() == base->shape().size()
        && b->shape()[0] == base->shape()[0] && b->shape()[1] == a->shape()[0]
        && base->elementCount() / base->shape()[0] == a->elementCount() / std::max<std::int64_t>(1, a->shape()[0])
        && b->elementCount() == b->shape()[0] * b->shape()[1];
    if (!fits)
        return fail(
            ErrorCode::WeightsMismatch, "The adapter of `" + name + "` has other weights than its layers expect; add it anew.", name);
    const std::vector<float> low = a->toFloats(), high = b->toFloats();
    std::vector<float> values = base->toFloats();
    const double factor = doubleAttribute(*network.find(branch.scale), "factor");
    const auto rows = static_cast<std::size_t>(base->shape()[0]), rank = static_cast<std::size_t>(a->shape()[0]);
    const std::size_t columns = values.size() / rows;
    std::vector<double> row(columns);
    for (std::size_t i = 0; i < rows; ++i) {
        std::ranges::fill(row, 0.0);
        for (std::size_t k = 0; k < rank; ++k)
            for (std::size_t j = 0; j < columns; ++j)
                row[j] += static_cast<double>(high[i * rank + k]) * low[k * columns + j];
        for (std::size_t j = 0; j < columns; ++j)
            values[i * columns + j] = static_cast<float>(values[i * columns + j] + factor * row[j]);
    }
    return Tensor::fromFloats(base->shape(), values);
}

std::vector<Found> branches(const Network &network)
{
    std::vector<Found> found;
    for (const Layer &layer : network.layers())
        if (const auto branch = branchAt(network, layer))
            found.push_back(*branch);
    return found;
}

} // namespace

Result<std::vector<LayerId>> addLora(Network &network, StateDict &weights, const std::vector<LayerId> &layers, const LoraPlan &plan)
{
    if (plan.rank < 1 || plan.rank > largestRank)
        return outOfRange("rank", plan.rank);
    if (!std::isfinite(plan.alpha) || plan.alpha <= 0 || plan.alpha > 1e6)
        return fail(ErrorCode::SettingInvalid,
            "An adapter's alpha is a number above 0, up to 1000000, not " + describe(AttributeValue(plan.alpha)) + ".");
    auto chosen = adaptable(network, layers, {"_lora_a", "_lora_b", "_lora_scale", "_lora"});
    if (chosen)
        for (const LayerId id : *chosen)
            addLoraTo(network, weights, id, plan);
    return chosen;
}

Result<std::vector<LayerId>> addBottlenecks(Network &network, StateDict &weights, const std::vector<LayerId> &layers, std::int64_t width)
{
    if (width < 1 || width > largestRank)
        return outOfRange("width", width);
    auto chosen = adaptable(network, layers, {"_adapter_down", "_adapter_relu", "_adapter_up", "_adapter"});
    if (chosen)
        for (const LayerId id : *chosen)
            addBottleneckTo(network, weights, id, width);
    return chosen;
}

bool isAdapterLayer(const Layer &layer)
{
    static constexpr std::array<std::string_view, 4> endings = {"_lora_a", "_lora_b", "_adapter_down", "_adapter_up"};
    return std::ranges::any_of(endings, [&](std::string_view ending) { return layer.name.ends_with(ending); });
}

bool hasLora(const Network &network)
{
    return std::ranges::any_of(network.layers(), [&](const Layer &layer) { return branchAt(network, layer).has_value(); });
}

Result<int> mergeAdapters(Network &network, StateDict &weights)
{
    const std::vector<Found> found = branches(network);
    std::vector<std::pair<std::string, Tensor>> merged;
    for (const Found &branch : found) {
        const std::string name = network.find(branch.base)->name + ".weight";
        const bool isTied = network.tiedTensors.contains(name)
            || std::ranges::any_of(network.tiedTensors, [&](const auto &tie) { return tie.second == name; });
        if (isTied)
            return fail(ErrorCode::NetworkInvalid,
                "The weights of `" + network.find(branch.base)->name
                    + "` are another layer's too, so its adapter cannot be merged; export without merging.",
                name);
        auto tensor = folded(network, weights, branch);
        if (!tensor)
            return fail(tensor.error());
        merged.emplace_back(name, std::move(*tensor));
    }
    for (auto &[name, tensor] : merged)
        weights.set(name, std::move(tensor));
    std::vector<LayerId> gone;
    for (const Found &branch : found) {
        takePlace(network, branch.sum, branch.base, {});
        gone.insert(gone.end(), {branch.a, branch.b, branch.scale, branch.sum});
    }
    network.remove(gone);
    dropStrayTensors(network, weights);
    return static_cast<int>(found.size());
}

} // namespace graft
