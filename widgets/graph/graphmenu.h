#pragma once
#include "graph/layeredits.h"

#include <QPoint>
#include <functional>

class QMenu;
class QString;
class QWidget;

namespace graft {

class GraphCanvas;
class GraphView;

/// "Freeze more": by type and by pattern; for what the menu was opened on.
void addFreezeChoices(QMenu &menu, GraphView &view, GraphCanvas &canvas, int node);
/// The learning-rate factor of what is selected.
void addRateChoices(QMenu &menu, GraphView &view, GraphCanvas &canvas);
/// Fit to what comes in, and, for one layer, make it the output.
void addShapeActions(QMenu &menu, GraphView &view, GraphCanvas &canvas, int node);
/// Rename, duplicate, …; with their shortcuts.
void addEditActions(QMenu &menu, GraphView &view, GraphCanvas &canvas);
/// Asks by name for what is to take this layer's output; `targets` are all that may.
void askForConnection(GraphView &view, const Network &network, LayerId from, std::vector<ConnectionTarget> targets);
/// A submenu of all layer types that can be added by hand, by category.
void addTypeMenu(QMenu &menu, const QString &title, const std::function<void(const QString &type)> &choose);

} // namespace graft
