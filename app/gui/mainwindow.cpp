#include "gui/mainwindow.h"
#include "common/text.h"
#include "controllers/autosave.h"
#include "controllers/cachecontroller.h"
#include "controllers/gallerycontroller.h"
#include "controllers/insightcontroller.h"
#include "controllers/picturechecker.h"
#include "core/cachefolder.h"
#include "data/datasetview.h"
#include "data/evaluationview.h"
#include "data/predictionview.h"
#include "formats/format.h"
#include "gallery/galleryview.h"
#include "gallery/weightscache.h"
#include "graph/graphview.h"
#include "graph/layertable.h"
#include "gui/actions.h"
#include "gui/appearance.h"
#include "gui/docks.h"
#include "gui/exportpage.h"
#include "gui/jobindicator.h"
#include "gui/logview.h"
#include "gui/messagebar.h"
#include "gui/startpage.h"
#include "gui/stepbar.h"
#include "plots/runpanel.h"
#include "properties/augmentationpanel.h"
#include "properties/preprocessingpanel.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QToolBar>
#include <QVBoxLayout>

namespace graft {
namespace {

/// "*.pth *.pt …": what any of the formats reads.
QString readablePatterns()
{
    QStringList patterns;
    for (const Format &format : formats().all())
        for (const std::string &extension : format.extensions)
            if (const QString pattern = "*." + QString::fromStdString(extension); format.read && !patterns.contains(pattern))
                patterns << pattern;
    return patterns.join(' ') + QStringLiteral(" *.graft");
}

constexpr int recentLimit = 8;
constexpr int layoutVersion = 1;
const QString recentKey = QStringLiteral("recentFiles");
const QString geometryKey = QStringLiteral("window/geometry");
const QString stateKey = QStringLiteral("window/state");
const QString columnsKey = QStringLiteral("window/columns");
const QString modelFolderKey = QStringLiteral("folders/model");
const QString dataFolderKey = QStringLiteral("folders/data");
const QString pictureFolderKey = QStringLiteral("folders/picture");

} // namespace

MainWindow::MainWindow(Workbench &workbench, Appearance &appearance, const Places &places)
    : m_workbench(workbench), m_document(workbench.document()), m_appearance(appearance), m_places(places), m_runs(workbench, places.runs)
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    resize(1360, 860);
    m_actions = new Actions(*menuBar(), m_document.undoStack(), this);
    buildTopBar();
    buildPages();
    m_docks = new Docks(*this);
    for (QDockWidget *dock : m_docks->all())
        m_actions->panelsMenu->addAction(dock->toggleViewAction());
    buildStatusBar();
    connectActions();
    connectGraph();
    connectPanels();
    connectMemory();
    connectHead();
    connectTables();
    connectPages();
    connectWorkbench();
    connectRun();
    connectGallery();
    connectCompare();
    connectEditing();
    connectEditActions();
    connectProject();
    connectAutosave();
    connectInsight();
    m_export->setFormats(formats().all());
    fillChoices({{Device(), "cpu", {}, 0}});
    restoreLayout();
    refreshRecent();
    goTo(Step::Model);
    documentChanged(Changes::fromInt(~0));
    retranslate();
}

MainWindow::~MainWindow()
{
    delete m_autosave; // it writes down what the document holds
    delete m_checker; // it looks at the runs
    delete m_featureCache; // they call off their jobs
    delete m_decodedCache;
    // The children go after this class is gone: what they still say must not reach it.
    m_document.disconnect(this);
    m_workbench.disconnect(this);
    m_runs.training().disconnect(this);
}

