#pragma once
#include "graph/graphitems.h"
#include "graph/graphmarks.h"

#include <QGraphicsScene>
#include <map>

namespace graft {

/// The drawn graph: which blocks are unfolded, what is selected, what the search finds.
class GraphScene : public QGraphicsScene {
    Q_OBJECT

public:
    enum class Share { None, Part, All };
    enum class Direction { Up, Down, Left, Right };

    using QGraphicsScene::QGraphicsScene;

    /// Returns whether it is another topology than before (then folding and selection start anew).
    bool setTree(BlockTree tree);
    [[nodiscard]] const BlockTree &tree() const { return m_tree; }
    [[nodiscard]] const GraphLayout &layout() const { return m_layout; }
    /// Another number after each change of tree, layout or folding.
    [[nodiscard]] int revision() const { return m_revision; }
    [[nodiscard]] LayerId classifier() const { return m_classifier; }

    [[nodiscard]] const std::set<int> &unfolded() const { return m_unfolded; }
    void setUnfolded(std::set<int> blocks);
    /// Unfolds what lies around a node.
    void reveal(int node);

    /// Indices into Network::layers().
    [[nodiscard]] const std::set<int> &selection() const { return m_selection; }
    void setSelection(std::set<int> layers);
    [[nodiscard]] Share selectedShare(int node) const;

    /// Lights up the layers whose name or type has the text in it; empty ends the search. Returns how many they are.
    int search(const QString &text);
    [[nodiscard]] const std::vector<int> &found() const { return m_found; }
    [[nodiscard]] bool isDimmed(int node) const;

    /// What is laid over the boxes; repaints follow by update().
    [[nodiscard]] GraphMarks &marks() { return m_marks; }
    [[nodiscard]] const GraphMarks &marks() const { return m_marks; }

    [[nodiscard]] NodeItem *item(int node) const; ///< nullptr when it is hidden in a folded block
    [[nodiscard]] NodeItem *itemAt(const QPointF &place) const; ///< box or frame's title
    /// The box or frame's title that is nearest; -1 in an empty graph.
    [[nodiscard]] int nearest(const QPointF &place) const;
    /// The box or frame's title that one comes to with an arrow key; -1 when there is none.
    [[nodiscard]] int neighbour(int node, Direction direction) const;
    /// The place's theme or language has changed.
    void rebuild();

private:
    BlockTree m_tree;
    GraphMarks m_marks;
    int m_revision = 0;
    GraphLayout m_layout;
    LayerId m_classifier;
    std::set<int> m_unfolded;
    std::set<int> m_selection;
    QString m_search;
    std::vector<int> m_found; ///< tree nodes of layers
    std::set<int> m_lit; ///< tree nodes: those found and all around them
    std::map<int, NodeItem *> m_items;
};

} // namespace graft
