#include "formats/onnx/graphwriter.h"

#include "formats/onnx/onnxfile.h"

#include <algorithm>

namespace graft {
namespace {

void addAttribute(onnx::NodeProto &node, const std::string &name, const OnnxAttribute &value)
{
    onnx::AttributeProto &attribute = *node.add_attribute();
    attribute.set_name(name);
    if (const auto *integer = std::get_if<std::int64_t>(&value)) {
        attribute.set_type(onnx::AttributeProto::INT);
        attribute.set_i(*integer);
    } else if (const auto *number = std::get_if<double>(&value)) {
        attribute.set_type(onnx::AttributeProto::FLOAT);
        attribute.set_f(static_cast<float>(*number));
    } else if (const auto *text = std::get_if<std::string>(&value)) {
        attribute.set_type(onnx::AttributeProto::STRING);
        attribute.set_s(*text);
    } else if (const auto *integers = std::get_if<std::vector<std::int64_t>>(&value)) {
        attribute.set_type(onnx::AttributeProto::INTS);
        for (const std::int64_t element : *integers)
            attribute.add_ints(element);
    } else {
        attribute.set_type(onnx::AttributeProto::FLOATS);
        for (const double element : std::get<std::vector<double>>(value))
            attribute.add_floats(static_cast<float>(element));
    }
}

} // namespace

OnnxGraphWriter::OnnxGraphWriter(onnx::GraphProto &graph, const Network &network, const StateDict &weights, int wantedOpset)
    : m_graph(graph), m_network(network), m_weights(weights)
{
    opset = wantedOpset;
    for (const auto &entry : weights.entries())
        m_names.insert(entry.first);
}

void OnnxGraphWriter::setValue(LayerId id, std::string name, bool hasBatch)
{
    m_values[id] = {std::move(name), hasBatch};
}

std::string OnnxGraphWriter::uniqueName(const std::string &wanted)
{
    std::string name = wanted;
    for (int copy = 1; !m_names.insert(name).second; ++copy)
        name = wanted + "_" + std::to_string(copy);
    return name;
}

Result<void> OnnxGraphWriter::write(
    const Layer &written, std::vector<Shape> shapes, const Shape &output, const std::vector<TensorSpec> &tensorSpecs)
{
    const LayerType *type = layerTypes().find(written.type);
    if (!type || !type->toOnnx)
        return fail(ErrorCode::SettingInvalid, "ONNX has nothing for " + written.type + " `" + written.name + "`; choose another format.",
            written.name);
    m_tensorNames.clear();
    m_inputNames.clear();
    inputHasBatch.clear();
    for (const TensorSpec &specification : tensorSpecs) {
        const std::string name = tensorName(written, specification);
        const auto tied = m_network.tiedTensors.find(name);
        m_tensorNames.push_back(tied == m_network.tiedTensors.end() ? name : tied->second);
    }
    for (const LayerId input : written.inputs) {
        m_inputNames.push_back(m_values.at(input).name);
        inputHasBatch.push_back(m_values.at(input).hasBatch);
    }
    m_shapes = std::move(shapes);
    layer = &written;
    inputs = m_inputNames;
    inputShapes = m_shapes;
    outputShape = output;
    tensors = m_tensorNames;
    m_firstNode = m_graph.node_size();
    const auto result = type->toOnnx(*this);
    if (!result)
        return fail(result.error());
    const bool hasBatch = std::ranges::find(inputHasBatch, true) != inputHasBatch.end();
    std::string name = *result;
    if (m_graph.node_size() > m_firstNode) {
        name = uniqueName(written.name);
        rename(*result, name);
    }
    setValue(written.id, name, hasBatch);
    return {};
}

/// The node that makes a layer's output bears its name.
void OnnxGraphWriter::rename(const std::string &from, const std::string &to)
{
    for (int index = m_firstNode; index < m_graph.node_size(); ++index) {
        onnx::NodeProto &node = *m_graph.mutable_node(index);
        for (std::string &name : *node.mutable_input())
            if (name == from)
                name = to;
        for (std::string &name : *node.mutable_output())
            if (name == from) {
                name = to;
                node.set_name(layer->name);
            }
    }
}

void OnnxGraphWriter::finish(LayerId output, const Shape &shape)
{
    std::string name = valueOf(output);
    const bool isMade = std::ranges::any_of(
        m_graph.node(), [&](const onnx::NodeProto &node) { return std::ranges::find(node.output(), name) != node.output().end(); });
    if (!isMade) {
        onnx::NodeProto &node = *m_graph.add_node();
        node.set_op_type("Identity");
        node.add_input(name);
        name = uniqueName("output");
        node.set_name(name);
        node.add_output(name);
    }
    describe(*m_graph.add_output(), name, onnx::TensorProto::FLOAT, shape);
}

std::string OnnxGraphWriter::node(const std::string &operatorName, OnnxValues values, OnnxAttributes attributes)
{
    return nodes(operatorName, std::move(values), std::move(attributes), 1).front();
}

OnnxValues OnnxGraphWriter::nodes(const std::string &operatorName, OnnxValues values, OnnxAttributes attributes, std::size_t outputs)
{
    while (!values.empty() && values.back().empty())
        values.pop_back();
    for (const std::string &name : values)
        useTensor(name);
    onnx::NodeProto &made = *m_graph.add_node();
    made.set_op_type(operatorName);
    OnnxValues names;
    for (std::size_t index = 0; index < outputs; ++index)
        names.push_back(uniqueName((layer ? layer->name : std::string("preprocessing")) + "/" + operatorName));
    made.set_name(names.front());
    for (const std::string &name : values)
        made.add_input(name);
    for (const std::string &name : names)
        made.add_output(name);
    for (const auto &[name, attribute] : attributes)
        addAttribute(made, name, attribute);
    return names;
}

/// Tensors of the weights become initializers when a node takes them.
void OnnxGraphWriter::useTensor(const std::string &name)
{
    const Tensor *tensor = m_weights.find(name);
    if (!tensor || !m_written.insert(name).second)
        return;
    const std::vector<float> values = tensor->toFloats();
    addInitializer(name, onnx::TensorProto::FLOAT, tensor->shape(), std::as_bytes(std::span(values)));
}

void OnnxGraphWriter::addInitializer(const std::string &name, int elementType, const Shape &shape, std::span<const std::byte> bytes)
{
    onnx::TensorProto &tensor = *m_graph.add_initializer();
    tensor.set_name(name);
    tensor.set_data_type(elementType);
    for (const std::int64_t size : shape)
        tensor.add_dims(size);
    tensor.set_raw_data(bytes.data(), bytes.size());
    // Before opset 9, an initializer is the default of an input.
    if (opset >= 9)
        return;
    onnx::ValueInfoProto &input = *m_graph.add_input();
    input.set_name(name);
    auto &type = *input.mutable_type()->mutable_tensor_type();
    type.set_elem_type(elementType);
    type.mutable_shape();
    for (const std::int64_t size : shape)
        type.mutable_shape()->add_dim()->set_dim_value(size);
}

std::string OnnxGraphWriter::integers(const std::vector<std::int64_t> &values)
{
    const auto known = m_lists.find(values);
    if (known != m_lists.end())
        return known->second;
    const std::string name = indices({static_cast<std::int64_t>(values.size())}, values);
    m_lists.emplace(values, name);
    return name;
}

std::string OnnxGraphWriter::indices(const Shape &shape, const std::vector<std::int64_t> &values)
{
    const std::string name = uniqueName("constant/integers");
    addInitializer(name, onnx::TensorProto::INT64, shape, std::as_bytes(std::span(values)));
    return name;
}

std::string OnnxGraphWriter::numbers(const Shape &shape, const std::vector<float> &values)
{
    const std::string name = uniqueName("constant/numbers");
    addInitializer(name, onnx::TensorProto::FLOAT, shape, std::as_bytes(std::span(values)));
    return name;
}

std::string OnnxGraphWriter::number(double value)
{
    const auto single = static_cast<float>(value);
    const auto known = m_numbers.find(single);
    if (known != m_numbers.end())
        return known->second;
    const std::string name = numbers({}, {single});
    m_numbers.emplace(single, name);
    return name;
}

const Tensor &OnnxGraphWriter::value(std::size_t tensor) const
{
    return *m_weights.find(m_tensorNames.at(tensor));
}

void OnnxGraphWriter::describe(onnx::ValueInfoProto &info, const std::string &name, int elementType, const Shape &shape)
{
    info.set_name(name);
    auto &type = *info.mutable_type()->mutable_tensor_type();
    type.set_elem_type(elementType);
    type.mutable_shape()->add_dim()->set_dim_param("N");
    for (const std::int64_t size : shape)
        type.mutable_shape()->add_dim()->set_dim_value(size);
}

} // namespace graft
