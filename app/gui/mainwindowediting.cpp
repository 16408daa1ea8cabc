// What the person does to the layers, passed on to the document.
#include "common/text.h"
#include "graph/graphview.h"
#include "gui/actions.h"
#include "gui/docks.h"
#include "gui/mainwindow.h"
#include "gui/messagebar.h"
#include "library/libraryview.h"
#include "properties/layerpanel.h"

namespace graft {

void MainWindow::connectEditing()
{
    connectGraphEditing();
    connectGraphPorts();
    LayerPanel *panel = m_docks->layer;
    connect(panel, &LayerPanel::attributeRequested, this,
        [this, panel](const std::vector<LayerId> &layers, const QString &name, const std::optional<AttributeValue> &value) {
            edit([&] { return m_document.setAttribute(layers, name, value); },
                [&](const Error &error) { panel->showAttributeError(name, fromEngine(error.message)); });
        });
    const auto explainName = [panel](const Error &error) { panel->showNameError(fromEngine(error.message)); };
    connect(panel, &LayerPanel::renameRequested, this, [this, explainName](LayerId layer, const QString &name) {
        edit([&] { return m_document.renameLayer(layer, name); }, explainName);
    });
    connect(panel, &LayerPanel::renameBlockRequested, this, [this, explainName](const QString &block, const QString &name) {
        edit([&] { return m_document.renameBlock(block, name); }, explainName);
    });
    connect(m_docks->library, &LibraryView::insertAfterRequested, this, [this](const QString &type) {
        const std::vector<LayerId> &selection = m_document.selection();
        edit([&] { return selection.empty() ? m_document.addLayer(type) : m_document.insertLayerBehind(type, selection.back()); });
        m_graph->setFocus(); // the new layer is chosen there: Delete and Ctrl+Z are about it
    });
}

void MainWindow::connectGraphEditing()
{
    connect(m_graph, &GraphView::deleteRequested, this,
        [this](const std::vector<LayerId> &layers) { removeLayers([&] { return m_document.removeLayers(layers); }); });
    connect(m_graph, &GraphView::duplicateRequested, this,
        [this](const std::vector<LayerId> &layers) { edit([&] { return m_document.duplicateLayers(layers); }); });
    connect(
        m_graph, &GraphView::copyRequested, this, [this](const std::vector<LayerId> &layers) { m_clip = m_document.copyLayers(layers); });
    connect(m_graph, &GraphView::cutRequested, this, [this](const std::vector<LayerId> &layers) {
        removeLayers([&] {
            auto clip = m_document.cutLayers(layers);
            if (clip)
                m_clip = *clip;
            return clip;
        });
    });
    connect(m_graph, &GraphView::pasteRequested, this, [this] {
        if (m_clip.empty())
            return showNote([] { return tr("There are no copied layers to paste; choose some and copy them first (Ctrl+C)."); });
        edit([&] { return m_document.pasteLayers(m_clip); });
    });
    connect(m_graph, &GraphView::renameRequested, this,
        [this](LayerId layer, const QString &name) { edit([&] { return m_document.renameLayer(layer, name); }); });
    connect(m_graph, &GraphView::renameBlockRequested, this,
        [this](const QString &block, const QString &name) { edit([&] { return m_document.renameBlock(block, name); }); });
    connect(m_graph, &GraphView::fitRequested, this,
        [this](const std::vector<LayerId> &layers) { edit([&] { return m_document.fitToInputs(layers); }); });
    connect(m_graph, &GraphView::outputRequested, this, [this](LayerId layer) { edit([&] { return m_document.setOutputLayer(layer); }); });
    connect(m_graph, &GraphView::learningRateFactorRequested, this, [this](const std::vector<LayerId> &layers, double factor) {
        if (mayEdit())
            m_document.setLearningRateFactor(layers, factor);
    });
    connect(m_graph, &GraphView::freezeLineRequested, this, [this](const std::vector<LayerId> &frozen) {
        if (mayEdit())
            m_document.freezeExactly(frozen);
    });
}

void MainWindow::sayOpenInputs(const Network &before)
{
    QStringList names;
    for (const Error &problem : m_document.problems()) {
        const Layer *now = m_document.model().network.find(problem.subject), *then = before.find(problem.subject);
        if (now && then && now->inputs.size() < then->inputs.size())
            names << fromEngine(now->name);
    }
    names.removeDuplicates();
    if (names.isEmpty())
        return;
    const auto text = [name = names.front(), count = static_cast<int>(names.size())] {
        return count == 1
            ? tr("%1 has an open input now: what came before does not fit it. Connect it, or undo.").arg(name)
            : tr("%n layers have an open input now: what came before does not fit them. Connect them, or undo.", nullptr, count);
    };
    showNote(text, {{[] { return tr("Undo"); }, [this] { m_actions->undo->trigger(); }}});
    m_openInputsSince = m_document.undoStack().index();
}

void MainWindow::refreshOpenInputs()
{
    if (m_openInputsSince < 0 || (m_document.undoStack().index() >= m_openInputsSince && !m_document.problems().empty()))
        return;
    m_message->dismissNote();
    m_openInputsSince = -1;
}

void MainWindow::connectGraphPorts()
{
    connect(m_graph, &GraphView::addRequested, this, [this](const QString &type) { edit([&] { return m_document.addLayer(type); }); });
    connect(m_graph, &GraphView::insertBehindRequested, this,
        [this](const QString &type, LayerId from) { edit([&] { return m_document.insertLayerBehind(type, from); }); });
    connect(m_graph, &GraphView::insertRequested, this,
        [this](const QString &type, LayerId, InputPort to) { edit([&] { return m_document.insertLayer(type, to); }); });
    connect(m_graph, &GraphView::connectRequested, this,
        [this](LayerId from, InputPort to) { edit([&] { return m_document.connectLayers(from, to); }); });
    connect(m_graph, &GraphView::disconnectRequested, this,
        [this](const std::vector<InputPort> &ports) { edit([&] { return m_document.disconnectInputs(ports); }); });
    connect(m_graph, &GraphView::reconnectRequested, this, [this](LayerId from, const std::vector<InputPort> &ports, InputPort to) {
        edit([&] { return m_document.reconnect(from, ports, to); });
    });
}

} // namespace graft
