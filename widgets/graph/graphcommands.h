#pragma once
#include <QKeySequence>
#include <QList>
#include <QString>
#include <functional>
#include <vector>

namespace graft {

class GraphCanvas;
class GraphView;

/// Something that keys and the menu do with what is selected in the graph.
struct GraphCommand {
    QString text;
    QString icon; ///< may be empty
    QList<QKeySequence> shortcuts; ///< the menu shows the first
    bool isEnabled = true;
    std::function<void()> run;
};

/// Rename, duplicate, copy, cut, paste, delete for the present selection, in the menu's order; what the person wants leaves by the view's
/// signals.
[[nodiscard]] std::vector<GraphCommand> editCommands(GraphView &view, GraphCanvas &canvas);

/// Opens the editor of a layer's or block's name.
void startRenaming(GraphView &view, GraphCanvas &canvas, int node);

} // namespace graft
