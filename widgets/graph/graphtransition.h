#pragma once
#include "graph/drawngraph.h"

namespace graft {

/// The way from one picture of a graph to the next: boxes glide, what is unfolded grows out of its block, what is folded shrinks into it.
class GraphTransition {
public:
    /// How something is painted on the way.
    struct Pose {
        QRectF rect; ///< where it stands now
        double opacity = 1;
    };

    /// `shift` moves all of `from`, so that what stays on the screen has the same place in both.
    GraphTransition(std::shared_ptr<const DrawnGraph> from, std::shared_ptr<const DrawnGraph> to, const QPointF &shift);

    void setProgress(double progress) { m_progress = progress; } ///< 0 … 1
    [[nodiscard]] double progress() const { return m_progress; }
    [[nodiscard]] const DrawnGraph &to() const { return *m_to; }
    /// Of to().items[index].
    [[nodiscard]] Pose pose(std::size_t index) const;
    /// How an end of a line that belongs to a node of to() has moved away from its place.
    [[nodiscard]] QPointF offset(int node) const;
    /// Whether a line was there before: it need not fade in.
    [[nodiscard]] bool wasThere(const PlacedEdge &edge) const;
    /// Items of the picture before that vanish.
    [[nodiscard]] const std::vector<NodeItem> &leaving() const { return m_leaving; }
    [[nodiscard]] Pose leavingPose(std::size_t index) const;

private:
    struct Way {
        QRectF start;
        bool isKept = false; ///< there before, too
    };

    [[nodiscard]] Way wayTo(const NodeItem &item) const;
    [[nodiscard]] QRectF between(const QRectF &start, const QRectF &end) const;

    std::shared_ptr<const DrawnGraph> m_from, m_to;
    QPointF m_shift;
    std::vector<int> m_before; ///< per node of to()'s tree: the node of the tree before; -1 for none
    std::vector<Way> m_ways; ///< per item of to()
    std::vector<NodeItem> m_leaving;
    std::vector<QRectF> m_ends; ///< per leaving item
    double m_progress = 0;
};

} // namespace graft
