#include "plots/curvesview.h"
#include "common/text.h"
#include "common/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <qcustomplot.h>

namespace graft {

namespace {

constexpr int millisecondsBetweenDraws = 33;
const QString cursorLayer = QStringLiteral("cursor");

double plottable(double value)
{
    return std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN();
}

/// The graph's values widened by `range`, where it has any.
void include(QCPRange &range, bool &found, const QCPGraph *graph, bool positiveOnly)
{
    bool has = false;
    const QCPRange values = graph->getValueRange(has, positiveOnly ? QCP::sdPositive : QCP::sdBoth);
    if (!has)
        return;
    range = found ? range.expanded(values) : values;
    found = true;
}

QString csvCell(QString text)
{
    if (!text.contains(QRegularExpression(QStringLiteral("[\",\\r\\n]"))))
        return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

} // namespace

CurvesView::CurvesView(QWidget *parent) : QWidget(parent), m_plot(new QCustomPlot), m_readout(new QLabel)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(4);
    column->addWidget(m_plot, 1);
    m_readout->setTextFormat(Qt::PlainText);
    m_readout->setWordWrap(true);
    m_readout->setAlignment(Qt::AlignCenter);
    column->addWidget(m_readout);

    m_plot->setFocusPolicy(Qt::StrongFocus);
    m_plot->setAutoAddPlottableToLegend(false);
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->plotLayout()->clear();
    m_plot->plotLayout()->setColumnSpacing(16);
    m_plot->plotLayout()->setRowSpacing(0);
    m_plot->addLayer(cursorLayer);
    m_plot->layer(cursorLayer)->setMode(QCPLayer::lmBuffered);
    m_loss = makeChart(0);
    m_accuracy = makeChart(1);
    m_accuracy.y->setRange(0, 100);
    m_legend = makeLegend();
    m_sets.emplace(SetCurves::Axes{m_loss.x, m_loss.y}, SetCurves::Axes{m_accuracy.x, m_accuracy.y}, m_legend);
    connect(m_loss.x, qOverload<const QCPRange &>(&QCPAxis::rangeChanged), m_accuracy.x,
        [this](const QCPRange &range) { m_accuracy.x->setRange(range); });
    connect(m_accuracy.x, qOverload<const QCPRange &>(&QCPAxis::rangeChanged), m_loss.x,
        [this](const QCPRange &range) { m_loss.x->setRange(range); });
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this] { m_followAll = false; });
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &CurvesView::showAll);
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](const QMouseEvent *event) {
        if (event->buttons() & Qt::LeftButton)
            m_followAll = false;
        hover(event->pos());
    });
    m_plot->installEventFilter(this);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CurvesView::draw);
    applyTheme();
    reset(0);
}

CurvesView::Chart CurvesView::makeChart(int column)
{
    Chart chart;
    chart.title = new QCPTextElement(m_plot);
    m_plot->plotLayout()->addElement(0, column, chart.title);
    chart.area = new QCPAxisRect(m_plot);
    m_plot->plotLayout()->addElement(1, column, chart.area);
    chart.area->setMinimumMargins(QMargins(8, 4, 8, 4));
    chart.x = chart.area->axis(QCPAxis::atBottom);
    chart.y = chart.area->axis(QCPAxis::atLeft);
    auto epochs = QSharedPointer<QCPAxisTickerFixed>::create();
    epochs->setTickStep(1);
    epochs->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    chart.x->setTicker(epochs);
    for (QCPGraph **graph : {&chart.batches, &chart.train, &chart.validation, &chart.best})
        *graph = m_plot->addGraph(chart.x, chart.y);
    chart.best->setLineStyle(QCPGraph::lsNone);

    chart.cursor = new QCPItemStraightLine(m_plot);
    chart.cursor->setLayer(cursorLayer);
    chart.cursor->setClipAxisRect(chart.area);
    for (QCPItemPosition *position : {chart.cursor->point1, chart.cursor->point2})
        position->setAxes(chart.x, chart.y);
    chart.cursor->setVisible(false);
    return chart;
}

