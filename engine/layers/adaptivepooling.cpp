#include "layers/layercall.h"
#include "layers/layersupport.h"

namespace graft::layers::adaptivepooling {
namespace {

Result<Shape> outputShape(const Layer &layer, InputShapes inputs, std::span<const std::string> inputNames)
{
    if (auto image = requireImage(layer, inputs, inputNames); !image)
        return fail(image.error());
    const Ints &size = intsAttribute(layer, "output_size");
    return Shape{inputs.front()[0], size[0], size[1]};
}

/// Along one axis: what each output is the mean of, as a matrix of outputs × inputs.
std::vector<float> averagingMatrix(std::int64_t inputs, std::int64_t outputs)
{
    std::vector<float> matrix(static_cast<std::size_t>(inputs * outputs), 0.0F);
    for (std::int64_t row = 0; row < outputs; ++row) {
        const std::int64_t first = row * inputs / outputs;
        const std::int64_t end = ((row + 1) * inputs + outputs - 1) / outputs;
        for (std::int64_t column = first; column < end; ++column)
            matrix[static_cast<std::size_t>(row * inputs + column)] = 1.0F / static_cast<float>(end - first);
    }
    return matrix;
}

/// Means over windows of unequal sizes: a product from either side.
std::string writeAveraging(OnnxCall &call, const Shape &input, const Ints &size)
{
    const std::string rows = call.numbers({size[0], input[1]}, averagingMatrix(input[1], size[0]));
    const std::string columns = call.numbers({size[1], input[2]}, averagingMatrix(input[2], size[1]));
    return call.node("MatMul", {rows, call.node("MatMul", {call.inputs[0], onnxTranspose(call, columns, {1, 0})})});
}

Result<std::string> write(OnnxCall &call, bool takesMeans)
{
    const Ints &size = intsAttribute(*call.layer, "output_size");
    const Shape &input = call.inputShapes[0];
    if (size == Ints{1, 1})
        return call.node(takesMeans ? "GlobalAveragePool" : "GlobalMaxPool", {call.inputs[0]});
    if (size == Ints{input[1], input[2]})
        return call.node("Identity", {call.inputs[0]});
    if (input[1] % size[0] == 0 && input[2] % size[1] == 0) {
        const Ints window = {input[1] / size[0], input[2] / size[1]};
        return call.node(takesMeans ? "AveragePool" : "MaxPool", {call.inputs[0]}, {{"kernel_shape", window}, {"strides", window}});
    }
    if (!takesMeans)
        return fail(ErrorCode::SettingInvalid,
            "AdaptiveMaxPool2d `" + call.layer->name + "` cannot be written as ONNX, since its windows have unequal sizes.",
            call.layer->name);
    return writeAveraging(call, input, size);
}

void addOne(LayerTypes &all, const char *name, const char *help, at::Tensor (*forward)(const LayerCall &), bool takesMeans)
{
    LayerType type;
    type.name = name;
    type.category = "pooling";
    type.help = help;
    type.schema = {{"output_size", "Height and width of the output.", Ints{1, 1}, false, 1, {}, {}, 2, "px"}};
    type.outputShape = outputShape;
    type.forward = forward;
    type.toOnnx = [takesMeans](OnnxCall &call) { return write(call, takesMeans); };
    type.fromOnnx = {onnxLayer(takesMeans ? "GlobalAveragePool" : "GlobalMaxPool", name)};
    all.add(std::move(type));
}

} // namespace

void add(LayerTypes &all)
{
    addOne(
        all, "AdaptiveAvgPool2d", "Means of windows chosen so that the output has the wanted size, whatever the input's.",
        [](const LayerCall &call) { return at::adaptive_avg_pool2d(call.inputs[0], intsAttribute(call.layer, "output_size")); }, true);
    addOne(
        all, "AdaptiveMaxPool2d", "Largest values of windows chosen so that the output has the wanted size, whatever the input's.",
        [](const LayerCall &call) {
            return std::get<0>(at::adaptive_max_pool2d(call.inputs[0], intsAttribute(call.layer, "output_size")));
        },
        false);
}

} // namespace graft::layers::adaptivepooling
