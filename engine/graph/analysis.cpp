#include "graph/analysis.h"

#include "graph/limits.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace graft {
namespace {

/// Walks a network once, keeping each layer's shape; a layer behind a broken one is left out.
class Analyser {
public:
    explicit Analyser(const Network &network) : m_network(network), m_known(network.layers().size()) { }

    /// Problems of the graph itself: these make the shapes meaningless.
    [[nodiscard]] std::vector<Error> structure() const;
    /// The layer at `index` of layers(), after those before it. Nothing when it is behind a broken one.
    [[nodiscard]] std::optional<Result<LayerAnalysis>> layer(std::size_t index);

private:
    [[nodiscard]] std::size_t indexOf(LayerId id) const;
    [[nodiscard]] std::string sourceName(LayerId id) const;

    const Network &m_network;
    std::vector<std::optional<Shape>> m_known;
};

tl::unexpected<Error> tooLarge(const Layer &layer, const std::string &what)
{
    return fail(ErrorCode::ShapeMismatch, layer.type + " `" + layer.name + "` " + what + " is larger than Graft can hold; make it smaller.",
        layer.name);
}

std::vector<Error> Analyser::structure() const
{
    std::vector<Error> found;
    const auto report = [&](std::string message, const std::string &subject) {
        found.push_back({ErrorCode::NetworkInvalid, std::move(message), subject});
    };
    const auto &layers = m_network.layers();
    if (layers.empty() || layers.front().type != "Input") {
        report("The network has no Input as its first layer; add one.", {});
        return found;
    }
    std::unordered_set<std::string_view> names;
    for (const Layer &layer : layers) {
        if (!names.insert(layer.name).second)
            report("Two layers are named `" + layer.name + "`; rename one.", layer.name);
        if (layer.type == "Input" && layer.id != layers.front().id)
            report("`" + layer.name + "` is a second Input; a network has one.", layer.name);
        for (const LayerId input : layer.inputs)
            if (input >= layer.id || !m_network.find(input))
                report("`" + layer.name + "` takes its input from a layer that does not come before it; connect it to an earlier one.",
                    layer.name);
    }
    if (!m_network.find(m_network.output()))
        report("The network has no output layer; choose one.", {});
    return found;
}

std::size_t Analyser::indexOf(LayerId id) const
{
    return static_cast<std::size_t>(m_network.find(id) - m_network.layers().data());
}

std::string Analyser::sourceName(LayerId id) const
{
    // A Flatten changes no value and bears no name in torchvision's models: people know the layer before it.
    const Layer *source = m_network.find(id);
    while (source->type == "Flatten" && source->inputs.size() == 1)
        source = m_network.find(source->inputs.front());
    return source->name;
}

std::optional<Result<LayerAnalysis>> Analyser::layer(std::size_t index)
{
    const Layer &layer = m_network.layers()[index];
    std::vector<Shape> shapes;
    std::vector<std::string> names;
    for (const LayerId input : layer.inputs) {
        const auto &shape = m_known[indexOf(input)];
        if (!shape)
            return std::nullopt;
        shapes.push_back(*shape);
        names.push_back(sourceName(input));
    }
    auto result = analyseLayer(layer, shapes, names);
    if (result)
        for (const TensorSpec &tensor : result->tensors)
            if (!tensor.isBuffer && m_network.tiedTensors.contains(tensorName(layer, tensor)))
                result->parameters -= elementCount(tensor.shape);
    if (result)
        m_known[index] = result->outputShape;
    return result;
}

bool isRunnable(const Layer &layer)
{
    const LayerType *type = layerTypes().find(layer.type);
    return !type || type->forward;
}

/// "`detect` is a NonMaxSuppression".
std::string stepOf(const Layer &layer)
{
    const auto step = layer.attributes.find("operator");
    return "`" + layer.name + "` is a " + (step == layer.attributes.end() ? layer.type : describe(step->second));
}

/// Whether a classifier's outputs pass through the layer one by one.
bool keepsClasses(const Layer &layer)
{
    static constexpr std::array<std::string_view, 6> reshaping = {"Flatten", "Identity", "Permute", "Reshape", "Squeeze", "Unsqueeze"};
    const LayerType *type = layerTypes().find(layer.type);
    return type && layer.inputs.size() == 1
        && (type->category == "activation" || type->category == "pooling" || type->category == "regularization"
            || type->category == "elementwise" || std::ranges::find(reshaping, layer.type) != reshaping.end());
}

/// Whether training changes what the layer makes of its inputs, unless it is frozen.
bool actsInTraining(const Layer &layer)
{
    const LayerType *type = layerTypes().find(layer.type);
    if (!type || type->category == "regularization")
        return true;
    return type->tensors && (layer.type != "Parameter" || !validate(layer) || boolAttribute(layer, "trainable"));
}

/// The layers that `roots` depend on and the roots themselves.
std::vector<bool> neededBy(const Network &network, std::vector<LayerId> roots)
{
    std::vector<bool> needed(network.layers().size(), false);
    while (!roots.empty()) {
        const Layer *layer = network.find(roots.back());
        roots.pop_back();
        if (!layer)
            continue;
        const auto index = static_cast<std::size_t>(layer - network.layers().data());
        if (needed[index])
            continue;
        needed[index] = true;
        roots.insert(roots.end(), layer->inputs.begin(), layer->inputs.end());
    }
    return needed;
}

bool isClassifier(const Layer &layer)
{
    if (layer.type == "Linear")
        return true;
    return layer.type == "Conv2d" && intsAttribute(layer, "kernel_size") == std::vector<std::int64_t>{1, 1}
    && intAttribute(layer, "groups") == 1;
}

/// The classifier that `output` shows, as classifierLayer() has it.
LayerId classifierBehind(const Network &network, LayerId output)
{
    const Layer *layer = network.find(output);
    while (layer) {
        if (!validate(*layer))
            return {};
        if (isClassifier(*layer))
            return layer->id;
        const bool goesOn = keepsClasses(*layer) && layer->inputs.front() < layer->id;
        layer = goesOn ? network.find(layer->inputs.front()) : nullptr;
    }
    return {};
}

} // namespace

