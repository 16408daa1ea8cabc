#pragma once
#include "graph/graphgesture.h"

#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <vector>

class QMouseEvent;

namespace graft {

class GraphCanvas;

/// Hands the canvas' mouse to the gestures before the canvas gets it, paints them, moves the graph along when one is dragged to its edge.
class GraphGestures : public QObject {
    Q_OBJECT

public:
    explicit GraphGestures(GraphCanvas &canvas);
    ~GraphGestures() override;

    /// Earlier ones come first.
    void add(std::unique_ptr<GraphGesture> gesture);
    /// Paints below the gestures.
    void addPainter(std::function<void(QPainter &)> paint) { m_painters.push_back(std::move(paint)); }
    [[nodiscard]] bool isBusy() const { return m_active != nullptr; }

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool press(const QMouseEvent &event);
    bool move(const QMouseEvent &event);
    bool release(const QMouseEvent &event);
    void cancel();
    void hover(GraphGesture *gesture);
    void scrollAtEdge();
    void paint(QPainter &painter);

    GraphCanvas &m_canvas;
    std::vector<std::unique_ptr<GraphGesture>> m_gestures;
    std::vector<std::function<void(QPainter &)>> m_painters;
    GraphGesture *m_active = nullptr;
    GraphGesture *m_hovered = nullptr;
    QPointF m_place;
    QTimer m_edgeTimer;
};

} // namespace graft
