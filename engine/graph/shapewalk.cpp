#include "graph/shapewalk.h"

#include "graph/limits.h"

#include <unordered_set>

namespace graft {

std::vector<Error> ShapeWalk::structure() const
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
    for (std::size_t index = 0; index < layers.size(); ++index) {
        const Layer &layer = layers[index];
        if (!names.insert(layer.name).second)
            report("Two layers are named `" + layer.name + "`; rename one.", layer.name);
        if (layer.type == "Input" && index != 0)
            report("`" + layer.name + "` is a second Input; a network has one.", layer.name);
        for (const LayerId input : layer.inputs)
            if (m_network.indexOf(input) >= index)
                report("`" + layer.name + "` takes its input from a layer that does not come before it; connect it to an earlier one.",
                    layer.name);
    }
    if (!m_network.find(m_network.output()))
        report("The network has no output layer; choose one.", {});
    return found;
}

const std::string &ShapeWalk::sourceName(LayerId id) const
{
    // A Flatten changes no value and bears no name in torchvision's models: people know the layer before it.
    const Layer *source = m_network.find(id);
    while (source->type == "Flatten" && source->inputs.size() == 1)
        source = m_network.find(source->inputs.front());
    return source->name;
}

std::optional<Result<LayerAnalysis>> ShapeWalk::layer(std::size_t index)
{
    const Layer &layer = m_network.layers()[index];
    std::vector<Shape> shapes;
    std::vector<std::string> names;
    for (const LayerId input : layer.inputs) {
        const auto &shape = m_known[m_network.indexOf(input)];
        if (!shape) {
            // Its own attributes and the number of its inputs can be judged all the same.
            const auto valid = validate(layer);
            return valid ? std::nullopt : std::optional<Result<LayerAnalysis>>(fail(valid.error()));
        }
        shapes.push_back(*shape);
        names.push_back(sourceName(input));
    }
    auto result = analyseLayer(layer, shapes, names);
    if (!result)
        return result;
    if (!m_network.tiedTensors.empty())
        for (const TensorSpec &tensor : result->tensors)
            if (!tensor.isBuffer && m_network.tiedTensors.contains(tensorName(layer, tensor)))
                result->parameters -= elementCount(tensor.shape);
    m_known[index] = result->outputShape;
    return result;
}

void append(NetworkAnalysis &all, LayerAnalysis figures, const Layer &layer, bool isForTrainingOnly)
{
    all.parameters = saturatingSum(all.parameters, figures.parameters);
    if (!layer.frozen)
        all.trainableParameters = saturatingSum(all.trainableParameters, figures.parameters);
    if (isForTrainingOnly)
        all.auxiliaryParameters = saturatingSum(all.auxiliaryParameters, figures.parameters);
    else
        all.multiplyAdds = saturatingSum(all.multiplyAdds, figures.multiplyAdds);
    const auto id = static_cast<std::size_t>(layer.id.value);
    if (id >= all.positions.size())
        all.positions.resize(id + 1, -1);
    all.positions[id] = static_cast<int>(all.layers.size());
    all.layers.push_back(std::move(figures));
}

bool isRunnable(const Layer &layer)
{
    const LayerType *type = layerTypes().find(layer.type);
    return !type || type->forward;
}

std::string stepOf(const Layer &layer)
{
    const auto step = layer.attributes.find("operator");
    return "`" + layer.name + "` is a " + (step == layer.attributes.end() ? layer.type : describe(step->second));
}

} // namespace graft
