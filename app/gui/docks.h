#pragma once
#include <QDockWidget>
#include <QHash>
#include <QList>
#include <QObject>

class QMainWindow;

namespace graft {

class CurvesView;
class FeatureMapsPanel;
class ForecastPanel;
class HeadPanel;
class HistoryView;
class LayerPanel;
class LayerTable;
class LibraryView;
class LogView;
class OutlineView;
class ProblemsView;
class RunPanel;
class TrainingPanel;
enum class Step;

/// The panels around the graph. They float, hide, and come back where they were; on pages without the graph they stand aside.
class Docks : public QObject {
    Q_OBJECT
public:
    explicit Docks(QMainWindow &window);

    OutlineView *outline = nullptr;
    LibraryView *library = nullptr;
    HistoryView *history = nullptr;
    LayerPanel *layer = nullptr;
    HeadPanel *head = nullptr;
    TrainingPanel *training = nullptr;
    ForecastPanel *forecast = nullptr;
    FeatureMapsPanel *features = nullptr;
    RunPanel *run = nullptr;
    CurvesView *curves = nullptr;
    LayerTable *table = nullptr;
    ProblemsView *problems = nullptr;
    LogView *log = nullptr;

    [[nodiscard]] const QList<QDockWidget *> &all() const { return m_all; }
    /// Back to where they are at first.
    void arrange();
    /// Shows the docks beside the graph, with those of this step to the front; hides all on other pages.
    void showFor(Step step, bool graphIsShown);
    /// Hides the docks, or shows them again as they were, with the same ones to the front; those that the person shows or hides meanwhile
    /// stay so.
    void standAside(bool aside);
    /// Brings the panel to the front, with the keyboard in it.
    void showLibrary();
    void showLayerPanel();
    void retranslate();
    void setProblemCount(int count);

private:
    QDockWidget *add(const QString &name, QWidget *content);
    void raise(QDockWidget *dock);

    QMainWindow &m_window;
    QList<QDockWidget *> m_all;
    QByteArray m_beforePage; ///< how they were when they stood aside; empty = back to where they are at first
    QHash<QDockWidget *, bool> m_chosenAside; ///< whether the person wants them shown, said since they stood aside
    QDockWidget *m_outlineDock, *m_libraryDock, *m_historyDock, *m_layerDock, *m_headDock, *m_trainingDock, *m_forecastDock,
        *m_featuresDock, *m_curvesDock, *m_tableDock, *m_problemsDock, *m_logDock;
    bool m_standAside = false;
    int m_problemCount = 0;
};

} // namespace graft
