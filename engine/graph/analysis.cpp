#include "graph/analysis.h"

#include "graph/limits.h"
#include "graph/shapewalk.h"

#include <algorithm>
#include <array>

namespace graft {
namespace {

tl::unexpected<Error> tooLarge(const Layer &layer, const std::string &what)
{
    return fail(ErrorCode::ShapeMismatch, layer.type + " `" + layer.name + "` " + what + " is larger than Graft can hold; make it smaller.",
        layer.name);
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
        const std::size_t index = network.indexOf(layer->id);
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
        const bool goesOn = keepsClasses(*layer) && network.indexOf(layer->inputs.front()) < network.indexOf(layer->id);
        layer = goesOn ? network.find(layer->inputs.front()) : nullptr;
    }
    return {};
}

} // namespace

const LayerAnalysis *NetworkAnalysis::find(LayerId id) const
{
    const bool isKnown = id.value >= 0 && static_cast<std::size_t>(id.value) < positions.size();
    const int position = isKnown ? positions[static_cast<std::size_t>(id.value)] : -1;
    return position < 0 ? nullptr : &layers[static_cast<std::size_t>(position)];
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
    ShapeWalk walk(network);
    if (const auto found = walk.structure(); !found.empty())
        return fail(found.front());
    NetworkAnalysis result;
    result.layers.reserve(network.layers().size());
    const std::vector<bool> inTrainingOnly = trainingOnly(network);
    for (std::size_t index = 0; index < network.layers().size(); ++index) {
        auto figures = *walk.layer(index);
        if (!figures)
            return fail(figures.error());
        append(result, std::move(*figures), network.layers()[index], inTrainingOnly[index]);
    }
    return result;
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
    const auto classifiers = outputClassifiers(network);
    return classifiers.empty() ? LayerId() : classifiers.front();
}

std::vector<LayerId> outputClassifiers(const Network &network)
{
    const Layer *output = network.find(network.output());
    if (const LayerId one = classifierBehind(network, network.output()); one.isValid() || !output || output->type != "Concatenate")
        return one.isValid() ? std::vector{one} : std::vector<LayerId>();
    std::vector<LayerId> result;
    for (const LayerId head : output->inputs) {
        const LayerId classifier = network.indexOf(head) < network.indexOf(output->id) ? classifierBehind(network, head) : LayerId();
        if (!classifier.isValid() || std::ranges::find(result, classifier) != result.end())
            return {};
        result.push_back(classifier);
    }
    return result;
}

std::vector<LayerId> classifierLayers(const Network &network)
{
    std::vector<LayerId> result = outputClassifiers(network);
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

std::vector<bool> idleInTraining(const Network &network)
{
    std::vector<bool> idle = trainingOnly(network);
    const std::vector<bool> before = beforeFrontier(network);
    Network working = network;
    std::erase_if(working.auxiliaryOutputs, [&](const AuxiliaryOutput &output) {
        const Layer *layer = network.find(output.layer);
        return layer && before[static_cast<std::size_t>(layer - network.layers().data())];
    });
    const std::vector<bool> useful = trainingOnly(working);
    for (std::size_t index = 0; index < idle.size(); ++index)
        idle[index] = idle[index] && !useful[index];
    return idle;
}

std::int64_t classCount(const Network &network)
{
    std::int64_t classes = 0;
    for (const LayerId id : outputClassifiers(network)) {
        const Layer &layer = *network.find(id);
        classes += intAttribute(layer, layer.type == "Linear" ? "out_features" : "out_channels");
    }
    return classes;
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
