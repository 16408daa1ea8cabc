#include "nn/compiledstep.h"

#include "layers/layercall.h"
#include "nn/channelwindows.h"
#include "nn/foldedweights.h"
#include "nn/innermostchannels.h"
#include "nn/tileconvolution.h"
#include "nn/torchversion.h"

#include <optional>

namespace graft {
namespace {

/// An activation layer on values that nothing else holds.
using Activation = std::function<at::Tensor(at::Tensor values)>;

Activation activationOf(const Layer *layer)
{
    if (!layer)
        return [](at::Tensor values) { return values; };
    if (layer->type == "ReLU")
        return [](at::Tensor values) { return at::relu_(values); };
    if (layer->type == "ReLU6")
        return [](at::Tensor values) { return at::clamp_(values, 0, 6); };
    if (layer->type == "SiLU")
        return [](at::Tensor values) { return at::silu_(values); };
    if (layer->type == "Hardswish")
        return [](at::Tensor values) { return at::hardswish_(values); };
    return [layer = *layer, forward = layerTypes().find(layer->type)->forward](const at::Tensor &values) {
        return forward({layer, {&values, 1}, {}, false});
    };
}

/// A layer as its type runs it.
CompiledStep plainStep(const Layer &layer, std::vector<at::Tensor> tensors, Activation activation)
{
    return [layer, tensors = std::move(tensors), activation = std::move(activation), forward = layerTypes().find(layer.type)->forward](
               std::span<const at::Tensor> inputs) {
        return activation(forward({layer, inputs, tensors, false}));
    };
}

std::array<std::int64_t, 2> pair(const Layer &layer, std::string_view attribute)
{
    const std::vector<std::int64_t> &values = intsAttribute(layer, attribute);
    return {values[0], values[1]};
}

SlidingWindow windowOf(const Layer &layer)
{
    return {pair(layer, "kernel_size"), pair(layer, "stride"), pair(layer, "padding"), pair(layer, "dilation")};
}

/// The range that an activation cuts values to; none when it does more than that.
std::optional<ValueRange> rangeOf(const Layer *activation)
{
    constexpr float infinity = std::numeric_limits<float>::infinity();
    if (!activation)
        return ValueRange{};
    if (activation->type == "ReLU")
        return ValueRange{0, infinity};
    if (activation->type == "ReLU6")
        return ValueRange{0, 6};
    if (activation->type == "Hardtanh")
        return ValueRange{
            static_cast<float>(doubleAttribute(*activation, "min_val")), static_cast<float>(doubleAttribute(*activation, "max_val"))};
    return std::nullopt;
}

CompiledStep tileStep(const Layer &layer, const FoldedWeights &folded, const Layer *activation, Activation other)
{
    const auto range = rangeOf(activation);
    const TileConvolution convolution(folded, windowOf(layer), range.value_or(ValueRange{}));
    return [convolution, activate = range ? Activation() : std::move(other)](std::span<const at::Tensor> inputs) {
        const at::Tensor input = innermostChannels(inputs[0]);
        at::Tensor added;
        if (inputs.size() > 1)
            added = innermostChannels(inputs[1].expand({input.size(0), -1, -1, -1}));
        at::Tensor values = convolution.run(input, added);
        return activate ? activate(std::move(values)) : values;
    };
}

CompiledStep depthwiseStep(const Layer &layer, const FoldedWeights &folded, bool adds, const Layer *activation, Activation other)
{
    const auto range = adds ? std::nullopt : rangeOf(activation);
    const channelwindows::Convolution convolution(folded.scaled(), folded.bias, windowOf(layer), range.value_or(ValueRange{}));
    return [convolution, adds, activate = range ? Activation() : std::move(other)](std::span<const at::Tensor> inputs) {
        at::Tensor values = convolution.run(innermostChannels(inputs[0]));
        if (adds)
            values.add_(inputs[1]);
        return activate ? activate(std::move(values)) : values;
    };
}

/// What comes in float32 is not rounded for it.
CompiledStep maximumStep(const Layer &layer, const Shape &output, const CompiledStep &plain)
{
    const SlidingWindow window{pair(layer, "kernel_size"), pair(layer, "stride"), pair(layer, "padding")};
    return [window, plain, size = std::array{output[1], output[2]}](std::span<const at::Tensor> inputs) {
        if (inputs[0].scalar_type() != at::kBFloat16 || !inputs[0].is_cpu())
            return plain(inputs);
        return channelwindows::maximum(innermostChannels(inputs[0]), window, size);
    };
}

/// A plain layer's output may share its input's memory, so that what works in place must not follow it.
Activation separate(const Layer *layer)
{
    if (!layer)
        return activationOf(nullptr);
    return [layer = *layer, forward = layerTypes().find(layer->type)->forward](const at::Tensor &values) {
        return forward({layer, {&values, 1}, {}, false});
    };
}

CompiledStep productStep(const Layer &layer, const FoldedWeights &folded, bool bfloat16, bool adds, Activation activation)
{
    const at::ScalarType type = bfloat16 ? at::kBFloat16 : at::kFloat;
    const auto format = folded.weight.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
    const at::Tensor weight = folded.scaled().to(type).contiguous(format);
    const at::Tensor bias = folded.bias.defined() ? folded.bias.to(type) : at::Tensor();
    return [=](std::span<const at::Tensor> inputs) {
        const Autocast precision(inputs[0].device(), bfloat16);
        const at::Tensor input = inputs[0].to(type);
        const at::Tensor tensors[] = {weight, bias};
        at::Tensor values = layerTypes()
                                .find(layer.type)
                                ->forward({layer, {&input, 1}, {tensors, bias.defined() ? std::size_t{2} : std::size_t{1}}, false});
        // What comes once and not for each picture is laid on all of them.
        if (adds)
            values = values.sizes() == inputs[1].sizes() ? values.add_(inputs[1]) : values + inputs[1];
        return activation(values);
    };
}

} // namespace

Result<CompiledStep> compiledStep(const Network &network, const NetworkAnalysis &analysis, const FusedStep &step,
    const LayerTensors &tensors, bool bfloat16, bool isOutput)
{
    const Layer &layer = *network.find(step.layer);
    const Layer *activation = step.activation.isValid() ? network.find(step.activation) : nullptr;
    auto own = tensors(step.layer);
    if (!own)
        return fail(own.error());
    const bool usesChannels = bfloat16 && channelwindows::canRun();
    if (layer.type != "Conv2d" && layer.type != "Linear") {
        CompiledStep plain = plainStep(layer, std::move(*own), separate(activation));
        // Means are few, and what comes of them decides: they are not rounded.
        if (layer.type == "AdaptiveAvgPool2d")
            return CompiledStep([plain](std::span<const at::Tensor> inputs) {
                const at::Tensor exact = inputs[0].to(at::kFloat);
                return plain({&exact, 1});
            });
        const bool isMaximum = usesChannels && layer.type == "MaxPool2d" && !activation;
        return isMaximum ? maximumStep(layer, analysis.find(layer.id)->outputShape, plain) : plain;
    }
    FoldedWeights folded = foldedWeights(*own);
    if (step.normalization.isValid()) {
        const auto normTensors = tensors(step.normalization);
        if (!normTensors)
            return fail(normTensors.error());
        folded = foldedWeights(*own, network.find(step.normalization), *normTensors);
    }
    const bool adds = step.added.isValid();
    if (bfloat16 && own->front().is_cpu() && layer.type == "Conv2d") {
        const std::int64_t groups = intAttribute(layer, "groups");
        if (groups == 1 && TileConvolution::canRun(windowOf(layer), intAttribute(layer, "in_channels")))
            return tileStep(layer, folded, activation, activationOf(activation));
        if (usesChannels && groups == intAttribute(layer, "in_channels") && groups == intAttribute(layer, "out_channels"))
            return depthwiseStep(layer, folded, adds, activation, activationOf(activation));
    }
    // Logits rounded to 8 bits would often be equal.
    const bool rounds = bfloat16 && !(isOutput && layer.type == "Linear");
    return productStep(layer, folded, rounds, adds, activationOf(activation));
}

} // namespace graft
