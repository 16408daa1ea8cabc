#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

namespace graft::layers::activations {
namespace {

using Forward = at::Tensor (*)(const LayerCall &);

void addOne(LayerTypes &all, const char *name, const char *help, Forward forward, std::vector<AttributeSchema> schema = {})
{
    LayerType type;
    type.name = name;
    type.category = "activation";
    type.help = help;
    type.schema = std::move(schema);
    type.outputShape = sameShape;
    type.forward = forward;
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
    all.add(std::move(type));
}

void addWithoutAttributes(LayerTypes &all)
{
    addOne(all, "ReLU", "Negative values become 0.", plain<relu>);
    addOne(all, "ReLU6", "Values are cut to 0 … 6.", wide<relu6>);
    addOne(all, "Hardswish", "x × ReLU6(x + 3) / 6, a cheap SiLU.", wide<hardswish>);
    addOne(all, "Hardsigmoid", "ReLU6(x + 3) / 6, a cheap Sigmoid.", wide<hardsigmoid>);
    addOne(all, "Sigmoid", "1 / (1 + exp(−x)).", plain<sigmoid>);
    addOne(all, "SiLU", "x × Sigmoid(x), also known as Swish.", wide<silu>);
    addOne(all, "Tanh", "The hyperbolic tangent: −1 … 1.", plain<tanh>);
    addOne(all, "Mish", "x × tanh(log(1 + exp(x))).", wide<mish>);
    addOne(all, "SELU", "ELU with the factors that keep mean and spread.", wide<selu>);
    addOne(all, "Softsign", "x / (1 + |x|).", wide<softsign>);
}

void addWithAttributes(LayerTypes &all)
{
    addOne(all, "GELU", "x × the normal distribution's share below x.",
        [](const LayerCall &call) { return at::gelu(call.inputs[0], stringAttribute(call.layer, "approximate")); },
        {{"approximate", "tanh: a formula that comes close and costs less.", std::string("none"), false, {}, {}, {"none", "tanh"}, 0}});
    addOne(all, "LeakyReLU", "Negative values are made small.",
        [](const LayerCall &call) {
            return inFloat32OnCpu(
                call.inputs[0], [&](const at::Tensor &x) { return at::leaky_relu(x, doubleAttribute(call.layer, "negative_slope")); });
        },
        {{"negative_slope", "Factor of negative values.", 0.01, false, {}, {}, {}, 0}});
    addOne(all, "ELU", "Negative values become alpha × (exp(x) − 1).",
        [](const LayerCall &call) {
            return inFloat32OnCpu(call.inputs[0], [&](const at::Tensor &x) { return at::elu(x, doubleAttribute(call.layer, "alpha")); });
        },
        {{"alpha", "Where very negative values end, below 0.", 1.0, false, 0, {}, {}, 0}});
    addOne(all, "CELU", "Negative values become alpha × (exp(x / alpha) − 1).",
        [](const LayerCall &call) {
            return inFloat32OnCpu(call.inputs[0], [&](const at::Tensor &x) { return at::celu(x, doubleAttribute(call.layer, "alpha")); });
        },
        {{"alpha", "Where very negative values end, below 0.", 1.0, false, 1e-6, {}, {}, 0}});
    addOne(all, "Softplus", "log(1 + exp(beta × x)) / beta, a smooth ReLU.",
        [](const LayerCall &call) {
            return inFloat32OnCpu(call.inputs[0], [&](const at::Tensor &x) {
                return at::softplus(x, doubleAttribute(call.layer, "beta"), doubleAttribute(call.layer, "threshold"));
            });
        },
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
