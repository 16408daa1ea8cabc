#pragma once
#include "plots/setcurves.h"

#include <QElapsedTimer>
#include <QImage>
#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

class QCPAxis;
class QCPAxisRect;
class QCPGraph;
class QCPItemStraightLine;
class QCPLegend;
class QCPTextElement;
class QCustomPlot;
class QLabel;

namespace graft {

/// Loss and accuracy of a run, side by side: the batches' running mean as a thin line, training's and validation's epochs as strong ones,
/// the best epoch marked; of several label sets validation's (without it, training's) of each. Adding is cheap; it draws at most 30 times a
/// second and not at all while hidden. The wheel zooms, dragging moves, a double click shows all.
class CurvesView : public QWidget {
    Q_OBJECT

public:
    explicit CurvesView(QWidget *parent = nullptr);
    void reset(int epochs); ///< empties it for a run of so many epochs; 0 = unknown
    void addSamples(const std::vector<MetricSample> &samples, qint64 stepsPerEpoch);
    void addEpoch(const EpochResult &epoch);
    void setLog(bool logarithmic); ///< of the loss axis
    [[nodiscard]] QImage grabCurves();
    [[nodiscard]] QString epochsAsCsv() const;
    [[nodiscard]] QString samplesAsCsv() const;
    [[nodiscard]] qint64 drawCount() const { return m_draws; } ///< how often the curves were drawn so far

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// One of the two charts.
    struct Chart {
        QCPTextElement *title = nullptr;
        QCPAxisRect *area = nullptr;
        QCPAxis *x = nullptr;
        QCPAxis *y = nullptr;
        QCPGraph *batches = nullptr;
        QCPGraph *train = nullptr;
        QCPGraph *validation = nullptr;
        QCPGraph *best = nullptr;
        QCPItemStraightLine *cursor = nullptr;
        double smoothed = 0;
    };
    Chart makeChart(int column);
    QCPLegend *makeLegend();
    void applyTheme();
    void applyTheme(Chart &chart);
    void applyTexts();
    void scheduleDraw();
    void draw();
    void fitRanges();
    void showAll();
    void markBest();
    void hover(const QPoint &position);
    [[nodiscard]] QString readout(double epoch) const;
    [[nodiscard]] QString setsText(const Metrics &metrics) const;

    QCustomPlot *m_plot = nullptr;
    QCPLegend *m_legend = nullptr; ///< of both charts: their lines mean the same
    QLabel *m_readout = nullptr;
    Chart m_loss;
    Chart m_accuracy;
    std::optional<SetCurves> m_sets;
    QTimer m_timer;
    QElapsedTimer m_lastDraw;
    std::vector<MetricSample> m_samples;
    std::vector<EpochResult> m_epochs;
    qint64 m_stepsPerEpoch = 1;
    double m_hoveredEpoch = -1; ///< negative = none
    qint64 m_smoothedCount = 0;
    qint64 m_draws = 0;
    int m_plannedEpochs = 0;
    bool m_followAll = true; ///< until the person zooms or drags
    bool m_logarithmic = false;
    bool m_dirty = false;
};

} // namespace graft