const LayerAnalysis *NetworkAnalysis::find(LayerId id) const
{
    const auto position = std::ranges::lower_bound(layers, id, {}, &LayerAnalysis::id);
    return position != layers.end() && position->id == id ? &*position : nullptr;
}

Result<LayerAnalysis> analyseLayer(const Layer &layer, const std::vector<Shape> &inputs, const std::vector<std::string> &inputNames)
{
    if (auto valid = validate(layer); !valid)
        return fail(valid.error());
    const LayerType &type = *layerTypes().find(layer.type);
    auto output = type.outputShape(layer, inputs, inputNames);
    if (!output)
        return fail(output.error());
    if (!isWithinLimits(*output))
        return tooLarge(layer, "makes an output that");
    LayerAnalysis result;
    result.id = layer.id;
    if (type.tensors)
        result.tensors = type.tensors(layer, inputs);
    for (const TensorSpec &tensor : result.tensors) {
        if (!isWithinLimits(tensor.shape))
            return tooLarge(layer, "has a tensor `" + tensorName(layer, tensor) + "` that");
        if (!tensor.isBuffer)
            result.parameters += elementCount(tensor.shape);
    }
    if (type.multiplyAdds)
        result.multiplyAdds = type.multiplyAdds(layer, inputs, *output);
    result.outputShape = std::move(*output);
    return result;
}

Result<NetworkAnalysis> analyse(const Network &network)
{
    Analyser analyser(network);
    if (const auto found = analyser.structure(); !found.empty())
        return fail(found.front());
    NetworkAnalysis result;
    result.layers.reserve(network.layers().size());
    const std::vector<bool> inTrainingOnly = trainingOnly(network);
    for (std::size_t index = 0; index < network.layers().size(); ++index) {
        auto layer = *analyser.layer(index);
        if (!layer)
            return fail(layer.error());
        result.parameters = saturatingSum(result.parameters, layer->parameters);
        if (!network.layers()[index].frozen)
            result.trainableParameters = saturatingSum(result.trainableParameters, layer->parameters);
        if (inTrainingOnly[index])
            result.auxiliaryParameters = saturatingSum(result.auxiliaryParameters, layer->parameters);
        else
            result.multiplyAdds = saturatingSum(result.multiplyAdds, layer->multiplyAdds);
        result.layers.push_back(std::move(*layer));
    }
    return result;
}

