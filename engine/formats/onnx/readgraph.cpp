#include "formats/onnx/folding.h"
#include "formats/onnx/graphreader.h"
#include "formats/onnx/onnxfile.h"
#include "formats/support/filename.h"
#include "graph/limits.h"

#include <algorithm>
#include <cmath>

/// Where a file's graph begins and ends, and what is worked out on the way.
namespace graft {
namespace {

constexpr std::int64_t usualSize = 224;

/// What the file says of a value, the batch included; 0 = open.
Shape sizesOf(const onnx::ValueInfoProto &info)
{
    Shape sizes;
    for (const auto &size : info.type().tensor_type().shape().dim())
        sizes.push_back(size.has_dim_value() ? std::int64_t{size.dim_value()} : 0);
    return sizes;
}

} // namespace

Result<void> OnnxGraphReader::readInput()
{
    const onnx::ValueInfoProto *input = nullptr;
    std::string inner;
    for (const auto &entry : m_model->metadata_props())
        if (entry.key() == onnxInputKey)
            inner = entry.value();
    for (const auto &info : inner.empty() ? m_model->graph().input() : m_model->graph().value_info()) {
        if (constant(info.name()) || m_unreadable.contains(info.name()) || (!inner.empty() && info.name() != inner))
            continue;
        if (input)
            return fail(ErrorCode::FormatUnknown,
                "'" + fileName(m_subject) + "' takes several inputs (`" + input->name() + "`, `" + info.name()
                    + "`); Graft opens networks that take one picture.",
                m_subject);
        input = &info;
    }
    Shape sizes = input ? sizesOf(*input) : Shape();
    if (sizes.size() < 2)
        return fail(ErrorCode::FormatUnknown,
            "'" + fileName(m_subject) + "' has no input of pictures; Graft opens networks that take one picture.", m_subject);
    std::string value = input->name();
    m_batch = std::max<std::int64_t>(sizes.front(), 0);
    Shape shape(sizes.begin() + 1, sizes.end());
    const bool isTurned = shape.size() == 3 && startsWithTranspose(value, shape);
    for (std::size_t axis = 0; axis < shape.size(); ++axis)
        if (shape[axis] <= 0) {
            shape[axis] = shape.size() == 3 && axis == 0 ? 3 : usualSize;
            m_remarks.push_back("The file leaves the size of its input open; Graft takes " + std::to_string(shape[axis]) + ".");
        }
    if (!isWithinLimits(shape))
        return damaged("its input is " + describe(shape));
    m_import.emplace(freeName(value), shape);
    setLayer(value, m_import->input());
    if (isTurned)
        for (const std::size_t step : m_graph.consumers.at(value)) {
            m_graph.steps[step].isGone = true;
            setLayer(m_graph.steps[step].outputs[0], m_import->input());
        }
    // What makes the inner input is preprocessing, which Graft does itself.
    if (!inner.empty())
        for (OnnxStep &step : m_graph.steps)
            step.isGone = step.isGone || std::ranges::find(step.outputs, inner) != step.outputs.end();
    return {};
}

/// TensorFlow's pictures, height × width × channels, which are turned at once: Graft's input is what comes out.
bool OnnxGraphReader::startsWithTranspose(const std::string &input, Shape &shape)
{
    const auto consumers = m_graph.consumers.find(input);
    if (consumers == m_graph.consumers.end() || m_graph.outputs.contains(input))
        return false;
    const OnnxAttribute order = std::vector<std::int64_t>{0, 3, 1, 2};
    for (const std::size_t index : consumers->second) {
        const OnnxStep &step = m_graph.steps[index];
        const auto known = step.attributes.find("perm");
        if (step.isGone || step.operatorName != "Transpose" || step.outputs.size() != 1 || known == step.attributes.end()
            || known->second != order)
            return false;
    }
    shape = {shape[2], shape[0], shape[1]};
    return true;
}

/// What needs no picture at all: transposed weights, for one. Patterns are told by their constants.
void OnnxGraphReader::foldConstants()
{
    for (OnnxStep &step : m_graph.steps) {
        std::vector<const OnnxConstant *> inputs;
        for (const std::string &input : step.inputs)
            inputs.push_back(constant(input));
        const bool areKnown = std::ranges::all_of(step.inputs, [&](const std::string &input) { return input.empty() || constant(input); });
        if (!areKnown || m_foldedBytes > m_mostFoldedBytes)
            continue;
        if (auto folded = foldStep(step, inputs, m_opset))
            if (keepFolded(step.outputs[0], std::move(*folded)))
                step.isGone = true;
    }
    m_graph.index();
}

Result<void> OnnxGraphReader::keepFolded(const std::string &value, OnnxConstant made)
{
    m_foldedBytes += made.tensor.bytes().size() + made.numbers.size() * sizeof(OnnxNumber);
    if (m_foldedBytes > m_mostFoldedBytes)
        return fail(ErrorCode::FileRefused,
            "'" + fileName(m_subject) + "' works out more constants than a file of its size should; get it from somebody you trust.",
            m_subject);
    if (!value.empty())
        m_graph.constants.insert_or_assign(value, std::move(made));
    return {};
}

/// The shape of what a layer makes, with the batch as unknown.
Result<bool> OnnxGraphReader::foldShape(const OnnxStep &step)
{
    const auto known = step.inputs.size() == 1 ? m_layers.find(step.inputs[0]) : m_layers.end();
    if (step.operatorName != "Shape" || known == m_layers.end() || step.outputs.size() != 1 || !m_import->shape(known->second))
        return false;
    std::vector<OnnxNumber> numbers = {{1, true}};
    for (const std::int64_t size : *m_import->shape(known->second))
        numbers.push_back({static_cast<double>(size), false});
    const auto place = [&](const char *name, std::int64_t missing) {
        const auto attribute = step.attributes.find(name);
        const auto *value = attribute == step.attributes.end() ? nullptr : std::get_if<std::int64_t>(&attribute->second);
        const std::int64_t at = value ? *value : missing;
        return std::clamp<std::int64_t>(at < 0 ? at + std::ssize(numbers) : at, 0, std::ssize(numbers));
    };
    const std::int64_t first = place("start", 0), end = std::max(first, place("end", std::ssize(numbers)));
    numbers = {numbers.begin() + first, numbers.begin() + end};
    const Shape shape = {std::ssize(numbers)};
    auto kept = keepFolded(step.outputs[0], constantOf(shape, true, std::move(numbers)));
    return kept ? Result<bool>(true) : fail(kept.error());
}

Result<bool> OnnxGraphReader::fold(const OnnxStep &step)
{
    std::vector<const OnnxConstant *> inputs;
    for (const std::string &input : step.inputs) {
        inputs.push_back(constant(input));
        if (!input.empty() && !inputs.back())
            return foldShape(step);
    }
    auto folded = foldStep(step, inputs, m_opset);
    if (!folded)
        return false;
    auto kept = keepFolded(step.outputs[0], std::move(*folded));
    return kept ? Result<bool>(true) : fail(kept.error());
}

Result<LayerId> OnnxGraphReader::output()
{
    const auto &outputs = m_model->graph().output();
    std::optional<LayerId> chosen;
    std::string name;
    for (const auto &info : outputs)
        if (const auto known = m_layers.find(info.name()); known != m_layers.end() && !chosen) {
            chosen = known->second;
            name = info.name();
        }
    if (!chosen)
        return damaged("it has no output that depends on the picture");
    if (outputs.size() > 1)
        m_remarks.push_back("The file has " + std::to_string(outputs.size()) + " outputs; Graft goes on with the first, `" + name + "`.");
    return withoutSoftmax(*chosen);
}

/// Graft's networks end with logits in one row, as PyTorch's do.
Result<LayerId> OnnxGraphReader::withoutSoftmax(LayerId id)
{
    const Layer *last = m_import->network().find(id);
    if (last->type == "Softmax") {
        m_remarks.push_back("The file ends with a Softmax, `" + last->name
            + "`, which Graft leaves out: training starts from the logits before it, and predictions are probabilities all the same.");
        id = last->inputs.front();
    }
    const auto shape = m_import->shape(id);
    const bool isPicture = shape && shape->size() == 3 && (*shape)[1] == 1 && (*shape)[2] == 1;
    return isPicture ? m_import->add(freeName("flatten"), "Flatten", {}, {id}) : Result<LayerId>(id);
}

void OnnxGraphReader::describeFile(FileContents &contents)
{
    for (const auto &entry : m_model->metadata_props())
        contents.metadata.insert_or_assign(entry.key(), entry.value());
    if (m_opset > newestOnnxOpset)
        contents.remarks.push_back("The file is of ONNX opset " + std::to_string(m_opset) + ", newer than the "
            + std::to_string(newestOnnxOpset) + " that Graft was made for; compare a few predictions before you rely on them.");
    const Shape shape = contents.network->inputShape();
    if (contents.metadata.contains("graft") || shape.size() != 3)
        return;
    Preprocessing usual;
    constexpr std::int64_t largestCrop = 4096;
    usual.crop = static_cast<int>(std::clamp<std::int64_t>(shape[1], 1, largestCrop));
    usual.resize = static_cast<int>(std::min<std::int64_t>(std::lround(usual.crop / 0.875), largestCrop));
    contents.preprocessing = usual;
    contents.remarks.push_back("The file does not say how pictures are prepared for it; Graft assumes what is usual for ImageNet: choose "
                               "another preprocessing if the predictions make no sense.");
}

} // namespace graft
