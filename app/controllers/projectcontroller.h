#pragma once
#include "controllers/workbench.h"

#include <QLockFile>
#include <QObject>
#include <memory>

namespace graft {

/// The document as a project file: opens and saves it on a worker, and keeps other Grafts off the file. Window's thread.
class ProjectController : public QObject {
    Q_OBJECT
public:
    static inline const QString lane = QStringLiteral("project");
    static inline const QString extension = QStringLiteral("graft");

    explicit ProjectController(Workbench &workbench, QObject *parent = nullptr);

    /// The file that the document belongs to; empty when it was never saved.
    [[nodiscard]] const QString &file() const { return m_file; }
    void startAnew();
    void open(const QString &path);
    /// Into `path`, which becomes the document's file.
    void save(const QString &path);
    /// Work of that file was restored: the document belongs to it again, when no other Graft has it open.
    void adopt(const QString &path);

Q_SIGNALS:
    void fileChanged(const QString &path);
    void opened(const QString &path);
    void saved(const QString &path);
    /// The project's pictures are to be looked through.
    void dataWanted(const QString &folder);

private:
    /// Null, with the error told, when another Graft has the file open.
    [[nodiscard]] std::shared_ptr<QLockFile> lock(const QString &path);
    void setFile(const QString &path, std::shared_ptr<QLockFile> held);
    void takeProject(const QString &path, Project project, std::shared_ptr<QLockFile> held);

    Workbench &m_workbench;
    QString m_file;
    std::shared_ptr<QLockFile> m_lock;
    QString m_next; ///< to be saved when the present saving is done
    bool m_opening = false;
    int m_project = 0; ///< another number for every other project: what is saved late belongs to the one before
};

} // namespace graft
