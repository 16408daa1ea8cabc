#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

namespace graft::layers::reduction {
namespace {

/// Which dimensions behind the batch are summed up; AttributeInvalid when one is named twice.
Result<std::vector<bool>> reduced(const Layer &layer, std::size_t rank)
{
    std::vector<bool> chosen(rank, false);
    for (const std::int64_t dim : intsAttribute(layer, "dim")) {
        const auto axis = axisOf(layer, "dim", dim, rank);
        if (!axis)
            return fail(axis.error());
        if (chosen[*axis])
            return attributeError(layer, "names the dimension " + std::to_string(dim) + " twice in `dim`");
        chosen[*axis] = true;
    }
    return chosen;
}

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string>)
{
    const auto chosen = reduced(layer, inputs.front().size());
    if (!chosen)
        return fail(chosen.error());
    Shape output;
    for (std::size_t axis = 0; axis < chosen->size(); ++axis) {
        if (!(*chosen)[axis])
            output.push_back(inputs.front()[axis]);
        else if (boolAttribute(layer, "keepdim"))
            output.push_back(1);
    }
    return output;
}

template <auto function>
at::Tensor over(const LayerCall &call)
{
    return inFloat32(call.inputs[0],
        [&](const at::Tensor &x) { return function(x, intsAttribute(call.layer, "dim"), boolAttribute(call.layer, "keepdim")); });
}

constexpr auto mean = [](const at::Tensor &x, const Ints &dim, bool keep) { return at::mean(x, dim, keep); };
constexpr auto sum = [](const at::Tensor &x, const Ints &dim, bool keep) { return at::sum(x, dim, keep); };
constexpr auto largest = [](const at::Tensor &x, const Ints &dim, bool keep) { return at::amax(x, dim, keep); };
constexpr auto smallest = [](const at::Tensor &x, const Ints &dim, bool keep) { return at::amin(x, dim, keep); };

Result<std::string> write(OnnxCall &call, const char *operatorName)
{
    Ints axes = intsAttribute(*call.layer, "dim");
    for (std::int64_t &axis : axes)
        axis += axis < 0 ? static_cast<std::int64_t>(call.inputShapes[0].size()) + 1 : 0;
    return onnxReduce(call, operatorName, call.inputs[0], axes, boolAttribute(*call.layer, "keepdim"));
}

Result<LayerId> read(OnnxNode &node, const char *layerType)
{
    const auto input = node.input(0);
    const auto axes = node.integersOf("axes", 1, {});
    if (!input || !axes)
        return axes ? input : fail(axes.error());
    if (axes->empty())
        return node.integer("noop_with_empty_axes", 0) == 1 ? input : onnxReason("it mixes pictures with one another");
    return node.add(layerType, {{"dim", *axes}, {"keepdim", node.integer("keepdims", 1) != 0}}, {*input});
}

void addOne(LayerTypes &all, const char *name, const char *help, const char *operatorName, at::Tensor (*forward)(const LayerCall &),
    const char *python)
{
    LayerType type;
    type.name = name;
    type.category = "pooling";
    type.help = help;
    type.schema = {
        {"dim", "The dimensions taken together; 0 is the batch, 2 and 3 are a picture's.", Ints{2, 3}, true, {}, {}, {}, 0},
        {"keepdim", "Whether they stay, with a size of 1.", false, false, {}, {}, {}, 0},
    };
    type.outputShape = outputShape;
    type.forward = forward;
    type.python = [python](const Layer &) { return python; };
    type.toOnnx = [operatorName](OnnxCall &call) { return write(call, operatorName); };
    type.fromOnnx = {{operatorName, [name](OnnxNode &node) { return read(node, name); }}};
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "Mean", "The mean over some dimensions; over a picture's, it is a global average pooling.", "ReduceMean", over<mean>,
        "{0}.mean({dim}, keepdim={keepdim})");
    addOne(all, "Sum", "The sum over some dimensions.", "ReduceSum", over<sum>, "{0}.sum({dim}, keepdim={keepdim})");
    addOne(all, "Max", "The largest value over some dimensions.", "ReduceMax", over<largest>, "{0}.amax({dim}, keepdim={keepdim})");
    addOne(all, "Min", "The smallest value over some dimensions.", "ReduceMin", over<smallest>, "{0}.amin({dim}, keepdim={keepdim})");
}

} // namespace graft::layers::reduction