/// Beside the charts, where it hides no curve.
QCPLegend *CurvesView::makeLegend()
{
    auto *legend = new QCPLegend;
    auto *place = new QCPLayoutGrid;
    m_plot->plotLayout()->addElement(1, 2, place);
    m_plot->plotLayout()->setColumnStretchFactor(2, 0.001);
    place->addElement(0, 0, legend);
    place->addElement(1, 0, new QCPLayoutElement(m_plot)); // pushes the legend to the top
    place->setRowStretchFactor(0, 0.001);
    legend->setLayer(QStringLiteral("legend"));
    legend->setBorderPen(Qt::NoPen);
    legend->setBrush(Qt::NoBrush);
    legend->setRowSpacing(0);
    for (QCPGraph *graph : {m_loss.batches, m_loss.train, m_loss.validation, m_loss.best})
        legend->addItem(new QCPPlottableLegendItem(legend, graph));
    return legend;
}

void CurvesView::applyTheme()
{
    m_plot->setBackground(palette().color(QPalette::Base));
    m_plot->setLocale(QLocale());
    applyTheme(m_loss);
    applyTheme(m_accuracy);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    m_legend->setFont(small);
    m_legend->setTextColor(palette().color(QPalette::Text));
    applyTexts();
    scheduleDraw();
}

void CurvesView::applyTheme(Chart &chart)
{
    const QColor text = palette().color(QPalette::Text);
    const QColor base = palette().color(QPalette::Base);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    QFont bold = font();
    bold.setBold(true);
    chart.title->setFont(bold);
    chart.title->setTextColor(text);
    for (QCPAxis *axis : {chart.x, chart.y}) {
        const QPen line(blend(base, text, 0.35), 1);
        axis->setBasePen(line);
        axis->setTickPen(line);
        axis->setSubTickPen(line);
        axis->setSubTicks(false);
        axis->setTickLabelColor(mutedTextColor());
        axis->setTickLabelFont(small);
        axis->setLabelColor(mutedTextColor());
        axis->setLabelFont(small);
        axis->grid()->setPen(QPen(blend(base, text, 0.1), 1));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    chart.batches->setPen(QPen(blend(base, trainableColor(), 0.5), 1));
    chart.train->setPen(QPen(trainableColor(), 1.5, Qt::DashLine));
    chart.train->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(trainableColor(), 1.5), base, 6));
    chart.validation->setPen(QPen(accentColor(), 2.5));
    chart.validation->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, accentColor(), 7));
    chart.best->setPen(QPen(accentColor(), 2));
    chart.best->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(text, 2), Qt::NoBrush, 12));
    chart.cursor->setPen(QPen(blend(base, text, 0.5), 1, Qt::DotLine));
}

void CurvesView::applyTexts()
{
    m_loss.title->setText(tr("Loss"));
    m_accuracy.title->setText(tr("Accuracy, %"));
    for (const Chart *chart : {&m_loss, &m_accuracy}) {
        chart->x->setLabel(tr("Epoch"));
        chart->batches->setName(tr("Training, batches"));
        chart->train->setName(tr("Training, epochs"));
        chart->validation->setName(tr("Validation"));
        chart->best->setName(tr("Best epoch"));
    }
    m_sets->applyLook([this](const QString &set) {
        const bool isValidated = m_epochs.empty() || m_epochs.back().validation.has_value();
        return isValidated ? tr("Validation: %1").arg(set) : tr("Training: %1").arg(set);
    });
    m_plot->setAccessibleName(tr("Curves of loss and accuracy"));
    m_readout->setText(readout(m_hoveredEpoch));
}

