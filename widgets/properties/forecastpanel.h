#pragma once
#include "common/retranslation.h"
#include "graph/forecast.h"

#include <QWidget>
#include <optional>

class QFormLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace graft {

class MemoryBar;

/// What training will take as the network stands now: trained parameters, memory, time, the largest batch. Shows figures; says when the
/// person wants this machine measured or the largest batch taken.
class ForecastPanel : public QWidget {
    Q_OBJECT

public:
    explicit ForecastPanel(QWidget *parent = nullptr);
    void setForecast(const Forecast &forecast, const ForecastSettings &settings);
    /// Why there is no forecast; shown in place of it.
    void setReason(const QString &sentence);
    /// The figures of time are absent until this machine is measured; progress from 0 to 1 while it is, none otherwise.
    void setMeasuring(std::optional<double> progress);
    /// While false (during training) the batch cannot be taken over and the machine not be measured.
    void setEditable(bool editable);

Q_SIGNALS:
    void measureRequested();
    void cancelMeasuringRequested();
    void batchRequested(int batch);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildFigures();
    void buildMeasuring();
    void refresh();
    void refreshMemory();
    void refreshTime();
    [[nodiscard]] QString epochText(const TimeForecast &time) const;
    void refreshBatch();
    void refreshSaving();

    Retranslation m_texts;
    std::optional<Forecast> m_forecast;
    ForecastSettings m_settings;
    QString m_reason;
    std::optional<double> m_measuring;
    bool m_editable = true;
    QLabel *m_reasonLabel = nullptr;
    QWidget *m_figures = nullptr;
    QFormLayout *m_form = nullptr;
    QLabel *m_parameters = nullptr;
    QLabel *m_memory = nullptr;
    MemoryBar *m_memoryBar = nullptr;
    QLabel *m_memoryParts = nullptr;
    QLabel *m_time = nullptr;
    QLabel *m_step = nullptr;
    QLabel *m_batch = nullptr;
    QLabel *m_saving = nullptr;
    QWidget *m_measuringRow = nullptr;
    QLabel *m_notMeasured = nullptr;
    QProgressBar *m_progress = nullptr;
    QPushButton *m_measure = nullptr;
};

} // namespace graft
