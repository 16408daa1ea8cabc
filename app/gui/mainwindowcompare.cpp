// The comparison of two networks, between the view and its controller.
#include "compare/compareview.h"
#include "controllers/comparecontroller.h"
#include "graph/graphview.h"
#include "gui/actions.h"
#include "gui/docks.h"
#include "gui/mainwindow.h"

#include <QStackedWidget>

namespace graft {

void MainWindow::connectCompare()
{
    m_compare = new CompareView;
    m_pages->addWidget(m_compare);
    m_compareController = new CompareController(m_workbench, this);
    connect(m_actions->compareWithOpened, &QAction::triggered, m_compareController, &CompareController::compareWithOpened);
    connect(m_actions->compareWithFile, &QAction::triggered, this, &MainWindow::askForComparison);
    connect(m_compare, &CompareView::compareWithFileRequested, this, &MainWindow::askForComparison);
    connect(m_compare, &CompareView::backRequested, this, &MainWindow::leaveComparison);
    connect(m_compare, &CompareView::layerRequested, this, [this](const QString &, const QString &name) {
        const Layer *layer = m_document.model().network.find(name.toStdString());
        if (!layer)
            return;
        goTo(Step::Model);
        m_document.select({layer->id});
        m_graph->showLayer(layer->id);
    });
    connect(m_compareController, &CompareController::started, this, [this](const Wording &text) {
        m_compare->setBusy(text);
        showComparison();
    });
    connect(m_compareController, &CompareController::compared, this,
        [this](const Comparison &comparison) { m_compare->setComparison(comparison.left, comparison.right, comparison.difference); });
    connect(m_compareController, &CompareController::failed, this, [this](const Error &error) {
        leaveComparison();
        showError(error);
    });
    connect(m_compareController, &CompareController::cancelled, this, [this] {
        if (m_pages->currentWidget() == m_compare)
            leaveComparison();
    });
}

void MainWindow::showComparison()
{
    m_docks->standAside(true);
    m_pages->setCurrentWidget(m_compare);
    m_compare->setFocus();
}

void MainWindow::leaveComparison()
{
    // To the graph as it was left, with no panel brought to the front.
    if (!showsGraph(m_step))
        return goTo(Step::Model);
    m_pages->setCurrentWidget(m_graph);
    m_docks->standAside(false);
}

void MainWindow::askForComparison()
{
    if (const QString path = chooseModelFile(tr("The model to compare with")); !path.isEmpty())
        m_compareController->compareWith(path);
}

} // namespace graft
