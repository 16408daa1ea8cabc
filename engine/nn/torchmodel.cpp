#include "nn/torchmodel.h"

#include "graph/frontier.h"
#include "layers/layercall.h"
#include "nn/fusedgroup.h"

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
    Pass pass{mode, visit};
    pass.outputs.resize(m_network.layers().size());
    for (std::size_t i = 0; i < m_from.size(); ++i)
        pass.outputs[m_from[i]] = given.at(i).contiguous(fastFormat(given[i]));
    if (m_from.empty())
        pass.pictures = given.front().contiguous(fastFormat(given.front()));
    const std::size_t output = indexOf(m_network, m_network.output());
    if (mode == Mode::Training && !m_segments.empty() && at::GradMode::is_enabled())
        runInSegments(pass);
    else
        runLayers(layersRun(mode), {output}, pass);
    return pass.outputs[output];
}

void TorchModel::runLayers(const std::vector<std::size_t> &places, const std::vector<std::size_t> &wanted, Pass &pass) const
{
    std::vector<int> uses(m_network.layers().size(), 0);
    for (const std::size_t index : places)
        for (const std::size_t source : sourcesOf(index, pass.mode))
            ++uses[source];
    for (const std::size_t index : wanted)
        ++uses[index];
    std::vector<at::Tensor> inputs;
    for (const std::size_t index : places) {
        const Layer &layer = m_network.layers()[index];
        inputs.clear();
        for (const std::size_t source : sourcesOf(index, pass.mode)) {
            inputs.push_back(pass.outputs[source]);
            // What nobody wants any more is let go before the next layer takes memory.
            if (--uses[source] == 0)
                pass.outputs[source].reset();
        }
        if (layer.type == "Input")
            inputs.push_back(std::exchange(pass.pictures, {}));
        const bool differentiates = pass.mode == Mode::Training && !m_beforeFrontier[index] && at::GradMode::is_enabled();
        const at::AutoGradMode gradients(differentiates);
        const FusedGroup *group = groupAt(index, pass.mode);
        pass.outputs[index] = group ? runGroup(*group, pass, inputs) : runLayer(index, pass, inputs);
        if (pass.visit)
            pass.visit(layer, pass.outputs[index]);
        if (uses[index] == 0)
            pass.outputs[index].reset();
    }
}

std::vector<std::size_t> TorchModel::layersRun(Mode mode) const
{
    std::vector<std::size_t> places;
    for (std::size_t index = 0; index < m_network.layers().size(); ++index)
        if (!m_skipped.at(mode)[index] && (mode == Mode::Evaluation || !m_fused.within[index]))
            places.push_back(index);
    return places;
}

const FusedGroup *TorchModel::groupAt(std::size_t index, Mode mode) const
{
    const auto found = m_fused.groups.find(index);
    return mode == Mode::Training && found != m_fused.groups.end() ? &found->second : nullptr;
}

std::vector<at::Tensor> TorchModel::tensorsOf(std::size_t index, bool again) const
{
    std::vector<at::Tensor> tensors;
    for (std::size_t place = m_firstTensor[index]; place < m_firstTensor[index + 1]; ++place) {
        const NamedTensor &named = m_tensors[place];
        tensors.push_back(again && named.isBuffer ? named.tensor.clone() : named.tensor);
    }
    return tensors;
}

std::vector<std::size_t> TorchModel::sourcesOf(std::size_t index, Mode mode) const
{
    std::vector<std::size_t> sources;
    if (const FusedGroup *group = groupAt(index, mode)) {
        sources.push_back(group->input);
        if (group->residual)
            sources.push_back(*group->residual);
        return sources;
    }
    for (const LayerId input : m_network.layers()[index].inputs)
        sources.push_back(indexOf(m_network, input));
    return sources;
}

at::Tensor TorchModel::runLayer(std::size_t index, const Pass &pass, const std::vector<at::Tensor> &inputs) const
{
    const Layer &layer = m_network.layers()[index];
    const std::vector<at::Tensor> tensors = tensorsOf(index, pass.again);
    return layerTypes().find(layer.type)->forward({layer, inputs, tensors, pass.mode == Mode::Training && !layer.frozen});
}

at::Tensor TorchModel::runGroup(const FusedGroup &group, const Pass &pass, const std::vector<at::Tensor> &inputs) const
{
    const Layer &norm = m_network.layers()[group.norm];
    const at::Tensor residual = group.residual ? inputs[1] : at::Tensor();
    const bool training = pass.mode == Mode::Training && !norm.frozen;
    return runFused(group, norm, inputs[0], residual, tensorsOf(group.norm, pass.again), training);
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
