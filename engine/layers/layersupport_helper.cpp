#include "layers/layersupport.h"

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
    AttributeSchema kernel{"kernel_size", "Height and width of the window, in pixels.", Ints{3, 3}, true, 1, {}, {}, 2};
    AttributeSchema stride{"stride", "Step of the window, downwards and to the right.", Ints{1, 1}, strideRequired, 1, {}, {}, 2};
    AttributeSchema padding{"padding", "Pixels added at each edge.", Ints{0, 0}, false, 0, {}, {}, 2};
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

tl::unexpected<Error> attributeError(const Layer &layer, const std::string &complaint)
{
    return fail(ErrorCode::AttributeInvalid, layer.type + " `" + layer.name + "` " + complaint + ".", layer.name);
}

} // namespace graft::layers
