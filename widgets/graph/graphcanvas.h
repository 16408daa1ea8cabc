#pragma once
#include "graph/graphscene.h"

#include <QGraphicsView>
#include <functional>
#include <optional>

class QMenu;

namespace graft {

/// The graph under the mouse and the keyboard: zooms, pans, selects, folds; part of GraphView.
class GraphCanvas : public QGraphicsView {
    Q_OBJECT

public:
    explicit GraphCanvas(QWidget *parent = nullptr);

    void setTree(BlockTree tree);
    [[nodiscard]] GraphScene &graph() const { return *m_scene; }
    void setSelection(const std::vector<LayerId> &layers);
    [[nodiscard]] std::vector<LayerId> selection() const;
    /// As the person does: says selectionChanged(). Indices into Network::layers().
    void select(std::set<int> layers);
    /// All of a tree node, which gets the keyboard.
    void selectNode(int node);
    /// The box or frame where the keyboard is, a tree node; 0 or less when it is nowhere.
    [[nodiscard]] int current() const { return m_current; }

    void fit();
    /// The whole graph when nothing is selected.
    void fitSelection();
    /// A unit of the scene becomes a pixel.
    void showActualSize();
    /// What lies over the upper edge (the search line) does not hide a fitted graph.
    void keepTopFree(int pixels);
    /// About the middle of the view.
    void zoom(double factor);
    void unfoldAll();
    void foldAll();
    void showLayer(LayerId layer);
    int search(const QString &text);
    /// Selects the layer of this number, from 0, that the search found, and shows it.
    void showFound(int index);
    [[nodiscard]] QImage grabGraph(double scale);
    /// The part of the scene that shows.
    [[nodiscard]] QRectF visibleScene() const;
    void moveTo(const QPointF &center);
    void rebuild();
    /// Whether the space bar is down, so that a drag pans wherever it begins.
    [[nodiscard]] bool holdsHand() const { return m_hand != Hand::None; }
    /// Paints over the graph at each paint, in the viewport's coordinates.
    void setForeground(std::function<void(QPainter &)> paint) { m_foreground = std::move(paint); }

Q_SIGNALS:
    void viewChanged();
    void selectionChanged(const std::vector<LayerId> &layers);
    void freezeRequested(const std::vector<LayerId> &layers, bool frozen);
    void replaceHeadRequested();
    void searchRequested();
    /// For what others do with a tree node (-1: with none, at that place in the scene).
    void menuOpening(QMenu &menu, int node, const QPointF &place);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    bool viewportEvent(QEvent *event) override;

private:
    /// What the view does when another picture of the graph comes.
    enum class Then {
        Stay,
        KeepAnchor, ///< what stands under the eye stays there
        Fit,
        ShowLayer
    };

    /// The space bar: with a drag it pans, without one it freezes.
    enum class Hand { None, Ready, Used };

    void beforeRedrawing(const DrawnGraph &next);
    void afterRedrawing();
    void bringIntoView(LayerId layer);
    [[nodiscard]] int anchorIn(const DrawnGraph &next) const;
    void toggle(int node);
    void changeFolding(std::set<int> unfolded, int anchor);
    void click(int node, Qt::KeyboardModifiers modifiers);
    void moveAlong(GraphScene::Direction direction);
    void toggleFrozen();
    void zoomAt(double factor, const QPoint &place);
    void setZoom(double zoom);
    [[nodiscard]] double zoomToFit(const QRectF &part) const;
    void fitTo(const QRectF &part, double largest);
    void pan(const QPoint &moved);
    void updateSceneRect();
    void updateCursor(const QPoint &place);
    void addFreezeActions(QMenu &menu, int node);
    [[nodiscard]] std::vector<LayerId> layersBefore(int node) const;
    [[nodiscard]] std::vector<LayerId> idsOf(const std::set<int> &layers) const;

    GraphScene *m_scene;
    std::function<void(QPainter &)> m_foreground;
    Then m_then = Then::Stay;
    int m_anchor = -1; ///< tree node, for Then::KeepAnchor
    std::optional<std::pair<QPointF, QPointF>> m_anchorPlace; ///< in the scene before, on the screen
    LayerId m_shownLayer; ///< for Then::ShowLayer
    int m_current = -1; ///< tree node: where the keyboard is and ranges start
    static constexpr double margin = 28; ///< pixels around a fitted graph
    double m_topMargin = margin;
    bool m_followsSize = true; ///< fits until the person zooms, pans or folds
    Hand m_hand = Hand::None;
    bool m_pressed = false;
    bool m_panning = false;
    QPoint m_pressPlace;
    QPoint m_lastPlace;
};

} // namespace graft
