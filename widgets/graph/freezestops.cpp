#include "graph/freezestops.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace graft {

namespace {

constexpr double gap = 10; ///< half the least distance of two rows
constexpr double sameRow = 2;

} // namespace

FreezeStops::FreezeStops(const DrawnGraph &drawn) : m_tree(drawn.tree)
{
    std::vector<const PlacedNode *> boxes;
    for (const PlacedNode &placed : drawn.layout.nodes) {
        if (!placed.isFrame)
            boxes.push_back(&placed);
    }
    if (boxes.empty())
        return;
    std::sort(boxes.begin(), boxes.end(), [](const auto *one, const auto *two) { return one->rect.bottom() < two->rect.bottom(); });
    m_stops.push_back({boxes.front()->rect.top() - gap, {}});
    double bottom = boxes.front()->rect.top();
    for (const PlacedNode *box : boxes) {
        if (box->rect.bottom() > bottom + sameRow) {
            bottom = box->rect.bottom();
            m_stops.push_back({bottom + gap, {}});
        }
        m_stops.back().boxes.push_back(box->node);
    }
    const std::vector<Layer> &layers = m_tree->network().layers();
    std::unordered_map<int, int> indices;
    for (std::size_t index = 0; index < layers.size(); ++index) {
        indices.emplace(layers[index].id.value, int(index));
        std::vector<int> &inputs = m_inputs.emplace_back();
        for (const LayerId input : layers[index].inputs) {
            if (const auto found = indices.find(input.value); found != indices.end())
                inputs.push_back(found->second);
        }
    }
}

bool FreezeStops::hasParameters(int layer) const
{
    return m_tree->node(m_tree->leafOf(layer)).parameters > 0;
}

int FreezeStops::nearest(double y) const
{
    const auto above = [y](const Stop &stop) { return stop.y <= y; };
    const int after = int(std::partition_point(m_stops.begin(), m_stops.end(), above) - m_stops.begin());
    if (after == 0 || after == count())
        return std::clamp(after, 0, count() - 1);
    return m_stops[std::size_t(after)].y - y < y - m_stops[std::size_t(after) - 1].y ? after : after - 1;
}

std::vector<bool> FreezeStops::frozen(int stop) const
{
    std::vector<bool> layers(m_inputs.size(), false);
    for (int row = 0; row <= stop; ++row) {
        for (const int box : m_stops[std::size_t(row)].boxes) {
            for (const int layer : m_tree->node(box).layers)
                layers[std::size_t(layer)] = true;
        }
    }
    // Inputs come before their layers.
    for (std::size_t layer = layers.size(); layer-- > 0;) {
        if (!layers[layer])
            continue;
        for (const int input : m_inputs[layer])
            layers[std::size_t(input)] = true;
    }
    return layers;
}

int FreezeStops::next(int stop, int step) const
{
    const std::vector<bool> before = frozen(stop);
    for (int at = stop + step; at >= 0 && at < count(); at += step) {
        if (frozen(at) != before)
            return at;
    }
    return stop;
}

FreezeStops::Place FreezeStops::place() const
{
    const auto isDone = [this](int layer) { return m_tree->layer(layer).frozen || !hasParameters(layer); };
    const auto isOpen = [this](int layer) { return !m_tree->layer(layer).frozen && !hasParameters(layer); };
    const auto allOf = [this](const Stop &stop, const auto &condition) {
        return std::all_of(stop.boxes.begin(), stop.boxes.end(), [&](int box) {
            const std::vector<int> &layers = m_tree->node(box).layers;
            return std::all_of(layers.begin(), layers.end(), condition);
        });
    };
    int stop = 0;
    while (stop + 1 < count() && allOf(m_stops[std::size_t(stop) + 1], isDone))
        ++stop;
    // Not beyond what was frozen: the line stays where it was dropped.
    while (stop > 0 && allOf(m_stops[std::size_t(stop)], isOpen))
        --stop;
    Place place{stop, true};
    const std::vector<bool> before = count() > 0 ? frozen(stop) : std::vector<bool>();
    for (std::size_t layer = 0; layer < before.size(); ++layer) {
        if (hasParameters(int(layer)) && m_tree->layer(int(layer)).frozen != before[layer])
            place.isExact = false;
    }
    return place;
}

} // namespace graft
