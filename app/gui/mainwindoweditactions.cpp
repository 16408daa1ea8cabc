// The Edit menu's and the Layers menu's commands for the chosen layers.
#include "graph/graphview.h"
#include "graph/layertable.h"
#include "graph/outlineview.h"
#include "gui/actions.h"
#include "gui/docks.h"
#include "gui/mainwindow.h"
#include "properties/layerpanel.h"

namespace graft {

void MainWindow::connectEditActions()
{
    const auto on = [this](QAction *action, auto what) { connect(action, &QAction::triggered, this, what); };
    const auto onSelection = [this, on](QAction *action, auto signal) {
        on(action, [this, signal] {
            if (!m_document.selection().empty())
                Q_EMIT(m_graph->*signal)(m_document.selection());
        });
    };
    onSelection(m_actions->cut, &GraphView::cutRequested);
    onSelection(m_actions->copy, &GraphView::copyRequested);
    onSelection(m_actions->duplicate, &GraphView::duplicateRequested);
    onSelection(m_actions->remove, &GraphView::deleteRequested);
    on(m_actions->paste, [this] { Q_EMIT m_graph->pasteRequested(); });
    on(m_actions->rename, [this] {
        m_docks->showLayerPanel();
        m_docks->layer->editName();
    });
    on(m_actions->selectAll, [this] {
        std::vector<LayerId> all;
        for (const Layer &layer : m_document.model().network.layers())
            all.push_back(layer.id);
        m_document.select(all);
    });
    on(m_actions->addLayer, [this] { m_docks->showLibrary(); });
    m_docks->outline->addActions(m_actions->layerEdits()); // the graph takes these keys itself
    for (QAction *action : {m_actions->duplicate, m_actions->remove, m_actions->rename})
        m_docks->table->addAction(action); // which copies its rows as text
}

} // namespace graft
