// Projects: opened, saved, and found again when they were not saved.
#include "controllers/autosave.h"
#include "controllers/projectcontroller.h"
#include "data/datasetview.h"
#include "gui/actions.h"
#include "gui/docks.h"
#include "gui/logview.h"
#include "gui/mainwindow.h"
#include "gui/messagebar.h"

#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QLocale>
#include <QSettings>
#include <QStandardPaths>

namespace graft {
namespace {

const QString projectFolderKey = QStringLiteral("folders/project");

QString projectFolder()
{
    return QSettings().value(projectFolderKey, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)).toString();
}

/// "14:32", with the date when it was another day.
QString timeOf(const UnsavedWork &work)
{
    const QDateTime time = QDateTime::fromSecsSinceEpoch(work.savedAt);
    const bool isToday = time.date() == QDate::currentDate();
    return isToday ? QLocale().toString(time.time(), QLocale::ShortFormat) : QLocale().toString(time, QLocale::ShortFormat);
}

QString titleOf(const UnsavedWork &work)
{
    return work.projectFile.empty() ? QString::fromStdString(work.title) : QString::fromStdString(work.projectFile.filename().string());
}

} // namespace

void MainWindow::startAnew()
{
    if (!mayEdit())
        return;
    m_message->hide();
    m_project->startAnew();
    goTo(Step::Model);
}

void MainWindow::openProject(const QString &path)
{
    if (!mayEdit())
        return;
    m_message->hide();
    m_project->open(path);
}

void MainWindow::askForProject()
{
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open a project"), projectFolder(), tr("Projects (*.%1);;All files (*)").arg(ProjectController::extension));
    if (path.isEmpty())
        return;
    QSettings().setValue(projectFolderKey, QFileInfo(path).absolutePath());
    openProject(path);
}

void MainWindow::saveProject()
{
    if (m_project->file().isEmpty())
        return saveProjectAs();
    m_project->save(m_project->file());
}

void MainWindow::saveProjectAs()
{
    const QString name = m_document.hasData() ? QDir(QString::fromStdString(m_document.dataset().folder.string())).dirName()
                                              : QFileInfo(m_document.modelTitle()).completeBaseName();
    const QString suggested
        = m_project->file().isEmpty() ? projectFolder() + QLatin1Char('/') + (name.isEmpty() ? tr("project") : name) : m_project->file();
    QFileDialog dialog(
        this, tr("Save the project"), QFileInfo(suggested).absolutePath(), tr("Projects (*.%1)").arg(ProjectController::extension));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(ProjectController::extension);
    dialog.selectFile(QFileInfo(suggested).fileName());
    if (dialog.exec() != QDialog::Accepted)
        return;
    const QString path = dialog.selectedFiles().constFirst();
    QSettings().setValue(projectFolderKey, QFileInfo(path).absolutePath());
    m_project->save(path);
}

void MainWindow::openProjectData(const QString &folder)
{
    m_dataset->setBusy({});
    m_workbench.openData(folder);
}

void MainWindow::projectOpened(const QString &path)
{
    remember(path);
    m_docks->log->add(tr("Opened the project %1.").arg(QDir::toNativeSeparators(path)));
    goTo(Step::Model);
}

void MainWindow::connectProject()
{
    m_project = new ProjectController(m_workbench, this);
    const auto on = [this](QAction *action, auto what) { connect(action, &QAction::triggered, this, what); };
    on(m_actions->newProject, [this] { startAnew(); });
    on(m_actions->openProject, [this] { askForProject(); });
    on(m_actions->saveProject, [this] { saveProject(); });
    on(m_actions->saveProjectAs, [this] { saveProjectAs(); });
    connect(m_project, &ProjectController::opened, this, &MainWindow::projectOpened);
    connect(m_project, &ProjectController::dataWanted, this, &MainWindow::openProjectData);
    connect(m_project, &ProjectController::saved, this, [this](const QString &path) {
        remember(path);
        m_docks->log->add(tr("Saved the project %1.").arg(QDir::toNativeSeparators(path)));
    });
    connect(m_project, &ProjectController::fileChanged, this, [this](const QString &path) {
        m_autosave->setProjectFile(path);
        refreshTitle();
    });
}

void MainWindow::connectAutosave()
{
    m_autosave = new Autosave(m_workbench, m_places.autosave, this);
    connect(m_autosave, &Autosave::failed, this, &MainWindow::showError);
    connect(m_autosave, &Autosave::earlierWorkFound, this, [this](const std::vector<UnsavedWork> &work) {
        m_earlierWork = work;
        refreshEarlierWork();
        if (std::exchange(m_hasPutAside, false))
            sayPutAside();
        else if (!m_hasOfferedWork)
            offerEarlierWork();
        m_hasOfferedWork = true;
    });
    connect(m_autosave, &Autosave::putAside, this, [this] { m_hasPutAside = true; });
    connect(m_autosave, &Autosave::restored, this, [this](const UnsavedWork &work) {
        m_project->adopt(QString::fromStdString(work.projectFile.string()));
        m_docks->log->add(tr("Restored the work from %1.").arg(timeOf(work)));
        goTo(Step::Model);
        if (const auto folder = m_document.project().dataFolder; !folder.empty())
            openProjectData(QString::fromStdString(folder.string()));
    });
    refreshEarlierWork();
    m_autosave->lookForEarlierWork();
}

void MainWindow::restoreWork(const UnsavedWork &work)
{
    if (!mayEdit())
        return;
    m_message->hide();
    m_autosave->restore(work);
}

void MainWindow::offerEarlierWork()
{
    if (m_earlierWork.empty() || m_document.hasModel())
        return;
    const UnsavedWork work = m_earlierWork.front();
    const auto text = [work] {
        return (work.wasClosed ? tr("Your unsaved work on %1 from %2 is here.")
                               : tr("Graft ended unexpectedly; your work on %1 from %2 is here."))
            .arg(titleOf(work), timeOf(work));
    };
    m_message->showNote(text,
        {{[] { return tr("Restore"); }, [this, work] { restoreWork(work); }},
            {[] { return tr("Discard"); }, [this, work] { m_autosave->discard(work); }}});
}

void MainWindow::sayPutAside()
{
    if (m_earlierWork.empty() || !m_document.hasModel())
        return;
    const UnsavedWork work = m_earlierWork.front();
    showNote([work] { return tr("Your unsaved work on %1 is kept: File, Unsaved work brings it back.").arg(titleOf(work)); },
        {{[] { return tr("Restore"); }, [this, work] { restoreWork(work); }}});
}

void MainWindow::refreshEarlierWork()
{
    QMenu *menu = m_actions->restoreMenu;
    menu->clear();
    for (const UnsavedWork &work : m_earlierWork)
        menu->addAction(tr("%1, %2").arg(titleOf(work), timeOf(work)), this, [this, work] { restoreWork(work); });
    menu->setEnabled(!m_earlierWork.empty());
}

} // namespace graft