std::vector<Error> problems(const Network &network)
{
    Analyser analyser(network);
    auto found = analyser.structure();
    if (!found.empty())
        return found;
    for (std::size_t index = 0; index < network.layers().size(); ++index)
        if (const auto layer = analyser.layer(index); layer && !*layer)
            found.push_back(layer->error());
        else if (const Layer &known = network.layers()[index]; layer && !isRunnable(known))
            found.push_back({ErrorCode::NetworkInvalid,
                stepOf(known) + ", which Graft has no layer for; it can be looked at but not run: remove it or replace it.", known.name});
    return found;
}

Result<void> requireRunnable(const Network &network)
{
    std::string list;
    std::size_t count = 0;
    const Layer *first = nullptr;
    for (const Layer &layer : network.layers()) {
        if (isRunnable(layer))
            continue;
        first = first ? first : &layer;
        list += (list.empty() ? "" : ", ") + stepOf(layer);
        ++count;
    }
    if (!first)
        return {};
    return fail(ErrorCode::NetworkInvalid,
        "This network has " + std::to_string(count) + (count == 1 ? " step" : " steps")
            + " that Graft has no layer for, so it can be looked at but not run: " + list + "; remove or replace "
            + (count == 1 ? "it." : "them."),
        first->name);
}

Result<std::vector<std::pair<std::string, TensorSpec>>> expectedTensors(const Network &network)
{
    auto analysis = analyse(network);
    if (!analysis)
        return fail(analysis.error());
    std::vector<std::pair<std::string, TensorSpec>> result;
    for (std::size_t index = 0; index < network.layers().size(); ++index)
        for (TensorSpec &tensor : analysis->layers[index].tensors) {
            std::string name = tensorName(network.layers()[index], tensor);
            result.emplace_back(std::move(name), std::move(tensor));
        }
    return result;
}

LayerId classifierLayer(const Network &network)
{
    return classifierBehind(network, network.output());
}

std::vector<LayerId> classifierLayers(const Network &network)
{
    std::vector<LayerId> result{classifierLayer(network)};
    for (const AuxiliaryOutput &auxiliary : network.auxiliaryOutputs)
        result.push_back(classifierBehind(network, auxiliary.layer));
    std::erase_if(result, [](LayerId id) { return !id.isValid(); });
    return result;
}

std::vector<bool> trainingOnly(const Network &network)
{
    std::vector<LayerId> auxiliary;
    for (const AuxiliaryOutput &output : network.auxiliaryOutputs)
        auxiliary.push_back(output.layer);
    std::vector<bool> result = neededBy(network, std::move(auxiliary));
    const std::vector<bool> always = neededBy(network, {network.output()});
    for (std::size_t index = 0; index < result.size(); ++index)
        result[index] = result[index] && !always[index];
    return result;
}

std::int64_t classCount(const Network &network)
{
    const Layer *layer = network.find(classifierLayer(network));
    return layer ? intAttribute(*layer, layer->type == "Linear" ? "out_features" : "out_channels") : 0;
}

std::vector<bool> beforeFrontier(const Network &network)
{
    const auto &layers = network.layers();
    std::vector<bool> before(layers.size(), false);
    for (std::size_t index = 0; index < layers.size(); ++index) {
        const Layer &layer = layers[index];
        before[index] = (layer.frozen || !actsInTraining(layer)) && std::ranges::all_of(layer.inputs, [&](LayerId input) {
            const Layer *source = network.find(input);
            return source && before[static_cast<std::size_t>(source - layers.data())];
        });
    }
    return before;
}

} // namespace graft
