#pragma once
#include "training/session.h"

#include <QString>
#include <functional>
#include <vector>

class QCPAxis;
class QCPGraph;
class QCPLegend;

namespace graft {

/// A line in each of two charts, loss and accuracy, for each of several label sets, and its name in the legend.
class SetCurves {
public:
    struct Axes {
        QCPAxis *x = nullptr, *y = nullptr;
    };
    SetCurves(Axes loss, Axes accuracy, QCPLegend *legend);
    void clear();
    /// The epoch's figures of each set; none where there is one set only.
    void add(int epoch, const std::vector<SetMetrics> &sets);
    /// Pens for the present palette; names as `title` gives them for the sets'.
    void applyLook(const std::function<QString(const QString &set)> &title);
    [[nodiscard]] std::vector<QCPGraph *> lossGraphs() const;
    [[nodiscard]] std::vector<QCPGraph *> accuracyGraphs() const;

private:
    struct Curve {
        QString set;
        QCPGraph *loss = nullptr, *accuracy = nullptr;
    };
    [[nodiscard]] bool areOf(const std::vector<SetMetrics> &sets) const;

    Axes m_loss, m_accuracy;
    QCPLegend *m_legend = nullptr;
    std::vector<Curve> m_curves;
    std::function<QString(const QString &set)> m_title;
};

} // namespace graft
