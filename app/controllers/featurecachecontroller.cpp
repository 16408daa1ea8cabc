#include "controllers/featurecachecontroller.h"

#include <QDir>
#include <QSettings>
#include <algorithm>
#include <utility>

namespace graft {
namespace {

const QString measuringLane = QStringLiteral("featureCache"), clearingLane = QStringLiteral("clearing the featureCache");
const QString keepsKey = QStringLiteral("featureCache/keeps");
const QString folderKey = QStringLiteral("featureCache/folder");
const QString limitKey = QStringLiteral("featureCache/limitBytes");

FeatureCacheChoice rememberedChoice()
{
    const QSettings settings;
    return {settings.value(keepsKey, true).toBool(), settings.value(folderKey).toString(),
        std::max<qint64>(0, settings.value(limitKey, 0).toLongLong())};
}

/// A relative folder would be another one for each place that the program is started from.
QString asChosen(const QString &folder)
{
    const QString whole = folder.isEmpty() ? QString() : QDir::cleanPath(QDir(folder).absolutePath());
    return whole == FeatureCacheController::defaultFolder() ? QString() : whole;
}

} // namespace

FeatureCacheController::FeatureCacheController(Workbench &workbench, QObject *parent)
    : QObject(parent), m_workbench(workbench), m_choice(rememberedChoice())
{
}

FeatureCacheController::~FeatureCacheController()
{
    for (const QString &lane : {measuringLane, clearingLane})
        m_workbench.jobs().cancel(lane); // whose answers come here
}

void FeatureCacheController::setChoice(FeatureCacheChoice choice)
{
    choice.folder = asChosen(choice.folder);
    m_choice = std::move(choice);
    QSettings settings;
    settings.setValue(keepsKey, m_choice.keeps);
    settings.setValue(folderKey, m_choice.folder);
    settings.setValue(limitKey, m_choice.limitBytes);
    Q_EMIT choiceChanged();
    measure();
}

QString FeatureCacheController::defaultFolder()
{
    return QString::fromStdString(defaultFeatureFolder().string());
}

QString FeatureCacheController::folder() const
{
    return m_choice.folder.isEmpty() ? defaultFolder() : m_choice.folder;
}

FeatureCacheSettings FeatureCacheController::settings() const
{
    return m_choice.keeps ? FeatureCacheSettings{folder().toStdString(), m_choice.limitBytes} : FeatureCacheSettings{};
}

void FeatureCacheController::measure()
{
    const std::filesystem::path folder = this->folder().toStdString();
    m_workbench.jobs().start(
        measuringLane, tr("Measuring what is kept"),
        [folder](const JobContext &) { return std::pair<qint64, qint64>(featureCacheBytes(folder), defaultFeatureLimit(folder)); },
        [this](const std::pair<qint64, qint64> &figures) {
            m_bytes = figures.first;
            Q_EMIT measured(figures.first, figures.second);
        });
}

void FeatureCacheController::clear()
{
    const std::filesystem::path folder = this->folder().toStdString();
    m_workbench.jobs().start(
        clearingLane, tr("Clearing what is kept"), [folder](const JobContext &) { return clearFeatureCache(folder); },
        [this](const Result<void> &cleared) {
            if (!cleared)
                Q_EMIT m_workbench.failed(cleared.error());
            measure();
        });
}

} // namespace graft
