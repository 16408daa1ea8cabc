#include "formats/keras/window.h"

namespace graft::keras {
namespace {

constexpr const char *foreignWindow = "channels first, a causal padding or sizes out of range";

/// The attributes of a Conv2d, and what it slides over: "same" becomes the convolution's own padding where both sides get as much, and a
/// layer of its own otherwise.
struct Slid {
    Attributes attributes;
    Value input;
};

Result<Slid> slid(Step &step, const Window &window)
{
    Slid result{
        .attributes = {{"kernel_size", window.kernel}, {"stride", window.stride}, {"dilation", window.dilation}}, .input = step.input()};
    if (!window.isSame)
        return result;
    const auto paddings = samePaddings(step, window);
    if (!paddings) {
        result.attributes["padding"] = Shape{(window.kernel[0] - 1) / 2, (window.kernel[1] - 1) / 2};
        return result;
    }
    const auto &[rows, columns] = *paddings;
    if (rows.before == rows.after && columns.before == columns.after) {
        result.attributes["padding"] = Shape{rows.before, columns.before};
        return result;
    }
    auto padded = step.add(
        step.name + "_same", "ConstantPad2d", {{"padding", Shape{columns.before, columns.after, rows.before, rows.after}}}, {step.input()});
    if (!padded)
        return fail(padded.error());
    result.input = *padded;
    return result;
}

bool isFourDimensional(const Tensor *kernel)
{
    return kernel && kernel->shape().size() == 4 && kernel->elementCount() > 0;
}

/// A convolution whose weight is already turned; `bias` may be nullptr.
Result<Value> convolution(Step &step, const std::string &layerName, Slid where, Tensor weight, std::int64_t groups, const Tensor *bias)
{
    GraphImport::NamedTensors tensors = {{"weight", weight}};
    if (bias)
        tensors.emplace_back("bias", *bias);
    where.attributes["in_channels"] = weight.shape()[1] * groups;
    where.attributes["out_channels"] = weight.shape()[0];
    where.attributes["groups"] = groups;
    where.attributes["bias"] = bias != nullptr;
    return step.add(layerName, "Conv2d", std::move(where.attributes), {where.input}, tensors);
}

const Tensor *biasOf(Step &step, const std::vector<std::string> &order)
{
    return step.flag("use_bias", true) ? step.tensor("bias", order) : nullptr;
}

Result<Value> conv2d(Step &step)
{
    const std::vector<std::string> order = {"kernel", "bias"};
    const auto window = windowOf(step, "kernel_size", 1, false);
    const Tensor *kernel = step.tensor("kernel", order);
    if (!window)
        return step.opaque(foreignWindow);
    if (!isFourDimensional(kernel))
        return step.lacks("kernel");
    const std::int64_t groups = step.integers("groups", {1}).at(0);
    if (groups < 1)
        return step.opaque("a number of groups out of range");
    auto where = slid(step, *window);
    if (!where)
        return fail(where.error());
    auto result = convolution(step, step.name, std::move(*where), step.turned(*kernel, {3, 2, 0, 1}), groups, biasOf(step, order));
    return result ? step.activated(*result, step.activation()) : result;
}

/// [height, width, channels, multiplier] → [channels × multiplier, 1, height, width]
Tensor depthwiseWeight(Step &step, const Tensor &kernel)
{
    const Shape &shape = kernel.shape();
    return reshaped(step.turned(kernel, {2, 3, 0, 1}), {shape[2] * shape[3], 1, shape[0], shape[1]});
}

Result<Value> depthwiseConv2d(Step &step)
{
    const std::vector<std::string> order = {"depthwise_kernel", "bias"};
    const auto window = windowOf(step, "kernel_size", 1, false);
    const Tensor *kernel = step.tensor("depthwise_kernel", order);
    if (!kernel)
        kernel = step.tensor("kernel", {});
    if (!window)
        return step.opaque(foreignWindow);
    if (!isFourDimensional(kernel))
        return step.lacks("depthwise_kernel");
    auto where = slid(step, *window);
    if (!where)
        return fail(where.error());
    auto result = convolution(step, step.name, std::move(*where), depthwiseWeight(step, *kernel), kernel->shape()[2], biasOf(step, order));
    return result ? step.activated(*result, step.activation()) : result;
}

Result<Value> separableConv2d(Step &step)
{
    const std::vector<std::string> order = {"depthwise_kernel", "pointwise_kernel", "bias"};
    const auto window = windowOf(step, "kernel_size", 1, false);
    const Tensor *depthwise = step.tensor("depthwise_kernel", order);
    const Tensor *pointwise = step.tensor("pointwise_kernel", order);
    if (!window)
        return step.opaque(foreignWindow);
    if (!isFourDimensional(depthwise))
        return step.lacks("depthwise_kernel");
    if (!isFourDimensional(pointwise))
        return step.lacks("pointwise_kernel");
    auto where = slid(step, *window);
    if (!where)
        return fail(where.error());
    auto result
        = convolution(step, step.name + ".depthwise", std::move(*where), depthwiseWeight(step, *depthwise), depthwise->shape()[2], nullptr);
    if (!result)
        return result;
    const Slid point{.attributes = {{"kernel_size", Shape{1, 1}}}, .input = *result};
    result = convolution(step, step.name + ".pointwise", point, step.turned(*pointwise, {3, 2, 0, 1}), 1, biasOf(step, order));
    return result ? step.activated(*result, step.activation()) : result;
}

/// The kernel's rows, which are for a picture flattened in Keras' order, in Graft's.
Tensor denseWeight(Step &step, const Tensor &kernel, const Shape &picture)
{
    const bool isPicture = !picture.empty() && elementCount(picture) == kernel.shape()[0];
    if (!isPicture)
        return step.turned(kernel, {1, 0});
    const Tensor byPlace = reshaped(kernel, {picture[1], picture[2], picture[0], kernel.shape()[1]});
    return reshaped(step.turned(byPlace, {3, 2, 0, 1}), {kernel.shape()[1], kernel.shape()[0]});
}

/// A row of zeros before the row(s) there are.
Tensor afterZeros(const Tensor &tensor)
{
    Shape shape = tensor.shape();
    shape.front() += 1;
    auto values = tensor.toFloats();
    values.insert(values.begin(), values.size(), 0.0F);
    return Tensor::fromFloats(std::move(shape), values);
}

/// One output with a sigmoid tells two classes apart; the logits 0 and x give the same shares by softmax.
Result<Value> twoClasses(Step &step, const Tensor &weight, const Tensor *bias)
{
    GraphImport::NamedTensors tensors = {{"weight", afterZeros(weight)}};
    if (bias)
        tensors.emplace_back("bias", afterZeros(*bias));
    step.remark("The file's only output is the share of one class; here it has become two classes, the second of which is that one.");
    return step.add("Linear", {{"in_features", weight.shape()[1]}, {"out_features", std::int64_t{2}}, {"bias", bias != nullptr}}, tensors);
}

Result<Value> dense(Step &step)
{
    const std::vector<std::string> order = {"kernel", "bias"};
    const Tensor *kernel = step.tensor("kernel", order);
    if (!kernel || kernel->shape().size() != 2 || kernel->elementCount() == 0)
        return step.lacks("kernel");
    const Tensor *bias = biasOf(step, order);
    Result<Value> result;
    if (step.shape() && step.shape()->size() == 3) {
        // For each pixel by itself: a convolution with a window of one.
        const Tensor weight = step.turned(*kernel, {1, 0});
        const Slid point{.attributes = {{"kernel_size", Shape{1, 1}}}, .input = step.input()};
        result = convolution(step, step.name, point, reshaped(weight, {weight.shape()[0], weight.shape()[1], 1, 1}), 1, bias);
    } else if (const Tensor weight = denseWeight(step, *kernel, step.input().picture);
               step.isLast && step.activation() == "sigmoid" && weight.shape()[0] == 1 && (!bias || bias->shape() == Shape{1})) {
        return twoClasses(step, weight, bias);
    } else {
        GraphImport::NamedTensors tensors = {{"weight", weight}};
        if (bias)
            tensors.emplace_back("bias", *bias);
        result = step.add(
            "Linear", {{"in_features", kernel->shape()[0]}, {"out_features", kernel->shape()[1]}, {"bias", bias != nullptr}}, tensors);
    }
    return result ? step.activated(*result, step.activation()) : result;
}

} // namespace

void addConvolutions(Handlers &handlers)
{
    handlers["Conv2D"] = conv2d;
    handlers["Convolution2D"] = conv2d;
    handlers["DepthwiseConv2D"] = depthwiseConv2d;
    handlers["SeparableConv2D"] = separableConv2d;
    handlers["Dense"] = dense;
}

} // namespace graft::keras
