#pragma once
#include "graph/nestedlayout.h"

#include <QColor>
#include <QFont>
#include <QGraphicsItem>

namespace graft {

class GraphScene;

/// How a box looks by what training does to it: frozen cool and hatched, trainable warm, without parameters plain.
struct StateColors {
    QColor fill, border;
    QColor hatch; ///< invalid = none
};
[[nodiscard]] StateColors stateColors(bool isFrozen, bool hasParameters);
/// Diagonals within a rectangle, without the cost of clipping.
[[nodiscard]] QList<QLineF> hatching(const QRectF &rect, double spacing);

/// What a box says. Widths do not depend on what is frozen, so that freezing moves nothing.
struct BoxTexts {
    QString title; ///< a layer's type, a block's name
    QString name; ///< a layer's name, a block's number of inner blocks
    QString detail; ///< settings, or sums
    QString shape;
};
[[nodiscard]] BoxTexts boxTexts(const BlockTree &tree, int node);

struct GraphFonts {
    QFont title, text;
};
[[nodiscard]] GraphFonts graphFonts();
/// The size of a node's box, or of its frame's title.
[[nodiscard]] QSizeF boxSize(const BlockTree &tree, int node, const GraphFonts &fonts, bool isFrame);

/// A box or a frame: knows its tree node and where one folds it.
class NodeItem : public QGraphicsItem {
public:
    enum { Type = UserType + 1 };
    NodeItem(const GraphScene &scene, const PlacedNode &placed);

    [[nodiscard]] int type() const override { return Type; }
    [[nodiscard]] int node() const { return m_placed.node; }
    [[nodiscard]] bool isFrame() const { return m_placed.isFrame; }
    [[nodiscard]] const QRectF &rect() const { return m_placed.rect; }
    /// Where a click folds or unfolds, in the scene; empty for a layer.
    [[nodiscard]] QRectF handleRect() const;
    /// What takes clicks: a box, or a frame's title. In the scene.
    [[nodiscard]] QRectF clickRect() const;

    [[nodiscard]] QRectF boundingRect() const override;
    [[nodiscard]] QPainterPath shape() const override;

protected:
    void hoverEnterEvent(QGraphicsSceneHoverEvent *event) override;
    void hoverLeaveEvent(QGraphicsSceneHoverEvent *event) override;

    [[nodiscard]] const TreeNode &treeNode() const;
    [[nodiscard]] bool isHovered() const { return m_hovered; }
    void paintOutline(QPainter &painter, double zoom, const QColor &color) const;
    void paintHandle(QPainter &painter) const;

    const GraphScene &m_graph;

private:
    PlacedNode m_placed;
    bool m_hovered = false;
};

class BoxItem : public NodeItem {
public:
    BoxItem(const GraphScene &scene, const PlacedNode &placed, const GraphFonts &fonts);
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    void paintGround(QPainter &painter, double zoom) const;
    void paintStripe(QPainter &painter) const;
    void paintNear(QPainter &painter) const;
    void paintFar(QPainter &painter, double zoom) const;

    GraphFonts m_fonts;
    BoxTexts m_texts;
    std::vector<std::pair<QString, double>> m_categories; ///< with their share of the layers
};

class FrameItem : public NodeItem {
public:
    FrameItem(const GraphScene &scene, const PlacedNode &placed, const GraphFonts &fonts);
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    void paintTitle(QPainter &painter, double zoom) const;

    GraphFonts m_fonts;
    BoxTexts m_texts;
    int m_depth;
};

class EdgeItem : public QGraphicsItem {
public:
    EdgeItem(const GraphScene &scene, const PlacedEdge &placed);
    [[nodiscard]] QRectF boundingRect() const override;
    [[nodiscard]] QPainterPath shape() const override { return {}; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;
    [[nodiscard]] const PlacedEdge &placed() const { return m_placed; }

private:
    const GraphScene &m_graph;
    PlacedEdge m_placed;
    QPainterPath m_path;
};

} // namespace graft
