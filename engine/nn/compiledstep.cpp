#include "nn/compiledstep.h"

#include "layers/layercall.h"
#include "nn/foldedweights.h"

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
    const at::Tensor weight = folded.weight.to(type).contiguous(format);
    const at::Tensor bias = folded.bias.defined() ? folded.bias.to(type) : at::Tensor();
    return [=](std::span<const at::Tensor> inputs) {
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

Result<CompiledStep> compiledStep(
    const Network &network, const NetworkAnalysis &, const FusedStep &step, const LayerTensors &tensors, bool bfloat16)
{
    const Layer &layer = *network.find(step.layer);
    const Layer *activation = step.activation.isValid() ? network.find(step.activation) : nullptr;
    auto own = tensors(step.layer);
    if (!own)
        return fail(own.error());
    if (layer.type != "Conv2d" && layer.type != "Linear")
        return plainStep(layer, std::move(*own), separate(activation));
    FoldedWeights folded = foldedWeights(*own);
    if (step.normalization.isValid()) {
        const auto normTensors = tensors(step.normalization);
        if (!normTensors)
            return fail(normTensors.error());
        folded = foldedWeights(*own, network.find(step.normalization), *normTensors);
    }
    return productStep(layer, folded, bfloat16, step.added.isValid(), activationOf(activation));
}

} // namespace graft
