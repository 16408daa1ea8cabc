#pragma once
#include "graph/layertype.h"
#include "graph/onnxmapping.h"

/// What several layer types share. No LibTorch here.
namespace graft::layers {

using Ints = std::vector<std::int64_t>;

/// What an error calls a shape: "512" for [512], "64 × 7 × 7".
[[nodiscard]] std::string shapeForPeople(const Shape &shape);

/// The output has the input's shape.
[[nodiscard]] Result<Shape> sameShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames);

/// ShapeMismatch unless the first input is [C, H, W] with C = `channels`; 0 = any number of channels.
[[nodiscard]] Result<void> requireImage(
    const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames, std::int64_t channels = 0);

/// A sliding window's attributes as one list of two each: "kernel_size", "stride", "padding".
[[nodiscard]] std::vector<AttributeSchema> windowSchema(bool strideRequired);

enum class Rounding { Down, Up };
/// [height, width] after a window has slid over the first input, by PyTorch's formula; ShapeMismatch when the window does not fit.
/// `dilation` is [1, 1] for types without it.
[[nodiscard]] Result<Ints> slide(
    const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames, const Ints &dilation, Rounding rounding);

/// Where a dimension in PyTorch's numbering (0 is the batch, negative ones count from the end) lies in a shape of `rank` dimensions
/// without the batch; AttributeInvalid when it is the batch or there is none such. `attribute` is what the sentence calls it.
[[nodiscard]] Result<std::size_t> axisOf(const Layer &layer, std::string_view attribute, std::int64_t dim, std::size_t rank);

/// For LayerType::fittedTo: the layer's attributes with `name` set to the input's channels, the first of its three dimensions.
[[nodiscard]] Attributes withChannels(const Layer &layer, const Shape &input, const char *name);
/// The same with its features, the last dimension.
[[nodiscard]] Attributes withFeatures(const Layer &layer, const Shape &input, const char *name);
/// The same for a convolution: `in_channels`, and `groups` of a depthwise one; a new one keeps the input's shape.
[[nodiscard]] Attributes fittedConvolution(const Layer &layer, const Shape &input);
/// The largest number of heads, at most `most`, that divides `width`.
[[nodiscard]] std::int64_t headsFor(std::int64_t width, std::int64_t most);

/// AttributeInvalid with the sentence "<type> `<layer>` <complaint>."
[[nodiscard]] tl::unexpected<Error> attributeError(const Layer &layer, const std::string &complaint);

} // namespace graft::layers
