#include "graph/fusion.h"

#include <algorithm>
#include <array>

namespace graft {
namespace {

bool doesNothing(const Layer &layer)
{
    constexpr std::array names = {"Dropout", "Dropout2d", "StochasticDepth", "Identity"};
    return std::ranges::find(names, layer.type) != names.end();
}

bool isActivation(const Layer &layer)
{
    const LayerType *type = layerTypes().find(layer.type);
    return type->category == "activation" && !type->tensors && type->maximumInputs == 1 && type->outputShape;
}

/// Layers whose weights a BatchNorm can go into, and whose sums another term can join.
bool isProduct(const Layer &layer)
{
    return layer.type == "Conv2d" || layer.type == "Linear";
}

class Fusion {
public:
    Fusion(const Network &network, const NetworkAnalysis &analysis, std::span<const LayerId> wanted, std::span<const LayerId> given)
        : m_layers(network.layers()), m_network(network), m_analysis(analysis), m_given(m_layers.size()), m_needed(m_layers.size()),
          m_uses(m_layers.size(), 0), m_sources(m_layers.size()), m_makers(m_layers.size(), -1)
    {
        for (const LayerId layer : given)
            m_given[network.indexOf(layer)] = true;
        findNeeded(wanted);
        for (std::size_t index = 0; index < m_layers.size(); ++index)
            m_sources[index] = m_layers[index].id;
    }

    FusedNetwork run(std::span<const LayerId> wanted)
    {
        for (std::size_t index = 0; index < m_layers.size(); ++index)
            if (m_needed[index] && !m_given[index])
                place(index);
        FusedNetwork result;
        for (const LayerId layer : wanted)
            result.outputs.push_back(sourceOf(layer));
        result.steps = std::move(m_steps);
        return result;
    }

private:
    void findNeeded(std::span<const LayerId> wanted)
    {
        for (const LayerId layer : wanted) {
            m_needed[m_network.indexOf(layer)] = true;
            m_uses[m_network.indexOf(layer)] += 2; // never for one layer alone
        }
        for (std::size_t index = m_layers.size(); index-- > 0;) {
            if (!m_needed[index] || m_given[index])
                continue;
            for (const LayerId input : m_layers[index].inputs) {
                m_needed[m_network.indexOf(input)] = true;
                ++m_uses[m_network.indexOf(input)];
            }
        }
        // What reads a layer without effect reads the layer before it.
        for (std::size_t index = m_layers.size(); index-- > 0;)
            if (m_needed[index] && !m_given[index] && doesNothing(m_layers[index]))
                m_uses[m_network.indexOf(m_layers[index].inputs.front())] += m_uses[index] - 1;
    }

    [[nodiscard]] LayerId sourceOf(LayerId layer) const { return m_sources[m_network.indexOf(layer)]; }

    /// The step whose result that is and that no other layer uses; nullptr when there is none.
    [[nodiscard]] FusedStep *onlyMakerOf(LayerId source)
    {
        const std::size_t index = m_network.indexOf(source);
        return m_makers[index] >= 0 && m_uses[index] == 1 ? &m_steps[static_cast<std::size_t>(m_makers[index])] : nullptr;
    }

    void place(std::size_t index)
    {
        const Layer &layer = m_layers[index];
        if (doesNothing(layer)) {
            m_sources[index] = sourceOf(layer.inputs.front());
            return;
        }
        if (joinsNormalization(layer) || joinsSum(layer) || joinsActivation(layer))
            return;
        FusedStep step;
        step.layer = step.result = layer.id;
        for (const LayerId input : layer.inputs)
            step.inputs.push_back(sourceOf(input));
        m_makers[index] = static_cast<int>(m_steps.size());
        m_steps.push_back(std::move(step));
    }

    void extend(FusedStep &step, const Layer &layer)
    {
        const std::size_t maker = static_cast<std::size_t>(&step - m_steps.data());
        step.result = layer.id;
        m_makers[m_network.indexOf(layer.id)] = static_cast<int>(maker);
    }

    bool joinsNormalization(const Layer &layer)
    {
        if (layer.type != "BatchNorm2d" && layer.type != "BatchNorm1d")
            return false;
        FusedStep *step = onlyMakerOf(sourceOf(layer.inputs.front()));
        if (!step || step->result != step->layer)
            return false;
        const Layer &product = *m_network.find(step->layer);
        const bool fits = layer.type == "BatchNorm2d" ? product.type == "Conv2d"
                                                      : product.type == "Linear" && m_analysis.find(product.id)->outputShape.size() == 1;
        if (!fits)
            return false;
        step->normalization = layer.id;
        extend(*step, layer);
        return true;
    }

    bool joinsSum(const Layer &layer)
    {
        if (layer.type != "Add")
            return false;
        const LayerId sources[] = {sourceOf(layer.inputs[0]), sourceOf(layer.inputs[1])};
        if (sources[0] == sources[1] || m_analysis.find(sources[0])->outputShape != m_analysis.find(sources[1])->outputShape)
            return false;
        // The later step runs where the sum stands now: all that it adds has been made by then.
        FusedStep *step = nullptr;
        LayerId other;
        for (const int term : {0, 1}) {
            FusedStep *candidate = onlyMakerOf(sources[term]);
            const bool fits = candidate && isProduct(*m_network.find(candidate->layer)) && !candidate->activation.isValid()
                && !candidate->added.isValid() && madeBefore(sources[1 - term], *candidate);
            if (fits) {
                step = candidate;
                other = sources[1 - term];
            }
        }
        if (!step)
            return false;
        step->added = other;
        extend(*step, layer);
        return true;
    }

    [[nodiscard]] bool madeBefore(LayerId source, const FusedStep &step) const
    {
        return m_makers[m_network.indexOf(source)] < &step - m_steps.data();
    }

    bool joinsActivation(const Layer &layer)
    {
        if (!isActivation(layer))
            return false;
        FusedStep *step = onlyMakerOf(sourceOf(layer.inputs.front()));
        if (!step || step->activation.isValid() || m_network.find(step->layer)->type == "Input")
            return false;
        step->activation = layer.id;
        extend(*step, layer);
        return true;
    }

    const std::vector<Layer> &m_layers;
    const Network &m_network;
    const NetworkAnalysis &m_analysis;
    std::vector<bool> m_given, m_needed;
    std::vector<int> m_uses; ///< per layer: how many needed layers read its value; more when it is wanted itself
    std::vector<LayerId> m_sources; ///< per layer: whose value it has
    std::vector<int> m_makers; ///< per layer: the step whose result it is; -1 = none
    std::vector<FusedStep> m_steps;
};

} // namespace

FusedNetwork fuse(const Network &network, const NetworkAnalysis &analysis, std::span<const LayerId> wanted, std::span<const LayerId> given)
{
    return Fusion(network, analysis, wanted, given).run(wanted);
}

} // namespace graft
