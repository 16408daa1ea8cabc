#include "controllers/projectcontroller.h"

#include <QFileInfo>
#include <utility>

namespace graft {

ProjectController::ProjectController(Workbench &workbench, QObject *parent) : QObject(parent), m_workbench(workbench)
{
    connect(&workbench.document(), &Document::changed, this, [this](Changes changes) {
        if ((changes & Change::Model) && !m_opening && !m_file.isEmpty())
            m_workbench.document().markUnsaved(); // another model in this project
    });
}

std::shared_ptr<QLockFile> ProjectController::lock(const QString &path)
{
    const QFileInfo file(path);
    if (m_lock && file == QFileInfo(m_file))
        return m_lock;
    if (auto asked = m_asked.lock(); asked && m_askedFor == file.absoluteFilePath())
        return asked; // it is being opened or written
    auto held = std::make_shared<QLockFile>(file.absolutePath() + QStringLiteral("/.") + file.fileName() + QStringLiteral(".lock"));
    held->setStaleLockTime(0); // only when its process is gone
    // In a folder without write permission nobody can save, so nobody needs the lock.
    if (held->tryLock() || held->error() != QLockFile::LockFailedError) {
        m_asked = held;
        m_askedFor = file.absoluteFilePath();
        return held;
    }
    const QString message
        = tr("'%1' is open in another Graft; close it there, or save what is open here under another name.").arg(file.fileName());
    Q_EMIT m_workbench.failed({ErrorCode::Busy, message.toStdString(), path.toStdString()});
    return nullptr;
}

void ProjectController::setFile(const QString &path, std::shared_ptr<QLockFile> held)
{
    m_lock = std::move(held);
    m_file = path;
    Q_EMIT fileChanged(path);
}

void ProjectController::startAnew()
{
    m_workbench.cancelOpening();
    ++m_project;
    setFile({}, {});
    m_workbench.document().startAnew();
}

void ProjectController::open(const QString &path)
{
    auto held = lock(path);
    if (!held)
        return;
    m_workbench.jobs().start(
        Workbench::projectLane, tr("Opening %1").arg(QFileInfo(path).fileName()),
        [file = path.toStdString()](const JobContext &) { return readProject(file); },
        [this, path, held](Result<Project> project) {
            if (!project)
                return Q_EMIT m_workbench.failed(project.error());
            takeProject(path, std::move(*project), held);
        });
}

void ProjectController::takeProject(const QString &path, Project project, std::shared_ptr<QLockFile> held)
{
    m_workbench.cancelOpening();
    const QString folder = QString::fromStdString(project.dataFolder.string());
    m_opening = true;
    auto done = m_workbench.document().openProject(std::move(project));
    m_opening = false;
    if (!done)
        return Q_EMIT m_workbench.failed(done.error());
    ++m_project;
    setFile(path, std::move(held));
    Q_EMIT opened(path);
    if (!folder.isEmpty())
        Q_EMIT dataWanted(folder);
}

void ProjectController::save(const QString &path)
{
    auto held = lock(path);
    if (!held)
        return;
    const Document &document = m_workbench.document();
    Saving saving{path, document.project(), document.model().weightsVersion, m_project, std::move(held)};
    if (m_workbench.jobs().isRunning(lane))
        m_next = std::move(saving); // two writers of one file could end in the wrong order
    else
        write(saving);
}

void ProjectController::write(const Saving &saving)
{
    m_workbench.jobs().start(
        lane, tr("Saving %1").arg(QFileInfo(saving.path).fileName()),
        [file = saving.path.toStdString(), project = saving.project](const JobContext &) { return writeProject(file, project); },
        [this, saving](const Result<void> &result) { written(saving, result); });
}

void ProjectController::written(const Saving &saving, const Result<void> &result)
{
    if (!result) {
        Q_EMIT m_workbench.failed(result.error());
    } else if (saving.number == m_project) {
        m_workbench.document().markSaved(saving.project, saving.weightsVersion);
        setFile(saving.path, saving.held);
        Q_EMIT saved(saving.path);
    }
    if (m_next)
        write(*std::exchange(m_next, std::nullopt));
}

void ProjectController::adopt(const QString &path)
{
    ++m_project;
    m_file.clear();
    m_lock.reset();
    auto held = path.isEmpty() ? nullptr : lock(path);
    setFile(held ? path : QString(), held);
}

} // namespace graft
