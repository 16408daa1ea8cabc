#include "graph/compiledwork.h"

#include "graph/fusion.h"

#include <algorithm>

namespace graft {
namespace {

/// What the product before it does in the same pass.
bool cuts(const Layer &activation)
{
    return activation.type == "ReLU" || activation.type == "ReLU6" || activation.type == "Hardtanh";
}

bool isProduct(Work work)
{
    return work == Work::Convolution || work == Work::PointConvolution || work == Work::DepthwiseConvolution
        || work == Work::GroupedConvolution || work == Work::Product;
}

class Describer {
public:
    Describer(const Network &network, const NetworkAnalysis &analysis)
        : m_network(network), m_analysis(analysis), m_uses(network.layers().size(), 0), m_storage(network.layers().size()),
          m_values(network.layers().size(), 0)
    {
    }

    [[nodiscard]] CompiledWork describe(const FusedNetwork &fused, std::span<const LayerId> given)
    {
        for (const FusedStep &step : fused.steps)
            for (const LayerId input : inputsOf(step))
                ++m_uses[m_network.indexOf(input)];
        for (const LayerId output : fused.outputs)
            ++m_uses[m_network.indexOf(output)];
        for (const LayerId layer : given)
            make(m_network.indexOf(layer), valuesOf(layer));
        for (const FusedStep &step : fused.steps)
            add(step);
        return std::move(m_result);
    }

private:
    static std::vector<LayerId> inputsOf(const FusedStep &step)
    {
        std::vector<LayerId> inputs = step.inputs;
        if (step.added.isValid())
            inputs.push_back(step.added);
        return inputs;
    }
    [[nodiscard]] double valuesOf(LayerId layer) const { return static_cast<double>(elementCount(m_analysis.find(layer)->outputShape)); }
    [[nodiscard]] LayerWork layerWork(LayerId id) const
    {
        const Layer &layer = *m_network.find(id);
        std::vector<Shape> shapes;
        for (const LayerId input : layer.inputs)
            shapes.push_back(m_analysis.find(input)->outputShape);
        return workOf(layer, shapes, *m_analysis.find(id), false);
    }

    void make(std::size_t index, double values)
    {
        m_storage[index] = index;
        m_values[index] = values;
        m_held += values;
        m_result.mostValues = std::max(m_result.mostValues, m_held);
    }

    void add(const FusedStep &step)
    {
        CompiledWork::Step described{layerWork(step.layer), valuesOf(step.result)};
        if (step.added.isValid())
            described.work.values += described.outputValues;
        // Rates of products were measured with a cut.
        if (step.activation.isValid())
            if (!cuts(*m_network.find(step.activation)) || !isProduct(described.work.work))
                described.activation = layerWork(step.activation).work;
        const std::size_t result = m_network.indexOf(step.result);
        const std::vector<LayerId> inputs = inputsOf(step);
        if (described.work.work == Work::None && !inputs.empty()) {
            const std::size_t storage = m_storage[m_network.indexOf(inputs.front())];
            m_storage[result] = storage;
            m_uses[storage] += m_uses[result];
        } else {
            make(result, described.outputValues);
        }
        for (const LayerId input : inputs) {
            const std::size_t storage = m_storage[m_network.indexOf(input)];
            if (--m_uses[storage] == 0)
                m_held -= m_values[storage];
        }
        m_result.steps.push_back(described);
    }

    const Network &m_network;
    const NetworkAnalysis &m_analysis;
    std::vector<int> m_uses; ///< of each memory, yet to come
    std::vector<std::size_t> m_storage; ///< per layer: the one whose memory its value is
    std::vector<double> m_values; ///< per memory
    double m_held = 0;
    CompiledWork m_result;
};

double secondsTogether(const CompiledWork &part, double pictures, const ForecastSettings &settings, const MachineRates &rates)
{
    double sum = 0;
    for (const CompiledWork::Step &step : part.steps) {
        sum += seconds(rates.of(step.work.work).compiled, step.work, pictures) + rates.forwardCall;
        if (step.activation != Work::None)
            sum += pictures * 2 * step.outputValues * rates.of(step.activation).compiled.perValue;
        if (!settings.onGpu && step.work.work != Work::None)
            sum += freshBytes(pictures * step.outputValues * (settings.bfloat16 ? 2 : 4)) * rates.freshByte;
    }
    return sum;
}

} // namespace

CompiledWork compiledWork(
    const Network &network, const NetworkAnalysis &analysis, std::span<const LayerId> wanted, std::span<const LayerId> given)
{
    return Describer(network, analysis).describe(fuse(network, analysis, wanted, given), given);
}

double secondsOf(const CompiledWork &part, std::int64_t batchSize, const ForecastSettings &settings, const MachineRates &rates)
{
    const std::int64_t together = std::max<std::int64_t>(1, std::min(settings.picturesTogether, batchSize)), rest = batchSize % together;
    const double whole = static_cast<double>(batchSize / together) * secondsTogether(part, static_cast<double>(together), settings, rates);
    return whole + (rest > 0 ? secondsTogether(part, static_cast<double>(rest), settings, rates) : 0);
}

double seconds(const PassRate &rate, const LayerWork &work, double pictures)
{
    return pictures * (rate.perMultiplyAdd * work.multiplyAdds + rate.perValue * work.values) + rate.perParameter * work.parameters;
}

} // namespace graft
