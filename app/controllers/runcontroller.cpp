#include "controllers/runcontroller.h"

#include <QDate>
#include <QFileInfo>

namespace graft {
namespace {

namespace fs = std::filesystem;

/// A run opened again: its plan, and the pictures as they are now.
struct ReopenedRun {
    RunPlan plan;
    Dataset dataset;
    fs::path folder;
};

Result<ReopenedRun> reopen(const fs::path &folder, const JobContext &context)
{
    auto plan = readRunPlan(folder);
    if (!plan)
        return fail(plan.error());
    const auto progress = [&context](const ScanProgress &files) { context.report({files.done, files.total}); };
    auto dataset = scanDataset(plan->dataFolder, progress, context.cancellation);
    if (!dataset)
        return fail(dataset.error());
    return ReopenedRun{std::move(*plan), std::move(*dataset), folder};
}

/// The plan with the model that it trains, kept in the run's folder.
Result<AdaptationPlan> prepare(AdaptationPlan plan, const std::function<Result<ModelPackage>()> &package)
{
    auto runnable = package();
    if (!runnable)
        return fail(runnable.error());
    plan.package = std::move(*runnable);
    const RunPlan kept{plan.package, plan.dataset.folder, plan.validationShare, plan.augmentation, plan.config, {}};
    if (auto written = writeRunPlan(plan.outputFolder, kept); !written)
        return fail(written.error());
    return plan;
}

double accuracyOf(const EpochResult &epoch)
{
    return epoch.validation ? epoch.validation->accuracy : epoch.train.accuracy;
}

} // namespace

RunController::RunController(Workbench &workbench, fs::path runsFolder, QObject *parent)
    : QObject(parent), m_workbench(workbench), m_runsFolder(std::move(runsFolder))
{
    connect(&m_training, &TrainingController::newsArrived, this, [this](const TrainingNews &news) {
        if (news.progress)
            m_progress = news.progress;
        m_workbench.document().extendHistory(news.samples, news.epochs);
        Q_EMIT newsArrived(news);
    });
    connect(&m_training, &TrainingController::ended, this, &RunController::takeResult);
    connect(&m_workbench.jobs(), &JobTracker::ended, this, [this](const QString &ended) {
        if (ended == Workbench::headLane)
            m_awaitsHead = false; // failed or cancelled, or the run is prepared next
    });
}

int RunController::bestEpoch() const
{
    int best = 0;
    for (const EpochResult &epoch : m_workbench.document().history().epochs)
        if (epoch.isBest)
            best = epoch.epoch;
    return best;
}

double RunController::bestAccuracy() const
{
    double best = 0;
    for (const EpochResult &epoch : m_workbench.document().history().epochs)
        if (epoch.isBest)
            best = accuracyOf(epoch);
    return best;
}

std::vector<SetMetrics> RunController::bestOfSets() const
{
    std::vector<SetMetrics> best;
    for (const EpochResult &epoch : m_workbench.document().history().epochs)
        if (epoch.isBest)
            best = epoch.validation ? epoch.validation->labelSets : epoch.train.labelSets;
    return best;
}

bool RunController::isBusy() const
{
    return m_training.isBusy() || m_awaitsHead || m_workbench.jobs().isRunning(lane);
}

bool RunController::canStart() const
{
    return m_workbench.document().hasModel() && m_workbench.document().hasData() && !isBusy();
}

void RunController::start()
{
    if (!canStart())
        return;
    m_workbench.replaceHead([this] { prepareRun(); });
    m_awaitsHead = m_workbench.jobs().isRunning(Workbench::headLane);
}

void RunController::prepareRun()
{
    const Document &document = m_workbench.document();
    const std::string name = QFileInfo(document.modelTitle()).completeBaseName().toStdString();
    AdaptationPlan plan;
    plan.dataset = document.dataset();
    plan.validationShare = document.validationShare();
    plan.augmentation = document.augmentation();
    plan.featureCache = m_featureCache;
    plan.decodedCache = m_decodedCache;
    plan.config = document.trainingConfig();
    plan.outputFolder = newRunFolder(m_runsFolder, QDate::currentDate().toString(Qt::ISODate).toStdString(), name);
    m_workbench.jobs().start(
        lane, tr("Preparing the run"), [plan, package = document.runnablePackage()](const JobContext &) { return prepare(plan, package); },
        [this, network = document.model().network, version = document.model().weightsVersion](Result<AdaptationPlan> ready) {
            if (!ready)
                return Q_EMIT m_workbench.failed(ready.error());
            const Document &now = m_workbench.document();
            if (version != now.model().weightsVersion || network != now.model().network || ready->dataset.folder != now.dataset().folder)
                return Q_EMIT m_workbench.noted(
                    [] { return tr("The run was not started: the model or the pictures were changed meanwhile. Start it again."); });
            begin(std::move(*ready), {});
        });
}

bool RunController::canResumeLastRun() const
{
    return !isBusy() && lastRunFolder(m_runsFolder).has_value();
}

void RunController::resumeLastRun()
{
    const auto folder = lastRunFolder(m_runsFolder);
    if (!folder || isBusy())
        return;
    m_workbench.jobs().start(
        lane, tr("Opening the last run"), [folder = *folder](const JobContext &context) { return reopen(folder, context); },
        [this](Result<ReopenedRun> run) {
            if (!run)
                return Q_EMIT m_workbench.failed(run.error());
            Document &document = m_workbench.document();
            if (auto opened = document.openModel(run->plan.package, run->folder / "model.safetensors"); !opened)
                return Q_EMIT m_workbench.failed(opened.error());
            document.setTrainingConfig(run->plan.config);
            document.setAugmentation(run->plan.augmentation);
            document.setValidationShare(run->plan.validationShare);
            document.setDataset(run->dataset);
            AdaptationPlan plan;
            plan.package = std::move(run->plan.package);
            plan.dataset = std::move(run->dataset);
            plan.validationShare = run->plan.validationShare;
            plan.augmentation = run->plan.augmentation;
            plan.featureCache = m_featureCache;
            plan.decodedCache = m_decodedCache;
            plan.config = run->plan.config;
            plan.outputFolder = std::move(run->folder);
            plan.resume = true;
            begin(std::move(plan), std::move(run->plan.epochs));
        });
}

void RunController::begin(AdaptationPlan plan, std::vector<EpochResult> earlierEpochs)
{
    m_workbench.cancelOpening();
    m_record = {plan.package.network, plan.dataset.folder, plan.validationShare, plan.config, plan.augmentation, plan.package.preprocessing,
        plan.outputFolder, 0};
    m_progress.reset();
    m_plannedEpochs = plan.config.epochs;
    const auto pictures = static_cast<qint64>(m_workbench.document().split().train.size());
    m_stepsPerEpoch = std::max<qint64>(1, (pictures + plan.config.batchSize - 1) / plan.config.batchSize);
    m_workbench.document().startHistory(plan.outputFolder);
    m_workbench.document().extendHistory({}, earlierEpochs);
    m_training.start(std::move(plan));
    Q_EMIT started();
}

void RunController::takeResult(const TrainingOutcome &outcome)
{
    Document &document = m_workbench.document();
    if (!outcome.package.network.empty() && outcome.bestEpoch > 0) {
        m_record.bestEpoch = outcome.bestEpoch;
        document.replaceWeights([] { return tr("Train"); },
            {outcome.package.network, outcome.package.weights, outcome.package.classNames, outcome.package.labelSets, 0, m_record,
                outcome.package.preprocessing});
    }
    document.endHistory(outcome.reason);
    Q_EMIT ended(outcome);
}

} // namespace graft
