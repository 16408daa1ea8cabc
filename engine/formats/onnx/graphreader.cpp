#include "formats/onnx/graphreader.h"

#include "formats/onnx/folding.h"
#include "formats/onnx/nodeview.h"
#include "formats/onnx/onnxfile.h"
#include "formats/support/filename.h"
#include "graph/limits.h"

#include <algorithm>

namespace graft {
namespace {

constexpr std::uint64_t freeFoldedBytes = 64 << 20;

const std::map<std::string, OnnxReading, std::less<>> &readings()
{
    static const auto all = [] {
        std::map<std::string, OnnxReading, std::less<>> made;
        for (const LayerType &type : layerTypes().all())
            for (const OnnxOperator &known : type.fromOnnx)
                made.emplace(known.name, known.read);
        return made;
    }();
    return all;
}

std::string fullOperatorName(const onnx::NodeProto &node)
{
    const bool isOnnxsOwn = node.domain().empty() || node.domain() == "ai.onnx";
    return isOnnxsOwn ? node.op_type() : node.domain() + "." + node.op_type();
}

const onnx::TensorProto *tensorAttribute(const onnx::NodeProto &node, const char *name)
{
    for (const auto &attribute : node.attribute())
        if (attribute.name() == name && attribute.has_t())
            return &attribute.t();
    return nullptr;
}

} // namespace

OnnxGraphReader::OnnxGraphReader(std::shared_ptr<const onnx::ModelProto> model, const std::filesystem::path &path)
    : m_model(model), m_subject(path.string()), m_tensors(model, path.parent_path(), path.string()),
      m_mostFoldedBytes(freeFoldedBytes + 2 * model->ByteSizeLong())
{
}

tl::unexpected<Error> OnnxGraphReader::damaged(const std::string &complaint) const
{
    return fail(ErrorCode::FileCorrupt, "'" + fileName(m_subject) + "' is damaged: " + complaint + "; get the file again.", m_subject);
}

Result<FileContents> OnnxGraphReader::read()
{
    using Step = Result<void> (OnnxGraphReader::*)();
    for (const Step step : {&OnnxGraphReader::readOpset, &OnnxGraphReader::readConstants, &OnnxGraphReader::readSteps})
        if (auto done = (this->*step)(); !done)
            return fail(done.error());
    for (const auto &output : m_model->graph().output())
        m_graph.outputs.insert(output.name());
    m_graph.index();
    foldConstants();
    fusePatterns(m_graph);
    if (auto input = readInput(); !input)
        return fail(input.error());
    markUnused();
    countScopes();
    for (const OnnxStep &step : m_graph.steps) {
        if (step.isGone)
            continue;
        const auto folded = fold(step);
        if (!folded)
            return fail(folded.error());
        if (*folded)
            continue;
        if (auto done = readStep(step); !done)
            return fail(done.error());
    }
    const auto last = output();
    if (!last)
        return fail(last.error());
    FileContents contents = std::move(*m_import).finish(*last);
    contents.remarks.insert(contents.remarks.end(), m_remarks.begin(), m_remarks.end());
    describeFile(contents);
    return contents;
}

Result<void> OnnxGraphReader::readOpset()
{
    std::int64_t version = 0;
    for (const auto &operators : m_model->opset_import())
        if (operators.domain().empty() || operators.domain() == "ai.onnx")
            version = std::max(version, std::int64_t{operators.version()});
    constexpr std::int64_t newestEver = 1000;
    if (version > newestEver || !m_model->has_graph())
        return damaged("it has no graph or no version that could be");
    if (version < oldestOnnxOpset)
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(m_subject) + "' is of ONNX opset " + std::to_string(version) + "; Graft opens opset "
                + std::to_string(oldestOnnxOpset) + " and newer ones: convert it with ONNX's version converter.",
            m_subject);
    m_opset = static_cast<int>(version);
    for (const auto &info : m_model->graph().value_info())
        if (info.type().tensor_type().has_shape() && info.type().tensor_type().shape().dim_size() > 1) {
            Shape shape;
            for (const auto &size : info.type().tensor_type().shape().dim())
                shape.push_back(size.dim_value());
            shape.erase(shape.begin());
            m_namedShapes.emplace(info.name(), isWithinLimits(shape) ? std::optional(shape) : std::nullopt);
        }
    return {};
}

