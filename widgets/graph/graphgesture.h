#pragma once
#include <QPointF>
#include <QString>
#include <Qt>
#include <optional>

class QPainter;

namespace graft {

/// One thing that the left button does to the graph besides selecting and moving about. Places are in the canvas' viewport.
class GraphGesture {
public:
    GraphGesture() = default;
    GraphGesture(const GraphGesture &) = delete;
    GraphGesture &operator=(const GraphGesture &) = delete;
    virtual ~GraphGesture() = default;

    /// What the pointer looks like over something that the gesture takes; nothing elsewhere.
    [[nodiscard]] virtual std::optional<Qt::CursorShape> hover(const QPointF &place, Qt::KeyboardModifiers modifiers) = 0;
    /// The pointer has left, or another gesture has it.
    virtual void leave() { }
    [[nodiscard]] virtual QString tip(const QPointF &) const { return {}; }

    /// Whether it begins here; drag() follows, and then either release() or cancel().
    [[nodiscard]] virtual bool press(const QPointF &place, Qt::KeyboardModifiers modifiers) = 0;
    virtual void drag(const QPointF &place) = 0;
    virtual void release(const QPointF &place) = 0;
    virtual void cancel() = 0;

    virtual void paint(QPainter &painter) = 0;
};

} // namespace graft
