#pragma once
#include "controllers/jobtracker.h"
#include "document/document.h"
#include "nn/device.h"

#include <QImage>
#include <QObject>

namespace graft {

/// What a path is for, decided by what it names: how dropped things find their place.
enum class PathKind { Nothing, Project, ModelFile, DataFolder, Picture };
[[nodiscard]] PathKind kindOf(const QString &path);

/// The verbs of the window: opens, scans, edits, judges and writes, each on a worker thread where it may take long, and puts the answer
/// into the document. Window's thread. Training is RunController's.
class Workbench : public QObject {
    Q_OBJECT
public:
    /// The lanes of its jobs; see JobTracker.
    static inline const QString modelLane = QStringLiteral("model"), projectLane = QStringLiteral("opening"),
                                dataLane = QStringLiteral("data"), headLane = QStringLiteral("head"),
                                evaluationLane = QStringLiteral("evaluation"), predictionLane = QStringLiteral("prediction"),
                                exportLane = QStringLiteral("export");
    using LayerStatistics = std::vector<std::pair<QString, TensorStatistics>>;

    explicit Workbench(QObject *parent = nullptr);

    [[nodiscard]] Document &document() { return m_document; }
    [[nodiscard]] JobTracker &jobs() { return m_jobs; }

    /// Calls off what is still being opened or made for the document as it was: its answer would mix two models.
    void cancelOpening();
    /// A file, "demo" for the built-in network, or published weights: what the engine's openModel() takes.
    void openModel(const QString &reference);
    void openData(const QString &folder);
    /// Draws the demo pictures into `folder` (once) and opens them.
    void openDrawnData(const QString &folder);
    /// The built-in network with the drawn pictures and settings that suit both.
    void openDemo(const QString &drawnPictures);
    void freezeBefore(LayerId layer);
    void applyFreezeSetting(const QString &setting); ///< "all-but-head", "none": see edits.h
    /// Gives the model a head for the data's classes, then calls `then`; at once when it has one already.
    void replaceHead(std::function<void()> then = {});
    void evaluateModel();
    void predict(const QString &picturePath);
    /// Checked on the data's validation pictures, or on drawn ones when there are none; `exported` follows whatever the check finds.
    void exportModel(const QString &path, const QString &formatName, const Attributes &options, bool mergesAdapters);

    /// What the views ask for; answered by the signals below.
    void requestStatistics();
    void requestThumbnail(const QString &path);
    void requestAugmentationPreview();
    /// The devices, and whether mathematics is slow here; both take a moment to find out.
    void requestMachine();

Q_SIGNALS:
    void failed(const graft::Error &error);
    void noted(const graft::Wording &text); ///< what is no failure, and to be known
    /// `remarks` are sentences of the reading: steps without a layer, what was assumed.
    void modelOpened(const QString &reference, const QStringList &remarks);
    void dataOpened(const QString &folder);
    void exported(const QString &path);
    void statisticsReady(const graft::Workbench::LayerStatistics &statistics);
    void thumbnailReady(const QString &path, const QImage &picture); ///< an empty picture when it cannot be shown
    void augmentationPreviewReady(const std::vector<QImage> &pictures);
    void machineReady(const std::vector<graft::DeviceDescription> &devices, const QString &warning);
    void predictionStarted(const QString &path);
    void predictionFailed(const QString &path, const graft::Error &error);

private:
    void scan(const QString &folder, const std::function<Result<void>(const Cancellation &)> &prepare);

    Document m_document;
    JobTracker m_jobs;
    std::uint64_t m_previewSeed = 0;
};

} // namespace graft
