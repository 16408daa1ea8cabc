#include "graph/graphcommands.h"

#include "graph/graphcanvas.h"
#include "graph/graphrename.h"
#include "graph/graphview.h"

#include <algorithm>

namespace graft {

namespace {

/// The one box that is selected as a whole and shows, so that it can be given a name; -1 for none.
int nameable(const GraphCanvas &canvas)
{
    const int node = canvas.current();
    const bool isOne = node > 0 && !canvas.graph().tree().node(node).isRun && canvas.graph().item(node)
        && canvas.graph().selectedShare(node) == GraphScene::Share::All
        && canvas.graph().tree().node(node).layers.size() == canvas.graph().selection().size();
    return isOne ? node : -1;
}

} // namespace

void startRenaming(GraphView &view, GraphCanvas &canvas, int node)
{
    // A run is no block of the network: it has no name of its own.
    if (node <= 0 || !canvas.graph().item(node) || canvas.graph().tree().node(node).isRun)
        return;
    const TreeNode &named = canvas.graph().tree().node(node);
    const QString path = named.path;
    const LayerId layer = named.isBlock ? LayerId{} : canvas.graph().tree().layer(named.layers.front()).id;
    auto *editor = new NameEditor(canvas, node);
    QObject::connect(editor, &NameEditor::renamed, &view, [&view, path, layer](const QString &newPath) {
        if (layer.isValid())
            Q_EMIT view.renameRequested(layer, newPath);
        else
            Q_EMIT view.renameBlockRequested(path, newPath);
    });
}

std::vector<GraphCommand> editCommands(GraphView &view, GraphCanvas &canvas)
{
    const std::vector<LayerId> layers = canvas.selection();
    const bool hasLayers = !layers.empty();
    const int named = nameable(canvas);
    return {
        {GraphView::tr("Rename…"), {}, {Qt::Key_F2}, named > 0, [&view, &canvas, named] { startRenaming(view, canvas, named); }},
        {GraphView::tr("Duplicate"), {}, {Qt::CTRL | Qt::Key_D}, hasLayers, [&view, layers] { Q_EMIT view.duplicateRequested(layers); }},
        {GraphView::tr("Copy"), QStringLiteral("copy"), QKeySequence::keyBindings(QKeySequence::Copy), hasLayers,
            [&view, layers] { Q_EMIT view.copyRequested(layers); }},
        {GraphView::tr("Cut"), {}, QKeySequence::keyBindings(QKeySequence::Cut), hasLayers,
            [&view, layers] { Q_EMIT view.cutRequested(layers); }},
        {GraphView::tr("Paste"), {}, QKeySequence::keyBindings(QKeySequence::Paste), true, [&view] { Q_EMIT view.pasteRequested(); }},
        {GraphView::tr("Delete"), QStringLiteral("trash"), {Qt::Key_Delete, Qt::Key_Backspace}, hasLayers,
            [&view, layers] { Q_EMIT view.deleteRequested(layers); }},
    };
}

} // namespace graft
