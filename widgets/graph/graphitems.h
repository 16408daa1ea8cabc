#pragma once
#include "graph/boxtext.h"
#include "graph/nestedlayout.h"

#include <QPainterPath>

namespace graft {

/// A box or a frame as it is drawn: where it stands, what it says, where one folds it. A value; all places are in the scene.
class NodeItem {
public:
    using CategoryShare = std::pair<QString, double>;

    NodeItem(const BlockTree &tree, const PlacedNode &placed, BoxTexts texts);

    [[nodiscard]] int node() const { return m_placed.node; }
    [[nodiscard]] bool isFrame() const { return m_placed.isFrame; }
    [[nodiscard]] bool isBlock() const { return m_isBlock; }
    [[nodiscard]] int depth() const { return m_placed.depth; } ///< frames around it
    [[nodiscard]] const QRectF &rect() const { return m_placed.rect; }
    /// Where a click folds or unfolds; empty for a layer.
    [[nodiscard]] QRectF handleRect() const;
    /// What takes clicks: a box, or a frame's title.
    [[nodiscard]] QRectF clickRect() const;
    /// The same in another place.
    [[nodiscard]] NodeItem movedTo(const QRectF &rect) const;
    [[nodiscard]] const BoxTexts &texts() const { return m_texts; }
    void setTexts(BoxTexts texts) { m_texts = std::move(texts); }
    /// A box's categories with their share of its layers.
    [[nodiscard]] const std::vector<CategoryShare> &categories() const { return m_categories; }

private:
    PlacedNode m_placed;
    bool m_isBlock;
    BoxTexts m_texts;
    std::vector<CategoryShare> m_categories;
};

/// A line as it is drawn.
struct EdgeItem {
    explicit EdgeItem(PlacedEdge edge);
    PlacedEdge placed;
    QPainterPath path; ///< ends where the arrow begins
    QRectF bounds; ///< with the arrow
};

inline constexpr double arrowLength = 8;

} // namespace graft
