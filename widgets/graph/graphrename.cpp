#include "graph/graphrename.h"

#include "graph/graphcanvas.h"

#include <QKeyEvent>
#include <algorithm>

namespace graft {

namespace {

constexpr int leastWidth = 150;

int nodeOf(const BlockTree &tree, const QString &path)
{
    const auto has = [&path](const TreeNode &node) { return node.path == path; };
    const auto found = std::find_if(tree.nodes().begin(), tree.nodes().end(), has);
    return found == tree.nodes().end() ? -1 : int(found - tree.nodes().begin());
}

} // namespace

NameEditor::NameEditor(GraphCanvas &canvas, int node) : QLineEdit(&canvas), m_canvas(canvas)
{
    const TreeNode &named = canvas.graph().tree().node(node);
    m_path = named.path;
    setText(named.name);
    selectAll();
    setAccessibleName(tr("Name of %1").arg(named.path));
    connect(&canvas, &GraphCanvas::viewChanged, this, &NameEditor::follow);
    connect(this, &QLineEdit::returnPressed, this, [this] { finish(true); });
    follow();
    show();
    setFocus(Qt::PopupFocusReason);
}

void NameEditor::follow()
{
    if (m_isDone)
        return;
    const int node = nodeOf(m_canvas.graph().tree(), m_path);
    const NodeItem *item = node < 0 ? nullptr : m_canvas.graph().item(node);
    if (!item) {
        finish(false);
        return;
    }
    const QRect box = m_canvas.mapFromScene(item->clickRect()).boundingRect();
    const int wide = std::max(leastWidth, box.width() * 2 / 3), high = sizeHint().height();
    setGeometry(box.right() - wide + 1, std::min(box.top(), box.center().y() - high / 2), wide, high);
}

bool NameEditor::event(QEvent *event)
{
    // Every key is meant for the text while it is edited.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
        event->accept();
    return QLineEdit::event(event);
}

void NameEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        finish(false);
        return;
    }
    QLineEdit::keyPressEvent(event);
    // The canvas around must not take what the line has no use for.
    event->accept();
}

void NameEditor::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        finish(true);
}

void NameEditor::finish(bool takes)
{
    if (std::exchange(m_isDone, true))
        return;
    const QString name = text().trimmed(), block = m_path.section(QLatin1Char('.'), 0, -2);
    const QString path = block.isEmpty() ? name : block + QLatin1Char('.') + name;
    hide();
    deleteLater();
    m_canvas.setFocus();
    if (takes && !name.isEmpty() && path != m_path)
        Q_EMIT renamed(path);
}

} // namespace graft
