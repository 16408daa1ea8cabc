#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

#include <limits>

namespace graft::layers::pointwise {
namespace {

using Forward = at::Tensor (*)(const LayerCall &);

void addOne(
    LayerTypes &all, const char *name, const char *help, const char *python, Forward forward, std::vector<AttributeSchema> schema = {})
{
    LayerType type;
    type.name = name;
    type.category = "elementwise";
    type.help = help;
    type.schema = std::move(schema);
    type.outputShape = sameShape;
    type.forward = forward;
    type.python = [python](const Layer &) { return python; };
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
    constexpr double largest = std::numeric_limits<float>::max();
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
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "Exp", "e to the power of x.", "{0}.exp()", wide<exponential>);
    addOne(all, "Log", "The natural logarithm.", "{0}.log()", wide<logarithm>);
    addOne(all, "Sqrt", "The square root.", "{0}.sqrt()", wide<squareRoot>);
    addOne(all, "Abs", "x without its sign.", "{0}.abs()", wide<absolute>);
    addOne(all, "Neg", "x with the other sign.", "-{0}", wide<negative>);
    addOne(all, "Reciprocal", "1 / x.", "1 / {0}", wide<reciprocal>);
    addOne(all, "Erf", "Gauss's error function.", "{0}.erf()", wide<errorFunction>);
    addOne(all, "Pow", "x to a power.", "{0} ** {exponent}",
        [](const LayerCall &call) {
            return inFloat32OnCpu(call.inputs[0], [&](const at::Tensor &x) { return at::pow(x, doubleAttribute(call.layer, "exponent")); });
        },
        {{"exponent", "The power: 2 for the square.", 2.0, true, {}, {}, {}, 0}});
    addOne(all, "Scale", "x × factor + offset, with fixed numbers.", "{0} * {factor} + {offset}",
        [](const LayerCall &call) {
            return call.inputs[0] * doubleAttribute(call.layer, "factor") + doubleAttribute(call.layer, "offset");
        },
        {
            {"factor", "What each value is multiplied by.", 1.0, false, {}, {}, {}, 0},
            {"offset", "What is added then.", 0.0, false, {}, {}, {}, 0},
        });
    addClamp(all);
}

} // namespace graft::layers::pointwise
