#pragma once
#include "controllers/workbench.h"

#include <QLockFile>
#include <QObject>
#include <memory>
#include <optional>

namespace graft {

/// The document as a project file: opens and saves it on a worker, and keeps other Grafts off the file. Window's thread.
class ProjectController : public QObject {
    Q_OBJECT
public:
    /// Of saving; a project is opened in Workbench::projectLane.
    static inline const QString lane = QStringLiteral("project");
    static inline const QString extension = QStringLiteral("graft");

    explicit ProjectController(Workbench &workbench, QObject *parent = nullptr);

    /// The file that the document belongs to; empty when it was never saved.
    [[nodiscard]] const QString &file() const { return m_file; }
    void startAnew();
    void open(const QString &path);
    /// The document as it is now, into `path`, which becomes its file. Savings follow one another.
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
    /// The document as it was when its saving was asked for.
    struct Saving {
        QString path;
        Project project;
        int weightsVersion = 0;
        int number = 0; ///< m_project of then
        std::shared_ptr<QLockFile> held;
    };
    void write(const Saving &saving);
    void written(const Saving &saving, const Result<void> &result);
    /// Null, with the error told, when another Graft has the file open.
    [[nodiscard]] std::shared_ptr<QLockFile> lock(const QString &path);
    void setFile(const QString &path, std::shared_ptr<QLockFile> held);
    void takeProject(const QString &path, Project project, std::shared_ptr<QLockFile> held);

    Workbench &m_workbench;
    QString m_file;
    std::shared_ptr<QLockFile> m_lock;
    std::weak_ptr<QLockFile> m_asked; ///< the last one that was taken, as long as a job holds it
    QString m_askedFor;
    std::optional<Saving> m_next; ///< when the present saving is done
    bool m_opening = false;
    int m_project = 0; ///< another number for every other project: what is saved late belongs to the one before
};

} // namespace graft
