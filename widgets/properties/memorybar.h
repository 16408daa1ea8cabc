#pragma once
#include "graph/forecast.h"

#include <QWidget>
#include <vector>

namespace graft {

/// A thin bar of the parts of what training needs, against what is free.
class MemoryBar : public QWidget {
    Q_OBJECT

public:
    explicit MemoryBar(QWidget *parent = nullptr);
    /// `free` 0 = unknown: the bar is full then.
    void setMemory(const MemoryForecast &memory, qint64 free);
    /// The colour of a part, in the order of MemoryForecast.
    [[nodiscard]] static QColor partColor(int part);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    MemoryForecast m_memory;
    qint64 m_free = 0;
};

} // namespace graft