void CurvesView::reset(int epochs)
{
    m_plannedEpochs = epochs;
    m_samples.clear();
    m_epochs.clear();
    m_smoothedCount = 0;
    for (Chart *chart : {&m_loss, &m_accuracy}) {
        for (QCPGraph *graph : {chart->batches, chart->train, chart->validation, chart->best})
            graph->data()->clear();
        chart->smoothed = 0;
    }
    m_sets->clear();
    showAll();
}

void CurvesView::addSamples(const std::vector<MetricSample> &samples, qint64 stepsPerEpoch)
{
    m_stepsPerEpoch = std::max<qint64>(1, stepsPerEpoch);
    const double share = 2.0 / (static_cast<double>(std::clamp<qint64>(m_stepsPerEpoch / 8, 4, 100)) + 1);
    QVector<double> keys, losses, accuracies;
    for (const MetricSample &sample : samples) {
        if (!std::isfinite(sample.batchLoss) || !std::isfinite(sample.batchAccuracy))
            continue;
        // A plain mean until there are enough values for the running one.
        const double weight = std::max(share, 1.0 / static_cast<double>(++m_smoothedCount));
        m_loss.smoothed += weight * (sample.batchLoss - m_loss.smoothed);
        m_accuracy.smoothed += weight * (sample.batchAccuracy - m_accuracy.smoothed);
        keys << static_cast<double>(sample.step) / static_cast<double>(m_stepsPerEpoch);
        losses << m_loss.smoothed;
        accuracies << m_accuracy.smoothed * 100;
    }
    m_samples.insert(m_samples.end(), samples.begin(), samples.end());
    const bool sorted = std::is_sorted(keys.begin(), keys.end());
    m_loss.batches->addData(keys, losses, sorted);
    m_accuracy.batches->addData(keys, accuracies, sorted);
    scheduleDraw();
}

void CurvesView::addEpoch(const EpochResult &epoch)
{
    m_epochs.push_back(epoch);
    m_loss.train->addData(epoch.epoch, plottable(epoch.train.loss));
    m_accuracy.train->addData(epoch.epoch, plottable(epoch.train.accuracy * 100));
    if (epoch.validation) {
        m_loss.validation->addData(epoch.epoch, plottable(epoch.validation->loss));
        m_accuracy.validation->addData(epoch.epoch, plottable(epoch.validation->accuracy * 100));
    }
    m_sets->add(epoch.epoch, epoch.validation ? epoch.validation->labelSets : epoch.train.labelSets);
    if (epoch.isBest)
        markBest();
    scheduleDraw();
}

void CurvesView::markBest()
{
    const EpochResult &epoch = m_epochs.back();
    const Metrics &figures = epoch.validation ? *epoch.validation : epoch.train;
    m_loss.best->data()->clear();
    m_accuracy.best->data()->clear();
    m_loss.best->addData(epoch.epoch, plottable(figures.loss));
    m_accuracy.best->addData(epoch.epoch, plottable(figures.accuracy * 100));
}

void CurvesView::setLog(bool logarithmic)
{
    m_logarithmic = logarithmic;
    m_loss.y->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_loss.y->setTicker(
        logarithmic ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog) : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    showAll();
}

void CurvesView::scheduleDraw()
{
    m_dirty = true;
    if (!isVisible() || m_timer.isActive())
        return;
    const qint64 since = m_lastDraw.isValid() ? m_lastDraw.elapsed() : millisecondsBetweenDraws;
    m_timer.start(static_cast<int>(std::clamp<qint64>(millisecondsBetweenDraws - since, 0, millisecondsBetweenDraws)));
}

void CurvesView::draw()
{
    if (!isVisible())
        return;
    m_dirty = false;
    if (m_followAll)
        fitRanges();
    const bool any = !m_samples.empty() || !m_epochs.empty();
    m_legend->setVisible(any);
    m_readout->setText(readout(m_hoveredEpoch));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    ++m_draws;
    m_lastDraw.start();
}

