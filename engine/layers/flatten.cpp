#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::flatten {

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Flatten";
    type.category = "shape";
    type.help = "One row of features for each picture.";
    type.outputShape = [](const Layer &, InputShapes inputs, std::span<const std::string>) -> Result<Shape> {
        return Shape{elementCount(inputs.front())};
    };
    type.forward = [](const LayerCall &call) { return at::flatten(call.inputs[0], 1); };
    all.add(std::move(type));
}

} // namespace graft::layers::flatten
