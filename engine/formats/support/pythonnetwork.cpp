#include "architectures/architecture.h"
#include "formats/support/pythonscript.h"
#include "formats/support/pythontext.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <map>
#include <set>

namespace graft {
namespace {

constexpr std::array reservedNames = {"x", "pictures", "layer", "self", "torch", "nn", "functional", "ops", "and", "as", "assert", "async",
    "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in",
    "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "None", "True", "False"};

/// The layers without what a person may change about training, and without the size of the pictures.
std::vector<Layer> structure(const Network &network)
{
    std::vector<Layer> layers = network.layers();
    for (Layer &layer : layers) {
        layer.frozen = false;
        layer.learningRateFactor = 1;
        if (layer.type == "Input")
            layer.attributes.clear();
    }
    return layers;
}

/// The network's architecture when it is torchvision's just as it is there, but for the number of classes; nullptr otherwise.
const Architecture *torchvisionArchitecture(const Network &network)
{
    const Architecture *architecture = architectures().find(network.architecture);
    const auto classes = classCount(network);
    if (!architecture || !architecture->isInTorchvision || classes < 1 || !network.tiedTensors.empty())
        return nullptr;
    const Network original = architecture->build(static_cast<int>(classes));
    const bool same = structure(network) == structure(original) && network.output() == original.output()
        && network.auxiliaryOutputs == original.auxiliaryOutputs;
    return same ? architecture : nullptr;
}

/// Writes the network down layer by layer.
class NetworkWriter {
public:
    NetworkWriter(const Network &network, const NetworkAnalysis &analysis) : m_network(network), m_analysis(analysis)
    {
        m_reserved.insert(reservedNames.begin(), reservedNames.end());
        sortLayers();
        nameOutputs();
    }
    [[nodiscard]] std::string text();

private:
    void sortLayers();
    void nameOutputs();
    [[nodiscard]] std::string freshName(const std::string &layerName);
    [[nodiscard]] std::string construction(const Layer &layer) const;
    [[nodiscard]] std::string parts(const Layer &layer) const;
    [[nodiscard]] std::string expression(const Layer &layer) const;
    [[nodiscard]] std::string steps(const std::vector<const Layer *> &layers, const std::string &indentation) const;
    [[nodiscard]] std::string substitute(const Layer &layer, const std::string &placeholder) const;
    [[nodiscard]] std::string allInputs(const Layer &layer) const;
    [[nodiscard]] std::size_t mostDimensions(const Layer &layer) const;
    /// Without the batch.
    [[nodiscard]] std::size_t dimensions(LayerId id) const { return m_analysis.find(id)->outputShape.size(); }
    [[nodiscard]] const std::string &variable(LayerId id) const { return m_variables.at(id); }

    const Network &m_network;
    const NetworkAnalysis &m_analysis;
    std::vector<const Layer *> m_main, m_auxiliary; ///< those that the output needs, and the rest
    std::set<LayerId> m_once; ///< layers whose output does not depend on the pictures
    std::map<LayerId, std::string> m_variables; ///< what holds each layer's output
    std::set<std::string, std::less<>> m_reserved;
};

void NetworkWriter::sortLayers()
{
    std::set<LayerId> needed = {m_network.output()};
    const auto &layers = m_network.layers();
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer)
        if (needed.contains(layer->id))
            needed.insert(layer->inputs.begin(), layer->inputs.end());
    for (const Layer &layer : layers) {
        if (layer.type == "Input")
            continue;
        if (std::ranges::all_of(layer.inputs, [this](LayerId input) { return m_once.contains(input); }))
            m_once.insert(layer.id);
        (needed.contains(layer.id) ? m_main : m_auxiliary).push_back(&layer);
    }
}

/// What only the next step needs goes by the name of `x`; the rest has names of its own.
void NetworkWriter::nameOutputs()
{
    for (const Layer &layer : m_network.layers())
        if (layer.type == "Input")
            m_variables[layer.id] = "pictures";
    for (const auto *layers : {&m_main, &m_auxiliary}) {
        for (std::size_t i = 0; i < layers->size(); ++i) {
            const Layer &layer = *(*layers)[i];
            const auto consumers = m_network.consumers(layer.id);
            const bool isNext = consumers.size() == 1 && i + 1 < layers->size() && (*layers)[i + 1]->id == consumers.front();
            const bool isLast = consumers.empty() && i + 1 == layers->size() && m_network.auxiliaryOutputs.empty();
            m_variables[layer.id] = isNext || isLast ? "x" : freshName(layer.name);
        }
    }
}

std::string NetworkWriter::freshName(const std::string &layerName)
{
    std::string name;
    for (const char c : layerName)
        name += std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 0x80 ? c : '_';
    if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front())) != 0)
        name.insert(0, "out_");
    std::string fresh = name;
    for (int i = 2; !m_reserved.insert(fresh).second; ++i)
        fresh = name + "_" + std::to_string(i);
    return fresh;
}

