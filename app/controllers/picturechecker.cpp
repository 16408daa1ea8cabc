#include "controllers/picturechecker.h"
#include "core/threadpriority.h"
#include "data/brokenpictures.h"
#include "properties/panelparts.h"

#include <thread>

namespace graft {
namespace {

constexpr int delay = 300; // milliseconds: what a folder shows first, comes first
constexpr int niceness = 19;

} // namespace

PictureChecker::PictureChecker(Workbench &workbench, RunController &runs, QObject *parent)
    : QObject(parent), m_workbench(workbench), m_runs(runs)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(delay);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isWanted() && !m_workbench.jobs().isRunning(lane))
            begin();
    });
    connect(&m_workbench.document(), &Document::changed, this, [this](Changes changes) {
        if (changes & (Changes(Change::Data) | Change::Model))
            update();
    });
    connect(&m_workbench, &Workbench::dataOpened, this, [this] {
        m_settled.clear(); // also when it is the same folder: its files may be others now
        update();
    });
    connect(&m_runs.training(), &TrainingController::stateChanged, this, &PictureChecker::update);
    JobTracker &jobs = m_workbench.jobs();
    connect(&jobs, &JobTracker::started, this, &PictureChecker::update);
    connect(&jobs, &JobTracker::ended, this, [this](const QString &ended) {
        if (ended == lane)
            Q_EMIT progressed({});
        update();
    });
    connect(&jobs, &JobTracker::progressed, this, [this](const QString &of, qint64 done, qint64 total) {
        if (of == lane)
            Q_EMIT progressed({done, total});
    });
}

PictureChecker::~PictureChecker()
{
    m_workbench.jobs().disconnect(this);
    m_workbench.jobs().cancel(lane);
}

void PictureChecker::stop()
{
    m_settled = m_workbench.document().dataset().folder;
    update();
}

bool PictureChecker::isWanted() const
{
    const Document &document = m_workbench.document();
    return document.hasData() && document.dataset().folder != m_settled && !m_runs.isBusy();
}

void PictureChecker::update()
{
    if (m_workbench.jobs().isRunning(lane)) {
        if (!isWanted() || m_workbench.document().dataset().folder != m_folder)
            m_workbench.jobs().cancel(lane);
    } else if (isWanted() && !m_timer.isActive()) {
        m_timer.start();
    }
}

void PictureChecker::begin()
{
    m_folder = m_workbench.document().dataset().folder;
    m_workbench.jobs().start(
        lane, {},
        [folder = m_folder](const JobContext &context) {
            Result<std::vector<BrokenFile>> broken;
            const auto progress = [&context](const ScanProgress &files) { context.report({files.done, files.total}); };
            // On a thread of its own, since a thread may not take its niceness back.
            std::thread([&] {
                setThreadNiceness(niceness);
                broken = findBrokenPictures(folder, progress, context.cancellation);
            }).join();
            return broken;
        },
        [this](const Result<std::vector<BrokenFile>> &broken) {
            m_settled = m_folder;
            const std::size_t count = broken ? m_workbench.document().leaveOut(*broken) : 0;
            if (count > 0)
                Q_EMIT m_workbench.noted([count] {
                    return counted(static_cast<qint64>(count),
                        tr("1 picture turned out to be damaged and is left out; the page Data names it."),
                        tr("%Ln pictures turned out to be damaged and are left out; the page Data names them.", nullptr,
                            static_cast<int>(count)));
                });
        });
}

} // namespace graft
