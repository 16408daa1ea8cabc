#pragma once
#include "graph/graphgesture.h"

#include <QRectF>

namespace graft {

class GraphCanvas;

/// Shift and drag on the ground: selects what the rectangle touches, besides what is selected already with Ctrl.
class RubberBand : public GraphGesture {
public:
    explicit RubberBand(GraphCanvas &canvas) : m_canvas(canvas) { }

    std::optional<Qt::CursorShape> hover(const QPointF &place, Qt::KeyboardModifiers modifiers) override;
    bool press(const QPointF &place, Qt::KeyboardModifiers modifiers) override;
    void drag(const QPointF &place) override;
    void release(const QPointF &place) override;
    void cancel() override { m_isActive = false; }
    void paint(QPainter &painter) override;

private:
    [[nodiscard]] QRectF rect() const; ///< in the scene

    GraphCanvas &m_canvas;
    bool m_isActive = false;
    bool m_adds = false;
    QPointF m_from, m_to; ///< in the scene, so that the graph may move meanwhile
};

} // namespace graft
