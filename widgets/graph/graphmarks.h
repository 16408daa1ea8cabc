#pragma once
#include "graph/drawngraph.h"
#include "graph/graphoverlay.h"
#include "graph/overlayscale.h"

#include <QStringList>
#include <optional>
#include <set>

class QPainter;
class QRectF;

namespace graft {

/// What is laid over the boxes of a graph: an overlay's colours, problems, a freezing that is only tried, what a new line may end at. It
/// changes no size and no place, so that all of it is a repaint.
class GraphMarks {
public:
    /// After each change of what shows or of the look; the graph must outlive its use here.
    void setGraph(const DrawnGraph &drawn);

    void setOverlay(GraphOverlay overlay);
    [[nodiscard]] const GraphOverlay &overlay() const { return m_overlay; }
    /// Of the boxes that show; a frame may lie beyond it.
    [[nodiscard]] const OverlayScale &scale() const { return m_scale; }
    /// Whether boxes have an overlay's colours instead of those of frozen and trainable; not while a freezing is tried.
    [[nodiscard]] bool isColored() const { return m_overlay.kind != GraphOverlay::Kind::Training && !m_preview; }
    /// Valid only while isColored().
    [[nodiscard]] QColor fill(int node) const;
    /// For texts on the box: the fallback, or what reads on the overlay's colour.
    [[nodiscard]] QColor ink(int node, const QColor &fallback) const;
    /// "25.6 M"; empty unless isColored().
    [[nodiscard]] QString figure(int node) const;

    /// Shows these layers (indices into Network::layers()) as the only frozen ones; nothing = the network's state again.
    void setFreezePreview(std::optional<std::vector<bool>> frozen);
    [[nodiscard]] double frozenShare(int node) const;

    void setProblems(std::vector<std::pair<LayerId, QString>> problems);
    [[nodiscard]] QStringList problems(int node) const;

    /// Tree nodes, while a line is pulled.
    struct Targets {
        std::set<int> lit; ///< where it may end: stand out
        std::set<int> around; ///< where it begins, and frames around those: stay as they are; all others step back
    };
    void setTargets(std::optional<Targets> targets) { m_targets = std::move(targets); }
    [[nodiscard]] bool isBarred(int node) const { return m_targets && !m_targets->lit.contains(node) && !m_targets->around.contains(node); }

    /// Lets a node flash: 1 = now … 0 = no more.
    void setFlash(int node, double strength);

    /// Whether normalization layers within keep to the statistics they have learnt.
    [[nodiscard]] bool keepsStatistics(int node) const;
    /// What the marks mean, for the tool tip.
    [[nodiscard]] QStringList explanations(int node) const;
    /// Paints the marks over a box or frame whose clickable part is `title`.
    void paint(QPainter &painter, int node, const QRectF &title, double zoom) const;

private:
    void makeColors();
    void makeShares();
    void makeProblems();

    const DrawnGraph *m_drawn = nullptr;
    const BlockTree *m_tree = nullptr;
    GraphOverlay m_overlay;
    OverlayScale m_scale;
    std::vector<double> m_figures; ///< per tree node
    std::vector<QColor> m_fills; ///< per tree node; invalid = no colour
    std::optional<std::vector<bool>> m_preview;
    std::vector<double> m_shares; ///< per tree node, while there is a preview
    std::vector<std::pair<LayerId, QString>> m_problems;
    std::vector<std::vector<int>> m_problemsOf; ///< per tree node, indices into m_problems; empty when there are none
    std::optional<Targets> m_targets;
    int m_flashing = -1;
    double m_flash = 0;
};

} // namespace graft
