#pragma once
#include "graph/graphcommands.h"

#include <QObject>
#include <QRect>

class QKeyEvent;
class QMenu;
class QMouseEvent;

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

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void findNextRequested(int by);

private:
    bool pressKey(QKeyEvent &event, bool isAnnouncement);
    bool doubleClick(const QMouseEvent &event);
    void fillMenu(QMenu &menu, int node);
    [[nodiscard]] std::vector<GraphCommand> keyCommands();

    GraphView &m_view;
    GraphCanvas &m_canvas;
    GraphGestures *m_gestures;
    FreezeLine *m_freezeLine;
};

} // namespace graft
