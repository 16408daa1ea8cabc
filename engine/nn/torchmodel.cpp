#include "nn/torchmodel.h"

#include "graph/frontier.h"
#include "layers/layercall.h"

#include <ATen/core/grad_mode.h>
#include <algorithm>
#include <cassert>

namespace graft {
namespace {

/// Four-dimensional tensors run faster with the channels innermost, on the CPU and on CUDA.
at::MemoryFormat fastFormat(const at::Tensor &tensor)
{
    return tensor.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
}

Result<const Tensor *> fittingTensor(const StateDict &weights, const std::string &name, const TensorSpec &spec)
{
    const Tensor *found = weights.find(name);
    if (!found)
        return fail(ErrorCode::WeightsMismatch, "The weights have no tensor `" + name + "`; use the weights of this network.", name);
    if (found->shape() != spec.shape)
        return fail(ErrorCode::WeightsMismatch,
            "The tensor `" + name + "` is " + describe(found->shape()) + " and the network expects " + describe(spec.shape)
                + "; use the weights of this network.",
            name);
    return found;
}

Result<at::Tensor> liveTensor(const StateDict &weights, const std::string &name, const TensorSpec &spec, at::Device device)
{
    const auto source = sourceTensor(weights, name, spec);
    if (!source)
        return source;
    const auto type = spec.type == DType::Int64 ? at::kLong : at::kFloat;
    return at::empty(source->sizes(), at::TensorOptions(type).device(device).memory_format(fastFormat(*source))).copy_(*source);
}

std::size_t indexOf(const Network &network, LayerId id)
{
    return static_cast<std::size_t>(network.find(id) - network.layers().data());
}

/// How often each layer's output is wanted: once by each input that names it, once as the network's output.
std::vector<int> useCounts(const Network &network, const std::vector<bool> &skipped)
{
    std::vector<int> uses(network.layers().size(), 0);
    for (std::size_t index = 0; index < uses.size(); ++index)
        for (const LayerId input : network.layers()[index].inputs)
            uses[indexOf(network, input)] += skipped[index] ? 0 : 1;
    ++uses[indexOf(network, network.output())];
    return uses;
}

} // namespace

Result<at::Tensor> sourceTensor(const StateDict &weights, const std::string &name, const TensorSpec &specification)
{
    const auto found = fittingTensor(weights, name, specification);
    if (!found)
        return fail(found.error());
    return toTorch(**found);
}

Result<TorchModel> TorchModel::create(const Network &network, const StateDict &weights, Device device, const std::vector<LayerId> &from)
{
    if (auto runnable = requireRunnable(network); !runnable)
        return fail(runnable.error());
    const auto analysis = analyse(network);
    if (!analysis)
        return fail(analysis.error());
    prepareThreads();
    TorchModel model;
    model.m_network = network;
    model.m_beforeFrontier = graft::beforeFrontier(network);
    model.m_device = torchDevice(device);
    model.chooseLayers(from);
    model.m_fused.within.resize(network.layers().size());
    if (model.m_device.is_cpu())
        model.m_fused = findFusedLayers(network, *analysis, model.m_beforeFrontier, model.m_skipped[Mode::Training]);
    const auto &layers = network.layers();
    for (std::size_t index = 0; index < layers.size(); ++index) {
        model.m_firstTensor.push_back(model.m_tensors.size());
        const bool isLive = from.empty() || !model.m_skipped[Mode::Evaluation][index] || !model.m_skipped[Mode::Training][index];
        for (const TensorSpec &spec : analysis->layers[index].tensors)
            if (auto added = model.addTensor(layers[index], spec, weights, isLive); !added)
                return fail(added.error());
    }
    model.m_firstTensor.push_back(model.m_tensors.size());
    return model;
}

void TorchModel::chooseLayers(const std::vector<LayerId> &from)
{
    m_skipped[Mode::Evaluation] = trainingOnly(m_network);
    m_skipped[Mode::Training] = idleInTraining(m_network);
    if (from.empty())
        return;
    std::vector<LayerId> outputs{m_network.output()};
    for (const AuxiliaryOutput &auxiliary : m_network.auxiliaryOutputs)
        outputs.push_back(auxiliary.layer);
    const std::vector<bool> isRun = layersBetween(m_network, from, outputs);
    for (auto &[mode, skipped] : m_skipped)
        for (std::size_t index = 0; index < skipped.size(); ++index)
            skipped[index] = skipped[index] || !isRun[index];
    for (const LayerId id : from)
        m_from.push_back(indexOf(m_network, id));
}

Result<void> TorchModel::addTensor(const Layer &layer, const TensorSpec &spec, const StateDict &weights, bool isLive)
{
    const std::string name = tensorName(layer, spec);
    m_kept.set(name, {});
    if (const NamedTensor *owner = ownerOf(name)) {
        m_tensors.push_back({name, layer.id, spec.isBuffer, true, owner->tensor});
        return {};
    }
    if (!isLive) {
        auto kept = fittingTensor(weights, name, spec);
        if (!kept)
            return fail(kept.error());
        m_kept.set(name, **kept);
        return {};
    }
    auto tensor = liveTensor(weights, name, spec, m_device);
    if (!tensor)
        return fail(tensor.error());
    // What shares the values of a tensor before the frontier stays as that one is.
    const bool isTied = m_network.tiedTensors.contains(name);
    tensor->requires_grad_(!spec.isBuffer && !layer.frozen && !isTied);
    m_tensors.push_back({name, layer.id, spec.isBuffer, isTied, std::move(*tensor)});
    return {};
}

const TorchModel::NamedTensor *TorchModel::ownerOf(const std::string &name) const
{
    const auto tied = m_network.tiedTensors.find(name);
    if (tied == m_network.tiedTensors.end())
        return nullptr;
    const auto owner = std::ranges::find(m_tensors, tied->second, &NamedTensor::name);
    return owner == m_tensors.end() ? nullptr : &*owner;
}

at::Tensor TorchModel::forward(const at::Tensor &batch, Mode mode) const
{
    return forward(std::vector{batch}, mode, {});
}

at::Tensor TorchModel::forward(const at::Tensor &batch, Mode mode, const Visit &visit) const
{
    return forward(std::vector{batch}, mode, visit);
}

at::Tensor TorchModel::forward(const std::vector<at::Tensor> &given, Mode mode, const Visit &visit) const
{
    prepareThreads();
    const auto &layers = m_network.layers();
    std::vector<at::Tensor> outputs(layers.size());
    const std::vector<bool> &skipped = m_skipped.at(mode);
    std::vector<int> uses = useCounts(m_network, skipped);
    for (std::size_t i = 0; i < m_from.size(); ++i)
        outputs[m_from[i]] = given.at(i).contiguous(fastFormat(given[i]));
    std::vector<at::Tensor> inputs;
    for (std::size_t index = 0; index < layers.size(); ++index) {
        if (skipped[index] || (mode == Mode::Training && m_fused.within[index]))
            continue;
        const auto found = m_fused.groups.find(index);
        const FusedGroup *group = mode == Mode::Training && found != m_fused.groups.end() ? &found->second : nullptr;
        inputs.clear();
        for (const std::size_t source : sourcesOf(index, group)) {
            inputs.push_back(outputs[source]);
            // What nobody wants any more is let go before the next layer takes memory.
            if (--uses[source] == 0)
                outputs[source].reset();
        }
        if (layers[index].type == "Input")
            inputs.push_back(given.front().contiguous(fastFormat(given.front())));
        const bool differentiates = mode == Mode::Training && !m_beforeFrontier[index] && at::GradMode::is_enabled();
        const at::AutoGradMode gradients(differentiates);
        outputs[index] = group ? runGroup(*group, mode, inputs) : runLayer(index, mode, inputs);
        if (visit)
            visit(layers[index], outputs[index]);
        if (uses[index] == 0)
            outputs[index].reset();
    }
    return outputs[indexOf(m_network, m_network.output())];
}

std::vector<at::Tensor> TorchModel::tensorsOf(std::size_t index) const
{
    std::vector<at::Tensor> tensors;
    for (std::size_t tensor = m_firstTensor[index]; tensor < m_firstTensor[index + 1]; ++tensor)
        tensors.push_back(m_tensors[tensor].tensor);
    return tensors;
}

std::vector<std::size_t> TorchModel::sourcesOf(std::size_t index, const FusedGroup *group) const
{
    std::vector<std::size_t> sources;
    if (group) {
        sources.push_back(group->input);
        if (group->residual)
            sources.push_back(*group->residual);
        return sources;
    }
    for (const LayerId input : m_network.layers()[index].inputs)
        sources.push_back(indexOf(m_network, input));
    return sources;
}

at::Tensor TorchModel::runLayer(std::size_t index, Mode mode, const std::vector<at::Tensor> &inputs) const
{
    const Layer &layer = m_network.layers()[index];
    const std::vector<at::Tensor> tensors = tensorsOf(index);
    return layerTypes().find(layer.type)->forward({layer, inputs, tensors, mode == Mode::Training && !layer.frozen});
}

at::Tensor TorchModel::runGroup(const FusedGroup &group, Mode mode, const std::vector<at::Tensor> &inputs) const
{
    const Layer &norm = m_network.layers()[group.norm];
    const at::Tensor residual = group.residual ? inputs[1] : at::Tensor();
    return runFused(group, norm, inputs[0], residual, tensorsOf(group.norm), mode == Mode::Training && !norm.frozen);
}

StateDict TorchModel::stateDict() const
{
    StateDict result = m_kept;
    for (const NamedTensor &entry : m_tensors)
        result.set(entry.name, fromTorch(entry.tensor));
    return result;
}

void TorchModel::load(const StateDict &weights)
{
    const at::NoGradGuard noGradients;
    for (const auto &[name, tensor] : m_kept.entries())
        m_kept.set(name, *weights.find(name));
    for (NamedTensor &entry : m_tensors) {
        const Tensor *source = weights.find(entry.name);
        assert(source && source->shape() == entry.tensor.sizes().vec());
        entry.tensor.copy_(toTorch(*source));
    }
}

} // namespace graft
