#include "graph/graphediting.h"

#include "graph/freezeline.h"
#include "graph/graphcanvas.h"
#include "graph/graphgestures.h"
#include "graph/graphview.h"
#include "graph/rubberband.h"

namespace graft {

GraphEditing::GraphEditing(GraphView &view, GraphCanvas &canvas)
    : QObject(&view), m_view(view), m_canvas(canvas), m_gestures(new GraphGestures(canvas))
{
    auto line
        = std::make_unique<FreezeLine>(canvas, [this](const std::vector<LayerId> &frozen) { Q_EMIT m_view.freezeLineRequested(frozen); });
    m_freezeLine = line.get();
    m_gestures->add(std::move(line));
    m_gestures->add(std::make_unique<RubberBand>(canvas));
}

void GraphEditing::setObstacle(const QRect &obstacle)
{
    m_freezeLine->setObstacle(obstacle.translated(-m_canvas.pos()));
}

} // namespace graft