void CurvesView::fitRanges()
{
    double last = std::max(1, m_plannedEpochs);
    if (!m_epochs.empty())
        last = std::max<double>(last, m_epochs.back().epoch);
    if (!m_samples.empty())
        last = std::max(last, static_cast<double>(m_samples.back().step) / static_cast<double>(m_stepsPerEpoch));
    m_loss.x->setRange(0, last * 1.02);

    QCPRange loss(0, 1), accuracy(0, 1);
    bool hasLoss = false, hasAccuracy = false;
    for (const auto graph : {&Chart::batches, &Chart::train, &Chart::validation}) {
        include(loss, hasLoss, m_loss.*graph, m_logarithmic);
        include(accuracy, hasAccuracy, m_accuracy.*graph, false);
    }
    for (const QCPGraph *graph : m_sets->lossGraphs())
        include(loss, hasLoss, graph, m_logarithmic);
    for (const QCPGraph *graph : m_sets->accuracyGraphs())
        include(accuracy, hasAccuracy, graph, false);
    if (m_logarithmic)
        m_loss.y->setRange(hasLoss ? loss.lower / 1.3 : 0.01, hasLoss ? loss.upper * 1.3 : 10);
    else
        m_loss.y->setRange(0, hasLoss && loss.upper > 0 ? loss.upper * 1.08 : 1);
    const double lowest = hasAccuracy ? std::floor(std::max(0.0, accuracy.lower - 2) / 10) * 10 : 0;
    m_accuracy.y->setRange(std::min(lowest, 80.0), 102);
}

void CurvesView::showAll()
{
    m_followAll = true;
    fitRanges();
    scheduleDraw();
}

void CurvesView::hover(const QPoint &position)
{
    const Chart *under = nullptr;
    for (const Chart *chart : {&m_loss, &m_accuracy}) {
        if (chart->area->rect().contains(position))
            under = chart;
    }
    const double epoch = under ? under->x->pixelToCoord(position.x()) : -1;
    m_hoveredEpoch = epoch;
    for (const Chart *chart : {&m_loss, &m_accuracy}) {
        chart->cursor->setVisible(under != nullptr);
        chart->cursor->point1->setCoords(epoch, 1);
        chart->cursor->point2->setCoords(epoch, 2);
    }
    m_plot->layer(cursorLayer)->replot();
    m_readout->setText(readout(epoch));
}

QString CurvesView::readout(double epoch) const
{
    if (m_samples.empty() && m_epochs.empty())
        return tr("Loss and accuracy appear here while training runs.");
    if (epoch < 0)
        return tr("Point at the curves for figures; the wheel zooms, a double click shows all.");
    const QLocale locale;
    const auto figures = [&locale](const Metrics &metrics) {
        return tr("loss %1, accuracy %2").arg(locale.toString(metrics.loss, 'g', 4), formatPercent(metrics.accuracy));
    };
    QStringList parts;
    const auto result
        = std::find_if(m_epochs.begin(), m_epochs.end(), [epoch](const EpochResult &one) { return one.epoch == std::lround(epoch); });
    if (result != m_epochs.end()) {
        parts << tr("Epoch %1").arg(result->epoch) << tr("training: %1").arg(figures(result->train));
        if (result->validation)
            parts << tr("validation: %1").arg(figures(*result->validation));
        if (const QString sets = setsText(result->validation ? *result->validation : result->train); !sets.isEmpty())
            parts << sets;
    }
    const double step = epoch * static_cast<double>(m_stepsPerEpoch);
    const auto sample = std::lower_bound(m_samples.begin(), m_samples.end(), step,
        [](const MetricSample &one, double wanted) { return static_cast<double>(one.step) < wanted; });
    if (sample != m_samples.end())
        parts << tr("batch %L1: loss %2, learning rate %3")
                     .arg(sample->step)
                     .arg(locale.toString(sample->batchLoss, 'g', 4), locale.toString(sample->learningRate, 'g', 3));
    return parts.join(QStringLiteral(" · "));
}

