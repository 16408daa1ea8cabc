#pragma once
#include "graph/graphview.h"

#include <QByteArray>

namespace graft {

class GraphScene;

/// See GraphView::exportGraph().
[[nodiscard]] QByteArray exportGraph(GraphScene &graph, GraphFormat format, const QString &title);

} // namespace graft
