#include "graph/segments.h"

#include "graph/layerwork.h"

#include <algorithm>
#include <limits>

namespace graft {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double worthSaving = 0.1;
constexpr double closeEnough = 0.01; // of the least memory
constexpr double room = 1.1; // times the least memory, so that less is run again

/// Counts in values of one picture: all of them grow with the batch alike.
class SegmentPlanner {
public:
    SegmentPlanner(const Network &network, const NetworkAnalysis &analysis)
        : m_count(network.layers().size()), m_output(m_count, 0), m_storage(m_count), m_lastUse(m_count, 0), m_keptBefore(m_count + 1, 0),
          m_crossing(m_count + 1, 0)
    {
        describe(network, analysis);
        findCrossing();
        findPlaces();
    }

    [[nodiscard]] std::vector<std::size_t> cuts()
    {
        const double whole = std::ranges::max(m_backward);
        double least = 0, enough = whole;
        while (enough - least > closeEnough * enough) {
            const double middle = (least + enough) / 2;
            (fits(middle) ? enough : least) = middle;
        }
        if (enough > (1 - worthSaving) * whole || !fits(std::min(room * enough, whole)))
            return {};
        std::vector<std::size_t> result;
        for (std::size_t place = m_start.back(); place > 0; place = m_start[place])
            result.push_back(m_places[place]);
        std::ranges::reverse(result);
        return result;
    }

private:
    void describe(const Network &network, const NetworkAnalysis &analysis)
    {
        const std::vector<bool> idle = idleInTraining(network), before = beforeFrontier(network);
        std::vector<double> kept(m_count, 0);
        std::vector<bool> isHeld(m_count, false);
        std::vector<Shape> shapes;
        for (std::size_t index = 0; index < m_count; ++index) {
            const Layer &layer = network.layers()[index];
            m_storage[index] = index;
            if (idle[index])
                continue;
            shapes.clear();
            for (const LayerId input : layer.inputs)
                shapes.push_back(analysis.layers[network.indexOf(input)].outputShape);
            const LayerWork work = workOf(layer, shapes, analysis.layers[index], !layer.frozen);
            if (work.work == Work::None && !layer.inputs.empty())
                m_storage[index] = m_storage[network.indexOf(layer.inputs.front())];
            else if (!before[index]) // what lies before the frontier is there in any case
                m_output[index] = static_cast<double>(elementCount(analysis.layers[index].outputShape));
            kept[index] = before[index] ? 0 : work.keptValues + 2 * work.keptPlaces;
            isHeld[m_storage[index]] = isHeld[m_storage[index]] || (work.keepsOutput && !before[index]);
            for (const LayerId input : layer.inputs) {
                const std::size_t source = m_storage[network.indexOf(input)];
                m_lastUse[source] = index;
                isHeld[source] = isHeld[source] || (work.keepsInputs && !before[index]);
            }
        }
        m_lastUse[m_storage[network.indexOf(network.output())]] = m_count;
        for (const AuxiliaryOutput &auxiliary : network.auxiliaryOutputs)
            m_lastUse[m_storage[network.indexOf(auxiliary.layer)]] = m_count;
        for (std::size_t index = 0; index < m_count; ++index)
            m_keptBefore[index + 1] = m_keptBefore[index] + kept[index] + (isHeld[index] ? m_output[index] : 0);
    }

    void findCrossing()
    {
        std::vector<double> change(m_count + 2, 0);
        for (std::size_t index = 0; index < m_count; ++index)
            if (m_lastUse[index] > index) {
                change[index + 1] += m_output[index];
                change[m_lastUse[index] + 1] -= m_output[index];
            }
        for (std::size_t place = 1; place <= m_count; ++place)
            m_crossing[place] = m_crossing[place - 1] + change[place];
        for (std::size_t index = 0; index < m_count; ++index)
            m_backward.push_back(m_keptBefore[index + 1] + m_crossing[index + 1]);
        for (std::size_t index = 0; index < m_count; ++index)
            if (m_lastUse[index] > index && m_lastUse[index] < m_count)
                m_backward[m_lastUse[index]] += m_output[index];
    }

    /// Where less crosses than before and behind.
    void findPlaces()
    {
        m_places = {0};
        for (std::size_t place = 1; place < m_count; ++place)
            if (m_keptBefore[place] > 0 && m_crossing[place] <= m_crossing[place - 1] && m_crossing[place] <= m_crossing[place + 1])
                m_places.push_back(place);
        m_places.push_back(m_count);
    }

    /// Whether no more than `limit` need be held; m_start then tells the place at which the segment before each place begins. While the
    /// backward pass of a layer runs there are: what crosses from earlier segments, the activations of its segment up to the layer, and the
    /// gradients that come to it, pass it by and go on.
    bool fits(double limit)
    {
        const std::size_t end = m_places.size() - 1;
        std::vector<double> held(m_places.size(), infinite); // of all that crosses up to there, the least
        m_start.assign(m_places.size(), 0);
        held[0] = 0;
        for (std::size_t to = 1; to <= end; ++to) {
            double added = 0, backward = 0;
            std::size_t index = m_places[to];
            for (std::size_t from = to; from-- > 0;) {
                while (index > m_places[from]) {
                    --index;
                    backward = std::max(backward, m_backward[index]);
                    if (m_lastUse[index] >= m_places[to])
                        added += m_output[index];
                }
                const double own = backward - m_keptBefore[m_places[from]];
                if (own > limit)
                    break;
                // The last segment begins as early as it can.
                if (held[from] + own <= limit && (to == end || held[from] + added < held[to])) {
                    held[to] = held[from] + added;
                    m_start[to] = from;
                }
            }
        }
        return held[end] < infinite;
    }

    std::size_t m_count;
    std::vector<double> m_output; ///< per layer: of new memory; 0 = it shares its input's
    std::vector<std::size_t> m_storage; ///< per layer: the one whose memory its output is
    std::vector<std::size_t> m_lastUse; ///< per layer: of its memory
    std::vector<double> m_keptBefore; ///< per place: for the backward pass of all layers before
    std::vector<double> m_backward; ///< per layer: held while its backward pass runs, without any cuts
    std::vector<double> m_crossing; ///< per place: outputs of layers before that it or later ones use
    std::vector<std::size_t> m_places; ///< where it may be cut, with both ends
    std::vector<std::size_t> m_start;
};

} // namespace

std::vector<std::size_t> segmentCuts(const Network &network, const NetworkAnalysis &analysis)
{
    return network.empty() ? std::vector<std::size_t>() : SegmentPlanner(network, analysis).cuts();
}

} // namespace graft
