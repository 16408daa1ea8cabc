#include "graph/limits.h"
#include "layers/broadcast.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"

#include <algorithm>
#include <numeric>

namespace graft::layers::matmul {
namespace {

/// What stands before the last two dimensions.
Shape leading(const Shape &shape)
{
    return shape.size() < 2 ? Shape() : Shape(shape.begin(), shape.end() - 2);
}

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    const Shape &first = inputs[0];
    const Shape &second = inputs[1];
    for (std::size_t index = 0; index < 2; ++index)
        if (inputs[index].empty())
            return shapeError(layer, "a vector or a matrix for each picture", "one number", inputNames[index]);
    const std::int64_t rows = second.size() == 1 ? second.front() : second[second.size() - 2];
    const auto output = broadcast(leading(first), leading(second));
    if (first.back() != rows || !output)
        return shapeError(layer,
            "a matrix of " + std::to_string(first.back()) + " rows to go with " + shapeForPeople(first) + " from `" + inputNames[0] + "`",
            shapeForPeople(second), inputNames[1]);
    Shape result = *output;
    if (first.size() > 1)
        result.push_back(first[first.size() - 2]);
    if (second.size() > 1)
        result.push_back(second.back());
    return result;
}

std::int64_t multiplyAdds(const Layer &, InputShapes inputs, const Shape &output)
{
    return saturatingProduct(elementCount(output), inputs[0].back());
}

at::Tensor forward(const LayerCall &call)
{
    // Behind the batch, a vector stands for one row on the left and for one column on the right.
    const bool isRow = call.inputs[0].dim() == 2;
    const bool isColumn = call.inputs[1].dim() == 2;
    at::Tensor first = isRow ? call.inputs[0].unsqueeze(1) : call.inputs[0];
    at::Tensor second = isColumn ? call.inputs[1].unsqueeze(2) : call.inputs[1];
    const std::int64_t dimensions = std::max(first.dim(), second.dim());
    at::Tensor product = at::matmul(withDimensions(first, dimensions), withDimensions(second, dimensions));
    if (isColumn)
        product = product.squeeze(-1);
    return isRow ? product.squeeze(isColumn ? -1 : -2) : product;
}

/// As forward() has it: a vector stands for one row on the left and for one column on the right.
Result<std::string> write(OnnxCall &call)
{
    const bool isRow = call.inputShapes[0].size() == 1;
    const bool isColumn = call.inputShapes[1].size() == 1;
    const std::size_t rank = std::max({call.inputShapes[0].size(), call.inputShapes[1].size(), std::size_t{2}});
    const auto aligned = [&](std::size_t index, bool isVector) {
        if (!isVector)
            return onnxAligned(call, index, rank);
        std::vector<std::int64_t> axes(rank - 1);
        std::iota(axes.begin(), axes.end(), 1);
        if (index == 1)
            axes.back() = static_cast<std::int64_t>(rank);
        return onnxUnsqueeze(call, call.inputs[index], axes);
    };
    std::string product = call.node("MatMul", {aligned(0, isRow), aligned(1, isColumn)});
    if (isColumn)
        product = onnxSqueeze(call, product, {static_cast<std::int64_t>(rank)});
    return isRow ? onnxSqueeze(call, product, {static_cast<std::int64_t>(rank) - 1}) : product;
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "MatMul";
    type.category = "merge";
    type.help = "The matrix product of two inputs, for each picture by itself.";
    type.minimumInputs = type.maximumInputs = 2;
    type.outputShape = outputShape;
    type.multiplyAdds = multiplyAdds;
    type.forward = forward;
    type.python = [](const Layer &) { return "torch.matmul({aligned0}, {aligned1})"; };
    type.toOnnx = write;
    all.add(std::move(type));
}

} // namespace graft::layers::matmul
