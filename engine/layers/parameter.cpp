#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::parameter {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes, std::span<const std::string>)
{
    const Ints &shape = intsAttribute(layer, "shape");
    if (!boolAttribute(layer, "has_batch_dimension"))
        return shape;
    if (shape.front() != 1)
        return attributeError(layer, "has a `shape` of " + describe(shape) + "; its first dimension stands for the batch and must be 1");
    return Shape(shape.begin() + 1, shape.end());
}

std::vector<TensorSpec> tensors(const Layer &layer, InputShapes)
{
    TensorSpec value{{}, intsAttribute(layer, "shape"), Initialisation::Constant, !boolAttribute(layer, "trainable"), DType::Float32};
    value.constant = doubleAttribute(layer, "initial_value");
    return {value};
}

at::Tensor forward(const LayerCall &call)
{
    return boolAttribute(call.layer, "has_batch_dimension") ? call.tensors[0] : call.tensors[0].unsqueeze(0);
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Parameter";
    type.category = "parameter";
    type.help = "A learned tensor (or a constant) that other layers take in, the same for every picture.";
    type.schema = {
        {"shape", "The tensor's own shape.", Ints{64}, true, 1, {}, {}, 0},
        {"has_batch_dimension", "Whether the first dimension, of 1, stands for the batch.", false, false, {}, {}, {}, 0},
        {"trainable", "Off for a constant, which training leaves as it is.", true, false, {}, {}, {}, 0},
        {"initial_value", "What all its elements start as.", 0.0, false, {}, {}, {}, 0},
    };
    type.minimumInputs = type.maximumInputs = 0;
    type.outputShape = outputShape;
    type.tensors = tensors;
    type.forward = forward;
    type.python = [](const Layer &layer) { return boolAttribute(layer, "has_batch_dimension") ? "{tensor:}" : "{tensor:}[None]"; };
    type.toOnnx = [](OnnxCall &call) -> Result<std::string> {
        return boolAttribute(*call.layer, "has_batch_dimension") ? call.tensors[0] : onnxUnsqueeze(call, call.tensors[0], {0});
    };
    all.add(std::move(type));
}

} // namespace graft::layers::parameter
