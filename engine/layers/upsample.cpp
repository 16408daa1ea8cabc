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

Result<std::string> write(OnnxCall &call)
{
    const Layer &layer = *call.layer;
    if (call.opset < 11)
        return onnxTooOld(call, 11);
    const std::string &mode = stringAttribute(layer, "mode");
    OnnxAttributes attributes = {{"mode", mode == "nearest" ? mode : mode == "bilinear" ? std::string("linear") : std::string("cubic")}};
    attributes["coordinate_transformation_mode"] = std::string(boolAttribute(layer, "align_corners") ? "align_corners"
            : mode == "nearest"                                                                      ? "asymmetric"
                                                                                                     : "half_pixel");
    if (mode == "nearest")
        attributes["nearest_mode"] = std::string("floor");
    if (mode == "bicubic")
        attributes["cubic_coeff_a"] = -0.75;
    const Shape &in = call.inputShapes[0], &out = call.outputShape;
    const auto ratio = [](std::int64_t to, std::int64_t from) { return static_cast<float>(to) / static_cast<float>(from); };
    const std::string scales = hasFactor(layer)
        ? call.numbers({4},
            {1, 1, static_cast<float>(doubleAttribute(layer, "scale_factor")), static_cast<float>(doubleAttribute(layer, "scale_factor"))})
        : call.numbers({4}, {1, 1, ratio(out[1], in[1]), ratio(out[2], in[2])});
    return call.node("Resize", {call.inputs[0], call.numbers({0}, {}), scales}, attributes);
}

/// The new height and width, from sizes or factors.
Result<Ints> readSize(OnnxNode &node, const Shape &input)
{
    const bool isOld = node.operatorName() == "Upsample" || node.opset() < 11;
    const std::size_t scalesInput = isOld ? 1 : 2;
    if (!isOld && node.hasInput(3)) {
        const auto wanted = node.wantedShape(3, input);
        if (!wanted || wanted->size() != 3 || (*wanted)[0] != input[0])
            return onnxReason("its sizes are not those of a picture");
        return Ints{(*wanted)[1], (*wanted)[2]};
    }
    std::vector<double> scales = node.numberList("scales");
    if (node.hasInput(scalesInput)) {
        const auto tensor = node.constant(scalesInput);
        if (!tensor)
            return fail(tensor.error());
        scales.assign(tensor->floats().begin(), tensor->floats().end());
    }
    if (scales.size() != 4 || scales[0] != 1 || scales[1] != 1)
        return onnxReason("its scales are not those of a picture");
    Ints size;
    for (std::size_t axis = 1; axis < 3; ++axis)
        size.push_back(static_cast<std::int64_t>(std::clamp(
            std::floor(static_cast<double>(input[axis]) * scales[axis + 1] + 1e-6), 0.0, static_cast<double>(maximumDimension))));
    return size;
}

Result<LayerId> read(OnnxNode &node)
{
    const auto input = node.input(0);
    const auto shape = node.shape(0);
    if (!input || !shape || shape->size() != 3)
        return !input ? input : !shape ? fail(shape.error()) : onnxReason("its input is no picture");
    const auto size = readSize(node, *shape);
    if (!size)
        return fail(size.error());
    const std::string mode = node.text("mode", "nearest");
    const bool isOld = node.operatorName() == "Upsample" || node.opset() < 11;
    const std::string coordinates = node.text("coordinate_transformation_mode", isOld ? "asymmetric" : "half_pixel");
    const bool isWhole = (*size)[0] % (*shape)[1] == 0 && (*size)[1] % (*shape)[2] == 0;
    if (mode == "nearest" && (isWhole || (coordinates == "asymmetric" && node.text("nearest_mode", "floor") == "floor")))
        return node.add("Upsample", {{"size", *size}}, {*input});
    const bool alignsCorners = coordinates == "align_corners";
    if (mode == "nearest" || (!alignsCorners && coordinates != "half_pixel" && coordinates != "pytorch_half_pixel"))
        return onnxReason("it places pixels in a way of its own (`" + coordinates + "`)");
    if (mode == "cubic" && std::abs(node.number("cubic_coeff_a", -0.75) + 0.75) > 1e-6)
        return onnxReason("its cubic curve is another one");
    return node.add("Upsample",
        {{"size", *size}, {"mode", std::string(mode == "cubic" ? "bicubic" : "bilinear")}, {"align_corners", alignsCorners}}, {*input});
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "Upsample";
    type.category = "shape";
    type.help = "Makes the picture larger (or smaller).";
    type.schema = {
        {"size", "Height and width of the output; 0 × 0: the factor decides.", Ints{0, 0}, false, 0, {}, {}, 2, "px"},
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
    type.toOnnx = write;
    type.fromOnnx = {{"Resize", read}, {"Upsample", read}};
    all.add(std::move(type));
}

} // namespace graft::layers::upsample