void MainWindow::buildTopBar()
{
    auto *bar = new QToolBar;
    bar->setObjectName(QStringLiteral("topBar"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    m_stepBar = new StepBar;
    bar->addWidget(m_stepBar);
    auto *spacer = new QWidget;
    spacer->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(spacer);
    bar->addAction(m_actions->train);
    bar->addAction(m_actions->pause);
    bar->addAction(m_actions->stop);
    bar->widgetForAction(m_actions->train)->setObjectName(QStringLiteral("trainButton"));
    addToolBar(bar);
}

void MainWindow::buildPages()
{
    m_startPage = new StartPage;
    m_gallery = new GalleryView;
    m_galleryController = new GalleryController(m_workbench, this);
    m_insight = new InsightController(m_workbench, cacheFolder(), this);
    m_featureCache = new CacheController(m_workbench, featureCacheKind(), this);
    m_decodedCache = new CacheController(m_workbench, decodedCacheKind(), this);
    m_graph = new GraphView;
    m_dataset = new DatasetView;
    m_preprocessing = new PreprocessingPanel;
    m_augmentation = new AugmentationPanel;
    auto *preparation = new QWidget;
    auto *preparationColumn = new QVBoxLayout(preparation);
    preparationColumn->setContentsMargins(0, 0, 0, 0);
    preparationColumn->setSpacing(0);
    preparationColumn->addWidget(m_preprocessing);
    preparationColumn->addWidget(m_augmentation, 1);
    m_dataPage = new QSplitter;
    m_dataPage->addWidget(m_dataset);
    m_dataPage->addWidget(preparation);
    m_dataPage->setStretchFactor(0, 1);
    m_dataPage->setSizes({900, 380});
    m_evaluation = new EvaluationView;
    m_prediction = new PredictionView;
    m_judgePage = new QSplitter;
    m_judgePage->addWidget(m_evaluation);
    m_judgePage->addWidget(m_prediction);
    m_judgePage->setStretchFactor(0, 1);
    m_judgePage->setSizes({860, 420});
    m_export = new ExportPage;
    m_pages = new QStackedWidget;
    for (QWidget *page : std::initializer_list<QWidget *>{m_startPage, m_gallery, m_graph, m_dataPage, m_judgePage, m_export})
        m_pages->addWidget(page);
    connect(m_pages, &QStackedWidget::currentChanged, this, &MainWindow::refreshPageSizes);
    refreshPageSizes();
    m_message = new MessageBar;
    auto *centre = new QWidget;
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_message);
    column->addWidget(m_pages, 1);
    setCentralWidget(centre);
}

void MainWindow::refreshPageSizes()
{
    // A page that is not shown takes no room from the panels beside the one that is.
    for (int index = 0; index < m_pages->count(); ++index) {
        QWidget *page = m_pages->widget(index);
        const auto policy = index == m_pages->currentIndex() ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        page->setSizePolicy(policy, policy);
    }
}

void MainWindow::buildStatusBar()
{
    m_jobIndicator = new JobIndicator(m_workbench.jobs());
    m_runStatus = new QLabel;
    m_parameters = new QLabel;
    m_parameters->setContentsMargins(8, 0, 8, 0);
    statusBar()->addWidget(m_jobIndicator);
    statusBar()->addPermanentWidget(m_runStatus);
    statusBar()->addPermanentWidget(m_parameters);
}

void MainWindow::goTo(Step step)
{
    if (step != m_step)
        m_message->dismissNote();
    m_step = step;
    QWidget *page = m_graph;
    if (step == Step::Data)
        page = m_dataPage;
    else if (step == Step::Judge)
        page = m_judgePage;
    else if (step == Step::Export)
        page = m_export;
    else if (!m_document.hasModel())
        page = m_startPage;
    m_pages->setCurrentWidget(page);
    if (page == m_startPage)
        m_startPage->setFocus();
    m_docks->showFor(step, showsGraph(step) && m_document.hasModel());
    m_stepBar->setCurrent(step);
}

void MainWindow::openPath(const QString &path)
{
    switch (kindOf(path)) {
    case PathKind::Project: return openProject(path);
    case PathKind::DataFolder: return openData(path);
    case PathKind::Picture: return predict(path);
    case PathKind::ModelFile:
    case PathKind::Nothing: return openModel(path); // the engine says what is wrong with it
    }
}

void MainWindow::openModel(const QString &reference)
{
    if (!mayEdit())
        return;
    m_message->hide();
    m_workbench.openModel(reference);
}

void MainWindow::openData(const QString &folder)
{
    if (!mayEdit())
        return;
    m_message->hide();
    goTo(Step::Data);
    m_dataset->setBusy({});
    m_workbench.openData(folder);
}

void MainWindow::openDemo()
{
    if (!mayEdit())
        return;
    m_message->hide();
    m_workbench.openDemo(m_places.drawnPictures);
}

void MainWindow::predict(const QString &path)
{
    goTo(Step::Judge);
    m_workbench.predict(path);
}

QString MainWindow::chooseModelFile(const QString &title)
{
    QSettings settings;
    const QString path = QFileDialog::getOpenFileName(
        this, title, settings.value(modelFolderKey, QDir::homePath()).toString(), tr("Models (%1);;All files (*)").arg(readablePatterns()));
    if (!path.isEmpty())
        settings.setValue(modelFolderKey, QFileInfo(path).absolutePath());
    return path;
}

void MainWindow::askForModel()
{
    const QString path = chooseModelFile(tr("Open a model"));
    if (!path.isEmpty())
        kindOf(path) == PathKind::Project ? openProject(path) : openModel(path);
}

void MainWindow::askForData()
{
    QSettings settings;
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a folder that holds a folder of pictures for each class"),
        settings.value(dataFolderKey, QDir::homePath()).toString());
    if (folder.isEmpty())
        return;
    settings.setValue(dataFolderKey, QFileInfo(folder).absolutePath());
    openData(folder);
}

