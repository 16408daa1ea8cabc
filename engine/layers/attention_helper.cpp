#include "graph/limits.h"
#include "layers/attention.h"
#include "layers/layersupport.h"

#include <cmath>
#include <numeric>

namespace graft::layers {

Result<void> requireHeads(const Layer &layer, std::int64_t width)
{
    const auto heads = intAttribute(layer, "num_heads");
    if (width % heads != 0)
        return attributeError(
            layer, "has a width of " + std::to_string(width) + ", which its " + std::to_string(heads) + " heads do not divide");
    return {};
}

std::int64_t attentionCost(std::int64_t tokens, std::int64_t width)
{
    const std::int64_t values = saturatingProduct(tokens, width);
    return saturatingProduct(values, saturatingSum(saturatingProduct(4, width), saturatingProduct(2, tokens)));
}

Heads split(const at::Tensor &tokens, const Projection &projection, std::int64_t heads)
{
    const std::int64_t width = tokens.size(2);
    const at::Tensor all = at::linear(tokens, projection.weight, projection.bias)
                               .reshape({-1, tokens.size(1), 3, heads, width / heads})
                               .permute({2, 0, 3, 1, 4});
    return {all.select(0, 0), all.select(0, 1), all.select(0, 2)};
}

at::Tensor scaled(const at::Tensor &query)
{
    return query * (1.0 / std::sqrt(static_cast<double>(query.size(3))));
}

at::Tensor attended(const at::Tensor &scores, const at::Tensor &value, const Projection &projection, double dropout)
{
    const at::Tensor shares = at::dropout(at::softmax(scores, -1), dropout, dropout > 0);
    const at::Tensor mixed
        = at::matmul(shares.type_as(value), value).transpose(1, 2).reshape({-1, value.size(2), value.size(1) * value.size(3)});
    return at::linear(mixed, projection.weight, projection.bias);
}

namespace {

/// One of queries, keys and values: [groups, tokens, 3 × width] → [groups, heads, tokens, width / heads].
std::string onnxHead(OnnxCall &call, const std::string &all, const Shape &shape, std::int64_t heads, std::int64_t which)
{
    const std::int64_t width = shape.back();
    const auto axis = static_cast<std::int64_t>(shape.size());
    const std::string part = onnxSlice(call, all, axis, which * width, (which + 1) * width);
    Shape parted(shape.begin(), shape.end() - 1);
    parted.insert(parted.end(), {heads, width / heads});
    std::vector<std::int64_t> order(parted.size() + 1);
    std::iota(order.begin(), order.end(), 0);
    std::swap(order[order.size() - 3], order[order.size() - 2]);
    return onnxTranspose(call, onnxReshape(call, part, parted), order);
}

std::string onnxDirection(OnnxCall &call, const std::string &heads, std::size_t dimensions)
{
    const std::string length = onnxReduce(call, "ReduceL2", heads, {static_cast<std::int64_t>(dimensions) - 1}, true);
    return call.node("Div", {heads, onnxClip(call, length, 1e-12, std::nullopt)});
}

} // namespace

at::Tensor onnxTensor(const OnnxCall &call, std::size_t index)
{
    const Tensor &tensor = call.value(index);
    if (tensor.type() == DType::Int64)
        return at::from_blob(const_cast<std::byte *>(tensor.bytes().data()), tensor.shape(), at::kLong).clone();
    const std::vector<float> values = tensor.toFloats();
    return at::from_blob(const_cast<float *>(values.data()), tensor.shape(), at::kFloat).clone();
}

std::string onnxNumbers(OnnxCall &call, const at::Tensor &tensor)
{
    const at::Tensor numbers = tensor.contiguous();
    return call.numbers(numbers.sizes().vec(), {numbers.data_ptr<float>(), numbers.data_ptr<float>() + numbers.numel()});
}

std::string onnxAttention(OnnxCall &call, const std::string &value, const Shape &shape, const OnnxAttention &attention)
{
    const std::int64_t headWidth = shape.back() / attention.heads;
    const std::size_t dimensions = shape.size() + 2;
    const std::string all = onnxLinear(call, value, attention.inWeight, attention.inBias, shape.size());
    std::string query = onnxHead(call, all, shape, attention.heads, 0);
    std::string key = onnxHead(call, all, shape, attention.heads, 1);
    const std::string values = onnxHead(call, all, shape, attention.heads, 2);
    if (attention.cosineScale.empty()) {
        query = call.node("Mul", {query, call.number(1.0 / std::sqrt(static_cast<double>(headWidth)))});
    } else {
        query = onnxDirection(call, query, dimensions);
        key = onnxDirection(call, key, dimensions);
    }
    std::vector<std::int64_t> order(dimensions);
    std::iota(order.begin(), order.end(), 0);
    std::vector<std::int64_t> turned = order;
    std::swap(turned[dimensions - 2], turned[dimensions - 1]);
    std::string scores = call.node("MatMul", {query, onnxTranspose(call, key, turned)});
    if (!attention.cosineScale.empty())
        scores = call.node("Mul", {scores, attention.cosineScale});
    for (const std::string &term : {attention.added, attention.mask})
        if (!term.empty())
            scores = call.node("Add", {scores, term});
    const std::string shares = onnxSoftmax(call, "Softmax", scores, static_cast<std::int64_t>(dimensions) - 1, dimensions - 1);
    std::swap(order[dimensions - 3], order[dimensions - 2]);
    const std::string mixed = onnxTranspose(call, call.node("MatMul", {shares, values}), order);
    return onnxLinear(call, onnxReshape(call, mixed, shape), attention.outWeight, attention.outBias, shape.size());
}

} // namespace graft::layers
