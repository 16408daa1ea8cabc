#include "formats/onnx/onnxgraph.h"

#include <algorithm>
#include <cmath>

namespace graft {
namespace {

bool isClose(std::optional<double> value, double wanted)
{
    return value && std::abs(*value - wanted) <= 1e-4 * std::abs(wanted);
}

bool is(const OnnxStep *step, std::string_view operatorName, std::size_t inputs)
{
    return step && step->operatorName == operatorName && step->inputs.size() == inputs && step->outputs.size() == 1;
}

/// The input that is not `known`; nullptr when `known` is none of the two.
const std::string *other(const OnnxStep *step, const std::string &known)
{
    if (!step || step->inputs.size() != 2)
        return nullptr;
    if (step->inputs[0] == known)
        return &step->inputs[1];
    return step->inputs[1] == known ? &step->inputs[0] : nullptr;
}

/// The input beside a given number: x of `x × 0.5`.
const std::string *besideNumber(const OnnxGraph &graph, const OnnxStep *step, double number)
{
    for (std::size_t i = 0; step && step->inputs.size() == 2 && i < 2; ++i)
        if (isClose(graph.scalar(step->inputs[i]), number))
            return &step->inputs[1 - i];
    return nullptr;
}

/// `parts` become one step in the place of the last one, whose output it makes.
void replace(std::vector<OnnxStep *> parts, std::string operatorName, std::vector<std::string> inputs, OnnxAttributes attributes = {})
{
    OnnxStep &last = **std::ranges::max_element(parts);
    for (OnnxStep *part : parts)
        part->isGone = part != &last;
    if (last.namedAfter.empty())
        last.namedAfter = last.operatorName;
    last.operatorName = std::move(operatorName);
    last.inputs = std::move(inputs);
    last.attributes = std::move(attributes);
    last.proto = nullptr;
}

OnnxStep *mutableProducer(OnnxGraph &graph, const std::string &value)
{
    return const_cast<OnnxStep *>(graph.producer(value));
}

/// x × ½ × (1 + erf(x / √2)), with the half in any of three places.
bool fuseGelu(OnnxGraph &graph, OnnxStep &erf)
{
    OnnxStep *scaled = mutableProducer(graph, erf.inputs[0]);
    const bool isDivided = is(scaled, "Div", 2) && isClose(graph.scalar(scaled->inputs[1]), std::sqrt(2.0));
    const std::string *x = isDivided ? &scaled->inputs[0] : is(scaled, "Mul", 2) ? besideNumber(graph, scaled, std::sqrt(0.5)) : nullptr;
    OnnxStep *sum = graph.onlyConsumer(erf.outputs[0]);
    if (!x || graph.onlyConsumer(scaled->outputs[0]) != &erf || !is(sum, "Add", 2) || !besideNumber(graph, sum, 1))
        return false;
    OnnxStep *first = graph.onlyConsumer(sum->outputs[0]);
    const std::string *factor = is(first, "Mul", 2) ? other(first, sum->outputs[0]) : nullptr;
    if (!factor)
        return false;
    const std::string input = *x;
    OnnxStep *half = mutableProducer(graph, *factor);
    if (is(half, "Mul", 2) && graph.onlyConsumer(half->outputs[0]) == first && besideNumber(graph, half, 0.5)
        && *besideNumber(graph, half, 0.5) == input) {
        replace({scaled, &erf, sum, half, first}, "Gelu", {input});
        return true;
    }
    OnnxStep *second = graph.onlyConsumer(first->outputs[0]);
    const std::string *rest = is(second, "Mul", 2) ? other(second, first->outputs[0]) : nullptr;
    const bool isHalfLast = *factor == input && rest && isClose(graph.scalar(*rest), 0.5);
    const bool isHalfFirst = isClose(graph.scalar(*factor), 0.5) && rest && *rest == input;
    if (!isHalfLast && !isHalfFirst)
        return false;
    replace({scaled, &erf, sum, first, second}, "Gelu", {input});
    return true;
}

/// x × gate(x), where the gate is one step, or Tanh of Softplus.
bool fuseGate(OnnxGraph &graph, OnnxStep &gate)
{
    OnnxStep *product = graph.onlyConsumer(gate.outputs[0]);
    const std::string *x = is(product, "Mul", 2) ? other(product, gate.outputs[0]) : nullptr;
    if (!x)
        return false;
    const std::string input = *x;
    if (gate.operatorName == "Tanh") {
        OnnxStep *softplus = mutableProducer(graph, gate.inputs[0]);
        if (!is(softplus, "Softplus", 1) || softplus->inputs[0] != input || !graph.onlyConsumer(softplus->outputs[0]))
            return false;
        replace({softplus, &gate, product}, "Mish", {input});
        return true;
    }
    if (gate.inputs[0] != input)
        return false;
    if (gate.operatorName == "Sigmoid") {
        replace({&gate, product}, "Swish", {input});
        return true;
    }
    const auto number = [&](const char *name, double missing) {
        const auto known = gate.attributes.find(name);
        const double *value = known == gate.attributes.end() ? nullptr : std::get_if<double>(&known->second);
        return value ? *value : missing;
    };
    if (!isClose(number("alpha", 0.2), 1.0 / 6) || !isClose(number("beta", 0.5), 0.5))
        return false;
    replace({&gate, product}, "HardSwish", {input});
    return true;
}

/// ReLU6(x + 3) / 6 [× x], as it was before opset 14.
bool fuseHardswish(OnnxGraph &graph, OnnxStep &clip)
{
    const auto limit = [&](std::size_t input, const char *name) -> std::optional<double> {
        if (clip.inputs.size() > input)
            return graph.scalar(clip.inputs[input]);
        const auto known = clip.attributes.find(name);
        const double *value = known == clip.attributes.end() ? nullptr : std::get_if<double>(&known->second);
        return value ? std::optional(*value) : std::nullopt;
    };
    OnnxStep *sum = mutableProducer(graph, clip.inputs[0]);
    const std::string *x = is(sum, "Add", 2) ? besideNumber(graph, sum, 3) : nullptr;
    if (!x || limit(1, "min") != 0.0 || limit(2, "max") != 6.0 || graph.onlyConsumer(sum->outputs[0]) != &clip)
        return false;
    const std::string input = *x;
    OnnxStep *first = graph.onlyConsumer(clip.outputs[0]);
    OnnxStep *second = is(first, "Div", 2) || is(first, "Mul", 2) ? graph.onlyConsumer(first->outputs[0]) : nullptr;
    const auto isSixth = [&](const OnnxStep *step, const std::string &value) {
        const std::string *number = other(step, value);
        return number && isClose(graph.scalar(*number), step->operatorName == "Div" ? 6.0 : 1.0 / 6);
    };
    const auto isProduct = [&](const OnnxStep *step, const std::string &value) {
        const std::string *factor = is(step, "Mul", 2) ? other(step, value) : nullptr;
        return factor && *factor == input;
    };
    if (!second)
        return false;
    const bool isWhole = (isSixth(first, clip.outputs[0]) && isProduct(second, first->outputs[0]))
        || (isProduct(first, clip.outputs[0]) && (is(second, "Div", 2) || is(second, "Mul", 2)) && isSixth(second, first->outputs[0]));
    if (isWhole)
        replace({sum, &clip, first, second}, "HardSwish", {input});
    return isWhole;
}

/// The axes of a mean, from an attribute or, in new opsets, an input.
std::vector<std::int64_t> axesOf(const OnnxGraph &graph, const OnnxStep &mean)
{
    if (const auto known = mean.attributes.find("axes"); known != mean.attributes.end())
        if (const auto *axes = std::get_if<std::vector<std::int64_t>>(&known->second))
            return *axes;
    std::vector<std::int64_t> axes;
    const auto known = mean.inputs.size() > 1 ? graph.constants.find(mean.inputs[1]) : graph.constants.end();
    if (known != graph.constants.end())
        for (const OnnxNumber &number : numbersOf(known->second, 16).value_or(std::vector<OnnxNumber>()))
            axes.push_back(static_cast<std::int64_t>(number.value));
    return axes;
}

bool isMean(const OnnxStep *step)
{
    return step && step->operatorName == "ReduceMean" && !step->inputs.empty() && step->outputs.size() == 1;
}

/// (x − mean) / √(mean((x − mean)²) + ε) × weight + bias. The weight tells how many dimensions are normalized.
bool fuseLayerNorm(OnnxGraph &graph, OnnxStep &root)
{
    OnnxStep *sum = mutableProducer(graph, root.inputs[0]);
    if (!is(sum, "Add", 2))
        return false;
    const std::size_t varianceAt = graph.scalar(sum->inputs[0]) ? 1 : 0;
    const auto epsilon = graph.scalar(sum->inputs[1 - varianceAt]);
    OnnxStep *variance = mutableProducer(graph, sum->inputs[varianceAt]);
    OnnxStep *square = isMean(variance) ? mutableProducer(graph, variance->inputs[0]) : nullptr;
    const bool isSquare = (is(square, "Pow", 2) && isClose(graph.scalar(square->inputs[1]), 2))
        || (is(square, "Mul", 2) && square->inputs[0] == square->inputs[1]);
    OnnxStep *difference = isSquare ? mutableProducer(graph, square->inputs[0]) : nullptr;
    OnnxStep *mean = is(difference, "Sub", 2) ? mutableProducer(graph, difference->inputs[1]) : nullptr;
    OnnxStep *quotient = graph.onlyConsumer(root.outputs[0]);
    if (!epsilon || !isMean(mean) || mean->inputs[0] != difference->inputs[0] || !is(quotient, "Div", 2)
        || quotient->inputs[0] != difference->outputs[0] || axesOf(graph, *mean) != axesOf(graph, *variance))
        return false;
    OnnxStep *product = graph.onlyConsumer(quotient->outputs[0]);
    const std::string *weight = is(product, "Mul", 2) ? other(product, quotient->outputs[0]) : nullptr;
    OnnxStep *shifted = weight ? graph.onlyConsumer(product->outputs[0]) : nullptr;
    const std::string *bias = is(shifted, "Add", 2) ? other(shifted, product->outputs[0]) : nullptr;
    const auto known = weight ? graph.constants.find(*weight) : graph.constants.end();
    const std::vector<std::int64_t> axes = axesOf(graph, *mean);
    if (!bias || !graph.constants.contains(*bias) || known == graph.constants.end() || axes.empty()
        || known->second.shape.size() != axes.size() || !std::ranges::is_sorted(axes))
        return false;
    const std::string input = difference->inputs[0], weightName = *weight, biasName = *bias;
    replace({mean, difference, square, variance, sum, &root, quotient, product, shifted}, "LayerNormalization",
        {input, weightName, biasName}, {{"axis", axes.front()}, {"epsilon", plainNumber(static_cast<float>(*epsilon))}});
    return true;
}

/// The sum behind a product with a constant matrix is the bias of the Linear.
bool fuseBias(OnnxGraph &graph, OnnxStep &product)
{
    const auto matrix = graph.constants.find(product.inputs[1]);
    OnnxStep *sum = graph.onlyConsumer(product.outputs[0]);
    const std::string *bias = is(sum, "Add", 2) ? other(sum, product.outputs[0]) : nullptr;
    const auto known = bias ? graph.constants.find(*bias) : graph.constants.end();
    if (matrix == graph.constants.end() || matrix->second.shape.size() != 2 || known == graph.constants.end()
        || known->second.shape.size() != 1 || known->second.count() != matrix->second.shape[1]
        || graph.constants.contains(product.inputs[0]))
        return false;
    replace({&product, sum}, "MatMul", {product.inputs[0], product.inputs[1], *bias});
    return true;
}

bool isTranspose(const OnnxStep *step, const std::vector<std::int64_t> &order)
{
    if (!is(step, "Transpose", 1))
        return false;
    const auto known = step->attributes.find("perm");
    return known != step->attributes.end() && known->second == OnnxAttribute(order);
}

/// The part of queries, keys and values that a head's tensor comes from: Slice, Reshape, Transpose.
const OnnxStep *slicedFrom(const OnnxGraph &graph, const std::string &value, const std::vector<std::int64_t> &order)
{
    const OnnxStep *turned = graph.producer(value);
    const OnnxStep *reshaped = isTranspose(turned, order) ? graph.producer(turned->inputs[0]) : nullptr;
    const OnnxStep *part = is(reshaped, "Reshape", 2) ? graph.producer(reshaped->inputs[0]) : nullptr;
    return part && part->operatorName == "Slice" && part->inputs.size() >= 4 ? part : nullptr;
}

/// What PyTorch 1.13 makes of nn.MultiheadAttention: tokens × pictures × width, with pictures and heads in one dimension. `softmax` stands
/// in its middle. The other steps lead nowhere then.
bool fuseAttention(OnnxGraph &graph, OnnxStep &softmax)
{
    const OnnxStep *scores = graph.producer(softmax.inputs[0]);
    OnnxStep *mixed = graph.onlyConsumer(softmax.outputs[0]);
    if (!is(scores, "MatMul", 2) || !is(mixed, "MatMul", 2) || mixed->inputs[0] != softmax.outputs[0])
        return false;
    const OnnxStep *scaled = graph.producer(scores->inputs[0]);
    const auto scale = is(scaled, "Div", 2) ? graph.scalar(scaled->inputs[1]) : std::nullopt;
    const OnnxStep *query = scale ? slicedFrom(graph, scaled->inputs[0], {1, 0, 2}) : nullptr;
    const OnnxStep *key = slicedFrom(graph, scores->inputs[1], {1, 2, 0});
    const OnnxStep *values = slicedFrom(graph, mixed->inputs[1], {1, 0, 2});
    if (!query || !key || !values || key->inputs[0] != query->inputs[0] || values->inputs[0] != query->inputs[0]
        || graph.scalar(query->inputs[1]) != 0.0 || query->inputs[2] != key->inputs[1] || key->inputs[2] != values->inputs[1])
        return false;
    const OnnxStep *projected = graph.producer(query->inputs[0]);
    const OnnxStep *tokens = is(projected, "MatMul", 3) ? graph.producer(projected->inputs[0]) : nullptr;
    const std::vector<std::string_view> names = {"Transpose", "Reshape", "Gemm", "Reshape", "Transpose"};
    OnnxStep *step = mixed;
    const OnnxStep *last = nullptr;
    for (const std::string_view name : names) {
        // Shapes are asked of some values on the way.
        const auto known = graph.consumers.find(step->outputs[0]);
        OnnxStep *next = nullptr;
        for (const std::size_t index : known == graph.consumers.end() ? std::vector<std::size_t>() : known->second)
            if (OnnxStep &consumer = graph.steps[index]; consumer.operatorName == name && consumer.inputs[0] == step->outputs[0])
                next = &consumer;
        if (!next)
            return false;
        step = next;
        last = name == "Gemm" ? next : last;
    }
    if (!isTranspose(tokens, {1, 0, 2}) || !isTranspose(step, {1, 0, 2}) || !last || last->inputs.size() != 3)
        return false;
    const std::string input = tokens->inputs[0], inWeight = projected->inputs[1], inBias = projected->inputs[2];
    const std::string outWeight = last->inputs[1], outBias = last->inputs[2];
    replace({step}, "graft.MultiheadAttention", {input, inWeight, inBias, outWeight, outBias}, {{"head_width", *scale * *scale}});
    return true;
}

using Fusion = bool (*)(OnnxGraph &graph, OnnxStep &step);

Fusion fusionFor(const OnnxStep &step)
{
    const std::string &name = step.operatorName;
    if (is(&step, "Erf", 1))
        return fuseGelu;
    if (is(&step, "Sigmoid", 1) || is(&step, "HardSigmoid", 1) || is(&step, "Tanh", 1))
        return fuseGate;
    if (name == "Clip" && !step.inputs.empty() && step.outputs.size() == 1)
        return fuseHardswish;
    if (is(&step, "Sqrt", 1))
        return fuseLayerNorm;
    return is(&step, "MatMul", 2) ? fuseBias : nullptr;
}

} // namespace

void fusePatterns(OnnxGraph &graph)
{
    for (OnnxStep &step : graph.steps)
        if (const Fusion fuse = step.isGone ? nullptr : fusionFor(step))
            fuse(graph, step);
    graph.index();
    for (std::size_t i = 0; i < graph.steps.size(); ++i)
        if (is(&graph.steps[i], "Softmax", 1) && !graph.steps[i].isGone && fuseAttention(graph, graph.steps[i]))
            graph.index();
}

} // namespace graft
