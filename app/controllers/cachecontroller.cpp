#include "controllers/cachecontroller.h"

#include "data/decodedcache.h"
#include "training/featurefolder.h"

#include <QDir>
#include <QSettings>
#include <algorithm>
#include <utility>

namespace graft {

const CacheKind &featureCacheKind()
{
    static const CacheKind kind{
        QStringLiteral("featureCache"), true, defaultFeatureFolder, featureCacheBytes, defaultFeatureLimit, clearFeatureCache};
    return kind;
}

const CacheKind &decodedCacheKind()
{
    static const CacheKind kind{
        QStringLiteral("decodedCache"), false, defaultDecodedFolder, decodedCacheBytes, defaultDecodedLimit, clearDecodedCache};
    return kind;
}

CacheController::CacheController(Workbench &workbench, const CacheKind &kind, QObject *parent)
    : QObject(parent), m_workbench(workbench), m_kind(kind), m_choice(rememberedChoice())
{
    setObjectName(kind.name);
}

CacheController::~CacheController()
{
    for (const QString &lane : {measuringLane(), clearingLane()})
        m_workbench.jobs().cancel(lane); // whose answers come here
}

CacheChoice CacheController::rememberedChoice() const
{
    const QSettings settings;
    return {settings.value(key("keeps"), m_kind.keepsAtFirst).toBool(), settings.value(key("folder")).toString(),
        std::max<qint64>(0, settings.value(key("limitBytes"), 0).toLongLong())};
}

/// A relative folder would be another one for each place that the program is started from.
QString CacheController::asChosen(const QString &folder) const
{
    const QString whole = folder.isEmpty() ? QString() : QDir::cleanPath(QDir(folder).absolutePath());
    return whole == defaultFolder() ? QString() : whole;
}

void CacheController::setChoice(CacheChoice choice)
{
    choice.folder = asChosen(choice.folder);
    m_choice = std::move(choice);
    QSettings settings;
    settings.setValue(key("keeps"), m_choice.keeps);
    settings.setValue(key("folder"), m_choice.folder);
    settings.setValue(key("limitBytes"), m_choice.limitBytes);
    Q_EMIT choiceChanged();
    measure();
}

QString CacheController::defaultFolder() const
{
    return QString::fromStdString(m_kind.defaultFolder().string());
}

QString CacheController::folder() const
{
    return m_choice.folder.isEmpty() ? defaultFolder() : m_choice.folder;
}

void CacheController::measure()
{
    const std::filesystem::path folder = this->folder().toStdString();
    m_workbench.jobs().start(
        measuringLane(), tr("Measuring what is kept"),
        [folder, kind = m_kind](const JobContext &) { return std::pair<qint64, qint64>(kind.bytes(folder), kind.defaultLimit(folder)); },
        [this](const std::pair<qint64, qint64> &figures) {
            m_bytes = figures.first;
            Q_EMIT measured(figures.first, figures.second);
        });
}

void CacheController::clear()
{
    const std::filesystem::path folder = this->folder().toStdString();
    m_workbench.jobs().start(
        clearingLane(), tr("Clearing what is kept"), [folder, kind = m_kind](const JobContext &) { return kind.clear(folder); },
        [this](const Result<void> &cleared) {
            if (!cleared)
                Q_EMIT m_workbench.failed(cleared.error());
            measure();
        });
}

} // namespace graft
