#pragma once
#include "common/retranslation.h"
#include "nn/device.h"
#include "training/config.h"

#include <QWidget>
#include <functional>
#include <utility>
#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace graft {

class MemorySection;
class ScheduleSketch;
class ScientificSpinBox;

/// The settings of a run. What a setting's value means nothing for is hidden (momentum for Adam) and kept.
class TrainingPanel : public QWidget {
    Q_OBJECT

public:
    using Choices = std::vector<std::pair<QString, QString>>; ///< name and title

    explicit TrainingPanel(QWidget *parent = nullptr);
    /// Keeps the present choices where the new lists have them too.
    void setChoices(const std::vector<DeviceDescription> &devices, const Choices &optimizers, const Choices &schedules);
    [[nodiscard]] TrainingConfig config() const;
    /// Emits nothing. A name that is not among the choices is added to them, so that config() gives back what was set.
    void setConfig(const TrainingConfig &config);
    void setEditable(bool editable);
    [[nodiscard]] double validationShare() const; ///< 0 … 0.9
    void setValidationShare(double share); ///< emits nothing
    /// False when the data has its own split: the share then says so instead of a number.
    void setValidationShareUsed(bool used);
    /// The folded part at the end, with what is of the machine and not of the run.
    [[nodiscard]] MemorySection *memory() const { return m_memory; }

Q_SIGNALS:
    void configChanged();
    void validationShareChanged(double share);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildOptimization(QFormLayout *form);
    void buildSchedule(QFormLayout *form);
    void buildRun(QFormLayout *form);
    void buildMachine(QFormLayout *form);
    void addRow(QFormLayout *form, QWidget *field, const std::function<QString()> &title, const std::function<QString()> &help);
    void connectFields();
    void changed();
    void refreshVisibility();

    Retranslation m_texts;
    QWidget *m_content = nullptr;
    QFormLayout *m_optimization = nullptr;
    QFormLayout *m_schedules = nullptr;
    QComboBox *m_optimizer = nullptr;
    ScientificSpinBox *m_learningRate = nullptr;
    QDoubleSpinBox *m_momentum = nullptr;
    QCheckBox *m_nesterov = nullptr;
    ScientificSpinBox *m_weightDecay = nullptr;
    QComboBox *m_schedule = nullptr;
    ScheduleSketch *m_sketch = nullptr;
    QSpinBox *m_stepEpochs = nullptr;
    QDoubleSpinBox *m_stepFactor = nullptr;
    QDoubleSpinBox *m_warmup = nullptr;
    QSpinBox *m_epochs = nullptr;
    QSpinBox *m_batch = nullptr;
    QDoubleSpinBox *m_validation = nullptr;
    QDoubleSpinBox *m_smoothing = nullptr;
    QLineEdit *m_seed = nullptr;
    QComboBox *m_device = nullptr;
    QComboBox *m_precision = nullptr;
    MemorySection *m_memory = nullptr;
    TrainingConfig m_config; ///< as set; config() lays the fields over it
    double m_validationShare = 0.2;
    bool m_shareUsed = true;
    bool m_loading = false;
};

} // namespace graft