std::string pythonOf(const Layer &layer)
{
    const LayerType &type = *layerTypes().find(layer.type);
    return type.python ? type.python(layer) : "{new:nn." + type.name + "}({0})";
}

/// The class in "{new:class, more}", with what more it is to be told; empty when the layer is no module.
std::pair<std::string, std::string> moduleOf(const std::string &python)
{
    constexpr std::string_view begin = "{new:";
    const auto at = python.find(begin);
    if (at == std::string::npos)
        return {};
    const std::string text = python.substr(at + begin.size(), python.find('}', at) - at - begin.size());
    const auto comma = text.find(", ");
    return {text.substr(0, comma), comma == std::string::npos ? "" : text.substr(comma)};
}

/// "nn.Conv2d(in_channels=3, …)": what differs from the defaults, which are torch's.
std::string NetworkWriter::construction(const Layer &layer) const
{
    const auto [name, more] = moduleOf(pythonOf(layer));
    std::string arguments;
    for (const AttributeSchema &attribute : layerTypes().find(layer.type)->schema) {
        const auto own = layer.attributes.find(attribute.name);
        const AttributeValue &value = own == layer.attributes.end() ? attribute.defaultValue : own->second;
        // torch has no default of its own for these.
        const bool isWanted = attribute.name == "output_size" || attribute.name == "dim" || attribute.name == "value";
        if (!isWanted && !attribute.required && value == attribute.defaultValue)
            continue;
        std::string text = toPython(value);
        // torchvision's window attention copies its sizes as only a list can be copied.
        if (name.starts_with("torchvision.") && text.front() == '(')
            text = "list(" + text + ")";
        arguments += (arguments.empty() ? "" : ", ") + attribute.name + "=" + text;
    }
    return name + "(" + arguments + more + ")";
}

/// The lines that give the network a layer's module, or the tensors of one that is an expression.
std::string NetworkWriter::parts(const Layer &layer) const
{
    if (!moduleOf(pythonOf(layer)).first.empty())
        return "        self.put(" + toPython(layer.name) + ", " + construction(layer) + ")\n";
    std::string lines;
    for (const TensorSpec &tensor : m_analysis.find(layer.id)->tensors) {
        const std::string type = tensor.type == DType::Int64 ? ", dtype=torch.int64" : "";
        const std::string empty = "torch.zeros(" + toPython(AttributeValue(tensor.shape)) + type + ")";
        lines += "        self.put(" + toPython(tensorName(layer, tensor)) + ", "
            + (tensor.isBuffer ? empty : "nn.Parameter(" + empty + ")") + ")\n";
    }
    return lines;
}

/// "a[:, None, None]": the variable with dimensions of 1 behind the batch.
std::string aligned(const std::string &variable, std::size_t missing)
{
    std::string text = variable;
    for (std::size_t i = 0; i < missing; ++i)
        text += i == 0 ? "[:, None" : ", None";
    return missing > 0 ? text + "]" : text;
}

std::string NetworkWriter::expression(const Layer &layer) const
{
    const std::string text = pythonOf(layer);
    std::string filled;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text[at] == '{' ? text.find('}', at) : std::string::npos;
        filled += end == std::string::npos ? text.substr(at, 1) : substitute(layer, text.substr(at + 1, end - at - 1));
        at = end == std::string::npos ? at + 1 : end + 1;
    }
    return filled;
}

