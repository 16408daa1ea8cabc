#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::adaptivepooling {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames); !image)
        return fail(image.error());
    const Ints &size = intsAttribute(layer, "output_size");
    return Shape{inputs.front()[0], size[0], size[1]};
}

void addOne(LayerTypes &all, const char *name, const char *help, at::Tensor (*forward)(const LayerCall &))
{
    LayerType type;
    type.name = name;
    type.category = "pooling";
    type.help = help;
    type.schema = {{"output_size", "Height and width of the output.", Ints{1, 1}, false, 1, {}, {}, 2}};
    type.outputShape = outputShape;
    type.forward = forward;
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "AdaptiveAvgPool2d", "Means of windows chosen so that the output has the wanted size, whatever the input's.",
        [](const LayerCall &call) { return at::adaptive_avg_pool2d(call.inputs[0], intsAttribute(call.layer, "output_size")); });
    addOne(all, "AdaptiveMaxPool2d", "Largest values of windows chosen so that the output has the wanted size, whatever the input's.",
        [](const LayerCall &call) {
            return std::get<0>(at::adaptive_max_pool2d(call.inputs[0], intsAttribute(call.layer, "output_size")));
        });
}

} // namespace graft::layers::adaptivepooling
