#pragma once
#include "training/config.h"

#include <QWidget>
#include <vector>

namespace graft {

/// A small curve of the learning rate over the run, as the schedule of the config makes it.
class ScheduleSketch : public QWidget {
    Q_OBJECT

public:
    explicit ScheduleSketch(QWidget *parent = nullptr);
    void setConfig(const TrainingConfig &config);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<double> m_rates;
    int m_epochs = 0;
};

} // namespace graft
