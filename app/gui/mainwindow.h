#pragma once
#include "controllers/runcontroller.h"
#include "controllers/workbench.h"
#include "document/autosavefolder.h"
#include "document/steps.h"

#include <QMainWindow>

class QLabel;
class QSplitter;
class QStackedWidget;

namespace graft {

class Actions;
class Appearance;
class AugmentationPanel;
class CacheController;
class CacheRows;
class CompareController;
class CompareView;
class Autosave;
class DatasetView;
class Docks;
class EvaluationView;
class ExportPage;
class GalleryController;
class GalleryView;
class GraphView;
class InsightController;
class JobIndicator;
class MessageBar;
class PictureChecker;
class PredictionView;
class PreprocessingPanel;
class ProjectController;
class StartPage;
class StepBar;

/// Where the window keeps what it makes.
struct Places {
    std::filesystem::path runs; ///< a folder per run
    QString drawnPictures; ///< the demo data set; drawn when it is asked for
    std::filesystem::path autosave = {}; ///< what was not saved; empty = it is not kept
};

/// The one window: steps along the top, the step's page in the middle, panels around it. Shows the document and passes on what the person
/// wants.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Workbench &workbench, Appearance &appearance, const Places &places);
    ~MainWindow() override;

    [[nodiscard]] Step step() const { return m_step; }
    void goTo(Step step);
    void showGallery();
    /// A model, a folder of pictures or a picture: put where it belongs.
    void openPath(const QString &path);
    void openModel(const QString &reference);
    void openData(const QString &folder);
    void openProject(const QString &path);
    [[nodiscard]] Autosave &autosave() { return *m_autosave; }
    [[nodiscard]] RunController &runs() { return m_runs; }

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildPages();
    void buildTopBar();
    void buildStatusBar();
    void connectActions();
    void connectGraph();
    void connectPanels();
    void connectMemory();
    void connectHead();
    void connectTables();
    void connectPages();
    void connectWorkbench();
    void connectRun();
    void connectGallery();
    void connectCompare();
    void connectEditActions();
    void connectEditing();
    void connectGraphEditing();
    void connectGraphPorts();
    /// An edit of the model that may fail; its sentence goes to `explain`.
    template <typename Edit, typename Explanation>
    void edit(Edit change, Explanation explain)
    {
        if (!m_document.hasModel() || !mayEdit())
            return;
        if (const auto done = change(); !done)
            explain(done.error());
    }
    template <typename Edit>
    void edit(Edit change)
    {
        edit(change, [this](const Error &error) { showError(error); });
    }
    /// An edit that takes layers out.
    template <typename Edit>
    void removeLayers(Edit change)
    {
        const Network before = m_document.model().network;
        edit(change);
        sayOpenInputs(before);
    }
    void connectProject();
    void connectAutosave();
    void connectInsight();
    void connectForecast();
    void connectOverlays();
    void connectFeatures();

    void documentChanged(Changes changes);
    void refreshInsight(Changes changes);
    void refreshFeatures();
    void refreshNetwork();
    void refreshSelection();
    void refreshHead();
    void refreshData();
    void refreshJudge();
    void refreshPreprocessing();
    void refreshPrediction();
    void refreshExport();
    void suggestExportFile();
    void refreshSteps();
    void refreshPageSizes();
    void refreshRun();
    void refreshEditable();
    void refreshTitle();
    void refreshRecent();
    void fillChoices(const std::vector<DeviceDescription> &devices);
    void retranslate();

    [[nodiscard]] QString chooseModelFile(const QString &title); ///< empty when the person thinks better of it
    void askForModel();
    void askForComparison();
    void showComparison();
    void leaveComparison();
    void adoptWeights(const QString &reference);
    void askForGraphFile();
    /// What is asked about a cache before something is done.
    struct CacheQuestions {
        std::function<QString()> folder; ///< the title of the choice of one
        std::function<QString(const QString &size, const QString &folder)> clear;
    };
    void connectCache(CacheController &cache, CacheRows &rows, const CacheQuestions &questions);
    void askForCacheFolder(CacheController &cache, const QString &title);
    void askToClear(CacheController &cache, const CacheQuestions &questions);
    void askForData();
    void startAnew();
    void askForProject();
    void saveProject();
    void saveProjectAs();
    void projectOpened(const QString &path);
    void offerEarlierWork();
    void sayPutAside();
    void restoreWork(const UnsavedWork &work);
    void refreshEarlierWork();
    void openProjectData(const QString &folder);
    void askForPicture();
    void openDemo();
    /// Empty when the person thought better of it.
    [[nodiscard]] QString choosePicture(const QString &title);
    void predict(const QString &path);
    void lookAt(const QString &picturePath);
    void train();
    void freeze(const std::vector<LayerId> &layers, bool frozen);
    void replaceHead();
    void saveTable(const QString &text);
    void runEnded(const TrainingOutcome &outcome);
    void showError(const Error &error);
    /// What the person can do about it, offered as buttons.
    using Offers = std::vector<std::pair<Wording, std::function<void()>>>;
    void showNote(const Wording &text, const Offers &offers = {});
    /// After layers were taken out of `before`: whose input is missing since, as nothing that is left fits it.
    void sayOpenInputs(const Network &before);
    void refreshOpenInputs();
    /// Why no run can be started; empty when one can.
    [[nodiscard]] QString missingForRun() const;
    void showAbout();
    [[nodiscard]] bool mayEdit(); ///< false, with a word to the person, while a run lasts
    void remember(const QString &path);
    void restoreLayout();

    Workbench &m_workbench;
    Document &m_document;
    Appearance &m_appearance;
    Places m_places;
    RunController m_runs;
    Step m_step = Step::Model;
    bool m_closing = false;
    bool m_lastRunFailed = false;
    QString m_runMessage;
    std::vector<DeviceDescription> m_devices;
    int m_openInputsSince = -1; ///< the step that the note about open inputs is about; -1 when it is not shown
    LayerClip m_clip; ///< what was copied last; stays when another model is opened

    ProjectController *m_project = nullptr;
    Autosave *m_autosave = nullptr;
    std::vector<UnsavedWork> m_earlierWork;
    bool m_hasOfferedWork = false;
    bool m_hasPutAside = false; ///< and not said so yet
    Actions *m_actions = nullptr;
    Docks *m_docks = nullptr;
    StepBar *m_stepBar = nullptr;
    MessageBar *m_message = nullptr;
    QStackedWidget *m_pages = nullptr;
    StartPage *m_startPage = nullptr;
    GalleryView *m_gallery = nullptr;
    GalleryController *m_galleryController = nullptr;
    InsightController *m_insight = nullptr;
    CacheController *m_featureCache = nullptr;
    CacheController *m_decodedCache = nullptr;
    CompareView *m_compare = nullptr;
    CompareController *m_compareController = nullptr;
    GraphView *m_graph = nullptr;
    QSplitter *m_dataPage = nullptr;
    DatasetView *m_dataset = nullptr;
    PreprocessingPanel *m_preprocessing = nullptr;
    AugmentationPanel *m_augmentation = nullptr;
    PictureChecker *m_checker = nullptr;
    QSplitter *m_judgePage = nullptr;
    EvaluationView *m_evaluation = nullptr;
    PredictionView *m_prediction = nullptr;
    ExportPage *m_export = nullptr;
    JobIndicator *m_jobIndicator = nullptr;
    QLabel *m_runStatus = nullptr;
    QLabel *m_parameters = nullptr;
};

} // namespace graft
