#pragma once
#include "common/retranslation.h"
#include "training/config.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace graft {

class FoldingSection;

/// Where this machine keeps what frozen layers make of pictures, and how much of it. Of no project.
struct FeatureCacheChoice {
    bool keeps = true;
    QString folder; ///< empty = the default folder
    qint64 limitBytes = 0; ///< 0 = as much as is sensible
    bool operator==(const FeatureCacheChoice &) const = default;
};

/// What a run takes of memory and disk, for who wants to say so: folded at first, since what Graft chooses by itself is right for most.
class MemorySection : public QWidget {
    Q_OBJECT

public:
    explicit MemorySection(QWidget *parent = nullptr);
    [[nodiscard]] QFormLayout *form() const { return m_form; }
    [[nodiscard]] FoldingSection *folding() const { return m_folding; }
    /// Lays what is chosen here over the other settings.
    void applyTo(TrainingConfig &config) const;
    void setConfig(const TrainingConfig &config); ///< emits nothing
    [[nodiscard]] const FeatureCacheChoice &featureCache() const { return m_choice; }
    void setFeatureCache(const FeatureCacheChoice &choice, const QString &defaultFolder); ///< emits nothing
    /// What the cache takes on disk, and what it may take where no limit is chosen.
    void setFeatureCacheUse(qint64 bytes, qint64 defaultLimit);

Q_SIGNALS:
    void configChanged();
    void featureCacheChanged();
    void folderRequested(); ///< the person wants to choose one
    void clearRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildBatch();
    void buildCheckpointing();
    void buildCache();
    void chooseFolder(int index);
    void choose(const FeatureCacheChoice &choice);
    void refreshCache();

    Retranslation m_texts;
    FoldingSection *m_folding = nullptr;
    QFormLayout *m_form = nullptr;
    QSpinBox *m_microBatch = nullptr;
    QComboBox *m_checkpointing = nullptr;
    QCheckBox *m_keeps = nullptr;
    QComboBox *m_folder = nullptr;
    QDoubleSpinBox *m_limit = nullptr;
    QWidget *m_useRow = nullptr;
    QLabel *m_use = nullptr;
    QPushButton *m_clear = nullptr;
    FeatureCacheChoice m_choice;
    QString m_defaultFolder;
    qint64 m_bytes = 0, m_defaultLimit = 0;
    bool m_loading = false;
};

} // namespace graft
