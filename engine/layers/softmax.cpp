#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::softmax {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string>)
{
    if (const auto axis = axisOf(layer, "dim", intAttribute(layer, "dim"), inputs.front().size()); !axis)
        return fail(axis.error());
    return inputs.front();
}

void addOne(LayerTypes &all, const char *name, const char *help, at::Tensor (*forward)(const LayerCall &))
{
    LayerType type;
    type.name = name;
    type.category = "activation";
    type.help = help;
    type.schema = {{"dim", "The dimension that sums to 1; 0 is the batch, 1 the channels.", std::int64_t{1}, false, {}, {}, {}, 0}};
    type.outputShape = outputShape;
    type.forward = forward;
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "Softmax", "Turns logits into probabilities over the classes (the channels).",
        [](const LayerCall &call) { return at::softmax(call.inputs[0], intAttribute(call.layer, "dim")); });
    addOne(all, "LogSoftmax", "The logarithm of Softmax.",
        [](const LayerCall &call) { return at::log_softmax(call.inputs[0], intAttribute(call.layer, "dim")); });
}

} // namespace graft::layers::softmax
