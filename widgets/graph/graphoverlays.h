#pragma once
#include <QPixmap>
#include <QWidget>

namespace graft {

class GraphCanvas;

/// The whole graph, small, with the part that shows; a click or a drag goes there. Hides itself while everything shows.
class GraphMinimap : public QWidget {
    Q_OBJECT

public:
    explicit GraphMinimap(GraphCanvas &canvas, QWidget *parent = nullptr);
    /// The canvas shows another part or another graph.
    void follow();
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] double scale() const;
    [[nodiscard]] QPixmap picture() const;
    /// Scene to this widget.
    [[nodiscard]] QTransform transform() const;
    void goTo(const QPointF &place);

    GraphCanvas &m_canvas;
    QPixmap m_picture; ///< of the boxes; null when they have changed
};

} // namespace graft
