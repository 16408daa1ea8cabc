#pragma once
#include "controllers/trainingcontroller.h"
#include "controllers/workbench.h"
#include "document/runplan.h"

#include <QObject>

namespace graft {

/// The document's training: gives the model its head, keeps the plan in a run folder, runs, fills the curves, and puts the trained weights
/// into the document as an edit that can be undone. Window's thread.
class RunController : public QObject {
    Q_OBJECT
public:
    /// Run folders are made in `runsFolder`.
    RunController(Workbench &workbench, std::filesystem::path runsFolder, QObject *parent = nullptr);

    /// In which a run is prepared; see JobTracker.
    static inline const QString lane = QStringLiteral("run");

    [[nodiscard]] TrainingController &training() { return m_training; }
    [[nodiscard]] const std::optional<Progress> &progress() const { return m_progress; }
    [[nodiscard]] int epochs() const { return m_plannedEpochs; }
    [[nodiscard]] qint64 stepsPerEpoch() const { return m_stepsPerEpoch; }
    /// The best validation accuracy so far (training's without validation pictures) and its epoch; 0 = none.
    [[nodiscard]] int bestEpoch() const;
    [[nodiscard]] double bestAccuracy() const;
    [[nodiscard]] std::vector<SetMetrics> bestOfSets() const; ///< of several label sets, in the best epoch

    /// From start() or resumeLastRun() until the run's end: the model and the data are not to be changed.
    [[nodiscard]] bool isBusy() const;
    /// Whether a run can be started; why not is for the window to say.
    [[nodiscard]] bool canStart() const;
    void start();
    /// Opens the run that was written to last, with its data and settings, and goes on with it.
    void resumeLastRun();
    [[nodiscard]] bool canResumeLastRun() const;

    /// Where the runs that are started from now on keep what frozen layers make of pictures, at first in the default folder, and decoded
    /// pictures, at first nowhere.
    void setCaches(const FeatureCacheSettings &features, const DecodedCacheSettings &decoded)
    {
        m_featureCache = features;
        m_decodedCache = decoded;
    }

Q_SIGNALS:
    void started();
    void newsArrived(const graft::TrainingNews &news);
    /// `outcome.package` has become the document's model, unless the run failed or was stopped within its first epoch.
    void ended(const graft::TrainingOutcome &outcome);

private:
    void prepareRun();
    void begin(AdaptationPlan plan, std::vector<EpochResult> earlierEpochs);
    void takeResult(const TrainingOutcome &outcome);

    Workbench &m_workbench;
    std::filesystem::path m_runsFolder;
    FeatureCacheSettings m_featureCache{defaultFeatureFolder(), 0};
    DecodedCacheSettings m_decodedCache;
    TrainingController m_training;
    TrainingRecord m_record; ///< of the running run
    std::optional<Progress> m_progress;
    int m_plannedEpochs = 0;
    qint64 m_stepsPerEpoch = 1;
    bool m_awaitsHead = false; ///< started, with a new head being made first
};

} // namespace graft
