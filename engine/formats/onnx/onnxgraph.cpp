#include "formats/onnx/onnxgraph.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace graft {

const OnnxStep *OnnxGraph::producer(const std::string &value) const
{
    const auto known = producers.find(value);
    return known == producers.end() || steps[known->second].isGone ? nullptr : &steps[known->second];
}

OnnxStep *OnnxGraph::onlyConsumer(const std::string &value)
{
    const auto known = consumers.find(value);
    if (known == consumers.end() || known->second.size() != 1 || outputs.contains(value))
        return nullptr;
    OnnxStep &step = steps[known->second.front()];
    return step.isGone ? nullptr : &step;
}

std::optional<double> OnnxGraph::scalar(const std::string &value) const
{
    const auto known = constants.find(value);
    if (known == constants.end() || known->second.count() != 1)
        return std::nullopt;
    const auto numbers = numbersOf(known->second, 1);
    return numbers && !numbers->front().isBatch ? std::optional(numbers->front().value) : std::nullopt;
}

void OnnxGraph::index()
{
    producers.clear();
    consumers.clear();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].isGone)
            continue;
        for (const std::string &output : steps[i].outputs)
            producers.emplace(output, i);
        for (const std::string &input : steps[i].inputs)
            if (auto &all = consumers[input]; !input.empty() && (all.empty() || all.back() != i))
                all.push_back(i);
    }
}

double plainNumber(float value)
{
    if (!std::isfinite(value))
        return value;
    char text[48];
    const auto written = std::to_chars(std::begin(text), std::end(text), value);
    double plain = value;
    std::from_chars(text, written.ptr, plain);
    return plain;
}

std::optional<OnnxAttribute> neutralAttribute(const onnx::AttributeProto &attribute)
{
    switch (attribute.type()) {
    case onnx::AttributeProto::INT: return OnnxAttribute(std::int64_t{attribute.i()});
    case onnx::AttributeProto::FLOAT: return OnnxAttribute(plainNumber(attribute.f()));
    case onnx::AttributeProto::STRING: return OnnxAttribute(attribute.s());
    case onnx::AttributeProto::INTS: return OnnxAttribute(std::vector<std::int64_t>(attribute.ints().begin(), attribute.ints().end()));
    case onnx::AttributeProto::FLOATS: {
        std::vector<double> numbers;
        std::ranges::transform(attribute.floats(), std::back_inserter(numbers), plainNumber);
        return OnnxAttribute(std::move(numbers));
    }
    default: return std::nullopt;
    }
}

} // namespace graft
