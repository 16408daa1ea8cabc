#pragma once
#include "graph/graphcommands.h"
#include "graph/graphports.h"

#include <QObject>
#include <QRect>
#include <QVariantAnimation>

class QKeyEvent;
class QMenu;
class QMouseEvent;

namespace graft {

class ConnectionDrag;
class FreezeLine;
class GraphCanvas;
class GraphGestures;
class GraphView;

/// Puts the gestures, keys and menus of a GraphView together; what the person wants leaves by the view's signals.
class GraphEditing : public QObject {
    Q_OBJECT

public:
    GraphEditing(GraphView &view, GraphCanvas &canvas);

    /// Where the freeze line's handle must not stand: above `top`, and on the legend; both in the view.
    void keepFree(int top, const QRect &legend);
    /// With each network.
    void setAnalysis(const NetworkAnalysis &analysis);

    /// Lets the eye find the layer, or the folded block around it.
    void flash(LayerId layer);
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void findNextRequested(int by);

private:
    bool pressKey(QKeyEvent &event, bool isAnnouncement);
    bool doubleClick(const QMouseEvent &event);
    void fillMenu(QMenu &menu, int node, const QPointF &place);
    void insert(const QString &type, const std::vector<Connection> &connections);
    void addConnections();
    void paintFlash(double strength);
    [[nodiscard]] std::vector<GraphCommand> keyCommands();

    GraphView &m_view;
    GraphCanvas &m_canvas;
    GraphGestures *m_gestures;
    FreezeLine *m_freezeLine;
    ConnectionDrag *m_connections;
    QVariantAnimation m_flash;
    LayerId m_flashed;
};

} // namespace graft