/// What a placeholder of LayerType::python stands for.
std::string NetworkWriter::substitute(const Layer &layer, const std::string &placeholder) const
{
    constexpr std::string_view tensor = "tensor:", alignedInput = "aligned";
    if (placeholder.starts_with("new:"))
        return "layer(" + toPython(layer.name) + ")";
    if (placeholder == "inputs")
        return allInputs(layer);
    if (placeholder == "training")
        return layer.frozen ? "False" : "self.training";
    if (placeholder.starts_with(tensor)) {
        const auto &tensors = m_analysis.find(layer.id)->tensors;
        const auto spec = std::ranges::find(tensors, placeholder.substr(tensor.size()), &TensorSpec::name);
        assert(spec != tensors.end());
        return (spec->isBuffer ? "self.get_buffer(" : "self.get_parameter(") + toPython(tensorName(layer, *spec)) + ")";
    }
    const bool isAligned = placeholder.starts_with(alignedInput);
    if (isAligned || std::isdigit(static_cast<unsigned char>(placeholder.front())) != 0) {
        const LayerId input = layer.inputs.at(std::stoul(isAligned ? placeholder.substr(alignedInput.size()) : placeholder));
        return isAligned ? aligned(variable(input), mostDimensions(layer) - dimensions(input)) : variable(input);
    }
    const auto own = layer.attributes.find(placeholder);
    if (own != layer.attributes.end())
        return toPython(own->second);
    const auto &schema = layerTypes().find(layer.type)->schema;
    const auto attribute = std::ranges::find(schema, placeholder, &AttributeSchema::name);
    assert(attribute != schema.end());
    return toPython(attribute->defaultValue);
}

/// All inputs, one after the other; what is the same for every picture is repeated for the batch.
std::string NetworkWriter::allInputs(const Layer &layer) const
{
    std::string list;
    for (const LayerId input : layer.inputs) {
        list += (list.empty() ? "" : ", ") + variable(input);
        if (!m_once.contains(input))
            continue;
        list += ".expand(len(pictures)";
        for (std::size_t i = 0; i < dimensions(input); ++i)
            list += ", -1";
        list += ")";
    }
    return list;
}

std::size_t NetworkWriter::mostDimensions(const Layer &layer) const
{
    std::size_t most = 0;
    for (const LayerId input : layer.inputs)
        most = std::max(most, dimensions(input));
    return most;
}

std::string NetworkWriter::steps(const std::vector<const Layer *> &layers, const std::string &indentation) const
{
    std::string lines;
    std::string_view block;
    for (const Layer *layer : layers) {
        if (parentBlock(layer->name) != block && !parentBlock(layer->name).empty())
            lines += indentation + "# " + toPython(std::string(parentBlock(layer->name))) + "\n";
        block = parentBlock(layer->name);
        lines += indentation + variable(layer->id) + " = " + expression(*layer) + "\n";
    }
    return lines;
}

std::string NetworkWriter::text()
{
    std::string text = R"(class Network(nn.Module):
    """The network, layer by layer, under the names that the weights have."""

    def __init__(self):
        super().__init__()
)";
    for (const Layer &layer : m_network.layers())
        if (layer.type != "Input")
            text += parts(layer);
    for (const auto &[name, owner] : m_network.tiedTensors)
        text += "        self.put(" + toPython(name) + ", self.get_parameter(" + toPython(owner) + "))  # one tensor, two names\n";
    text += R"(
    def put(self, name, part):
        """Adds a layer, a parameter or a buffer under a dotted name, as "layer1.0.conv1"."""
        *blocks, last = name.split(".")
        parent = self
        for block in blocks:
            if block not in parent._modules:
                parent.add_module(block, nn.Module())
            parent = parent._modules[block]
        if isinstance(part, nn.Module):
            parent.add_module(last, part)
        elif isinstance(part, nn.Parameter):
            parent.register_parameter(last, part)
        else:
            parent.register_buffer(last, part)

    def forward(self, pictures):
        layer = self.get_submodule
)";
    text += steps(m_main, "        ");
    const std::string result = variable(m_network.output());
    if (!m_network.auxiliaryOutputs.empty()) {
        text += "        if self.training:  # auxiliary classifiers, which help training only\n" + steps(m_auxiliary, "            ");
        text += "            return " + result;
        for (const AuxiliaryOutput &output : m_network.auxiliaryOutputs)
            text += ", " + variable(output.layer);
        text += "\n";
    }
    return text + "        return " + result + "\n\n\ndef build_network():\n    return Network()\n";
}

} // namespace

std::string pythonNetwork(const Network &network, const NetworkAnalysis &analysis)
{
    if (const Architecture *architecture = torchvisionArchitecture(network))
        return "def build_network():\n    return torchvision.models." + architecture->name
            + "(weights=None, num_classes=" + std::to_string(classCount(network))
            + (architecture->torchvisionArguments.empty() ? "" : ", " + architecture->torchvisionArguments) + ")\n";
    return NetworkWriter(network, analysis).text();
}

} // namespace graft
