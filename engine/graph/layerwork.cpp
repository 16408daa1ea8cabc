#include "graph/layerwork.h"

#include <algorithm>
#include <cassert>

namespace graft {
namespace {

bool isOneOf(const std::string &type, std::initializer_list<std::string_view> names)
{
    return std::ranges::find(names, type) != names.end();
}

double countOf(const Shape &shape)
{
    return static_cast<double>(elementCount(shape));
}

Work convolutionWork(const Layer &layer)
{
    if (layer.type != "Conv2d")
        return Work::Convolution;
    const std::int64_t groups = intAttribute(layer, "groups");
    if (groups > 1)
        return groups == intAttribute(layer, "in_channels") ? Work::DepthwiseConvolution : Work::GroupedConvolution;
    return intsAttribute(layer, "kernel_size") == std::vector<std::int64_t>{1, 1} ? Work::PointConvolution : Work::Convolution;
}

void describeActivation(const Layer &layer, LayerWork &work)
{
    const bool isCheap = isOneOf(layer.type, {"ReLU", "ReLU6", "Hardtanh", "LeakyReLU", "PReLU", "Hardswish", "Hardsigmoid"});
    work.work = isCheap ? Work::Activation : Work::SmoothActivation;
    const bool fromOutput = isOneOf(layer.type, {"ReLU", "Sigmoid", "Tanh", "Softmax", "LogSoftmax"});
    work.keepsOutput = fromOutput;
    work.keepsInputs = !fromOutput;
    work.keepsWideInput = !fromOutput && layer.type != "GELU" && layer.type != "PReLU";
}

void describeMerge(const Layer &layer, InputShapes inputs, const Shape &output, LayerWork &work)
{
    if (layer.type == "Concatenate") {
        work.work = Work::Copy;
    } else if (layer.type == "MatMul") {
        work.work = Work::Product;
        work.keepsInputs = true;
    } else {
        const bool isSameShape = std::ranges::all_of(inputs, [&](const Shape &shape) { return shape == output; });
        work.work = isSameShape ? Work::Merge : Work::Scaling;
        work.keepsInputs = layer.type != "Add" && layer.type != "Subtract";
    }
}

void describePooling(const Layer &layer, const Shape &output, LayerWork &work)
{
    const bool isGlobal = output.size() == 1 || (output.size() == 3 && output[1] * output[2] == 1);
    work.work = isGlobal ? Work::GlobalPooling : Work::Pooling;
    const bool takesMaximum = layer.type.find("Max") != std::string::npos;
    work.keepsInputs = takesMaximum || !isGlobal;
    if (takesMaximum)
        work.keptPlaces = countOf(output); // where each came from
}

/// Queries, keys, values and what is mixed from them, and the shares that tokens have in one another.
void describeAttention(const Layer &layer, const Shape &input, LayerWork &work)
{
    work.work = Work::Attention;
    work.keepsInputs = true;
    const double values = countOf(input), width = static_cast<double>(input.back()), tokens = values / width;
    double seen = tokens;
    if (layer.attributes.contains("window_size")) {
        seen = 1;
        for (const std::int64_t side : intsAttribute(layer, "window_size"))
            seen *= static_cast<double>(side);
        work.keptValues = values; // the picture cut into windows
    }
    const double shares = static_cast<double>(intAttribute(layer, "num_heads")) * tokens * seen;
    work.keptValues += 4 * values + shares;
    work.values += 8 * values + 4 * shares;
}

void describeShape(const Layer &layer, LayerWork &work)
{
    const bool isView = isOneOf(layer.type, {"Input", "Identity", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Select", "Slice"});
    work.work = isView ? Work::None : Work::Copy;
}

void describeRegularization(const Layer &layer, const Shape &output, bool training, LayerWork &work)
{
    if (!training)
        return;
    work.work = layer.type == "Dropout" ? Work::SmoothActivation : Work::Scaling;
    if (layer.type == "Dropout")
        work.keptValues = countOf(output);
}

void describeNormalization(const Layer &layer, bool training, LayerWork &work)
{
    work.keepsInputs = true;
    work.work = Work::Normalization;
    if (layer.type.starts_with("BatchNorm"))
        work.work = training ? Work::BatchNormTraining : Work::BatchNormRunning;
    else if (layer.type == "LocalResponseNorm")
        work.keptValues = 1.5 * work.values;
}

} // namespace

std::string_view name(Work work)
{
    static constexpr std::array<std::string_view, allWork.size()> names = {"none", "convolution", "pointConvolution",
        "depthwiseConvolution", "groupedConvolution", "product", "attention", "batchNormTraining", "batchNormRunning", "normalization",
        "activation", "smoothActivation", "merge", "scaling", "pooling", "globalPooling", "copy"};
    return names[static_cast<std::size_t>(work)];
}

LayerWork workOf(const Layer &layer, InputShapes inputs, const LayerAnalysis &figures, bool training)
{
    const LayerType *type = layerTypes().find(layer.type);
    assert(type); // the figures could not be had otherwise
    LayerWork work;
    work.multiplyAdds = static_cast<double>(figures.multiplyAdds);
    work.values = countOf(figures.outputShape);
    for (const Shape &input : inputs)
        work.values += countOf(input);
    for (const TensorSpec &tensor : figures.tensors)
        work.parameters += countOf(tensor.shape);
    const std::string &category = type->category;
    if (category == "convolution") {
        work.work = convolutionWork(layer);
        work.keepsInputs = true;
    } else if (category == "linear") {
        work.work = Work::Product;
        work.keepsInputs = true;
    } else if (category == "attention") {
        describeAttention(layer, inputs.front(), work);
    } else if (category == "normalization") {
        describeNormalization(layer, training, work);
    } else if (category == "activation") {
        describeActivation(layer, work);
    } else if (category == "pooling") {
        describePooling(layer, figures.outputShape, work);
    } else if (category == "merge") {
        describeMerge(layer, inputs, figures.outputShape, work);
    } else if (category == "regularization") {
        describeRegularization(layer, figures.outputShape, training, work);
    } else if (category == "shape") {
        describeShape(layer, work);
    } else if (category != "parameter" && category != "opaque") {
        work.work = Work::SmoothActivation; // pointwise functions
        work.keepsInputs = true;
    }
    return work;
}

} // namespace graft
