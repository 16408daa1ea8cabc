#pragma once
#include "graph/graphports.h"

#include <QObject>

class QDropEvent;
class QPainter;

namespace graft {

class GraphCanvas;

/// Takes layer types that are dragged from the library: onto a line they are inserted there, onto a box behind it, onto the ground they are
/// added. What would take it lights up.
class LibraryDrop : public QObject {
    Q_OBJECT

public:
    explicit LibraryDrop(GraphCanvas &canvas);
    void paint(QPainter &painter) const;

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void inserted(const QString &type, const std::vector<graft::Connection> &connections);
    void insertedBehind(const QString &type, graft::LayerId from);
    void added(const QString &type);

private:
    void follow(const QPointF &place);
    void leave();
    void drop(const QDropEvent &event);
    /// The line under the pointer.
    [[nodiscard]] const EdgeItem *edge() const;
    /// The box under the pointer, where there is no line.
    [[nodiscard]] const NodeItem *box() const;
    [[nodiscard]] QString label() const;

    GraphCanvas &m_canvas;
    bool m_isOver = false;
    QPointF m_place; ///< in the viewport
    QString m_type;
};

} // namespace graft
