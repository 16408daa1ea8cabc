#include "layers/layersupport.h"

namespace graft::layers::opaque {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes, std::span<const std::string>)
{
    const Ints &shape = intsAttribute(layer, "output_shape");
    if (shape != Ints{0})
        return shape;
    return fail(ErrorCode::NetworkInvalid,
        "`" + layer.name + "` is a " + stringAttribute(layer, "operator")
            + ", which Graft has no layer for, and its file does not say what shape comes out; remove it or replace it.",
        layer.name);
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Opaque";
    type.category = "opaque";
    type.help = "A step of the opened file that Graft has no layer for: it can be looked at, but not run.";
    type.schema = {{"operator", "What the file calls the step.", std::string("Unknown"), true, {}, {}, {}, 0},
        {"reason", "Why Graft has no layer for it.", std::string(), false, {}, {}, {}, 0},
        {"output_shape", "Shape of what comes out, without the batch dimension; 0 when the file does not say.", Ints{0}, false, 0, {}, {},
            0}};
    type.minimumInputs = 0;
    type.maximumInputs = -1;
    type.outputShape = outputShape;
    all.add(std::move(type));
}

} // namespace graft::layers::opaque
