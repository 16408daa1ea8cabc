#include "formats/onnx/nodeview.h"

#include <algorithm>
#include <cmath>

namespace graft {
namespace {

constexpr std::int64_t mostIntegers = 1 << 16;

} // namespace

bool OnnxNodeView::hasInput(std::size_t input) const
{
    return input < m_step.inputs.size() && !m_step.inputs[input].empty();
}

bool OnnxNodeView::isConstant(std::size_t input) const
{
    return hasInput(input) && m_reader.constant(m_step.inputs[input]);
}

Result<Tensor> OnnxNodeView::constant(std::size_t input)
{
    if (!hasInput(input))
        return onnxReason("an input is missing");
    return m_reader.numbers(m_step.inputs[input]);
}

Result<std::vector<std::int64_t>> OnnxNodeView::integers(std::size_t input)
{
    const OnnxConstant *constant = hasInput(input) ? m_reader.constant(m_step.inputs[input]) : nullptr;
    if (!constant)
        return onnxReason("numbers that it needs are worked out while it runs");
    const auto numbers = numbersOf(*constant, mostIntegers);
    std::vector<std::int64_t> integers;
    for (const OnnxNumber &number : numbers.value_or(std::vector<OnnxNumber>())) {
        if (number.isBatch || !std::isfinite(number.value))
            return onnxReason("it needs to know how many pictures there are");
        integers.push_back(static_cast<std::int64_t>(std::clamp(number.value, -largestOnnxInteger, largestOnnxInteger)));
    }
    return integers;
}

Result<Shape> OnnxNodeView::wantedShape(std::size_t input, const Shape &copied)
{
    std::vector<OnnxNumber> numbers;
    if (const OnnxConstant *constant = hasInput(input) ? m_reader.constant(m_step.inputs[input]) : nullptr) {
        if (constant->count() > 16 || constant->shape.size() != 1)
            return onnxReason("the shape that it asks for cannot be");
        numbers = *numbersOf(*constant, 16);
    } else if (!hasInput(input)) {
        for (const std::int64_t size : integerList("shape", {}))
            numbers.push_back({static_cast<double>(size), false});
    } else {
        return onnxReason("the shape that it asks for is worked out while it runs");
    }
    const auto mixes = [] { return onnxReason("it mixes pictures with one another"); };
    if (numbers.empty())
        return mixes();
    const OnnxNumber batch = numbers.front();
    const auto literal = static_cast<std::int64_t>(batch.isBatch ? 0 : batch.value);
    const bool isBatch
        = batch.isBatch ? batch.value == 1 : literal == 0 || literal == -1 || literal == 1 || literal == m_reader.bakedBatch();
    Shape rest;
    for (std::size_t index = 1; index < numbers.size(); ++index) {
        if (numbers[index].isBatch || std::isnan(numbers[index].value))
            return mixes();
        const auto size = static_cast<std::int64_t>(std::clamp(numbers[index].value, -largestOnnxInteger, largestOnnxInteger));
        if (size < -1 || (size == 0 && index > copied.size()))
            return onnxReason("the shape that it asks for cannot be");
        rest.push_back(size == 0 ? copied[index - 1] : size);
    }
    const bool hasUnknown = std::ranges::find(rest, -1) != rest.end();
    if (!isBatch || (literal == -1 && hasUnknown))
        return mixes();
    return rest;
}

Result<LayerId> OnnxNodeView::input(std::size_t input)
{
    if (!hasInput(input))
        return onnxReason("an input is missing");
    if (!m_reader.constant(m_step.inputs[input]))
        return m_reader.layer(m_step.inputs[input]);
    std::size_t rank = 0;
    for (std::size_t index = 0; index < inputCount(); ++index)
        if (const auto id = hasInput(index) && !isConstant(index) ? m_reader.layer(m_step.inputs[index]) : onnxReason(""); id)
            if (const auto &known = m_reader.import().shape(*id))
                rank = std::max(rank, known->size() + 1);
    return m_reader.parameter(m_step.inputs[input], rank, m_name);
}

Result<Shape> OnnxNodeView::shape(std::size_t input)
{
    const auto id = this->input(input);
    return id ? shapeOf(*id) : fail(id.error());
}

Result<Shape> OnnxNodeView::shapeOf(LayerId layer)
{
    if (const auto &known = m_reader.import().shape(layer))
        return *known;
    return onnxReason("the shape of its input is not known");
}

const OnnxAttribute *OnnxNodeView::attribute(std::string_view name) const
{
    const auto known = m_step.attributes.find(name);
    return known == m_step.attributes.end() ? nullptr : &known->second;
}

Result<LayerId> OnnxNodeView::add(
    const std::string &type, Attributes attributes, std::vector<LayerId> inputs, const NamedTensors &tensors, const std::string &part)
{
    const std::string name = part.empty() ? m_name : m_name + "_" + part;
    return m_reader.import().add(m_reader.freeName(name), type, std::move(attributes), std::move(inputs), tensors);
}

void OnnxNodeView::setOutput(std::size_t output, LayerId layer)
{
    if (output < m_step.outputs.size() && !m_step.outputs[output].empty())
        m_reader.setLayer(m_step.outputs[output], layer);
}

} // namespace graft
