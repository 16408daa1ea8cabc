#include "graph/limits.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::linear {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    const auto features = intAttribute(layer, "in_features");
    if (inputs.front().empty() || inputs.front().back() != features)
        return shapeError(layer, std::to_string(features) + " features", shapeForPeople(inputs.front()), inputNames.front());
    Shape output = inputs.front();
    output.back() = intAttribute(layer, "out_features");
    return output;
}

std::vector<TensorSpec> tensors(const Layer &layer, InputShapes)
{
    const auto outputs = intAttribute(layer, "out_features");
    std::vector<TensorSpec> all
        = {{"weight", {outputs, intAttribute(layer, "in_features")}, Initialisation::KaimingUniform, false, DType::Float32}};
    if (boolAttribute(layer, "bias"))
        all.push_back({"bias", {outputs}, Initialisation::UniformFanIn, false, DType::Float32});
    return all;
}

std::int64_t multiplyAdds(const Layer &layer, InputShapes, const Shape &output)
{
    return saturatingProduct(elementCount(output), intAttribute(layer, "in_features"));
}

at::Tensor forward(const LayerCall &call)
{
    return at::linear(call.inputs[0], call.tensors[0], call.tensors.size() > 1 ? call.tensors[1] : at::Tensor());
}

Result<std::string> write(OnnxCall &call)
{
    return onnxLinear(call, call.inputs[0], call.tensors[0], call.tensors.size() > 1 ? call.tensors[1] : "", call.inputShapes[0].size());
}

/// The matrix with rows for columns, and every number times `factor`.
Tensor turned(const Tensor &matrix, bool transposes, double factor)
{
    if (!transposes && factor == 1)
        return matrix;
    const std::int64_t rows = matrix.shape()[0], columns = matrix.shape()[1];
    std::vector<float> values(static_cast<std::size_t>(rows * columns));
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t column = 0; column < columns; ++column) {
            const auto from = static_cast<std::size_t>(row * columns + column);
            const auto to = transposes ? static_cast<std::size_t>(column * rows + row) : from;
            values[to] = static_cast<float>(matrix.floats()[from] * factor);
        }
    return Tensor::fromFloats(transposes ? Shape{columns, rows} : matrix.shape(), values);
}

/// One number for all outputs, or one each.
Result<Tensor> readBias(OnnxNode &node, std::int64_t outputs, double factor)
{
    const auto bias = node.constant(2);
    if (!bias || (bias->elementCount() == outputs && factor == 1))
        return bias ? Tensor(onnxReshaped(*bias, {outputs})) : bias;
    if (bias->elementCount() != outputs && bias->elementCount() != 1)
        return onnxReason("it adds other numbers to each row");
    std::vector<float> values(static_cast<std::size_t>(outputs));
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(bias->floats()[bias->elementCount() == 1 ? 0 : i] * factor);
    return Tensor::fromFloats({outputs}, values);
}

Result<LayerId> readMatrix(OnnxNode &node, bool isTransposed, double alpha, double beta)
{
    const auto weight = node.constant(1);
    const auto input = node.input(0);
    if (!weight || !input)
        return fail(weight ? input.error() : weight.error());
    const Tensor matrix = turned(*weight, !isTransposed, alpha);
    const std::int64_t outputs = matrix.shape()[0];
    OnnxNode::NamedTensors tensors = {{"weight", matrix}};
    if (node.hasInput(2) && beta != 0) {
        auto bias = readBias(node, outputs, beta);
        if (!bias)
            return fail(bias.error());
        tensors.emplace_back("bias", std::move(*bias));
    }
    return node.add(
        "Linear", {{"in_features", matrix.shape()[1]}, {"out_features", outputs}, {"bias", tensors.size() > 1}}, {*input}, tensors);
}

Result<LayerId> readGemm(OnnxNode &node)
{
    if (!node.isConstant(1) || node.integer("transA", 0) != 0)
        return onnxReason("it multiplies two computed matrices");
    const auto weight = node.constant(1);
    if (!weight || weight->shape().size() != 2)
        return weight ? onnxReason("its weights are no matrix") : fail(weight.error());
    return readMatrix(node, node.integer("transB", 0) == 1, node.number("alpha", 1), node.number("beta", 1));
}

/// With a constant matrix on the right it is a Linear; a third input, the bias, comes from the sum that followed.
Result<LayerId> readMatMul(OnnxNode &node)
{
    if (node.isConstant(1) && !node.isConstant(0)) {
        const auto weight = node.constant(1);
        if (!weight)
            return fail(weight.error());
        if (weight->shape().size() == 2)
            return readMatrix(node, false, 1, 1);
    }
    const auto first = node.input(0), second = node.input(1);
    if (!first || !second)
        return first ? second : first;
    const auto firstShape = node.shapeOf(*first), secondShape = node.shapeOf(*second);
    const bool hasConstant = node.isConstant(0) || node.isConstant(1);
    if (firstShape && secondShape && (firstShape->size() < 2 || secondShape->size() < 2))
        return onnxReason("it mixes pictures with one another");
    if (firstShape && secondShape && firstShape->size() != secondShape->size() && !hasConstant)
        return onnxReason("its inputs have different numbers of dimensions");
    return node.add("MatMul", {}, {*first, *second});
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Linear";
    type.category = "linear";
    type.help = "Each output is a weighted sum of all input features (the last dimension).";
    type.schema = {
        {"in_features", "Features of the input.", std::int64_t{512}, true, 1, {}, {}, 0},
        {"out_features", "Features of the output; the number of classes in a head.", std::int64_t{1000}, true, 1, {}, {}, 0},
        {"bias", "Whether a learned number is added to each output.", true, false, {}, {}, {}, 0},
    };
    type.outputShape = outputShape;
    type.tensors = tensors;
    type.multiplyAdds = multiplyAdds;
    type.fittedTo = [](const Layer &layer, const Shape &input) {
        Attributes fitted = withFeatures(layer, input, "in_features");
        if (!input.empty())
            fitted.try_emplace("out_features", input.back());
        return fitted;
    };
    type.forward = forward;
    type.toOnnx = write;
    type.fromOnnx = {{"Gemm", readGemm}, {"MatMul", readMatMul}};
    all.add(std::move(type));
}

} // namespace graft::layers::linear
