#pragma once
#include "controllers/workbench.h"
#include "document/autosavefolder.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <memory>

namespace graft {

/// Keeps what was not saved: a few seconds after a change the document is written down on a worker, and what a crash, a closed window or
/// another project left behind is found again. All functions and signals on the window's thread.
class Autosave : public QObject {
    Q_OBJECT
public:
    /// Folders are made in `base`; with an empty one nothing is ever written.
    Autosave(Workbench &workbench, std::filesystem::path base, QObject *parent = nullptr);
    ~Autosave() override; ///< what is not saved is written as left unsaved; waits for that

    /// Of the project that the work belongs to.
    void setProjectFile(const QString &file) { m_projectFile = file; }
    void setDelay(int milliseconds) { m_timer.setInterval(milliseconds); }
    /// Answered by earlierWorkFound().
    void lookForEarlierWork();
    /// Answered by restored() or failed(), unless something else is opened or a run begins before (Workbench::projectLane).
    void restore(const UnsavedWork &work);
    void discard(const UnsavedWork &work);

Q_SIGNALS:
    void written();
    /// Unsaved work gives way to something else and is kept; the next earlierWorkFound() has it first.
    void putAside();
    void earlierWorkFound(const std::vector<graft::UnsavedWork> &work); ///< newest first
    /// The document holds it; as long as it is not saved, the autosave keeps it again.
    void restored(const graft::UnsavedWork &work);
    void failed(const graft::Error &error);

private:
    struct Worker; // lives on the pool's one thread
    void documentChanged(Changes changes);
    void writeDown();
    void setAside();
    void adopt(const UnsavedWork &work);
    [[nodiscard]] UnsavedWork about() const;
    void put(const UnsavedWork &work, Result<Project> project);
    void report(const Result<void> &written);

    JobTracker &m_jobs;
    Document &m_document;
    QString m_projectFile;
    QTimer m_timer;
    std::shared_ptr<Worker> m_worker;
    QThreadPool m_pool;
    bool m_isKept = false; ///< something of this document has been written
    bool m_hasFailed = false; ///< said once; each try after that is silent
};

} // namespace graft
