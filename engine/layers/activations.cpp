#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

#include <cmath>

namespace graft::layers::activations {
namespace {

using Forward = at::Tensor (*)(const LayerCall &);

/// How a type stands in ONNX.
struct Onnx {
    OnnxWriting write;
    std::vector<OnnxOperator> read;
};

/// One node without attributes.
Onnx oneNode(const char *operatorName, const char *layerType)
{
    return {onnxNode(operatorName), {onnxLayer(operatorName, layerType)}};
}

/// One node whose only attribute is a number, named `there` in ONNX.
Onnx oneNumber(const char *operatorName, const char *layerType, const char *here, const char *there, double missing)
{
    return {[=](OnnxCall &call) -> Result<std::string> {
                return call.node(operatorName, {call.inputs[0]}, {{there, doubleAttribute(*call.layer, here)}});
            },
        {{operatorName, [=](OnnxNode &node) -> Result<LayerId> {
              const auto input = node.input(0);
              return input ? node.add(layerType, {{here, node.number(there, missing)}}, {*input}) : input;
          }}}};
}

void addOne(LayerTypes &all, const char *name, const char *help, Forward forward, Onnx onnx, std::vector<AttributeSchema> schema = {})
{
    LayerType type;
    type.name = name;
    type.category = "activation";
    type.help = help;
    type.schema = std::move(schema);
    type.outputShape = sameShape;
    type.forward = forward;
    type.toOnnx = std::move(onnx.write);
    type.fromOnnx = std::move(onnx.read);
    all.add(std::move(type));
}

/// An elementwise function of LibTorch's, without attributes.
template <auto function>
at::Tensor plain(const LayerCall &call)
{
    return function(call.inputs[0]);
}

/// The same for a function whose backward pass knows no bfloat16 on the CPU.
template <auto function>
at::Tensor wide(const LayerCall &call)
{
    return inFloat32OnCpu(call.inputs[0], function);
}

constexpr auto relu = [](const at::Tensor &x) { return at::relu(x); };
constexpr auto relu6 = [](const at::Tensor &x) { return at::hardtanh(x, 0, 6); };
constexpr auto hardswish = [](const at::Tensor &x) { return at::hardswish(x); };
constexpr auto hardsigmoid = [](const at::Tensor &x) { return at::hardsigmoid(x); };
constexpr auto sigmoid = [](const at::Tensor &x) { return at::sigmoid(x); };
constexpr auto silu = [](const at::Tensor &x) { return at::silu(x); };
constexpr auto tanh = [](const at::Tensor &x) { return at::tanh(x); };
constexpr auto mish = [](const at::Tensor &x) { return at::mish(x); };
constexpr auto selu = [](const at::Tensor &x) { return at::selu(x); };
constexpr auto softsign = [](const at::Tensor &x) { return x / (x.abs() + 1); };

// Operators of newer opsets, in the words of older ones.

Result<std::string> writeHardsigmoid(OnnxCall &call)
{
    return call.node("HardSigmoid", {call.inputs[0]}, {{"alpha", 1.0 / 6}, {"beta", 0.5}});
}

Result<LayerId> readHardsigmoid(OnnxNode &node)
{
    const auto input = node.input(0);
    const double alpha = node.number("alpha", 0.2), beta = node.number("beta", 0.5);
    if (!input || (std::abs(alpha - 1.0 / 6) < 1e-6 && beta == 0.5))
        return input ? node.add("Hardsigmoid", {}, {*input}) : input;
    const auto scaled = node.add("Scale", {{"factor", alpha}, {"offset", beta}}, {*input}, {}, "scale");
    return scaled ? node.add("Clamp", {{"min", 0.0}, {"max", 1.0}}, {*scaled}) : scaled;
}

Result<std::string> writeHardswish(OnnxCall &call)
{
    if (call.opset >= 14)
        return call.node("HardSwish", {call.inputs[0]});
    return call.node("Mul", {call.inputs[0], *writeHardsigmoid(call)});
}

Result<std::string> writeSilu(OnnxCall &call)
{
    return call.node("Mul", {call.inputs[0], call.node("Sigmoid", {call.inputs[0]})});
}

Result<LayerId> readSwish(OnnxNode &node)
{
    if (node.number("alpha", 1) != 1)
        return onnxReason("its `alpha` is not 1");
    const auto input = node.input(0);
    return input ? node.add("SiLU", {}, {*input}) : input;
}

Result<std::string> writeMish(OnnxCall &call)
{
    return call.node("Mul", {call.inputs[0], call.node("Tanh", {call.node("Softplus", {call.inputs[0]})})});
}

Result<LayerId> readSelu(OnnxNode &node)
{
    if (std::abs(node.number("alpha", 1.6732632) - 1.6732632) > 1e-4 || std::abs(node.number("gamma", 1.050701) - 1.050701) > 1e-4)
        return onnxReason("its factors are not those of SELU");
    const auto input = node.input(0);
    return input ? node.add("SELU", {}, {*input}) : input;
}

Result<std::string> writeGelu(OnnxCall &call)
{
    const std::string &x = call.inputs[0];
    if (stringAttribute(*call.layer, "approximate") == "tanh") {
        const std::string cube = call.node("Mul", {call.node("Mul", {x, x}), x});
        const std::string sum = call.node("Add", {x, call.node("Mul", {cube, call.number(0.044715)})});
        const std::string bend = call.node("Tanh", {call.node("Mul", {sum, call.number(0.7978845608028654)})});
        return call.node("Mul", {call.node("Mul", {x, call.node("Add", {bend, call.number(1)})}), call.number(0.5)});
    }
    if (call.opset < 9)
        return onnxTooOld(call, 9);
    const std::string error = call.node("Erf", {call.node("Div", {x, call.number(1.4142135623730951)})});
    return call.node("Mul", {call.node("Mul", {x, call.node("Add", {error, call.number(1)})}), call.number(0.5)});
}

Result<LayerId> readGelu(OnnxNode &node)
{
    const auto input = node.input(0);
    return input ? node.add("GELU", {{"approximate", node.text("approximate", "none")}}, {*input}) : input;
}

Result<std::string> writeCelu(OnnxCall &call)
{
    const double alpha = doubleAttribute(*call.layer, "alpha");
    if (call.opset >= 12)
        return call.node("Celu", {call.inputs[0]}, {{"alpha", alpha}});
    const std::string bent = call.node("Elu", {call.node("Div", {call.inputs[0], call.number(alpha)})}, {{"alpha", 1.0}});
    return call.node("Mul", {bent, call.number(alpha)});
}

Result<std::string> writeSoftplus(OnnxCall &call)
{
    const double beta = doubleAttribute(*call.layer, "beta");
    if (beta == 1)
        return call.node("Softplus", {call.inputs[0]});
    return call.node("Div", {call.node("Softplus", {call.node("Mul", {call.inputs[0], call.number(beta)})}), call.number(beta)});
}

Result<Shape> hardtanhShape(const Layer &layer, InputShapes inputs, std::span<const std::string>)
{
    if (doubleAttribute(layer, "min_val") > doubleAttribute(layer, "max_val"))
        return attributeError(layer, "has a `min_val` above its `max_val`");
    return inputs.front();
}

void addHardtanh(LayerTypes &all)
{
    LayerType type;
    type.name = "Hardtanh";
    type.category = "activation";
    type.help = "Values are cut to min_val … max_val.";
    type.schema = {
        {"min_val", "The smallest value that comes out.", -1.0, false, {}, {}, {}, 0},
        {"max_val", "The largest value that comes out.", 1.0, false, {}, {}, {}, 0},
    };
    type.outputShape = hardtanhShape;
    type.forward = [](const LayerCall &call) {
        return inFloat32OnCpu(call.inputs[0], [&](const at::Tensor &x) {
            return at::hardtanh(x, doubleAttribute(call.layer, "min_val"), doubleAttribute(call.layer, "max_val"));
        });
    };
    type.toOnnx = [](OnnxCall &call) -> Result<std::string> {
        return onnxClip(call, call.inputs[0], doubleAttribute(*call.layer, "min_val"), doubleAttribute(*call.layer, "max_val"));
    };
    all.add(std::move(type));
}

void addWithoutAttributes(LayerTypes &all)
{
    addOne(all, "ReLU", "Negative values become 0.", plain<relu>, oneNode("Relu", "ReLU"));
    addOne(all, "ReLU6", "Values are cut to 0 … 6.", wide<relu6>,
        {[](OnnxCall &call) -> Result<std::string> { return onnxClip(call, call.inputs[0], 0.0, 6.0); }, {}});
    addOne(
        all, "Hardswish", "x × ReLU6(x + 3) / 6, a cheap SiLU.", wide<hardswish>, {writeHardswish, {onnxLayer("HardSwish", "Hardswish")}});
    addOne(all, "Hardsigmoid", "ReLU6(x + 3) / 6, a cheap Sigmoid.", wide<hardsigmoid>,
        {writeHardsigmoid, {{"HardSigmoid", readHardsigmoid}}});
    addOne(all, "Sigmoid", "1 / (1 + exp(−x)).", plain<sigmoid>, oneNode("Sigmoid", "Sigmoid"));
    addOne(all, "SiLU", "x × Sigmoid(x), also known as Swish.", wide<silu>, {writeSilu, {{"Swish", readSwish}}});
    addOne(all, "Tanh", "The hyperbolic tangent: −1 … 1.", plain<tanh>, oneNode("Tanh", "Tanh"));
    addOne(all, "Mish", "x × tanh(log(1 + exp(x))).", wide<mish>, {writeMish, {onnxLayer("Mish", "Mish")}});
    addOne(all, "SELU", "ELU with the factors that keep mean and spread.", wide<selu>, {onnxNode("Selu"), {{"Selu", readSelu}}});
    addOne(all, "Softsign", "x / (1 + |x|).", wide<softsign>, oneNode("Softsign", "Softsign"));
}

void addWithAttributes(LayerTypes &all)
{
    addOne(all, "GELU", "x × the normal distribution's share below x.",
        [](const LayerCall &call) { return at::gelu(call.inputs[0], stringAttribute(call.layer, "approximate")); },
        {writeGelu, {{"Gelu", readGelu}}},
        {{"approximate", "tanh: a formula that comes close and costs less.", std::string("none"), false, {}, {}, {"none", "tanh"}, 0}});
    addOne(all, "LeakyReLU", "Negative values are made small.",
        [](const LayerCall &call) {
            return inFloat32OnCpu(
                call.inputs[0], [&](const at::Tensor &x) { return at::leaky_relu(x, doubleAttribute(call.layer, "negative_slope")); });
        },
        oneNumber("LeakyRelu", "LeakyReLU", "negative_slope", "alpha", 0.01),
        {{"negative_slope", "Factor of negative values.", 0.01, false, {}, {}, {}, 0}});
    addOne(all, "ELU", "Negative values become alpha × (exp(x) − 1).",
        [](const LayerCall &call) {
            return inFloat32OnCpu(call.inputs[0], [&](const at::Tensor &x) { return at::elu(x, doubleAttribute(call.layer, "alpha")); });
        },
        oneNumber("Elu", "ELU", "alpha", "alpha", 1), {{"alpha", "Where very negative values end, below 0.", 1.0, false, 0, {}, {}, 0}});
    addOne(all, "CELU", "Negative values become alpha × (exp(x / alpha) − 1).",
        [](const LayerCall &call) {
            return inFloat32OnCpu(call.inputs[0], [&](const at::Tensor &x) { return at::celu(x, doubleAttribute(call.layer, "alpha")); });
        },
        {writeCelu, oneNumber("Celu", "CELU", "alpha", "alpha", 1).read},
        {{"alpha", "Where very negative values end, below 0.", 1.0, false, 1e-6, {}, {}, 0}});
    addOne(all, "Softplus", "log(1 + exp(beta × x)) / beta, a smooth ReLU.",
        [](const LayerCall &call) {
            return inFloat32OnCpu(call.inputs[0], [&](const at::Tensor &x) {
                return at::softplus(x, doubleAttribute(call.layer, "beta"), doubleAttribute(call.layer, "threshold"));
            });
        },
        {writeSoftplus, {onnxLayer("Softplus", "Softplus")}},
        {
            {"beta", "How sharply it bends at 0.", 1.0, false, 1e-6, {}, {}, 0},
            {"threshold", "Where beta × x is above this, x itself comes out.", 20.0, false, {}, {}, {}, 0},
        });
}

} // namespace

void add(LayerTypes &all)
{
    addWithoutAttributes(all);
    addWithAttributes(all);
    addHardtanh(all);
}

} // namespace graft::layers::activations
