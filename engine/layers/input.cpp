#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::input {

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Input";
    type.category = "shape";
    type.help = "Where the pictures come in.";
    type.schema = {{"shape", "Shape of one input: channels, height, width.", Ints{3, 224, 224}, true, 1, {}, {}, 0}};
    type.minimumInputs = type.maximumInputs = 0;
    type.outputShape
        = [](const Layer &layer, InputShapes, std::span<const std::string>) -> Result<Shape> { return intsAttribute(layer, "shape"); };
    // The runner hands the batch to the Input as if another layer had made it.
    type.forward = [](const LayerCall &call) { return call.inputs.front(); };
    all.add(std::move(type));
}

} // namespace graft::layers::input
