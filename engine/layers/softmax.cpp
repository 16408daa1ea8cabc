#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::softmax {

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Softmax";
    type.category = "activation";
    type.help = "Turns logits into probabilities over the classes (the channels).";
    type.outputShape = sameShape;
    type.forward = [](const LayerCall &call) { return at::softmax(call.inputs[0], 1); };
    all.add(std::move(type));
}

} // namespace graft::layers::softmax
