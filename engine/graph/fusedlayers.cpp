#include "graph/fusedlayers.h"

#include "graph/layertype.h"

#include <algorithm>

namespace graft {
namespace {

class Finder {
public:
    Finder(const Network &network, const NetworkAnalysis &analysis, const std::vector<bool> &beforeFrontier, const std::vector<bool> &left)
        : m_layers(network.layers()), m_network(network), m_analysis(analysis), m_beforeFrontier(beforeFrontier), m_left(left),
          m_users(network.layers().size())
    {
        for (std::size_t index = 0; index < m_layers.size(); ++index)
            if (!left[index])
                for (const LayerId input : m_layers[index].inputs)
                    m_users[place(input)].push_back(index);
    }

    [[nodiscard]] FusedLayers find() const
    {
        FusedLayers result;
        result.within.resize(m_layers.size());
        for (std::size_t index = 0; index < m_layers.size(); ++index)
            if (!m_left[index] && m_layers[index].type == "BatchNorm2d" && m_layers[index].inputs.size() == 1 && !result.within[index])
                add(index, result);
        return result;
    }

private:
    void add(std::size_t norm, FusedLayers &result) const
    {
        FusedGroup group{norm, place(m_layers[norm].inputs[0]), {}, FusedActivation::None};
        std::size_t last = norm;
        const auto goOn = [&](std::size_t next) {
            result.within[last] = true;
            last = next;
        };
        if (const auto next = onlyUser(last); next && adds(*next, norm) && !result.groups.contains(*next) && !result.within[*next]) {
            const auto &inputs = m_layers[*next].inputs;
            group.residual = place(place(inputs[0]) == norm ? inputs[1] : inputs[0]);
            goOn(*next);
        }
        if (const auto next = onlyUser(last))
            if (const auto activation = activationOf(m_layers[*next]); activation && fits(*activation, group)) {
                group.activation = *activation;
                goOn(*next);
            }
        result.groups.emplace(last, group);
    }

    [[nodiscard]] std::size_t place(LayerId id) const { return static_cast<std::size_t>(m_network.find(id) - m_layers.data()); }

    [[nodiscard]] std::optional<std::size_t> onlyUser(std::size_t index) const
    {
        const LayerId id = m_layers[index].id;
        const bool isAuxiliary
            = std::ranges::any_of(m_network.auxiliaryOutputs, [&](const AuxiliaryOutput &output) { return output.layer == id; });
        if (id == m_network.output() || isAuxiliary || m_users[index].size() != 1
            || m_beforeFrontier[m_users[index].front()] != m_beforeFrontier[index])
            return std::nullopt;
        return m_users[index].front();
    }

    [[nodiscard]] bool adds(std::size_t index, std::size_t norm) const
    {
        const Layer &layer = m_layers[index];
        if (layer.type != "Add" || layer.inputs.size() != 2 || layer.inputs[0] == layer.inputs[1])
            return false;
        const Shape &shape = m_analysis.layers[norm].outputShape;
        return std::ranges::all_of(layer.inputs, [&](LayerId input) { return m_analysis.layers[place(input)].outputShape == shape; });
    }

    [[nodiscard]] static std::optional<FusedActivation> activationOf(const Layer &layer)
    {
        if (layer.type == "ReLU")
            return FusedActivation::ReLU;
        if (layer.type == "ReLU6")
            return FusedActivation::ReLU6;
        if (layer.type == "Hardswish")
            return FusedActivation::Hardswish;
        return std::nullopt;
    }

    /// With a residual the kernels tell from the output what the activation let through.
    [[nodiscard]] static bool fits(FusedActivation activation, const FusedGroup &group)
    {
        return !group.residual || activation != FusedActivation::Hardswish;
    }

    const std::vector<Layer> &m_layers;
    const Network &m_network;
    const NetworkAnalysis &m_analysis;
    const std::vector<bool> &m_beforeFrontier;
    const std::vector<bool> &m_left;
    std::vector<std::vector<std::size_t>> m_users; ///< per layer: who takes its output, once for each input
};

} // namespace

FusedLayers findFusedLayers(
    const Network &network, const NetworkAnalysis &analysis, const std::vector<bool> &beforeFrontier, const std::vector<bool> &left)
{
    return Finder(network, analysis, beforeFrontier, left).find();
}

} // namespace graft