Result<void> OnnxGraphReader::readConstant(const std::string &name, const onnx::TensorProto &tensor)
{
    if (name.empty() || m_graph.constants.contains(name) || m_unreadable.contains(name))
        return damaged("two values are called `" + name + "`");
    auto constant = m_tensors.read(tensor);
    if (constant) {
        m_graph.constants.emplace(name, std::move(*constant));
        return {};
    }
    if (constant.error().code != ErrorCode::NetworkInvalid)
        return fail(constant.error());
    m_unreadable.emplace(name, constant.error().message);
    return {};
}

Result<void> OnnxGraphReader::readConstants()
{
    for (const onnx::TensorProto &tensor : m_model->graph().initializer())
        if (auto done = readConstant(tensor.name(), tensor); !done)
            return done;
    return {};
}

/// Whether the node was a Constant.
Result<bool> OnnxGraphReader::readConstantNode(const onnx::NodeProto &node)
{
    if (fullOperatorName(node) != "Constant" || node.output_size() != 1 || node.attribute_size() != 1)
        return false;
    const std::string &name = node.output(0);
    if (const onnx::TensorProto *tensor = tensorAttribute(node, "value")) {
        auto done = readConstant(name, *tensor);
        if (!done)
            return fail(done.error());
        // Its tensor may bear a name by chance; it is nobody's.
        if (const auto known = m_graph.constants.find(name); known != m_graph.constants.end())
            known->second.source.clear();
        return true;
    }
    const auto value = neutralAttribute(node.attribute(0));
    std::vector<OnnxNumber> numbers;
    bool isInteger = true, isList = true;
    if (const auto *integers = value ? std::get_if<std::vector<std::int64_t>>(&*value) : nullptr) {
        for (const std::int64_t integer : *integers)
            numbers.push_back({static_cast<double>(integer), false});
    } else if (const auto *floats = value ? std::get_if<std::vector<double>>(&*value) : nullptr) {
        isInteger = false;
        for (const double number : *floats)
            numbers.push_back({number, false});
    } else if (value && (std::holds_alternative<std::int64_t>(*value) || std::holds_alternative<double>(*value))) {
        isInteger = std::holds_alternative<std::int64_t>(*value);
        isList = false;
        numbers.push_back({isInteger ? static_cast<double>(std::get<std::int64_t>(*value)) : std::get<double>(*value), false});
    } else {
        return false;
    }
    if (m_graph.constants.contains(name))
        return damaged("two values are called `" + name + "`");
    m_graph.constants.emplace(name, constantOf(isList ? Shape{std::ssize(numbers)} : Shape{}, isInteger, numbers));
    return true;
}

Result<void> OnnxGraphReader::readSteps()
{
    std::set<std::string, std::less<>> made;
    for (const onnx::NodeProto &node : m_model->graph().node()) {
        const auto isConstant = readConstantNode(node);
        if (!isConstant)
            return fail(isConstant.error());
        if (*isConstant)
            continue;
        OnnxStep step;
        step.operatorName = fullOperatorName(node);
        step.name = node.name();
        step.inputs.assign(node.input().begin(), node.input().end());
        step.outputs.assign(node.output().begin(), node.output().end());
        step.proto = &node;
        for (const auto &attribute : node.attribute())
            if (auto value = neutralAttribute(attribute))
                step.attributes.insert_or_assign(attribute.name(), std::move(*value));
        for (const std::string &output : step.outputs)
            if (!output.empty() && (!made.insert(output).second || m_graph.constants.contains(output)))
                return damaged("two values are called `" + output + "`");
        m_graph.steps.push_back(std::move(step));
    }
    return {};
}

const OnnxConstant *OnnxGraphReader::constant(const std::string &value) const
{
    const auto known = m_graph.constants.find(value);
    return known == m_graph.constants.end() ? nullptr : &known->second;
}

Result<Tensor> OnnxGraphReader::numbers(const std::string &value)
{
    const OnnxConstant *known = constant(value);
    if (!known) {
        const auto unreadable = m_unreadable.find(value);
        return onnxReason(unreadable == m_unreadable.end() ? "its weights are worked out while it runs" : unreadable->second);
    }
    if (!known->isInteger && known->numbers.empty() && known->tensor.type() == DType::Float32)
        return known->tensor;
    if (const auto converted = m_float32.find(value); converted != m_float32.end())
        return converted->second;
    std::vector<float> numbers;
    for (const OnnxNumber &number : known->numbers) {
        if (number.isBatch)
            return onnxReason("it needs to know how many pictures there are");
        numbers.push_back(static_cast<float>(number.value));
    }
    if (!known->isInteger && known->numbers.empty())
        numbers = known->tensor.toFloats();
    const Tensor made = Tensor::fromFloats(known->shape, numbers);
    m_float32.emplace(value, made);
    return made;
}

