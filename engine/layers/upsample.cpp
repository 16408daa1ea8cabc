#include "graph/limits.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"
#include "layers/precision.h"

#include <cmath>

namespace graft::layers::upsample {
namespace {

/// Whether the factor counts; a size of 0 × 0 says so.
bool hasFactor(const Layer &layer)
{
    return intsAttribute(layer, "size") == Ints{0, 0};
}

Ints newSize(const Layer &layer, std::int64_t height, std::int64_t width)
{
    if (!hasFactor(layer))
        return intsAttribute(layer, "size");
    const double factor = doubleAttribute(layer, "scale_factor");
    const auto grown = [&](std::int64_t size) {
        return static_cast<std::int64_t>(std::min(std::floor(static_cast<double>(size) * factor), static_cast<double>(maximumElements)));
    };
    return {grown(height), grown(width)};
}

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames); !image)
        return fail(image.error());
    const Shape &input = inputs.front();
    if (boolAttribute(layer, "align_corners") && stringAttribute(layer, "mode") == "nearest")
        return attributeError(layer, "has `align_corners`, which the mode nearest does not know");
    const Ints size = newSize(layer, input[1], input[2]);
    if (size[0] < 1 || size[1] < 1)
        return attributeError(layer, "makes a picture of " + describe(size) + " pixels; enlarge its `size` or `scale_factor`");
    return Shape{input[0], size[0], size[1]};
}

at::Tensor resized(const Layer &layer, const at::Tensor &x)
{
    const Ints size = newSize(layer, x.size(2), x.size(3));
    const auto factor = hasFactor(layer) ? std::optional<double>(doubleAttribute(layer, "scale_factor")) : std::nullopt;
    const c10::optional<double> scale = factor ? c10::optional<double>(*factor) : c10::nullopt;
    const bool alignCorners = boolAttribute(layer, "align_corners");
    const std::string &mode = stringAttribute(layer, "mode");
    if (mode == "bilinear")
        return at::upsample_bilinear2d(x, size, alignCorners, scale, scale);
    if (mode == "bicubic")
        return at::upsample_bicubic2d(x, size, alignCorners, scale, scale);
    return at::upsample_nearest2d(x, size, scale, scale);
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Upsample";
    type.category = "shape";
    type.help = "Makes the picture larger (or smaller).";
    type.schema = {
        {"size", "Height and width of the output; 0 × 0: the factor decides.", Ints{0, 0}, false, 0, {}, {}, 2},
        {"scale_factor", "How many times higher and wider.", 2.0, false, 1e-4, 1e6, {}, 0},
        {"mode", "How new pixels are made up.", std::string("nearest"), false, {}, {}, {"nearest", "bilinear", "bicubic"}, 0},
        {"align_corners", "Whether the corner pixels stay at the corners.", false, false, {}, {}, {}, 0},
    };
    type.outputShape = outputShape;
    type.forward
        = [](const LayerCall &call) { return inFloat32OnCpu(call.inputs[0], [&](const at::Tensor &x) { return resized(call.layer, x); }); };
    type.python = [](const Layer &layer) {
        const std::string size = hasFactor(layer) ? "scale_factor={scale_factor}" : "size={size}";
        const std::string corners = stringAttribute(layer, "mode") == "nearest" ? "" : ", align_corners={align_corners}";
        return "functional.interpolate({0}, " + size + ", mode={mode}" + corners + ")";
    };
    all.add(std::move(type));
}

} // namespace graft::layers::upsample
