#include "layers/layersupport.h"

#include <algorithm>

namespace graft::layers {

std::string shapeForPeople(const Shape &shape)
{
    return shape.size() == 1 ? std::to_string(shape.front()) : describe(shape);
}

Result<Shape> sameShape(const Layer &, InputShapes inputs, std::span<const std::string>)
{
    return inputs.front();
}

Result<void> requireImage(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames, std::int64_t channels)
{
    const Shape &input = inputs.front();
    if (input.size() != 3)
        return shapeError(layer, (channels == 0 ? "channels" : std::to_string(channels)) + " × height × width", shapeForPeople(input),
            inputNames.front());
    if (channels != 0 && input.front() != channels)
        return shapeError(layer, std::to_string(channels) + " channels", std::to_string(input.front()), inputNames.front());
    return {};
}

std::vector<AttributeSchema> windowSchema(bool strideRequired)
{
    AttributeSchema kernel{"kernel_size", "Height and width of the window.", Ints{3, 3}, true, 1, {}, {}, 2, "px"};
    AttributeSchema stride{"stride", "Step of the window, downwards and to the right.", Ints{1, 1}, strideRequired, 1, {}, {}, 2, "px"};
    AttributeSchema padding{"padding", "Pixels added at each edge.", Ints{0, 0}, false, 0, {}, {}, 2, "px"};
    return {kernel, stride, padding};
}

Result<Ints> slide(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames, const Ints &dilation, Rounding rounding)
{
    const Ints &kernel = intsAttribute(layer, "kernel_size");
    const Ints &stride = intsAttribute(layer, "stride");
    const Ints &padding = intsAttribute(layer, "padding");
    Ints output(2);
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::int64_t padded = inputs.front()[axis + 1] + 2 * padding[axis];
        const std::int64_t reach = dilation[axis] * (kernel[axis] - 1) + 1;
        if (padded < reach)
            return shapeError(layer, "at least " + std::to_string(reach - 2 * padding[axis]) + (axis == 0 ? " rows" : " columns"),
                std::to_string(inputs.front()[axis + 1]), inputNames.front());
        const std::int64_t steps = padded - reach;
        output[axis] = steps / stride[axis] + 1;
        // A last window must start inside the picture or its left padding, as PyTorch has it.
        if (rounding == Rounding::Up && steps % stride[axis] != 0 && output[axis] * stride[axis] < inputs.front()[axis + 1] + padding[axis])
            ++output[axis];
    }
    return output;
}

Result<std::size_t> axisOf(const Layer &layer, std::string_view attribute, std::int64_t dim, std::size_t rank)
{
    const auto dimensions = static_cast<std::int64_t>(rank) + 1;
    const std::int64_t counted = dim < 0 ? dim + dimensions : dim;
    if (counted < 1 || counted >= dimensions)
        return attributeError(layer,
            "has a `" + std::string(attribute) + "` of " + std::to_string(dim) + ", but behind the batch its input has "
                + std::to_string(rank) + (rank == 1 ? " dimension" : " dimensions"));
    return static_cast<std::size_t>(counted - 1);
}

Attributes withChannels(const Layer &layer, const Shape &input, const char *name)
{
    Attributes fitted = layer.attributes;
    if (input.size() == 3)
        fitted[name] = input.front();
    return fitted;
}

Attributes withFeatures(const Layer &layer, const Shape &input, const char *name)
{
    Attributes fitted = layer.attributes;
    if (!input.empty())
        fitted[name] = input.back();
    return fitted;
}

Attributes fittedConvolution(const Layer &layer, const Shape &input)
{
    if (input.size() != 3)
        return layer.attributes;
    Attributes fitted = layer.attributes;
    if (layer.attributes.contains("in_channels") && layer.attributes.contains("out_channels")) {
        const auto before = intAttribute(layer, "in_channels");
        if (before > 1 && intAttribute(layer, "groups") == before) { // depthwise: a filter or more for each channel
            fitted["groups"] = input.front();
            fitted["out_channels"] = input.front() * std::max<std::int64_t>(1, intAttribute(layer, "out_channels") / before);
        }
    }
    fitted["in_channels"] = input.front();
    fitted.try_emplace("out_channels", input.front());
    if (fitted.try_emplace("kernel_size", Ints{3, 3}).second)
        fitted["padding"] = Ints{1, 1};
    return fitted;
}

std::int64_t headsFor(std::int64_t width, std::int64_t most)
{
    std::int64_t heads = most;
    while (heads > 1 && width % heads != 0)
        --heads;
    return heads;
}

tl::unexpected<Error> attributeError(const Layer &layer, const std::string &complaint)
{
    return fail(ErrorCode::AttributeInvalid, layer.type + " `" + layer.name + "` " + complaint + ".", layer.name);
}

} // namespace graft::layers
