#pragma once
#include "graph/analysis.h"

#include <QObject>
#include <QRect>

namespace graft {

class FreezeLine;
class GraphCanvas;
class GraphGestures;
class GraphView;

/// Puts the gestures, keys and menus of a GraphView together; what the person wants leaves by the view's signals.
class GraphEditing : public QObject {
    Q_OBJECT

public:
    GraphEditing(GraphView &view, GraphCanvas &canvas);

    /// In the view, where the freeze line's handle must not stand.
    void setObstacle(const QRect &obstacle);

private:
    GraphView &m_view;
    GraphCanvas &m_canvas;
    GraphGestures *m_gestures;
    FreezeLine *m_freezeLine;
};

} // namespace graft
