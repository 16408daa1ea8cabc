#include "plots/setcurves.h"
#include "common/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <qcustomplot.h>

namespace graft {

namespace {

const QString layerName = QStringLiteral("label sets"); // beneath the curves of all of them
constexpr int longestName = 20; // letters; the legend leaves the charts their room

/// Colours, and with them kinds of lines, that are told apart also side by side.
QPen penOf(std::size_t set)
{
    static const std::array categories = {"linear", "pooling", "activation", "merge", "convolution", "attention", "normalization"};
    static const std::array styles = {Qt::DashDotLine, Qt::DotLine, Qt::DashDotDotLine};
    return {categoryColor(QString::fromLatin1(categories[set % categories.size()])), 1.5, styles[set % styles.size()]};
}

QCPScatterStyle marksOf(std::size_t set, const QColor &color)
{
    static const std::array shapes
        = {QCPScatterStyle::ssSquare, QCPScatterStyle::ssTriangle, QCPScatterStyle::ssDiamond, QCPScatterStyle::ssTriangleInverted};
    return {shapes[set % shapes.size()], color, 6};
}

double plottable(double value)
{
    return std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN();
}

QString shortName(const QString &name)
{
    const QString line = name.simplified();
    return line.size() > longestName ? line.left(longestName - 1) + QStringLiteral("…") : line;
}

} // namespace

SetCurves::SetCurves(Axes loss, Axes accuracy, QCPLegend *legend) : m_loss(loss), m_accuracy(accuracy), m_legend(legend)
{
    QCustomPlot *plot = legend->parentPlot();
    plot->addLayer(layerName, plot->layer(QStringLiteral("main")), QCustomPlot::limBelow);
}

void SetCurves::clear()
{
    for (const Curve &curve : m_curves) {
        m_legend->removeItem(m_legend->itemWithPlottable(curve.loss));
        for (QCPGraph *graph : {curve.loss, curve.accuracy})
            graph->parentPlot()->removeGraph(graph);
    }
    m_curves.clear();
}

bool SetCurves::areOf(const std::vector<SetMetrics> &sets) const
{
    return std::ranges::equal(
        m_curves, sets, [](const Curve &curve, const SetMetrics &set) { return curve.set == QString::fromStdString(set.name); });
}

void SetCurves::add(int epoch, const std::vector<SetMetrics> &sets)
{
    if (!areOf(sets)) {
        clear();
        for (const SetMetrics &set : sets) {
            const auto graphOn = [](const Axes &axes) {
                QCPGraph *graph = axes.x->parentPlot()->addGraph(axes.x, axes.y);
                graph->setLayer(layerName);
                return graph;
            };
            m_curves.push_back({QString::fromStdString(set.name), graphOn(m_loss), graphOn(m_accuracy)});
            m_legend->addItem(new QCPPlottableLegendItem(m_legend, m_curves.back().loss));
        }
        applyLook(m_title);
    }
    for (std::size_t i = 0; i < sets.size(); ++i) {
        m_curves[i].loss->addData(epoch, plottable(sets[i].loss));
        m_curves[i].accuracy->addData(epoch, plottable(sets[i].accuracy * 100));
    }
}

void SetCurves::applyLook(const std::function<QString(const QString &set)> &title)
{
    m_title = title;
    for (std::size_t i = 0; i < m_curves.size(); ++i)
        for (QCPGraph *graph : {m_curves[i].loss, m_curves[i].accuracy}) {
            const QPen pen = penOf(i);
            graph->setPen(pen);
            graph->setScatterStyle(marksOf(i, pen.color()));
            graph->setName(m_title ? m_title(shortName(m_curves[i].set)) : m_curves[i].set);
        }
}

std::vector<QCPGraph *> SetCurves::lossGraphs() const
{
    std::vector<QCPGraph *> graphs;
    std::ranges::transform(m_curves, std::back_inserter(graphs), &Curve::loss);
    return graphs;
}

std::vector<QCPGraph *> SetCurves::accuracyGraphs() const
{
    std::vector<QCPGraph *> graphs;
    std::ranges::transform(m_curves, std::back_inserter(graphs), &Curve::accuracy);
    return graphs;
}

} // namespace graft
