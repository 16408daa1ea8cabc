#pragma once
#include "graph/freezestops.h"
#include "graph/graphgesture.h"

#include <QRectF>
#include <functional>

namespace graft {

class GraphCanvas;

/// A line across the graph with a handle at its left: what lies above it is frozen. While it is dragged the boxes show what would be.
class FreezeLine : public GraphGesture {
public:
    /// Exactly these layers are to be frozen.
    using Request = std::function<void(const std::vector<LayerId> &frozen)>;
    FreezeLine(GraphCanvas &canvas, Request request);

    /// In the viewport, where the handle must not stand: what lies over the upper edge, and in a corner (the legend).
    void keepFree(double top, const QRectF &obstacle)
    {
        m_top = top;
        m_obstacle = obstacle;
    }
    /// Moves it by one row (step 1 or -1) at which something changes.
    void moveByRow(int step);
    /// What takes the mouse, in the viewport; empty without a graph.
    [[nodiscard]] QRectF handle();

    std::optional<Qt::CursorShape> hover(const QPointF &place, Qt::KeyboardModifiers modifiers) override;
    void leave() override { m_isHovered = false; }
    [[nodiscard]] QString tip(const QPointF &place) const override;
    bool press(const QPointF &place, Qt::KeyboardModifiers modifiers) override;
    void drag(const QPointF &place) override;
    void release(const QPointF &place) override;
    void cancel() override;
    void paint(QPainter &painter) override;

private:
    void follow();
    void endDrag();
    void request(const std::vector<bool> &frozen);
    [[nodiscard]] bool takes(const QPointF &place);
    [[nodiscard]] double lineY() const;
    [[nodiscard]] QString text() const;

    GraphCanvas &m_canvas;
    Request m_request;
    FreezeStops m_stops;
    int m_revision = -1;
    FreezeStops::Place m_place;
    double m_top = 0;
    QRectF m_obstacle;
    int m_dragged = -1; ///< the stop under the pointer while it is dragged
    int m_frozenCount = 0;
    bool m_hasPreview = false;
    bool m_isHovered = false;
};

} // namespace graft
