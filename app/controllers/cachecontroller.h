#pragma once
#include "controllers/workbench.h"
#include "properties/cacherows.h"

#include <QObject>

namespace graft {

/// One of the things that this machine keeps between runs, as the engine gives it.
struct CacheKind {
    QString name; ///< in the settings; the controller's object name
    bool keepsAtFirst = false;
    std::filesystem::path (*defaultFolder)();
    std::int64_t (*bytes)(const std::filesystem::path &folder);
    std::int64_t (*defaultLimit)(const std::filesystem::path &folder);
    Result<void> (*clear)(const std::filesystem::path &folder);
};
[[nodiscard]] const CacheKind &featureCacheKind(); ///< what frozen layers make of pictures
[[nodiscard]] const CacheKind &decodedCacheKind(); ///< decoded pictures

/// What this machine keeps between runs, where and how much of it. The choice is of the machine and of no project: it is kept with the
/// program's settings. Window's thread.
class CacheController : public QObject {
    Q_OBJECT
public:
    CacheController(Workbench &workbench, const CacheKind &kind, QObject *parent = nullptr);
    ~CacheController() override;

    [[nodiscard]] const CacheChoice &choice() const { return m_choice; }
    /// Remembers it and measures what is there.
    void setChoice(CacheChoice choice);
    [[nodiscard]] QString defaultFolder() const;
    [[nodiscard]] QString folder() const; ///< the one that was chosen, also while nothing is kept
    /// For a run: `Settings` of the kind, FeatureCacheSettings or DecodedCacheSettings.
    template <typename Settings>
    [[nodiscard]] Settings settings() const
    {
        return m_choice.keeps ? Settings{folder().toStdString(), m_choice.limitBytes} : Settings{};
    }
    [[nodiscard]] qint64 bytes() const { return m_bytes; } ///< as measured last
    void measure();
    /// Empties the cache, and measures it.
    void clear();

Q_SIGNALS:
    void choiceChanged();
    void measured(qint64 bytes, qint64 defaultLimit);

private:
    [[nodiscard]] QString key(const char *setting) const { return m_kind.name + QLatin1Char('/') + QLatin1String(setting); }
    [[nodiscard]] CacheChoice rememberedChoice() const;
    [[nodiscard]] QString asChosen(const QString &folder) const;
    [[nodiscard]] QString measuringLane() const { return m_kind.name; }
    [[nodiscard]] QString clearingLane() const { return QStringLiteral("clearing the ") + m_kind.name; }

    Workbench &m_workbench;
    const CacheKind m_kind;
    CacheChoice m_choice;
    qint64 m_bytes = 0;
};

} // namespace graft
