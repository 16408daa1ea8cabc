// The part of TorchModel that makes activations again.
#include "graph/segments.h"
#include "nn/torchmodel.h"

#include <algorithm>

namespace graft {

bool TorchModel::setActivationCheckpointing(bool on)
{
    m_segments.clear();
    m_beforeSegments = {};
    std::vector<std::size_t> cuts;
    if (on)
        if (const auto analysis = analyse(m_network))
            cuts = segmentCuts(m_network, *analysis);
    if (cuts.empty())
        return false;
    m_segments.resize(cuts.size() + 1);
    for (const std::size_t index : layersRun(Mode::Training)) {
        const auto place = static_cast<std::size_t>(std::ranges::upper_bound(cuts, index) - cuts.begin());
        (m_beforeFrontier[index] ? m_beforeSegments : m_segments[place]).layers.push_back(index);
    }
    std::erase_if(m_segments, [](const Segment &segment) { return segment.layers.empty(); });
    connectSegments();
    return true;
}

/// What goes out of each segment: what later ones use, what comes of the whole network, and what auxiliary losses are made of.
void TorchModel::connectSegments()
{
    const auto &layers = m_network.layers();
    std::vector<bool> goesOut(layers.size(), false);
    goesOut[m_network.indexOf(m_network.output())] = true;
    for (const AuxiliaryOutput &auxiliary : m_network.auxiliaryOutputs)
        goesOut[m_network.indexOf(auxiliary.layer)] = true;
    for (Segment &segment : m_segments) {
        for (const std::size_t index : segment.layers) {
            for (const std::size_t source : sourcesOf(index, Mode::Training))
                if (!std::ranges::binary_search(segment.layers, source)
                    && std::ranges::find(segment.inputs, source) == segment.inputs.end())
                    segment.inputs.push_back(source);
            const FusedGroup *group = groupAt(index, Mode::Training);
            for (const at::Tensor &tensor : tensorsOf(group ? group->norm : index))
                if (tensor.requires_grad()
                    && std::ranges::none_of(segment.parameters, [&](const at::Tensor &other) { return other.is_same(tensor); }))
                    segment.parameters.push_back(tensor);
        }
        for (const std::size_t source : segment.inputs)
            goesOut[source] = true;
    }
    const auto keepOutputs = [&](Segment &segment) {
        std::ranges::copy_if(segment.layers, std::back_inserter(segment.outputs), [&](std::size_t index) { return goesOut[index]; });
    };
    keepOutputs(m_beforeSegments);
    std::ranges::for_each(m_segments, keepOutputs);
}

void TorchModel::runInSegments(Pass &pass) const
{
    runLayers(m_beforeSegments.layers, m_beforeSegments.outputs, pass);
    for (const Segment &segment : m_segments) {
        std::vector<at::Tensor> inputs;
        for (const std::size_t source : segment.inputs)
            inputs.push_back(pass.outputs[source]);
        const bool isLast = &segment == &m_segments.back();
        const std::vector<at::Tensor> outputs = isLast
            ? runSegment(segment, inputs, {pass.mode, pass.visit})
            : runWithRecomputation(recomputable(segment, pass.visit), inputs, segment.parameters, m_device);
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            pass.outputs[segment.outputs[i]] = outputs[i];
            if (pass.visit && !isLast)
                pass.visit(m_network.layers()[segment.outputs[i]], outputs[i]);
        }
    }
}

/// `visit` sees what stays within the segment; what leaves it has its gradients later.
Recomputable TorchModel::recomputable(const Segment &segment, const Visit &visit) const
{
    const auto visitWithin = [this, &segment, &visit](const Layer &layer, const at::Tensor &output) {
        if (!std::ranges::binary_search(segment.outputs, m_network.indexOf(layer.id)))
            visit(layer, output);
    };
    return [this, &segment, within = visit ? Visit(visitWithin) : Visit()](const std::vector<at::Tensor> &inputs, bool again) {
        return runSegment(segment, inputs, {Mode::Training, again ? Visit() : within, again});
    };
}

std::vector<at::Tensor> TorchModel::runSegment(const Segment &segment, const std::vector<at::Tensor> &inputs, Pass pass) const
{
    prepareThreads();
    pass.outputs.resize(m_network.layers().size());
    for (std::size_t i = 0; i < inputs.size(); ++i)
        pass.outputs[segment.inputs[i]] = inputs[i];
    runLayers(segment.layers, segment.outputs, pass);
    std::vector<at::Tensor> outputs;
    for (const std::size_t index : segment.outputs)
        outputs.push_back(pass.outputs[index]);
    return outputs;
}

} // namespace graft