QString MainWindow::choosePicture(const QString &title)
{
    QSettings settings;
    QStringList patterns;
    for (const std::string &extension : pictureExtensions())
        patterns.append(QStringLiteral("*.") + QString::fromStdString(extension));
    const QString path = QFileDialog::getOpenFileName(this, title, settings.value(pictureFolderKey, QDir::homePath()).toString(),
        tr("Pictures (%1);;All files (*)").arg(patterns.join(QLatin1Char(' '))));
    if (!path.isEmpty())
        settings.setValue(pictureFolderKey, QFileInfo(path).absolutePath());
    return path;
}

void MainWindow::askForPicture()
{
    if (const QString path = choosePicture(tr("Try a picture")); !path.isEmpty())
        predict(path);
}

void MainWindow::train()
{
    if (m_runs.isBusy())
        return; // it is starting already
    if (!m_runs.canStart())
        return showNote([this] { return missingForRun(); });
    m_message->hide();
    m_runMessage.clear();
    goTo(Step::Train);
    m_runs.start();
    refreshEditable();
}

void MainWindow::freeze(const std::vector<LayerId> &layers, bool frozen)
{
    if (!layers.empty() && mayEdit())
        m_document.setFrozen(layers, frozen, [frozen] { return frozen ? tr("Freeze") : tr("Thaw"); });
}

void MainWindow::replaceHead()
{
    if (!mayEdit())
        return;
    if (!m_document.hasData())
        return showNote(
            [] { return tr("The new head takes its size from your classes: choose a folder of pictures first (step 2, Data)."); });
    m_workbench.replaceHead();
}

bool MainWindow::mayEdit()
{
    if (!m_runs.isBusy())
        return true;
    showNote([] { return tr("Training is running; stop it first to change the model or the data."); });
    return false;
}

void MainWindow::showError(const Error &error)
{
    if (error.code == ErrorCode::Cancelled)
        return;
    m_message->showError(error);
    m_docks->log->add(m_message->text().simplified());
}

void MainWindow::showNote(const Wording &text, const Offers &offers)
{
    m_openInputsSince = -1;
    m_message->showNote(text, offers);
    m_docks->log->add(text.text());
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About Graft"),
        tr("<b>Graft %1</b><p>Give a trained network a new task, with your own pictures.</p>"
           "<p>Free software under the GNU General Public License, version 3 or later.</p>")
            .arg(QCoreApplication::applicationVersion()));
}

void MainWindow::remember(const QString &path)
{
    QSettings settings;
    QStringList recent = settings.value(recentKey).toStringList();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    recent.removeAll(absolute);
    recent.prepend(absolute);
    settings.setValue(recentKey, QStringList(recent.mid(0, recentLimit)));
    refreshRecent();
}

void MainWindow::refreshRecent()
{
    QStringList recent = QSettings().value(recentKey).toStringList();
    recent.erase(std::remove_if(recent.begin(), recent.end(), [](const QString &path) { return !QFileInfo::exists(path); }), recent.end());
    m_startPage->setRecentFiles(recent);
    m_startPage->setCanResume(m_runs.canResumeLastRun());
    m_actions->recentMenu->clear();
    for (const QString &path : std::as_const(recent))
        m_actions->recentMenu->addAction(QDir::toNativeSeparators(path), this, [this, path] { openPath(path); });
    m_actions->recentMenu->setEnabled(!recent.isEmpty());
}

void MainWindow::restoreLayout()
{
    const QSettings settings;
    restoreGeometry(settings.value(geometryKey).toByteArray());
    restoreState(settings.value(stateKey).toByteArray(), layoutVersion);
    m_docks->table->restoreColumns(settings.value(columnsKey).toByteArray());
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_runs.training().isBusy()) {
        m_closing = true;
        showNote([] {
            return tr(
                "Training is being stopped; a checkpoint is saved, then the window closes. «Go on with the last run» takes it up again.");
        });
        m_runs.training().stop();
        event->ignore();
        return;
    }
    QSettings settings;
    settings.setValue(geometryKey, saveGeometry());
    m_docks->showFor(Step::Model, true); // as it is beside the graph, whatever page is shown
    settings.setValue(stateKey, saveState(layoutVersion));
    settings.setValue(columnsKey, m_docks->table->columns());
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    openPath(event->mimeData()->urls().first().toLocalFile());
}

} // namespace graft
