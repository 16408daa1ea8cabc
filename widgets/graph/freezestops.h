#pragma once
#include "graph/drawngraph.h"

#include <vector>

namespace graft {

/// Where a freeze line can stand in a drawn graph: above everything, and below each row of boxes. At a stop, all that lies above and all
/// that it depends on is frozen.
class FreezeStops {
public:
    FreezeStops() = default;
    explicit FreezeStops(const DrawnGraph &drawn);

    [[nodiscard]] int count() const { return int(m_stops.size()); } ///< 0 for an empty graph
    [[nodiscard]] double y(int stop) const { return m_stops[std::size_t(stop)].y; } ///< in the scene
    [[nodiscard]] int nearest(double y) const;
    /// Per index in Network::layers(): what is frozen with the line there.
    [[nodiscard]] std::vector<bool> frozen(int stop) const;
    /// The next stop (step 1 or -1) at which something else is frozen; the stop itself when there is none.
    [[nodiscard]] int next(int stop, int step) const;

    struct Place {
        int stop = 0;
        bool isExact = true; ///< false: something below is frozen too; the line stands where all above is frozen
    };
    /// Where the line stands for what the network has frozen; layers without parameters do not matter.
    [[nodiscard]] Place place() const;

private:
    struct Stop {
        double y = 0;
        std::vector<int> boxes; ///< tree nodes of the row that ends here
    };
    [[nodiscard]] bool hasParameters(int layer) const;

    std::shared_ptr<const BlockTree> m_tree;
    std::vector<Stop> m_stops;
    std::vector<std::vector<int>> m_inputs; ///< per layer, indices of its inputs
};

} // namespace graft
