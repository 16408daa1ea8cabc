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

void addOne(LayerTypes &all, const char *name, const char *help, at::Tensor (*forward)(const LayerCall &), const char *python)
{
    LayerType type;
    type.name = name;
    type.category = "merge";
    type.help = help;
    type.minimumInputs = type.maximumInputs = 2;
    type.outputShape = outputShape;
    type.forward = forward;
    type.python = [python](const Layer &) { return python; };
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "Add", "The sum of two inputs.", ofBoth<sum>, "{aligned0} + {aligned1}");
    addOne(all, "Subtract", "The first input less the second.", ofBoth<difference>, "{aligned0} - {aligned1}");
    addOne(all, "Multiply", "The product of two inputs.", ofBoth<product>, "{aligned0} * {aligned1}");
    addOne(all, "Divide", "The first input divided by the second.", ofBoth<quotient>, "{aligned0} / {aligned1}");
    addOne(all, "Maximum", "The larger of two inputs, value by value.", ofBoth<larger>, "torch.maximum({aligned0}, {aligned1})");
    addOne(all, "Minimum", "The smaller of two inputs, value by value.", ofBoth<smaller>, "torch.minimum({aligned0}, {aligned1})");
}

} // namespace graft::layers::elementwise
