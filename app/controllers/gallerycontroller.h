#pragma once
#include "controllers/workbench.h"
#include "gallery/galleryentry.h"

#include <QHash>
#include <QObject>

namespace graft {

/// The gallery's verbs: knows what is published, what is on this computer and how fast it is here; downloads, adopts, removes, measures and
/// opens. Window's thread; what may take long runs as a job.
class GalleryController : public QObject {
    Q_OBJECT
public:
    /// The lanes of its jobs; see JobTracker.
    static inline const QString listLane = QStringLiteral("gallery"), downloadLane = QStringLiteral("gallery download"),
                                fileLane = QStringLiteral("gallery file"), speedLane = QStringLiteral("gallery speed");

    explicit GalleryController(Workbench &workbench, QObject *parent = nullptr);

    [[nodiscard]] const std::vector<GalleryEntry> &entries() const { return m_entries; }
    /// Finds out what there is (the first time in a job) and which files are here; entriesChanged() follows.
    void refresh();
    /// The speeds shown are those of so many pictures at a time.
    void setBatch(int batch);

    /// Opens the model; downloads its file first when it is not here.
    void open(const QString &reference);
    void download(const QString &reference);
    void cancelDownload();
    void adopt(const QString &reference, const QString &path);
    void remove(const QString &reference);
    /// Measures each network once, the light ones first; entriesChanged() follows each.
    void measure(const QStringList &references, int batch);
    void cancelMeasuring();

Q_SIGNALS:
    void entriesChanged();
    void downloadProgressed(const QString &reference, qint64 done, qint64 total);
    void downloadEnded(); ///< done, failed or cancelled
    void measuring(const QString &reference, int done, int total);
    void measuringEnded();
    void failed(const graft::Error &error);
    void noted(const QString &sentence);

private:
    void startDownload(const QString &reference, bool openAfterwards);
    void measureNext();
    void fillIn(GalleryEntry &entry) const;
    [[nodiscard]] const GalleryEntry *find(const QString &reference) const;
    [[nodiscard]] QString speedKey(const GalleryEntry &entry, int batch) const;

    Workbench &m_workbench;
    std::vector<GalleryEntry> m_entries;
    int m_batch = 1;
    QString m_downloading;
    QStringList m_toMeasure; ///< the first is being measured
    int m_measured = 0;
    int m_measureBatch = 1;
};

} // namespace graft
