#include "formats/keras/kerasstep.h"

#include <algorithm>
#include <cmath>

namespace graft::keras {
namespace {

Tensor filled(std::int64_t count, float value)
{
    return Tensor::fromFloats({count}, std::vector<float>(static_cast<std::size_t>(count), value));
}

/// Whether the layer's axis is the channels' (the last), as Keras counts with the batch.
bool isOverChannels(const Step &step)
{
    const Shape axis = step.integers("axis", {-1});
    return axis.size() == 1 && (axis[0] == -1 || !step.shape() || axis[0] == std::ssize(*step.shape()));
}

/// [C] of [1, 1, C] and the like; nothing when there is more to it.
std::optional<Tensor> vectorOf(const Tensor *tensor)
{
    if (!tensor || tensor->shape().empty() || tensor->elementCount() != tensor->shape().back() || tensor->elementCount() == 0)
        return std::nullopt;
    return reshaped(*tensor, {tensor->elementCount()});
}

Result<Value> batchNormalization(Step &step)
{
    std::vector<std::string> order;
    if (step.flag("scale", true))
        order.emplace_back("gamma");
    if (step.flag("center", true))
        order.emplace_back("beta");
    order.insert(order.end(), {"moving_mean", "moving_variance"});
    const auto mean = vectorOf(step.tensor("moving_mean", order));
    const auto variance = vectorOf(step.tensor("moving_variance", order));
    if (!mean)
        return step.lacks("moving_mean");
    if (!variance)
        return step.lacks("moving_variance");
    const std::size_t dimensions = step.shape() ? step.shape()->size() : 3;
    if (!isOverChannels(step) || dimensions == 2)
        return step.opaque("an axis that is not the channels'");
    auto input = step.inOrder(step.input());
    if (!input)
        return input;
    const std::int64_t channels = mean->elementCount();
    const Tensor gamma = vectorOf(step.tensor("gamma", order)).value_or(filled(channels, 1));
    const Tensor beta = vectorOf(step.tensor("beta", order)).value_or(filled(channels, 0));
    constexpr double usualEpsilon = 1e-3, usualMomentum = 0.99;
    // Keras' momentum is the share of what was; rounded, since 1 - 0.99 is no 0.01.
    const double momentum = std::clamp(std::round((1 - step.number("momentum", usualMomentum)) * 1e9) / 1e9, 0.0, 1.0);
    return step.add(step.name, dimensions == 3 ? "BatchNorm2d" : "BatchNorm1d",
        {{"num_features", channels}, {"eps", step.number("epsilon", usualEpsilon)}, {"momentum", momentum}}, {*input},
        {{"weight", gamma}, {"bias", beta}, {"running_mean", *mean}, {"running_var", *variance}});
}

Result<Value> layerNormalization(Step &step)
{
    std::vector<std::string> order;
    if (step.flag("scale", true))
        order.emplace_back("gamma");
    if (step.flag("center", true))
        order.emplace_back("beta");
    if (!isOverChannels(step) || !step.shape())
        return step.opaque("an axis that is not the last");
    auto input = step.inOrder(step.input());
    if (!input)
        return input;
    const Shape &shape = *step.shape();
    const std::int64_t features = shape.size() == 3 ? shape.front() : shape.back();
    const auto gamma = vectorOf(step.tensor("gamma", order)), beta = vectorOf(step.tensor("beta", order));
    if (step.flag("scale", true) && !gamma)
        return step.lacks("gamma");
    constexpr double usualEpsilon = 1e-3;
    return step.add(step.name, shape.size() == 3 ? "LayerNorm2d" : "LayerNorm",
        {{"normalized_shape", Shape{features}}, {"eps", step.number("epsilon", usualEpsilon)}}, {*input},
        {{"weight", gamma.value_or(filled(features, 1))}, {"bias", beta.value_or(filled(features, 0))}});
}

std::vector<double> valuesOf(const Tensor *tensor, std::vector<double> otherwise)
{
    if (!tensor)
        return otherwise;
    const auto floats = tensor->toFloats();
    return {floats.begin(), floats.end()};
}

/// x × factor + offset, the same for all channels or one of each: a Scale, or constants that are multiplied and added.
Result<Value> scaled(Step &step, const std::vector<double> &factors, const std::vector<double> &offsets)
{
    const auto isUniform
        = [](const std::vector<double> &values) { return std::ranges::count(values, values.front()) == std::ssize(values); };
    if (isUniform(factors) && isUniform(offsets)) {
        auto result = step.add("Scale", {{"factor", factors.front()}, {"offset", offsets.front()}});
        if (result)
            result->picture = step.input().picture;
        return result;
    }
    if (!step.shape() || step.shape()->size() != 3)
        return step.opaque("numbers of their own for what are no channels");
    Value value = step.input();
    for (const auto &[part, type, numbers] : {std::tuple("factor", "Multiply", &factors), std::tuple("offset", "Add", &offsets)}) {
        const std::vector<float> floats(numbers->begin(), numbers->end());
        const Shape shape = {std::ssize(floats), 1, 1};
        auto constant = step.add(
            step.name + "_" + part, "Parameter", {{"shape", shape}, {"trainable", false}}, {}, {{"", Tensor::fromFloats(shape, floats)}});
        auto result = constant
            ? step.add(std::string_view(part) == "factor" ? step.name + "_scaled" : step.name, type, {}, {value, *constant})
            : constant;
        if (!result)
            return result;
        value = *result;
    }
    return value;
}

Result<Value> rescaling(Step &step)
{
    std::vector<double> factors = step.numbers("scale"), offsets = step.numbers("offset");
    if (factors.empty())
        return step.opaque("a scale that is no number");
    return scaled(step, factors, offsets.empty() ? std::vector<double>{0} : offsets);
}

/// (x − mean) / √variance
Result<Value> normalization(Step &step)
{
    const std::vector<std::string> order = {"mean", "variance", "count"};
    const auto means = valuesOf(step.tensor("mean", order), step.numbers("mean"));
    const auto variances = valuesOf(step.tensor("variance", order), step.numbers("variance"));
    if (means.empty() || means.size() != variances.size() || step.flag("invert", false))
        return step.opaque("no statistics of its own");
    constexpr double smallest = 1e-7; // Keras' backend epsilon
    std::vector<double> factors, offsets;
    for (std::size_t i = 0; i < means.size(); ++i) {
        factors.push_back(1 / std::max(std::sqrt(std::max(variances[i], 0.0)), smallest));
        offsets.push_back(-means[i] * factors.back());
    }
    return scaled(step, factors, offsets);
}

/// Of keras.applications' ConvNeXt: one learned factor for each channel.
Result<Value> layerScale(Step &step)
{
    const auto gamma = vectorOf(step.tensor("gamma", {"gamma"}));
    if (!gamma)
        return step.lacks("gamma");
    const Shape shape = {gamma->elementCount(), 1, 1};
    auto parameter = step.add(step.name + "_gamma", "Parameter", {{"shape", shape}}, {}, {{"", reshaped(*gamma, shape)}});
    return parameter ? step.add(step.name, "Multiply", {}, {step.input(), *parameter}) : parameter;
}

} // namespace

void addNormalizations(Handlers &handlers)
{
    handlers["BatchNormalization"] = batchNormalization;
    handlers["BatchNormalizationV1"] = batchNormalization;
    handlers["SyncBatchNormalization"] = batchNormalization;
    handlers["LayerNormalization"] = layerNormalization;
    handlers["Rescaling"] = rescaling;
    handlers["Normalization"] = normalization;
    handlers["LayerScale"] = layerScale;
}

} // namespace graft::keras
