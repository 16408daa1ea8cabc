#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

#include <limits>

namespace graft::layers::pointwise {
namespace {

using Forward = at::Tensor (*)(const LayerCall &);

constexpr double largest = std::numeric_limits<float>::max();

Result<std::string> writeScale(OnnxCall &call)
{
    const double factor = doubleAttribute(*call.layer, "factor"), offset = doubleAttribute(*call.layer, "offset");
    std::string value = call.inputs[0];
    if (factor != 1 || offset == 0)
        value = call.node("Mul", {value, call.number(factor)});
    return offset == 0 ? value : call.node("Add", {value, call.number(offset)});
}

Result<std::string> writePow(OnnxCall &call)
{
    return call.node("Pow", {call.inputs[0], call.number(doubleAttribute(*call.layer, "exponent"))});
}

Result<LayerId> readPow(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto exponent = node.scalar(1);
    if (!input || !exponent)
        return exponent ? input : fail(exponent.error());
    return node.add("Pow", {{"exponent", *exponent}}, {*input});
}

Result<std::string> writeClamp(OnnxCall &call)
{
    const double minimum = doubleAttribute(*call.layer, "min"), maximum = doubleAttribute(*call.layer, "max");
    return onnxClip(call, call.inputs[0], minimum <= -largest ? std::nullopt : std::optional(minimum),
        maximum >= largest ? std::nullopt : std::optional(maximum));
}

Result<LayerId> readClip(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto minimum = node.hasInput(1) ? node.scalar(1) : Result<double>(node.number("min", -largest));
    const auto maximum = node.hasInput(2) ? node.scalar(2) : Result<double>(node.number("max", largest));
    if (!input || !minimum || !maximum)
        return fail(!input ? input.error() : !minimum ? minimum.error() : maximum.error());
    if (*minimum == 0 && *maximum >= largest)
        return node.add("ReLU", {}, {*input});
    if (*minimum == 0 && *maximum == 6)
        return node.add("ReLU6", {}, {*input});
    return node.add("Clamp", {{"min", std::max(*minimum, -largest)}, {"max", std::min(*maximum, largest)}}, {*input});
}

/// Both are what is left of longer functions; there are no layers for them.
Result<LayerId> readLengths(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto axes = node.integersOf("axes", 1, {});
    if (!input || !axes)
        return axes ? input : fail(axes.error());
    const auto square = node.add("Pow", {{"exponent", 2.0}}, {*input}, {}, "square");
    const auto sum
        = square ? node.add("Sum", {{"dim", *axes}, {"keepdim", node.integer("keepdims", 1) != 0}}, {*square}, {}, "sum") : square;
    return sum ? node.add("Sqrt", {}, {*sum}) : sum;
}

void addOne(LayerTypes &all, const char *name, const char *help, const char *python, Forward forward, OnnxWriting toOnnx,
    std::vector<OnnxOperator> fromOnnx, std::vector<AttributeSchema> schema = {})
{
    LayerType type;
    type.name = name;
    type.category = "elementwise";
    type.help = help;
    type.schema = std::move(schema);
    type.outputShape = sameShape;
    type.forward = forward;
    type.python = [python](const Layer &) { return python; };
    type.toOnnx = std::move(toOnnx);
    type.fromOnnx = std::move(fromOnnx);
    all.add(std::move(type));
}

template <auto function>
at::Tensor wide(const LayerCall &call)
{
    return inFloat32OnCpu(call.inputs[0], function);
}

constexpr auto exponential = [](const at::Tensor &x) { return at::exp(x); };
constexpr auto logarithm = [](const at::Tensor &x) { return at::log(x); };
constexpr auto squareRoot = [](const at::Tensor &x) { return at::sqrt(x); };
constexpr auto absolute = [](const at::Tensor &x) { return at::abs(x); };
constexpr auto negative = [](const at::Tensor &x) { return at::neg(x); };
constexpr auto reciprocal = [](const at::Tensor &x) { return at::reciprocal(x); };
constexpr auto errorFunction = [](const at::Tensor &x) { return at::erf(x); };

void addClamp(LayerTypes &all)
{
    LayerType type;
    type.name = "Clamp";
    type.category = "elementwise";
    type.help = "Values are cut to min … max.";
    type.schema = {
        {"min", "The smallest value that comes out.", -largest, false, {}, {}, {}, 0},
        {"max", "The largest value that comes out.", largest, false, {}, {}, {}, 0},
    };
    type.outputShape = [](const Layer &layer, InputShapes inputs, std::span<const std::string>) -> Result<Shape> {
        if (doubleAttribute(layer, "min") > doubleAttribute(layer, "max"))
            return attributeError(layer, "has a `min` above its `max`");
        return inputs.front();
    };
    type.forward = [](const LayerCall &call) {
        return inFloat32OnCpu(call.inputs[0], [&](const at::Tensor &x) {
            return at::clamp(x, at::Scalar(doubleAttribute(call.layer, "min")), at::Scalar(doubleAttribute(call.layer, "max")));
        });
    };
    type.python = [](const Layer &) { return "{0}.clamp({min}, {max})"; };
    type.toOnnx = writeClamp;
    type.fromOnnx = {{"Clip", readClip}};
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "Exp", "e to the power of x.", "{0}.exp()", wide<exponential>, onnxNode("Exp"), {onnxLayer("Exp", "Exp")});
    addOne(all, "Log", "The natural logarithm.", "{0}.log()", wide<logarithm>, onnxNode("Log"), {onnxLayer("Log", "Log")});
    addOne(all, "Sqrt", "The square root.", "{0}.sqrt()", wide<squareRoot>, onnxNode("Sqrt"),
        {onnxLayer("Sqrt", "Sqrt"), {"ReduceL2", readLengths}});
    addOne(all, "Abs", "x without its sign.", "{0}.abs()", wide<absolute>, onnxNode("Abs"), {onnxLayer("Abs", "Abs")});
    addOne(all, "Neg", "x with the other sign.", "-{0}", wide<negative>, onnxNode("Neg"), {onnxLayer("Neg", "Neg")});
    addOne(all, "Reciprocal", "1 / x.", "1 / {0}", wide<reciprocal>, onnxNode("Reciprocal"), {onnxLayer("Reciprocal", "Reciprocal")});
    addOne(all, "Erf", "Gauss's error function.", "{0}.erf()", wide<errorFunction>,
        [](OnnxCall &call) -> Result<std::string> {
            if (call.opset < 9)
                return onnxTooOld(call, 9);
            return call.node("Erf", {call.inputs[0]});
        },
        {onnxLayer("Erf", "Erf")});
    addOne(all, "Pow", "x to a power.", "{0} ** {exponent}",
        [](const LayerCall &call) {
            return inFloat32OnCpu(call.inputs[0], [&](const at::Tensor &x) { return at::pow(x, doubleAttribute(call.layer, "exponent")); });
        },
        writePow, {{"Pow", readPow}}, {{"exponent", "The power: 2 for the square.", 2.0, true, {}, {}, {}, 0}});
    addOne(all, "Scale", "x × factor + offset, with fixed numbers.", "{0} * {factor} + {offset}",
        [](const LayerCall &call) {
            return call.inputs[0] * doubleAttribute(call.layer, "factor") + doubleAttribute(call.layer, "offset");
        },
        writeScale, {},
        {
            {"factor", "What each value is multiplied by.", 1.0, false, {}, {}, {}, 0},
            {"offset", "What is added then.", 0.0, false, {}, {}, {}, 0},
        });
    addClamp(all);
}

} // namespace graft::layers::pointwise
