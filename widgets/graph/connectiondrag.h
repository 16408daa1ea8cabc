#pragma once
#include "graph/graphgesture.h"
#include "graph/graphports.h"

namespace graft {

class GraphCanvas;

/// Pulls lines: from the port at a box's lower edge to another box's input, or an arrow away from where it ends. Boxes that the line fits
/// stand out meanwhile, those that it cannot end at step back.
class ConnectionDrag : public GraphGesture {
public:
    struct Requests {
        std::function<void(LayerId from, InputPort to)> connect;
        std::function<void(const std::vector<InputPort> &ports)> disconnect;
        std::function<void(LayerId from, const std::vector<InputPort> &ports, InputPort to)> reconnect;
    };
    ConnectionDrag(GraphCanvas &canvas, Requests requests);
    /// For the shapes of what shows.
    void setAnalysis(const NetworkAnalysis &analysis);
    [[nodiscard]] std::vector<ConnectionTarget> targetsOf(LayerId from) const;

    std::optional<Qt::CursorShape> hover(const QPointF &place, Qt::KeyboardModifiers modifiers) override;
    void leave() override;
    [[nodiscard]] QString tip(const QPointF &place) const override;
    bool press(const QPointF &place, Qt::KeyboardModifiers modifiers) override;
    void drag(const QPointF &place) override;
    void release(const QPointF &place) override;
    void cancel() override;
    void paint(QPainter &painter) override;

private:
    /// Where the output port of a box is, in the viewport.
    [[nodiscard]] QPointF portOf(const NodeItem &item) const;
    [[nodiscard]] const NodeItem *portAt(const QPointF &place) const;
    [[nodiscard]] const EdgeItem *arrowAt(const QPointF &place) const;
    void start(LayerId from, const QPointF &begin, std::vector<Connection> pulled);
    void finish();
    [[nodiscard]] QString label() const;
    void paintPort(QPainter &painter, const QPointF &place, bool isLit) const;
    void paintLine(QPainter &painter) const;

    GraphCanvas &m_canvas;
    Requests m_requests;
    NetworkAnalysis m_shapes; ///< ids and shapes, nothing else

    bool m_isActive = false;
    LayerId m_from;
    std::vector<Connection> m_pulled; ///< what the arrow stood for that is being pulled away
    std::vector<ConnectionTarget> m_targets;
    QPointF m_begin; ///< in the scene
    QPointF m_end; ///< in the viewport
    std::optional<ConnectionTarget> m_target; ///< under the pointer
    QPointF m_targetPlace; ///< in the scene
    bool m_hasMoved = false;
    int m_portNode = -1; ///< whose port is under the pointer
    std::optional<QPointF> m_arrow; ///< the arrow's tip under the pointer, in the scene
};

} // namespace graft
