#pragma once
#include "controllers/workbench.h"
#include "properties/memorysection.h"
#include "training/featurefolder.h"

#include <QObject>

namespace graft {

/// What this machine keeps between runs of what frozen layers make of pictures. The choice is of the machine and of no project: it is
/// kept with the program's settings. Window's thread.
class FeatureCacheController : public QObject {
    Q_OBJECT
public:
    explicit FeatureCacheController(Workbench &workbench, QObject *parent = nullptr);
    ~FeatureCacheController() override;

    [[nodiscard]] const FeatureCacheChoice &choice() const { return m_choice; }
    /// Remembers it and measures what is there.
    void setChoice(FeatureCacheChoice choice);
    [[nodiscard]] static QString defaultFolder();
    [[nodiscard]] QString folder() const; ///< the one that was chosen, also while nothing is kept
    [[nodiscard]] FeatureCacheSettings settings() const; ///< for a run
    [[nodiscard]] qint64 bytes() const { return m_bytes; } ///< as measured last
    void measure();
    /// Empties the cache, and measures it.
    void clear();

Q_SIGNALS:
    void choiceChanged();
    void measured(qint64 bytes, qint64 defaultLimit);

private:
    Workbench &m_workbench;
    FeatureCacheChoice m_choice;
    qint64 m_bytes = 0;
};

} // namespace graft
