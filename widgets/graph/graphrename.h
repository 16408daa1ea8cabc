#pragma once
#include <QLineEdit>

namespace graft {

class GraphCanvas;

/// The name of a layer or block, typed where it stands in the graph. Enter takes it, so does a click elsewhere; Escape leaves it as it was.
/// Follows its box; deletes itself when done.
class NameEditor : public QLineEdit {
    Q_OBJECT

public:
    /// `node` must show.
    NameEditor(GraphCanvas &canvas, int node);

Q_SIGNALS:
    /// The whole dotted name; another than before.
    void renamed(const QString &newPath);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    void follow();
    void finish(bool takes);

    GraphCanvas &m_canvas;
    QString m_path;
    bool m_isDone = false;
};

} // namespace graft
