#include "controllers/projectcontroller.h"

#include <QFileInfo>

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
    auto held = std::make_shared<QLockFile>(file.absolutePath() + QStringLiteral("/.") + file.fileName() + QStringLiteral(".lock"));
    held->setStaleLockTime(0); // only when its process is gone
    // In a folder without write permission nobody can save, so nobody needs the lock.
    if (held->tryLock() || held->error() != QLockFile::LockFailedError)
        return held;
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
    ++m_project;
    m_next.clear();
    setFile({}, {});
    m_workbench.document().startAnew();
}

void ProjectController::open(const QString &path)
{
    auto held = lock(path);
    if (!held)
        return;
    m_workbench.jobs().start(
        lane, tr("Opening %1").arg(QFileInfo(path).fileName()),
        [file = path.toStdString()](const JobContext &) { return readProject(file); },
        [this, path, held](Result<Project> project) {
            if (!project)
                return Q_EMIT m_workbench.failed(project.error());
            takeProject(path, std::move(*project), held);
        });
}

void ProjectController::takeProject(const QString &path, Project project, std::shared_ptr<QLockFile> held)
{
    // What is still being opened belongs to the document before; its answer would mix two projects.
    for (const QString &other : {Workbench::modelLane, Workbench::dataLane, Workbench::headLane})
        m_workbench.jobs().cancel(other);
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
    m_next.clear();
    if (m_workbench.jobs().isRunning(lane)) {
        m_next = path; // two writers of one file could end in the wrong order
        return;
    }
    auto held = lock(path);
    if (!held)
        return;
    const Project project = m_workbench.document().project();
    m_workbench.jobs().start(
        lane, tr("Saving %1").arg(QFileInfo(path).fileName()),
        [file = path.toStdString(), project](const JobContext &) { return writeProject(file, project); },
        [this, path, held, project, number = m_project, version = m_workbench.document().model().weightsVersion](
            const Result<void> &written) {
            if (!written)
                return Q_EMIT m_workbench.failed(written.error());
            if (number != m_project)
                return;
            m_workbench.document().markSaved(project, version);
            setFile(path, held);
            Q_EMIT saved(path);
            if (!m_next.isEmpty())
                save(QString(m_next));
        });
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
