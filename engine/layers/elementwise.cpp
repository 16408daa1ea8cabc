#include "layers/layercall.h"
#include "layers/layersupport.h"

#include <algorithm>

namespace graft::layers::elementwise {
namespace {

/// A dimension of 1 is repeated to fit the other input's, as squeeze-and-excitation needs: [C, 1, 1] × [C, H, W].
Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    const Shape &first = inputs[0];
    const Shape &second = inputs[1];
    const auto fits = [](std::int64_t a, std::int64_t b) { return a == b || a == 1 || b == 1; };
    if (!std::ranges::equal(first, second, fits))
        return shapeError(layer, shapeForPeople(first) + " as from `" + inputNames[0] + "`", shapeForPeople(second), inputNames[1]);
    Shape output = first;
    std::ranges::transform(first, second, output.begin(), [](auto a, auto b) { return std::max(a, b); });
    return output;
}

void addOne(LayerTypes &all, const char *name, const char *help, at::Tensor (*forward)(const LayerCall &))
{
    LayerType type;
    type.name = name;
    type.category = "merge";
    type.help = help;
    type.minimumInputs = type.maximumInputs = 2;
    type.outputShape = outputShape;
    type.forward = forward;
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "Add", "The sum of two inputs.", [](const LayerCall &call) { return at::add(call.inputs[0], call.inputs[1]); });
    addOne(all, "Multiply", "The product of two inputs.", [](const LayerCall &call) { return at::mul(call.inputs[0], call.inputs[1]); });
}

} // namespace graft::layers::elementwise
