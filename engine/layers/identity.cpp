#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::identity {

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Identity";
    type.category = "shape";
    type.help = "Passes its input on as it is.";
    type.outputShape = sameShape;
    type.forward = [](const LayerCall &call) { return call.inputs[0]; };
    type.toOnnx = onnxNode("Identity");
    type.fromOnnx = {{"Identity", [](OnnxNode &node) { return node.input(0); }}};
    all.add(std::move(type));
}

} // namespace graft::layers::identity
