#pragma once
#include "controllers/runcontroller.h"

#include <QTimer>

namespace graft {

/// Opening a folder judges its pictures by their first and last bytes; this decodes them all in the background and takes those that turn
/// out broken out of the document's data. Stands back behind everything else and waits while a run goes on. Window's thread.
class PictureChecker : public QObject {
    Q_OBJECT
public:
    /// In which it runs; see JobTracker.
    static inline const QString lane = QStringLiteral("check");

    /// Goes to work by itself whenever pictures have been opened.
    PictureChecker(Workbench &workbench, RunController &runs, QObject *parent = nullptr);
    ~PictureChecker() override; ///< before the run controller's
    /// Leaves the pictures that are open now unchecked; those that are opened next are checked again.
    void stop();

Q_SIGNALS:
    void progressed(const graft::ScanProgress &progress); ///< a total of 0: none are checked now

private:
    [[nodiscard]] bool isWanted() const;
    void update();
    void begin();

    Workbench &m_workbench;
    RunController &m_runs;
    QTimer m_timer;
    std::filesystem::path m_settled; ///< the folder that was checked, or is not to be
    std::filesystem::path m_folder; ///< that is being checked
};

} // namespace graft
