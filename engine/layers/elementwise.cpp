#include "layers/broadcast.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::elementwise {
namespace {

/// A dimension of 1 is repeated to fit the other input's, as squeeze-and-excitation needs: [C, 1, 1] × [C, H, W].
Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    const auto output = broadcast(inputs[0], inputs[1]);
    if (!output)
        return shapeError(layer, shapeForPeople(inputs[0]) + " as from `" + inputNames[0] + "`", shapeForPeople(inputs[1]), inputNames[1]);
    return *output;
}

template <auto function>
at::Tensor ofBoth(const LayerCall &call)
{
    const std::int64_t dimensions = std::max(call.inputs[0].dim(), call.inputs[1].dim());
    return function(withDimensions(call.inputs[0], dimensions), withDimensions(call.inputs[1], dimensions));
}

constexpr auto sum = [](const at::Tensor &a, const at::Tensor &b) { return at::add(a, b); };
constexpr auto difference = [](const at::Tensor &a, const at::Tensor &b) { return at::sub(a, b); };
constexpr auto product = [](const at::Tensor &a, const at::Tensor &b) { return at::mul(a, b); };
constexpr auto quotient = [](const at::Tensor &a, const at::Tensor &b) { return at::div(a, b); };
constexpr auto larger = [](const at::Tensor &a, const at::Tensor &b) { return at::maximum(a, b); };
constexpr auto smaller = [](const at::Tensor &a, const at::Tensor &b) { return at::minimum(a, b); };

/// What an operator does with one number, as the Scale or the Clamp that it is then.
using WithNumber = Result<LayerId> (*)(OnnxNode &node, LayerId value, double number, bool numberComesFirst);

Result<LayerId> scale(OnnxNode &node, LayerId value, double factor, double offset)
{
    return node.add("Scale", {{"factor", factor}, {"offset", offset}}, {value});
}

Result<LayerId> divide(OnnxNode &node, LayerId value, double number, bool numberComesFirst)
{
    if (!numberComesFirst)
        return number == 0 ? onnxReason("it divides by 0") : scale(node, value, 1 / number, 0);
    const auto inverse = node.add("Reciprocal", {}, {value}, {}, number == 1 ? "" : "reciprocal");
    return inverse && number != 1 ? scale(node, *inverse, number, 0) : inverse;
}

constexpr auto added = [](OnnxNode &node, LayerId value, double number, bool) { return scale(node, value, 1, number); };
constexpr auto multiplied = [](OnnxNode &node, LayerId value, double number, bool) { return scale(node, value, number, 0); };
constexpr auto subtracted = [](OnnxNode &node, LayerId value, double number, bool numberComesFirst) {
    return numberComesFirst ? scale(node, value, -1, number) : scale(node, value, 1, -number);
};
constexpr auto raised = [](OnnxNode &node, LayerId value, double number, bool) { return node.add("Clamp", {{"min", number}}, {value}); };
constexpr auto lowered = [](OnnxNode &node, LayerId value, double number, bool) { return node.add("Clamp", {{"max", number}}, {value}); };

/// Two or more inputs; with shapes of as many dimensions, since ONNX lines them up from the last one and the batch must stay the first.
Result<LayerId> readBoth(OnnxNode &node, const char *layerType, WithNumber withNumber)
{
    if (node.inputCount() == 2)
        for (std::size_t index = 0; index < 2; ++index)
            if (node.isConstant(index) && !node.isConstant(1 - index))
                if (const auto number = node.scalar(index)) {
                    const auto value = node.input(1 - index);
                    return value ? withNumber(node, *value, *number, index == 0) : value;
                }
    auto result = node.input(0);
    for (std::size_t index = 1; result && index < node.inputCount(); ++index) {
        const auto next = node.input(index);
        if (!next)
            return next;
        const auto first = node.shapeOf(*result), second = node.shapeOf(*next);
        const bool hasConstant = node.isConstant(index) || node.isConstant(0);
        if (first && second && first->size() != second->size() && !hasConstant)
            return onnxReason("its inputs have different numbers of dimensions");
        result = node.add(layerType, {}, {*result, *next}, {}, index + 1 < node.inputCount() ? std::to_string(index) : "");
    }
    return result;
}

OnnxWriting writeBoth(std::string operatorName)
{
    return [operatorName = std::move(operatorName)](OnnxCall &call) -> Result<std::string> {
        const std::size_t rank = call.outputShape.size();
        return call.node(operatorName, {onnxAligned(call, 0, rank), onnxAligned(call, 1, rank)});
    };
}

OnnxOperator reading(const char *operatorName, const char *layerType, WithNumber withNumber)
{
    return {operatorName, [=](OnnxNode &node) { return readBoth(node, layerType, withNumber); }};
}

void addOne(LayerTypes &all, const char *name, const char *help, at::Tensor (*forward)(const LayerCall &), const char *python,
    const char *operatorName, std::vector<OnnxOperator> fromOnnx)
{
    LayerType type;
    type.name = name;
    type.category = "merge";
    type.help = help;
    type.minimumInputs = type.maximumInputs = 2;
    type.outputShape = outputShape;
    type.forward = forward;
    type.python = [python](const Layer &) { return python; };
    type.toOnnx = writeBoth(operatorName);
    type.fromOnnx = std::move(fromOnnx);
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "Add", "The sum of two inputs.", ofBoth<sum>, "{aligned0} + {aligned1}", "Add",
        {reading("Add", "Add", added), reading("Sum", "Add", added)});
    addOne(all, "Subtract", "The first input less the second.", ofBoth<difference>, "{aligned0} - {aligned1}", "Sub",
        {reading("Sub", "Subtract", subtracted)});
    addOne(all, "Multiply", "The product of two inputs.", ofBoth<product>, "{aligned0} * {aligned1}", "Mul",
        {reading("Mul", "Multiply", multiplied)});
    addOne(all, "Divide", "The first input divided by the second.", ofBoth<quotient>, "{aligned0} / {aligned1}", "Div",
        {reading("Div", "Divide", divide)});
    addOne(all, "Maximum", "The larger of two inputs, value by value.", ofBoth<larger>, "torch.maximum({aligned0}, {aligned1})", "Max",
        {reading("Max", "Maximum", raised)});
    addOne(all, "Minimum", "The smaller of two inputs, value by value.", ofBoth<smaller>, "torch.minimum({aligned0}, {aligned1})", "Min",
        {reading("Min", "Minimum", lowered)});
}

} // namespace graft::layers::elementwise
