#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::pooling {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames); !image)
        return fail(image.error());
    const Ints &kernel = intsAttribute(layer, "kernel_size");
    const Ints &padding = intsAttribute(layer, "padding");
    if (padding[0] > kernel[0] / 2 || padding[1] > kernel[1] / 2)
        return attributeError(
            layer, "has a `padding` of " + describe(padding) + "; at most half of its `kernel_size` " + describe(kernel) + " is allowed");
    const auto rounding = boolAttribute(layer, "ceil_mode") ? Rounding::Up : Rounding::Down;
    auto size = slide(layer, inputs, inputNames, {1, 1}, rounding);
    if (!size)
        return fail(size.error());
    return Shape{inputs.front()[0], (*size)[0], (*size)[1]};
}

at::Tensor maximum(const LayerCall &call)
{
    return at::max_pool2d(call.inputs[0], intsAttribute(call.layer, "kernel_size"), intsAttribute(call.layer, "stride"),
        intsAttribute(call.layer, "padding"), 1, boolAttribute(call.layer, "ceil_mode"));
}

at::Tensor average(const LayerCall &call)
{
    return at::avg_pool2d(call.inputs[0], intsAttribute(call.layer, "kernel_size"), intsAttribute(call.layer, "stride"),
        intsAttribute(call.layer, "padding"), boolAttribute(call.layer, "ceil_mode"), boolAttribute(call.layer, "count_include_pad"));
}

void addOne(LayerTypes &all, const char *name, const char *help, at::Tensor (*forward)(const LayerCall &),
    const std::vector<AttributeSchema> &more = {})
{
    LayerType type;
    type.name = name;
    type.category = "pooling";
    type.help = help;
    type.schema = windowSchema(true);
    type.schema.push_back({"ceil_mode", "Whether a last window that is only partly filled counts.", false, false, {}, {}, {}, 0});
    type.schema.insert(type.schema.end(), more.begin(), more.end());
    type.outputShape = outputShape;
    type.forward = forward;
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(all, "MaxPool2d", "The largest value of each window.", maximum);
    addOne(all, "AvgPool2d", "The mean of each window.", average,
        {{"count_include_pad", "Whether padding counts as zeros; otherwise it is left out of the mean.", true, false, {}, {}, {}, 0}});
}

} // namespace graft::layers::pooling
