#include "controllers/gallerycontroller.h"
#include "architectures/architecture.h"
#include "common/text.h"
#include "gallery/speed.h"
#include "gallery/weightscache.h"

#include <QFileInfo>
#include <QSet>
#include <QSettings>
#include <QSysInfo>
#include <algorithm>

namespace graft {
namespace {

GalleryEntry entryOf(const PublishedWeights &weights, const NetworkAnalysis &analysis)
{
    const Architecture *architecture = architectures().find(weights.architecture);
    GalleryEntry entry;
    entry.reference = fromEngine(weights.reference());
    entry.title = fromEngine(architecture->title);
    entry.weights = fromEngine(weights.name);
    entry.family = fromEngine(architecture->family);
    entry.top1 = weights.top1;
    entry.top5 = weights.top5;
    entry.parameters = analysis.parameters;
    entry.multiplyAdds = analysis.multiplyAdds;
    entry.bytes = weights.aboutBytes;
    entry.pixels = weights.preprocessing.crop;
    entry.licence = fromEngine(weights.licence);
    entry.source = fromEngine(weights.source);
    entry.address = fromEngine(weights.address);
    return entry;
}

std::vector<GalleryEntry> makeEntries(const Cancellation &cancellation)
{
    std::vector<GalleryEntry> entries;
    for (const PublishedWeights &weights : publishedWeights()) {
        if (cancellation.requested())
            return {};
        const auto network = networkOf(weights);
        const auto analysis = network ? analyse(*network) : fail(network.error());
        if (analysis)
            entries.push_back(entryOf(weights, *analysis));
    }
    return entries;
}

/// Entries of one network and input size are equally fast.
QString networkKey(const GalleryEntry &entry)
{
    return entry.reference.section(QLatin1Char(':'), 0, 0) + QLatin1Char('@') + QString::number(entry.pixels);
}

} // namespace

GalleryController::GalleryController(Workbench &workbench, QObject *parent) : QObject(parent), m_workbench(workbench)
{
    JobTracker &jobs = workbench.jobs();
    connect(&jobs, &JobTracker::progressed, this, [this](const QString &lane, qint64 done, qint64 total) {
        if (lane == downloadLane)
            Q_EMIT downloadProgressed(m_downloading, done * 1024, total * 1024);
    });
    connect(&jobs, &JobTracker::ended, this, [this](const QString &lane) {
        if (lane != downloadLane)
            return;
        m_downloading.clear();
        Q_EMIT downloadEnded();
        refresh();
    });
}

const GalleryEntry *GalleryController::find(const QString &reference) const
{
    const auto found = std::ranges::find(m_entries, reference, &GalleryEntry::reference);
    return found == m_entries.end() ? nullptr : &*found;
}

QString GalleryController::speedKey(const GalleryEntry &entry, int batch) const
{
    const QString device = fromEngine(name(m_workbench.document().trainingConfig().device));
    return QStringLiteral("speed/%1/%2/%3/%4").arg(QSysInfo::machineHostName(), device).arg(batch).arg(networkKey(entry));
}

void GalleryController::fillIn(GalleryEntry &entry) const
{
    const auto weights = findWeights(entry.reference.toStdString());
    if (!weights)
        return;
    const std::filesystem::path folder = weightsFolder();
    entry.isHere = cachedFile(*weights, folder).has_value();
    entry.bytesKept = bytesKept(*weights, folder);
    entry.remark = entry.isHere ? fromEngine(remarkOf(*weights, folder)) : QString();
    entry.picturesPerSecond = QSettings().value(speedKey(entry, m_batch), 0.0).toDouble();
}

void GalleryController::refresh()
{
    if (m_entries.empty()) {
        m_workbench.jobs().start(
            listLane, tr("Looking through the gallery"), [](const JobContext &context) { return makeEntries(context.cancellation); },
            [this](std::vector<GalleryEntry> entries) {
                m_entries = std::move(entries);
                if (!m_entries.empty())
                    refresh();
            });
        return;
    }
    for (GalleryEntry &entry : m_entries)
        fillIn(entry);
    Q_EMIT entriesChanged();
}

void GalleryController::setBatch(int batch)
{
    m_batch = batch;
    if (!m_entries.empty())
        refresh();
}

void GalleryController::open(const QString &reference)
{
    const GalleryEntry *entry = find(reference);
    if (entry && entry->isHere)
        m_workbench.openModel(reference);
    else if (entry)
        startDownload(reference, true);
}

void GalleryController::download(const QString &reference)
{
    if (find(reference))
        startDownload(reference, false);
}

void GalleryController::startDownload(const QString &reference, bool openAfterwards)
{
    if (!m_downloading.isEmpty())
        return;
    const auto weights = findWeights(reference.toStdString());
    if (!weights)
        return Q_EMIT failed(weights.error());
    m_downloading = reference;
    Q_EMIT downloadProgressed(reference, find(reference)->bytesKept, weights->aboutBytes);
    m_workbench.jobs().start(
        downloadLane, tr("Downloading %1").arg(find(reference)->title),
        [weights = *weights](const JobContext &context) {
            // In kibibytes: the indicator counts in int.
            const auto progress = [&context](DownloadProgress bytes) { context.report({bytes.done / 1024, bytes.total / 1024}); };
            return graft::download(weights, weightsFolder(), progress, context.cancellation);
        },
        [this, reference, openAfterwards](const Result<std::filesystem::path> &file) {
            if (!file)
                return Q_EMIT failed(file.error());
            if (openAfterwards)
                m_workbench.openModel(reference);
            else
                Q_EMIT noted(tr("%1 is on this computer now.").arg(find(reference)->title));
        });
}

void GalleryController::cancelDownload()
{
    m_workbench.jobs().cancel(downloadLane);
}

void GalleryController::adopt(const QString &reference, const QString &path)
{
    const auto weights = findWeights(reference.toStdString());
    if (!weights)
        return Q_EMIT failed(weights.error());
    m_workbench.jobs().start(
        fileLane, tr("Checking %1").arg(QFileInfo(path).fileName()),
        [weights = *weights, file = std::filesystem::path(path.toStdString())](
            const JobContext &context) { return graft::adopt(weights, file, weightsFolder(), context.cancellation); },
        [this, reference](const Result<Adopted> &adopted) {
            refresh();
            if (!adopted)
                return Q_EMIT failed(adopted.error());
            const QString title = find(reference)->title;
            Q_EMIT noted(adopted->remark.empty()
                    ? tr("The file is the published one; %1 is on this computer now.").arg(title)
                    : tr("The file fits %1 and was taken, but it is not the published one: its checksum differs.").arg(title));
        });
}

void GalleryController::remove(const QString &reference)
{
    const auto weights = findWeights(reference.toStdString());
    if (auto removed = weights ? removeCached(*weights, weightsFolder()) : fail(weights.error()); !removed)
        Q_EMIT failed(removed.error());
    refresh();
}

void GalleryController::measure(const QStringList &references, int batch)
{
    cancelMeasuring();
    std::vector<const GalleryEntry *> wanted;
    QSet<QString> seen;
    for (const QString &reference : references) {
        const GalleryEntry *entry = find(reference);
        if (!entry || seen.contains(networkKey(*entry)))
            continue;
        seen.insert(networkKey(*entry));
        wanted.push_back(entry);
    }
    std::ranges::stable_sort(wanted, {}, &GalleryEntry::multiplyAdds);
    for (const GalleryEntry *entry : wanted)
        m_toMeasure << entry->reference;
    m_measured = 0;
    m_measureBatch = batch;
    measureNext();
}

void GalleryController::measureNext()
{
    if (m_toMeasure.isEmpty())
        return Q_EMIT measuringEnded();
    const QString reference = m_toMeasure.constFirst();
    const auto weights = findWeights(reference.toStdString());
    const auto network = weights ? networkOf(*weights) : fail(weights.error());
    if (!network) {
        m_toMeasure.clear();
        Q_EMIT measuringEnded();
        return Q_EMIT failed(network.error());
    }
    Q_EMIT measuring(reference, m_measured, m_measured + int(m_toMeasure.size()));
    // Without a title: the gallery shows how far it is.
    m_workbench.jobs().start(
        speedLane, {},
        [network = *network, batch = m_measureBatch, device = m_workbench.document().trainingConfig().device](
            const JobContext &context) { return measureSpeed(network, device, batch, context.cancellation); },
        [this, reference](const Result<double> &speed) {
            if (speed)
                QSettings().setValue(speedKey(*find(reference), m_measureBatch), *speed);
            else
                Q_EMIT failed(speed.error());
            m_toMeasure.removeFirst();
            ++m_measured;
            refresh();
            measureNext();
        });
}

void GalleryController::cancelMeasuring()
{
    m_workbench.jobs().cancel(speedLane);
    if (m_toMeasure.isEmpty())
        return;
    m_toMeasure.clear();
    Q_EMIT measuringEnded();
}

} // namespace graft
