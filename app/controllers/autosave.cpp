#include "controllers/autosave.h"

#include <QDateTime>

namespace graft {
namespace {

constexpr int delay = 3000; // milliseconds after the first change that is not written down yet
constexpr Changes worthKeeping = Changes(Change::Model) | Change::Network | Change::Weights | Change::Data | Change::Settings;

} // namespace

struct Autosave::Worker {
    std::filesystem::path base;
    std::optional<AutosaveFolder> folder;

    Result<void> write(const Project &project, const UnsavedWork &about)
    {
        if (!folder) {
            auto created = AutosaveFolder::create(base);
            if (!created)
                return fail(created.error());
            folder.emplace(std::move(*created));
        }
        return folder->write(project, about);
    }
    void remove()
    {
        if (folder)
            folder->remove();
        folder.reset();
    }
};

Autosave::Autosave(Workbench &workbench, std::filesystem::path base, QObject *parent)
    : QObject(parent), m_jobs(workbench.jobs()), m_document(workbench.document()), m_worker(std::make_shared<Worker>())
{
    m_worker->base = std::move(base);
    m_pool.setMaxThreadCount(1); // one after the other, in order
    m_timer.setSingleShot(true);
    m_timer.setInterval(delay);
    connect(&m_timer, &QTimer::timeout, this, &Autosave::writeDown);
    if (m_worker->base.empty())
        return;
    connect(&m_document, &Document::changed, this, &Autosave::documentChanged);
    connect(&m_document, &Document::aboutToBeReplaced, this, &Autosave::setAside);
}

Autosave::~Autosave()
{
    if (!m_worker->base.empty())
        setAside();
    m_pool.waitForDone();
}

void Autosave::documentChanged(Changes changes)
{
    // Not started again by each change: who never rests would never be kept.
    if ((changes & worthKeeping) && !m_timer.isActive())
        m_timer.start();
}

UnsavedWork Autosave::about() const
{
    return {{}, m_projectFile.toStdString(), m_document.modelTitle().toStdString(), QDateTime::currentSecsSinceEpoch(), false};
}

void Autosave::report(const Result<void> &result)
{
    if (result)
        return Q_EMIT written();
    if (!m_hasFailed)
        Q_EMIT failed(result.error());
    m_hasFailed = true;
}

void Autosave::writeDown()
{
    if (!m_document.isModified()) {
        if (m_isKept)
            m_pool.start([worker = m_worker] { worker->remove(); });
        m_isKept = false;
        return;
    }
    m_isKept = true;
    m_pool.start([this, worker = m_worker, project = m_document.project(), about = about()] {
        auto result = worker->write(project, about);
        QMetaObject::invokeMethod(
            this, [this, result = std::move(result)] { report(result); }, Qt::QueuedConnection);
    });
}

void Autosave::setAside()
{
    m_timer.stop();
    m_isKept = false;
    if (!m_document.isModified()) {
        m_pool.start([worker = m_worker] { worker->remove(); });
        return;
    }
    UnsavedWork left = about();
    left.wasClosed = true;
    m_pool.start([worker = m_worker, project = m_document.project(), left] {
        // A failure leaves what was written before.
        static_cast<void>(worker->write(project, left));
        worker->folder.reset();
    });
    Q_EMIT putAside();
    lookForEarlierWork();
}

void Autosave::lookForEarlierWork()
{
    if (m_worker->base.empty())
        return;
    m_pool.start([this, worker = m_worker] {
        auto found = AutosaveFolder::find(worker->base);
        QMetaObject::invokeMethod(
            this, [this, found = std::move(found)] { Q_EMIT earlierWorkFound(found); }, Qt::QueuedConnection);
    });
}

void Autosave::restore(const UnsavedWork &work)
{
    m_jobs.start(
        Workbench::projectLane, tr("Restoring your work"),
        [folder = work.folder](const JobContext &) { return AutosaveFolder::read(folder); },
        [this, work](Result<Project> project) { put(work, std::move(project)); });
}

void Autosave::put(const UnsavedWork &work, Result<Project> project)
{
    if (!project)
        return Q_EMIT failed(project.error());
    if (auto opened = m_document.openProject(std::move(*project)); !opened)
        return Q_EMIT failed(opened.error());
    m_document.markUnsaved();
    m_projectFile = QString::fromStdString(work.projectFile.string());
    adopt(work);
    Q_EMIT restored(work);
}

void Autosave::adopt(const UnsavedWork &work)
{
    m_isKept = true;
    m_pool.start([this, worker = m_worker, project = m_document.project(), about = about(), folder = work.folder] {
        auto result = worker->write(project, about);
        if (result)
            AutosaveFolder::discard(folder); // given up only when it is kept under this Graft's name
        QMetaObject::invokeMethod(
            this, [this, result = std::move(result)] { report(result); }, Qt::QueuedConnection);
    });
    lookForEarlierWork();
}

void Autosave::discard(const UnsavedWork &work)
{
    m_pool.start([folder = work.folder] { AutosaveFolder::discard(folder); });
    lookForEarlierWork();
}

} // namespace graft
