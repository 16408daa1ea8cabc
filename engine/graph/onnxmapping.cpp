#include "graph/onnxmapping.h"

#include <algorithm>
#include <memory>
#include <numeric>

namespace graft {
namespace {

template <typename Value, typename Missing>
Value attributeOr(const OnnxNode &node, std::string_view name, const Missing &missing)
{
    const OnnxAttribute *attribute = node.attribute(name);
    const Value *value = attribute ? std::get_if<Value>(attribute) : nullptr;
    return value ? *value : Value(missing);
}

} // namespace

std::int64_t OnnxNode::integer(std::string_view name, std::int64_t missing) const
{
    return attributeOr<std::int64_t>(*this, name, missing);
}

double OnnxNode::number(std::string_view name, double missing) const
{
    return attributeOr<double>(*this, name, missing);
}

std::string OnnxNode::text(std::string_view name, const std::string &missing) const
{
    return attributeOr<std::string>(*this, name, missing);
}

std::vector<std::int64_t> OnnxNode::integerList(std::string_view name, const std::vector<std::int64_t> &missing) const
{
    return attributeOr<std::vector<std::int64_t>>(*this, name, missing);
}

std::vector<double> OnnxNode::numberList(std::string_view name) const
{
    return attributeOr<std::vector<double>>(*this, name, std::vector<double>());
}

Result<std::vector<std::int64_t>> OnnxNode::integersOf(
    std::string_view attribute, std::size_t input, const std::vector<std::int64_t> &missing)
{
    if (hasInput(input))
        return integers(input);
    return integerList(attribute, missing);
}

Result<double> OnnxNode::scalar(std::size_t input)
{
    const auto tensor = constant(input);
    if (!tensor)
        return fail(tensor.error());
    if (tensor->elementCount() != 1)
        return onnxReason("it takes one number, gets " + std::to_string(tensor->elementCount()));
    return tensor->floats().front();
}

tl::unexpected<Error> onnxReason(const std::string &reason)
{
    return fail(ErrorCode::NetworkInvalid, reason);
}

tl::unexpected<Error> onnxTooOld(const OnnxCall &call, int opset)
{
    return fail(ErrorCode::SettingInvalid,
        call.layer->type + " `" + call.layer->name + "` cannot be written in ONNX opset " + std::to_string(call.opset) + "; choose opset "
            + std::to_string(opset) + " or higher.",
        call.layer->name);
}

Tensor onnxReshaped(const Tensor &tensor, Shape shape)
{
    const auto owner = std::make_shared<const Tensor>(tensor);
    return {tensor.type(), std::move(shape), owner, owner->bytes().data()};
}

std::string onnxReshape(OnnxCall &call, const std::string &value, Shape shape)
{
    shape.insert(shape.begin(), 0);
    return call.node("Reshape", {value, call.integers(shape)});
}

std::string onnxTranspose(OnnxCall &call, const std::string &value, const std::vector<std::int64_t> &order)
{
    return call.node("Transpose", {value}, {{"perm", order}});
}

std::string onnxUnsqueeze(OnnxCall &call, const std::string &value, const std::vector<std::int64_t> &axes)
{
    if (call.opset < 13)
        return call.node("Unsqueeze", {value}, {{"axes", axes}});
    return call.node("Unsqueeze", {value, call.integers(axes)});
}

std::string onnxSqueeze(OnnxCall &call, const std::string &value, const std::vector<std::int64_t> &axes)
{
    if (call.opset < 13)
        return call.node("Squeeze", {value}, {{"axes", axes}});
    return call.node("Squeeze", {value, call.integers(axes)});
}

std::string onnxReduce(
    OnnxCall &call, const std::string &operatorName, const std::string &value, const std::vector<std::int64_t> &axes, bool keepsAxes)
{
    const std::int64_t keep = keepsAxes ? 1 : 0;
    if (operatorName == "ReduceSum" && call.opset >= 13)
        return call.node(operatorName, {value, call.integers(axes)}, {{"keepdims", keep}});
    return call.node(operatorName, {value}, {{"axes", axes}, {"keepdims", keep}});
}

std::string onnxSlice(OnnxCall &call, const std::string &value, std::int64_t axis, std::int64_t start, std::int64_t end)
{
    using Ints = std::vector<std::int64_t>;
    if (call.opset < 10)
        return call.node("Slice", {value}, {{"starts", Ints{start}}, {"ends", Ints{end}}, {"axes", Ints{axis}}});
    return call.node("Slice", {value, call.integers({start}), call.integers({end}), call.integers({axis})});
}

std::string onnxClip(OnnxCall &call, const std::string &value, std::optional<double> minimum, std::optional<double> maximum)
{
    if (call.opset < 11) {
        OnnxAttributes attributes;
        if (minimum)
            attributes["min"] = *minimum;
        if (maximum)
            attributes["max"] = *maximum;
        return call.node("Clip", {value}, attributes);
    }
    OnnxValues inputs = {value, minimum ? call.number(*minimum) : ""};
    if (maximum)
        inputs.push_back(call.number(*maximum));
    return call.node("Clip", inputs);
}

std::string onnxSoftmax(OnnxCall &call, const std::string &operatorName, const std::string &value, std::int64_t axis, std::size_t rank)
{
    const auto dimensions = static_cast<std::int64_t>(rank) + 1;
    const std::int64_t positive = axis < 0 ? axis + dimensions : axis;
    if (call.opset >= 13 || positive == dimensions - 1)
        return call.node(operatorName, {value}, {{"axis", positive}});
    std::vector<std::int64_t> order(static_cast<std::size_t>(dimensions));
    std::iota(order.begin(), order.end(), 0);
    std::swap(order[static_cast<std::size_t>(positive)], order.back());
    const std::string last = onnxTranspose(call, value, order);
    return onnxTranspose(call, call.node(operatorName, {last}, {{"axis", dimensions - 1}}), order);
}

std::string onnxPad(
    OnnxCall &call, const std::string &value, const std::vector<std::int64_t> &pads, const std::string &mode, double constant)
{
    if (call.opset < 11)
        return call.node("Pad", {value}, {{"pads", pads}, {"mode", mode}, {"value", constant}});
    return call.node("Pad", {value, call.integers(pads), call.number(constant)}, {{"mode", mode}});
}

std::string onnxLinear(OnnxCall &call, const std::string &value, const std::string &weight, const std::string &bias, std::size_t rank)
{
    if (rank == 1) {
        OnnxValues inputs = {value, weight};
        if (!bias.empty() || call.opset < 11)
            inputs.push_back(bias.empty() ? call.number(0) : bias);
        return call.node("Gemm", inputs, {{"transB", std::int64_t{1}}});
    }
    const std::string product = call.node("MatMul", {value, onnxTranspose(call, weight, {1, 0})});
    return bias.empty() ? product : call.node("Add", {product, bias});
}

std::string onnxLayerNorm(OnnxCall &call, const std::string &value, std::size_t rank, const Shape &normalized, double eps,
    const std::string &weight, const std::string &bias)
{
    std::vector<std::int64_t> axes(normalized.size());
    std::iota(axes.begin(), axes.end(), static_cast<std::int64_t>(rank + 1 - normalized.size()));
    if (call.opset >= 17) {
        const std::vector<float> ones(static_cast<std::size_t>(elementCount(normalized)), 1.0F);
        OnnxValues inputs = {value, weight.empty() ? call.numbers(normalized, ones) : weight};
        if (!bias.empty())
            inputs.push_back(bias);
        return call.node("LayerNormalization", inputs, {{"axis", axes.front()}, {"epsilon", eps}});
    }
    const std::string deviation = call.node("Sub", {value, onnxReduce(call, "ReduceMean", value, axes, true)});
    const std::string square = call.node("Mul", {deviation, deviation});
    const std::string variance = onnxReduce(call, "ReduceMean", square, axes, true);
    const std::string spread = call.node("Sqrt", {call.node("Add", {variance, call.number(eps)})});
    std::string result = call.node("Div", {deviation, spread});
    if (!weight.empty())
        result = call.node("Mul", {result, weight});
    return bias.empty() ? result : call.node("Add", {result, bias});
}

std::string onnxAligned(OnnxCall &call, std::size_t index, std::size_t rank)
{
    const std::size_t own = call.inputShapes[index].size();
    if (own >= rank || !call.inputHasBatch[index])
        return call.inputs[index];
    std::vector<std::int64_t> axes(rank - own);
    std::iota(axes.begin(), axes.end(), 1);
    return onnxUnsqueeze(call, call.inputs[index], axes);
}

OnnxWriting onnxNode(std::string operatorName)
{
    return [operatorName = std::move(operatorName)](OnnxCall &call) -> Result<std::string> {
        return call.node(operatorName, {call.inputs.begin(), call.inputs.end()});
    };
}

OnnxOperator onnxLayer(std::string operatorName, std::string layerType)
{
    return {std::move(operatorName), [layerType = std::move(layerType)](OnnxNode &node) -> Result<LayerId> {
                const auto input = node.input(0);
                return input ? node.add(layerType, {}, {*input}) : input;
            }};
}

} // namespace graft
