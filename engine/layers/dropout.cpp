#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::dropout {

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Dropout";
    type.category = "regularization";
    type.help = "In training, sets some values to 0 by chance and scales up the others; does nothing otherwise.";
    type.schema = {{"p", "Probability that a value is set to 0.", 0.5, false, 0, 1, {}, 0}};
    type.outputShape = sameShape;
    type.forward = [](const LayerCall &call) { return at::dropout(call.inputs[0], doubleAttribute(call.layer, "p"), call.training); };
    all.add(std::move(type));
}

} // namespace graft::layers::dropout
