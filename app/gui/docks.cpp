#include "gui/docks.h"
#include "document/steps.h"
#include "graph/layertable.h"
#include "graph/outlineview.h"
#include "gui/historyview.h"
#include "gui/logview.h"
#include "gui/problemsview.h"
#include "library/libraryview.h"
#include "plots/curvesview.h"
#include "plots/runpanel.h"
#include "properties/featuremapspanel.h"
#include "properties/forecastpanel.h"
#include "properties/headpanel.h"
#include "properties/layerpanel.h"
#include "properties/trainingpanel.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QMainWindow>
#include <utility>

namespace graft {
namespace {

constexpr int leftWidth = 300, rightWidth = 340, bottomHeight = 260, layerHeight = 420,
              forecastHeight = 380; // at first; the person may drag
constexpr int runPanelWidth = 300;

} // namespace

Docks::Docks(QMainWindow &window) : QObject(&window), m_window(window)
{
    window.setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowTabbedDocks | QMainWindow::AllowNestedDocks);
    window.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    window.setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    outline = new OutlineView;
    library = new LibraryView;
    history = new HistoryView;
    layer = new LayerPanel;
    head = new HeadPanel;
    training = new TrainingPanel;
    forecast = new ForecastPanel;
    features = new FeatureMapsPanel;
    run = new RunPanel;
    curves = new CurvesView;
    table = new LayerTable;
    problems = new ProblemsView;
    log = new LogView;
    auto *runAndCurves = new QWidget;
    auto *row = new QHBoxLayout(runAndCurves);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    run->setFixedWidth(runPanelWidth);
    row->addWidget(run);
    row->addWidget(curves, 1);

    m_outlineDock = add(QStringLiteral("outlineDock"), outline);
    m_libraryDock = add(QStringLiteral("libraryDock"), library);
    m_historyDock = add(QStringLiteral("historyDock"), history);
    m_layerDock = add(QStringLiteral("layerDock"), layer);
    m_headDock = add(QStringLiteral("headDock"), head);
    m_trainingDock = add(QStringLiteral("trainingDock"), training);
    m_forecastDock = add(QStringLiteral("forecastDock"), forecast);
    m_curvesDock = add(QStringLiteral("curvesDock"), runAndCurves);
    m_tableDock = add(QStringLiteral("tableDock"), table);
    m_featuresDock = add(QStringLiteral("featuresDock"), features);
    m_problemsDock = add(QStringLiteral("problemsDock"), problems);
    m_logDock = add(QStringLiteral("logDock"), log);
    connect(problems, &ProblemsView::countChanged, this, &Docks::setProblemCount);
    arrange();
    retranslate();
}

QDockWidget *Docks::add(const QString &name, QWidget *content)
{
    auto *dock = new QDockWidget(&m_window);
    dock->setObjectName(name);
    dock->setWidget(content);
    m_all.append(dock);
    connect(dock, &QDockWidget::visibilityChanged, this, [this, dock] {
        // Only what was shown meanwhile can be hidden by the person; the others' signals may come late.
        if (m_standAside && (!dock->isHidden() || m_chosenAside.contains(dock)))
            m_chosenAside[dock] = !dock->isHidden();
    });
    return dock;
}

void Docks::arrange()
{
    for (QDockWidget *dock : std::as_const(m_all)) {
        dock->setFloating(false);
        m_window.removeDockWidget(dock);
    }
    m_window.addDockWidget(Qt::LeftDockWidgetArea, m_outlineDock);
    m_window.tabifyDockWidget(m_outlineDock, m_libraryDock);
    m_window.tabifyDockWidget(m_libraryDock, m_historyDock);
    m_window.addDockWidget(Qt::RightDockWidgetArea, m_layerDock);
    m_window.splitDockWidget(m_layerDock, m_forecastDock, Qt::Vertical);
    m_window.tabifyDockWidget(m_layerDock, m_headDock);
    m_window.tabifyDockWidget(m_headDock, m_trainingDock);
    m_window.addDockWidget(Qt::BottomDockWidgetArea, m_curvesDock);
    m_window.tabifyDockWidget(m_curvesDock, m_tableDock);
    m_window.tabifyDockWidget(m_tableDock, m_featuresDock);
    m_window.tabifyDockWidget(m_featuresDock, m_problemsDock);
    m_window.tabifyDockWidget(m_problemsDock, m_logDock);
    for (QDockWidget *dock : std::as_const(m_all))
        dock->setVisible(!m_standAside);
    m_beforePage.clear();
    m_chosenAside.clear();
    m_window.resizeDocks({m_outlineDock, m_layerDock}, {leftWidth, rightWidth}, Qt::Horizontal);
    m_window.resizeDocks({m_curvesDock}, {bottomHeight}, Qt::Vertical);
    m_window.resizeDocks({m_layerDock, m_forecastDock}, {layerHeight, forecastHeight}, Qt::Vertical);
    m_outlineDock->raise();
    m_layerDock->raise();
    m_tableDock->raise(); // there are no curves before there is a run
}

void Docks::standAside(bool aside)
{
    if (m_standAside == aside)
        return;
    m_standAside = aside;
    if (aside) {
        m_beforePage = m_window.saveState();
        for (QDockWidget *dock : std::as_const(m_all))
            dock->hide();
        m_chosenAside.clear();
        return;
    }
    const auto chosen = std::exchange(m_chosenAside, {});
    if (m_beforePage.isEmpty())
        arrange();
    else {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest); // the page that goes does not hold its room against the docks
        m_window.restoreState(m_beforePage);
    }
    for (QDockWidget *dock : std::as_const(m_all))
        if (const auto choice = chosen.constFind(dock); choice != chosen.cend()) {
            dock->setVisible(*choice);
            raise(dock);
        }
}

void Docks::showFor(Step step, bool graphIsShown)
{
    standAside(!graphIsShown);
    if (!graphIsShown)
        return;
    switch (step) {
    case Step::Model: raise(m_layerDock); break;
    case Step::Adapt: raise(m_headDock); break;
    case Step::Train:
        raise(m_trainingDock);
        raise(m_curvesDock);
        break;
    default: break;
    }
}

void Docks::raise(QDockWidget *dock)
{
    if (!dock->isHidden())
        dock->raise();
}

void Docks::showLibrary()
{
    m_libraryDock->show();
    m_libraryDock->raise();
    library->focusSearch();
}

void Docks::showLayerPanel()
{
    m_layerDock->show();
    m_layerDock->raise();
}

void Docks::setProblemCount(int count)
{
    m_problemCount = count;
    retranslate();
}

void Docks::retranslate()
{
    m_outlineDock->setWindowTitle(tr("Outline"));
    m_libraryDock->setWindowTitle(tr("Library"));
    m_historyDock->setWindowTitle(tr("History"));
    m_layerDock->setWindowTitle(tr("Selected layer"));
    m_headDock->setWindowTitle(tr("Adapt"));
    m_trainingDock->setWindowTitle(tr("Training"));
    m_forecastDock->setWindowTitle(tr("Forecast"));
    m_curvesDock->setWindowTitle(tr("Run and curves"));
    m_tableDock->setWindowTitle(tr("Layers"));
    m_featuresDock->setWindowTitle(tr("Feature maps"));
    m_problemsDock->setWindowTitle(m_problemCount == 0 ? tr("Problems") : tr("Problems (%1)").arg(m_problemCount));
    m_logDock->setWindowTitle(tr("Log"));
}

} // namespace graft