Result<LayerId> OnnxGraphReader::layer(const std::string &value) const
{
    const auto known = m_layers.find(value);
    if (known != m_layers.end())
        return known->second;
    const auto unreadable = m_unreadable.find(value);
    return onnxReason(unreadable == m_unreadable.end() ? "an input is missing" : unreadable->second);
}

void OnnxGraphReader::setLayer(const std::string &value, LayerId id)
{
    m_layers.insert_or_assign(value, id);
}

Result<LayerId> OnnxGraphReader::parameter(const std::string &value, std::size_t rank, const std::string &nodeName)
{
    if (const auto made = m_parameters.find(value); made != m_parameters.end())
        return made->second;
    auto tensor = numbers(value);
    const OnnxConstant *known = constant(value);
    if (!tensor || !known)
        return onnxReason(tensor ? "its weights are worked out while it runs" : tensor.error().message);
    Shape shape = known->shape;
    // One dimension more than the file's own tensor stands for the batch.
    Shape withBatch = known->sourceShape;
    withBatch.insert(withBatch.begin(), 1);
    const bool isOwnShape = !known->source.empty() && shape == withBatch;
    if (isOwnShape)
        shape = known->sourceShape;
    const bool hasBatch = !isOwnShape && rank > 0 && shape.size() == rank;
    if ((hasBatch && shape.front() != 1) || (rank > 0 && shape.size() > rank) || shape.empty())
        shape.insert(shape.begin(), 1);
    if (shape.size() > std::max<std::size_t>(rank, 1) || elementCount(shape) != known->count())
        return onnxReason("it takes in numbers that differ from picture to picture");
    const bool isNamed = !known->source.empty() && isOnnxGivenName(known->source);
    const auto id = m_import->add(freeName(isNamed ? known->source : nodeName + "_constant"), "Parameter",
        {{"shape", shape}, {"has_batch_dimension", hasBatch}, {"trainable", isNamed}}, {}, {{"", onnxReshaped(*tensor, shape)}});
    if (id)
        m_parameters.emplace(value, *id);
    return id;
}

void OnnxGraphReader::markUnused()
{
    std::set<std::string, std::less<>> wanted(m_graph.outputs.begin(), m_graph.outputs.end());
    for (auto step = m_graph.steps.rbegin(); step != m_graph.steps.rend(); ++step) {
        const bool isUsed = std::ranges::any_of(step->outputs, [&](const std::string &output) { return wanted.contains(output); });
        step->isGone = step->isGone || !isUsed;
        if (!step->isGone)
            wanted.insert(step->inputs.begin(), step->inputs.end());
    }
}

Result<void> OnnxGraphReader::readStep(const OnnxStep &step)
{
    for (const std::string &input : step.inputs)
        if (!input.empty() && !m_layers.contains(input) && !constant(input) && !m_unreadable.contains(input))
            return damaged("the node `" + step.name + "` takes `" + input + "`, which nothing before it makes");
    const auto reading = readings().find(step.operatorName);
    if (step.operatorName == "Cast" && !step.outputs.empty() && step.inputs.size() == 1 && m_layers.contains(step.inputs[0])) {
        setLayer(step.outputs[0], m_layers.at(step.inputs[0]));
        return {};
    }
    if (reading == readings().end() || step.outputs.empty()) {
        addOpaque(step, {});
        return {};
    }
    OnnxNodeView view(*this, step, nameFor(step));
    const auto made = reading->second(view);
    if (made)
        setLayer(step.outputs[0], *made);
    else
        addOpaque(step, made.error().message);
    return {};
}

void OnnxGraphReader::addOpaque(const OnnxStep &step, const std::string &reason)
{
    std::vector<LayerId> inputs;
    for (const std::string &input : step.inputs)
        if (const auto known = m_layers.find(input); known != m_layers.end())
            inputs.push_back(known->second);
    std::optional<Shape> shape;
    if (!step.outputs.empty())
        if (const auto known = m_namedShapes.find(step.outputs[0]); known != m_namedShapes.end())
            shape = known->second;
    const LayerId id = m_import->addOpaque(freeName(nameFor(step)), step.operatorName, std::move(inputs), reason, shape);
    for (const std::string &output : step.outputs)
        if (!output.empty())
            setLayer(output, id);
}

} // namespace graft
