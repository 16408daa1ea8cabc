#pragma once
#include "graph/farline.h"
#include "graph/graphtransition.h"

#include <QColor>
#include <QHash>
#include <QPainter>
#include <QPixmap>

namespace graft {

// Below these zooms a box says less.
inline constexpr double nearZoom = 0.74;
inline constexpr double farZoom = 0.2;
inline constexpr double smallZoom = 0.32; ///< rounded corners and hatching are no more seen
inline constexpr double speckZoom = 0.11; ///< a box is a few pixels high: plain colour
inline constexpr double edgeZoom = 0.035; ///< a gap between two boxes is less than a pixel

class GraphMarks;
class GraphScene;

/// How a box looks by what training does to it: frozen cool and hatched, trainable warm, without parameters plain.
struct StateColors {
    QColor fill, border;
    QColor hatch; ///< invalid = none
};
[[nodiscard]] StateColors stateColors(bool isFrozen, bool hasParameters);
/// Diagonals within a rectangle, without the cost of clipping.
[[nodiscard]] QList<QLineF> hatching(const QRectF &rect, double spacing);

/// Paints a part of the graph, in the present palette, with as much as the painter's zoom lets one read. Made for one painting.
class GraphPainter {
public:
    /// A picture for others shows neither selection nor what lies under the mouse or what the search steps back.
    enum class Purpose { Screen, Export };

    GraphPainter(const GraphScene &graph, QPainter &painter, Purpose purpose = Purpose::Screen);
    void paint(const QRectF &exposed);

private:
    void paintStill(const QRectF &exposed);
    void paintGliding(const QRectF &exposed);
    void paintAt(const NodeItem &item, const GraphTransition::Pose &pose);
    void paintLeaving(const NodeItem &item, const GraphTransition::Pose &pose);
    void paintNames();
    void paintFrame(const NodeItem &item);
    void paintBox(const NodeItem &item);
    void paintEdge(const EdgeItem &item);
    void paintGround(const NodeItem &item);
    void paintSpeck(const NodeItem &item);
    void paintSmallGround(const NodeItem &item);
    void paintStripe(const NodeItem &item);
    void paintNear(const NodeItem &item);
    void paintFar(const NodeItem &item);
    void paintText(const NodeItem &item, const QRectF &line, Qt::Alignment side, const QString &text);
    [[nodiscard]] QRectF frozenPart(const NodeItem &item, double share) const;
    void paintOutline(const NodeItem &item, const QColor &color);
    void paintHandle(const NodeItem &item);
    void paintFrozenMark(QRectF &line, const QColor &color);
    void paintStatisticsMark(QRectF &line, const QColor &color);
    void paintTitle(const NodeItem &item);
    [[nodiscard]] bool isDimmed(int node) const;
    [[nodiscard]] bool isHovered(int node) const;
    [[nodiscard]] bool isSelected(int node) const; ///< as a whole
    [[nodiscard]] const StateColors &colors(bool isFrozen, bool hasParameters) const;
    [[nodiscard]] const TreeNode &treeNode(const NodeItem &item) const;
    [[nodiscard]] QColor titleColor(const NodeItem &item);
    [[nodiscard]] QColor categoryShade(const QString &category);

    const GraphScene &m_graph;
    const GraphMarks &m_marks;
    QPainter &m_painter;
    Purpose m_purpose;
    double m_zoom;
    bool m_isCrowded = false; ///< so many boxes show that they are plain rectangles
    bool m_isUnreadable = false; ///< so many that their letters are left out
    double m_opacity = 1; ///< of what comes or goes
    GraphFonts m_fonts;
    FarLineFitter m_farLines;
    QColor m_ground, m_ink, m_muted, m_accent, m_frozen, m_line, m_border;
    StateColors m_states[2][2];
    QHash<QString, QColor> m_categories;
    QHash<QRgb, QPixmap> m_snowflakes;
};

} // namespace graft
