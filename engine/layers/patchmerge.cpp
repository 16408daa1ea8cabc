#include "graph/limits.h"
#include "layers/layercall.h"
#include "layers/layersupport.h"

#include <limits>

namespace graft::layers::patchmerge {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    const Shape &input = inputs.front();
    if (input.size() != 3)
        return shapeError(layer, "height × width × channels", shapeForPeople(input), inputNames.front());
    return Shape{(input[0] + 1) / 2, (input[1] + 1) / 2, saturatingProduct(4, input[2])};
}

at::Tensor forward(const LayerCall &call)
{
    constexpr auto wholeAxis = std::numeric_limits<std::int64_t>::max();
    const at::Tensor &maps = call.inputs[0];
    const at::Tensor even = at::constant_pad_nd(maps, {0, 0, 0, maps.size(2) % 2, 0, maps.size(1) % 2});
    const auto every
        = [&](std::int64_t row, std::int64_t column) { return even.slice(1, row, wholeAxis, 2).slice(2, column, wholeAxis, 2); };
    return at::cat({every(0, 0), every(1, 0), every(0, 1), every(1, 1)}, 3);
}

Result<std::string> write(OnnxCall &call)
{
    if (call.opset < 10)
        return onnxTooOld(call, 10);
    const Shape &input = call.inputShapes[0];
    std::string even = call.inputs[0];
    if (input[0] % 2 != 0 || input[1] % 2 != 0)
        even = onnxPad(call, even, {0, 0, 0, 0, 0, input[0] % 2, input[1] % 2, 0}, "constant", 0);
    const std::vector<std::int64_t> ends = {input[0] + input[0] % 2, input[1] + input[1] % 2};
    const auto every = [&](std::int64_t row, std::int64_t column) {
        return call.node("Slice", {even, call.integers({row, column}), call.integers(ends), call.integers({1, 2}), call.integers({2, 2})});
    };
    return call.node("Concat", {every(0, 0), every(1, 0), every(0, 1), every(1, 1)}, {{"axis", std::int64_t{3}}});
}

} // namespace

void add(LayerTypes &all)
{
    LayerType type;
    type.name = "PatchMerge";
    type.category = "shape";
    type.help = "Lays the channels of 2 × 2 neighbouring cells one after the other, as Swin Transformers do.";
    type.outputShape = outputShape;
    type.forward = forward;
    type.python = [](const Layer &) {
        return "torch.cat([functional.pad({0}, (0, 0, 0, {0}.shape[2] % 2, 0, {0}.shape[1] % 2))[:, row::2, column::2] "
               "for column in (0, 1) for row in (0, 1)], 3)";
    };
    type.toOnnx = write;
    all.add(std::move(type));
}

} // namespace graft::layers::patchmerge
