#pragma once
#include "common/retranslation.h"
#include "training/config.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QSpinBox;

namespace graft {

class CacheRows;
class FoldingSection;

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
    /// What this machine keeps between runs: outputs of frozen layers, and decoded pictures.
    [[nodiscard]] CacheRows *features() const { return m_features; }
    [[nodiscard]] CacheRows *pictures() const { return m_pictures; }

Q_SIGNALS:
    void configChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildBatch();
    void buildCheckpointing();
    void buildCaches();

    Retranslation m_texts;
    FoldingSection *m_folding = nullptr;
    QFormLayout *m_form = nullptr;
    QSpinBox *m_microBatch = nullptr;
    QComboBox *m_checkpointing = nullptr;
    CacheRows *m_features = nullptr;
    CacheRows *m_pictures = nullptr;
    bool m_loading = false;
};

} // namespace graft