/// "accuracies: shape 90 %, colour 70 %"
QString CurvesView::setsText(const Metrics &metrics) const
{
    QStringList parts;
    for (const SetMetrics &set : metrics.labelSets)
        parts << tr("%1 %2", "a label set and its accuracy").arg(QString::fromStdString(set.name), formatPercent(set.accuracy));
    return parts.isEmpty() ? QString() : tr("accuracies: %1").arg(parts.join(tr(", ", "between label sets")));
}

QImage CurvesView::grabCurves()
{
    if (m_followAll)
        fitRanges();
    const QSize size = m_plot->size().expandedTo(QSize(800, 280));
    return m_plot->toPixmap(size.width(), size.height(), 2.0).toImage();
}

QString CurvesView::epochsAsCsv() const
{
    QString csv = QStringLiteral("epoch,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds");
    const auto number = [](double value) { return QString::number(value, 'g', 8); };
    const std::size_t sets = m_epochs.empty() ? 0 : m_epochs.front().train.labelSets.size();
    for (std::size_t set = 0; set < sets; ++set)
        for (const char *figure : {"train_loss", "train_accuracy", "validation_loss", "validation_accuracy"})
            csv += QLatin1Char(',')
                + csvCell(QLatin1String(figure) + QLatin1Char(' ') + QString::fromStdString(m_epochs.front().train.labelSets[set].name));
    csv += QLatin1Char('\n');
    for (const EpochResult &epoch : m_epochs) {
        QStringList cells = {QString::number(epoch.epoch), number(epoch.train.loss), number(epoch.train.accuracy),
            epoch.validation ? number(epoch.validation->loss) : QString(),
            epoch.validation ? number(epoch.validation->accuracy) : QString(), number(epoch.seconds)};
        for (std::size_t set = 0; set < sets; ++set)
            for (const Metrics *metrics : {&epoch.train, epoch.validation ? &*epoch.validation : nullptr}) {
                const bool isKnown = metrics && set < metrics->labelSets.size();
                cells << (isKnown ? number(metrics->labelSets[set].loss) : QString())
                      << (isKnown ? number(metrics->labelSets[set].accuracy) : QString());
            }
        csv += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return csv;
}

QString CurvesView::samplesAsCsv() const
{
    QString csv = QStringLiteral("step,epoch,loss,accuracy,learning_rate\n");
    for (const MetricSample &sample : m_samples)
        csv += QStringLiteral("%1,%2,%3,%4,%5\n")
                   .arg(sample.step)
                   .arg(sample.epoch)
                   .arg(sample.batchLoss, 0, 'g', 8)
                   .arg(sample.batchAccuracy, 0, 'g', 8)
                   .arg(sample.learningRate, 0, 'g', 8);
    return csv;
}

void CurvesView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    QClipboard *clipboard = QApplication::clipboard();
    menu.addAction(tr("Copy as picture"), this, [this, clipboard] { clipboard->setImage(grabCurves()); });
    menu.addAction(tr("Copy epochs as CSV"), this, [this, clipboard] { clipboard->setText(epochsAsCsv()); })->setEnabled(!m_epochs.empty());
    menu.addAction(tr("Copy batches as CSV"), this, [this, clipboard] { clipboard->setText(samplesAsCsv()); })
        ->setEnabled(!m_samples.empty());
    menu.addSeparator();
    QAction *logarithmic = menu.addAction(tr("Logarithmic loss"), this, &CurvesView::setLog);
    logarithmic->setCheckable(true);
    logarithmic->setChecked(m_logarithmic);
    menu.addAction(tr("Show all"), this, &CurvesView::showAll);
    menu.exec(event->globalPos());
}

bool CurvesView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Leave)
        hover(QPoint(-1, -1));
    return QWidget::eventFilter(watched, event);
}

void CurvesView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_dirty)
        scheduleDraw();
}

void CurvesView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyTheme();
    QWidget::changeEvent(event);
}

} // namespace graft
