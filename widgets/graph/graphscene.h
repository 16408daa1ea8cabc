#pragma once
#include "graph/graphlayouter.h"
#include "graph/graphmarks.h"
#include "graph/graphtransition.h"

#include <QGraphicsScene>
#include <QVariantAnimation>

namespace graft {

/// The drawn graph: which blocks are unfolded, what is selected, what the search finds. Paints itself as the scene's background; what is
/// drawn for it (texts, places, lines) comes from a worker where the graph is large, and the picture before stays until then.
class GraphScene : public QGraphicsScene {
    Q_OBJECT

public:
    enum class Share { None, Part, All };
    enum class Direction { Up, Down, Left, Right };

    explicit GraphScene(QObject *parent = nullptr);

    /// After an edit folding and selection stay; for another network they start anew.
    void setTree(BlockTree tree);
    /// What shows; behind setTree() by what the worker takes.
    [[nodiscard]] const BlockTree &tree() const { return *m_drawn->tree; }
    /// What was set last.
    [[nodiscard]] const BlockTree &newestTree() const { return *m_wanted.tree; }
    [[nodiscard]] const DrawnGraph &drawn() const { return *m_drawn; }
    [[nodiscard]] const GraphLayout &layout() const { return m_drawn->layout; }
    /// Lets the picture before glide into the one that shows now; for a slot of redrawn(). `shift` moves the one before.
    void glide(const QPointF &shift, int milliseconds);
    [[nodiscard]] const GraphTransition *transition() const { return m_transition.get(); }
    /// Another number after each change of what shows.
    [[nodiscard]] int revision() const { return m_revision; }
    [[nodiscard]] LayerId classifier() const { return m_classifier; }
    /// Whether what shows is older than what was asked for.
    [[nodiscard]] bool isBehind() const { return m_layouter.isBusy(); }
    /// Makes what shows the newest, waiting for it; returns the node of that tree that has the place of this node of tree().
    int catchUp(int node = 0);

    /// What is, or will soon be, unfolded.
    [[nodiscard]] const std::set<int> &unfolded() const { return m_wanted.unfolded; }
    void setUnfolded(std::set<int> blocks);
    /// Unfolds what lies around a node; returns whether anything was folded.
    bool reveal(int node);

    /// Indices into Network::layers().
    [[nodiscard]] const std::set<int> &selection() const { return m_selection; }
    void setSelection(const std::set<int> &layers);
    /// Also of layers that show only when the worker has done its work.
    void selectLayers(std::set<LayerId> layers);
    [[nodiscard]] const std::set<LayerId> &selectedLayers() const { return m_selectedLayers; }
    [[nodiscard]] Share selectedShare(int node) const;
    /// The tree node under the mouse; -1 for none.
    [[nodiscard]] int hovered() const { return m_hovered; }
    void setHovered(int node);
    [[nodiscard]] QString toolTip(int node) const;

    /// Lights up the layers that a LayerQuery of this text finds; empty ends the search. Returns how many they are.
    int search(const QString &text);
    [[nodiscard]] const std::vector<int> &found() const { return m_found; }
    [[nodiscard]] bool isDimmed(int node) const { return (!m_search.isEmpty() && !m_lit[std::size_t(node)]) || m_marks.isBarred(node); }

    /// At once; update() is lost while the scene holds that everything is to be painted already.
    void repaintViews();
    /// What is laid over the boxes; repaints follow by repaintViews().
    [[nodiscard]] GraphMarks &marks() { return m_marks; }
    [[nodiscard]] const GraphMarks &marks() const { return m_marks; }

    /// nullptr when it is hidden in a folded block. Valid until redrawn().
    [[nodiscard]] const NodeItem *item(int node) const { return m_drawn->item(node); }
    [[nodiscard]] const NodeItem *itemAt(const QPointF &place) const; ///< box or frame's title
    /// The box or frame's title that is nearest; -1 in an empty graph.
    [[nodiscard]] int nearest(const QPointF &place) const;
    /// The box or frame's title that one comes to with an arrow key; -1 when there is none.
    [[nodiscard]] int neighbour(int node, Direction direction) const;
    /// The place's theme or language has changed.
    void rebuild();

Q_SIGNALS:
    /// Before and after another picture takes the place of the one that shows.
    void redrawing(const graft::DrawnGraph &next);
    void redrawn();

protected:
    void drawBackground(QPainter *painter, const QRectF &exposed) override;

private:
    void draw();
    void show(const std::shared_ptr<const DrawnGraph> &drawn);
    void findSelected();

    GraphLayouter m_layouter;
    std::shared_ptr<const DrawnGraph> m_drawn;
    std::shared_ptr<const DrawnGraph> m_before; ///< while redrawn() is told
    std::unique_ptr<GraphTransition> m_transition;
    QVariantAnimation m_animation;
    DrawRequest m_wanted;
    GraphMarks m_marks;
    int m_revision = 0;
    LayerId m_classifier;
    std::set<LayerId> m_selectedLayers;
    std::set<int> m_selection; ///< the same in what shows
    std::vector<int> m_selectedCounts; ///< per tree node: layers within that are selected
    QString m_search;
    std::vector<int> m_found; ///< tree nodes of layers
    std::vector<char> m_lit; ///< per tree node: found, or around what is found
    int m_hovered = -1;
};

} // namespace graft
