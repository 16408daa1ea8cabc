#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::adaptiveavgpool2d {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames); !image)
        return fail(image.error());
    const Ints &size = intsAttribute(layer, "output_size");
    return Shape{inputs.front()[0], size[0], size[1]};
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "AdaptiveAvgPool2d";
    type.category = "pooling";
    type.help = "Means of windows chosen so that the output has the wanted size, whatever the input's.";
    type.schema = {{"output_size", "Height and width of the output.", Ints{1, 1}, false, 1, {}, {}, 2}};
    type.outputShape = outputShape;
    type.forward = [](const LayerCall &call) { return at::adaptive_avg_pool2d(call.inputs[0], intsAttribute(call.layer, "output_size")); };
    all.add(std::move(type));
}

} // namespace graft::layers::adaptiveavgpool2d
